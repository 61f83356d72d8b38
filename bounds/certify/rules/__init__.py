"""Proofs and counterexamples are searched for here; the independent checker decides what is proved."""
