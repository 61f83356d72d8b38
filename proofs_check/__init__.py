"""One check for each claim of the paper: `find_claims()` finds them, `decide(claim)` runs one."""

from proofs_check.registry import Claim, decide, find_claims, recorded
from proofs_check.verdict import (
    CERTIFIED,
    GAP,
    INCONCLUSIVE,
    NOT_MACHINE_CHECKABLE,
    REFUTED,
    REPAIRED,
    Decision,
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
    "Verdict",
    "decide",
    "find_claims",
    "recorded",
]
