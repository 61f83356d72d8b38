"""Appendix B, proof of Lemma 3."""
