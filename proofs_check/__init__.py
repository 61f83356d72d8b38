"""One check for each claim of the paper: `find_claims()` finds them, `decide(claim)` runs one.

The claims stand on shelves in the paper's order, in `proofs_check/claims/`, one file a display or
statement. A file defines `CLAIM`, or `CLAIMS` where a display has several lines, and checks; each
returns a `Decision`, with what a seeded error may alter as keyword arguments. The verdict of a
decision rests on facts that carry their proof (`proofs_check.audit.facts`), and so does its basis:
machine, or words. `bounds verify --record` writes the verdicts to `recorded.json`. The tests find
the files by themselves: they compare the verdicts with the recorded ones, run every seeded error,
replay every certificate and follow `rests_on`.
"""

from proofs_check.audit.claim import Claim, Seeded, decide
from proofs_check.audit.facts import Argued, Exact, Proved, less
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
from proofs_check.paper import PAPER

find_claims = PAPER.find_claims
recorded = PAPER.recorded

__all__ = [
    "CERTIFIED",
    "GAP",
    "INCONCLUSIVE",
    "NOT_MACHINE_CHECKABLE",
    "PAPER",
    "REFUTED",
    "REPAIRED",
    "Argued",
    "Claim",
    "Decision",
    "Exact",
    "Proved",
    "Reading",
    "Seeded",
    "Verdict",
    "decide",
    "find_claims",
    "less",
    "recorded",
]
