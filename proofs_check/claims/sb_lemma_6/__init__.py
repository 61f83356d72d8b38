"""Appendix B, Lemma 6 and the chain to C2."""
