"""Section II: the problem."""
