"""Appendix B, Lemma 5: where the loss is convex."""
