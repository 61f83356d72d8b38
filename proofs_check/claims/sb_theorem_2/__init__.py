"""Appendix B, after Lemma 5: how Theorem 2 follows."""
