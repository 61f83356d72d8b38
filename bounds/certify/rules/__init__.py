"""The search for proofs and counterexamples; the checker decides what is proved."""
