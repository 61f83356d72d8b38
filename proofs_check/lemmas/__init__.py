"""The lemmas of the paper as properties at a given Δ, one file each.

Run them with `pytest --pyargs proofs_check --delta 2.7`; `audit.pytest_plugin` tells more.

Each is stated in the form that holds; a statement that is false as printed runs with --as-printed
and ends in a certified counterexample. Passing is evidence at the points tried, not proof: proofs
are in `proofs_check.claims`.
"""
