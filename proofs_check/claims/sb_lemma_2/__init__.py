"""Appendix B, proof of Lemma 2."""
