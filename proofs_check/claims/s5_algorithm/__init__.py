"""Section V: Algorithms 1 and 2, Lemmas 1 to 4, the adversary."""
