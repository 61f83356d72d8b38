"""The independent checker: what it needs of no paper. It shares no code with the main engine."""
