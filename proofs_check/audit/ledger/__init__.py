"""An audit as a text file: the claims of a paper are data, and the engine decides them.

`ledger.toml` holds the paper, its sections and its claims. `source` reads the file and knows its
lines, `entry` the keys of each kind of claim, `abbreviations` what claims may abbreviate; `paper`
makes `Audit` and `Claim` objects of it for the runner and the reports. What decides: `statements`,
`shapes`, `numbers`, `tables`, each by calls of `bounds.certify` and with no prover of its own.
"""
