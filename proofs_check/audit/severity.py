"""How grave it is that a printed statement fails: what a reader wants to know after the verdict.

A verdict is decided; this is a judgement, of the one who wrote down which errors change nothing
that is used later. What is wrong and not judged is taken as material.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from proofs_check.audit.verdict import GAP, NOT_MACHINE_CHECKABLE, REFUTED, REPAIRED, Verdict

if TYPE_CHECKING:
    from proofs_check.audit.paper import Audit

Severity = Literal["material error", "gap", "slip of the pen", "matter of words"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


def severity_of(name: str, verdict: Verdict, paper: Audit) -> Severity | None:
    """How grave the failure of the claim called `name` is; None where nothing fails."""
    if verdict is GAP:
        return "gap"
    if verdict is NOT_MACHINE_CHECKABLE:  # an argument that no machine reads has not failed by that
        return "matter of words" if name in paper.wordings else None
    if verdict not in (REFUTED, REPAIRED):
        return None
    if name in paper.slips:
        return "slip of the pen"
    return "matter of words" if name in paper.wordings else "material error"
