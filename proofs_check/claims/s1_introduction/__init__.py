"""Section I and the abstract: what the paper promises."""
