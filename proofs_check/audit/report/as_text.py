"""The audit in plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofs_check.audit.report import finding_label, summary
from proofs_check.audit.report.symbols import symbols
from proofs_check.audit.runner import Outcome


def lines(outcome: Outcome, width: int, *, full: bool) -> Iterator[str]:
    """The lines of one claim: printed, certified, and on demand its evidence.

    Args:
        outcome: the claim and what came out.
        width: columns for the id.
        full: with readings and evidence.
    """
    claim, decision = outcome.claim, outcome.decision
    margin, column = " " * (width + 2), max(12, len(decision.verdict.value))
    yield f"{claim.id:<{width}}  {decision.verdict.value:<{column}}  printed    {claim.printed}"
    yield f"{margin}{'':<{column}}  {finding_label(decision):<9}  {symbols(decision.finding)}"
    if not full:
        return
    for reading in decision.readings:
        needed = " (the one that the later steps need)" if reading.needed else ""
        told = f"{reading.text}{needed}: {reading.verdict.value}: {reading.finding}"
        yield f"{margin}reading: {symbols(told)}"
    for line in decision.evidence:
        yield f"{margin}- {symbols(line)}"


def render(outcomes: Sequence[Outcome]) -> str:
    """All claims with their evidence, and the summary."""
    width = max((len(outcome.claim.id) for outcome in outcomes), default=0)
    told = [line for outcome in outcomes for line in lines(outcome, width, full=True)]
    return "\n".join([*told, summary(outcomes)]) + "\n"
