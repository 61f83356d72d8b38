"""Section IV: the proof of Theorem 1."""
