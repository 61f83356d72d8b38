"""Appendix B, last display: clients whose sample lies far from their mean."""
