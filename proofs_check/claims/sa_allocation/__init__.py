"""Appendix A: how an attack is spread over the components."""
