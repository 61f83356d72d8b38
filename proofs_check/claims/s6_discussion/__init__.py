"""Section VI: discussion."""
