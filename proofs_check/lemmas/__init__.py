"""The lemmas of the paper as properties at a given Δ, one file each.

Run them with `pytest -p proofs_check.pytest_plugin --pyargs proofs_check --delta 2.7`; that
plugin tells more.

Each is stated in the form that holds; a statement that is false as printed runs with --as-printed
and ends in a certified counterexample. Passing is evidence at the points tried, not proof: proofs
are in `proofs_check.claims`.
"""
