"""Appendix B, proof of Lemma 1."""
