"""Appendix B, proof of Lemma 4."""
