"""One check for each claim of the paper: `find_claims()` finds them, `decide(claim)` runs one.

To add a claim, add one file to `proofs_check/claims/`, named after its id with underscores for
hyphens. It defines `check()`, which returns a `Decision` and takes what a seeded error may alter as
keyword arguments, and `CLAIM`. Then `python -m proofs_check.audit.record` writes its verdict to
`recorded.json`. The tests find the file by themselves: they compare the verdict with the recorded
one, run every seeded error, replay every certificate and follow `rests_on`.
"""

from proofs_check.audit.registry import Claim, Seeded, decide, find_claims, recorded
from proofs_check.audit.verdict import (
    CERTIFIED,
    GAP,
    INCONCLUSIVE,
    NOT_MACHINE_CHECKABLE,
    REFUTED,
    REPAIRED,
    Decision,
    Reading,
    Verdict,
)

__all__ = [
    "CERTIFIED",
    "GAP",
    "INCONCLUSIVE",
    "NOT_MACHINE_CHECKABLE",
    "REFUTED",
    "REPAIRED",
    "Claim",
    "Decision",
    "Reading",
    "Seeded",
    "Verdict",
    "decide",
    "find_claims",
    "recorded",
]
