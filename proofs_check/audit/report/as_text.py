"""The audit in plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofs_check.audit.facts import Argued
from proofs_check.audit.paper import Audit
from proofs_check.audit.report import finding_label, statement_label, summary
from proofs_check.audit.runner import Outcome
from proofs_check.audit.verdict import Decision

_VERDICT = 18  # columns of a verdict, or more
_LABEL = 13  # columns of "printed" and "holds instead", or more


def text_column(outcome: Outcome, width: int) -> int:
    """Where the text begins in the first two lines of a claim, with `width` columns for ids."""
    return width + 2 + max(_VERDICT, len(verdict_of(outcome.decision))) + 2 + _LABEL + 2


def verdict_of(decision: Decision) -> str:
    """The verdict in its column; that it is repaired is said by the label beside it."""
    return decision.told.replace(" but repaired", "")


def lines(outcome: Outcome, width: int, paper: Audit, *, full: bool) -> Iterator[str]:
    """The lines of one claim: printed, certified, and on demand its evidence.

    Args:
        outcome: the claim and what came out.
        width: columns for the id.
        paper: how symbols are written.
        full: with readings and evidence.
    """
    claim, decision, symbols = outcome.claim, outcome.decision, paper.typesetter.plain
    stated = statement_label(outcome)
    verdict = verdict_of(decision)
    margin, column = " " * (width + 2), max(_VERDICT, len(verdict))
    yield f"{claim.id:<{width}}  {verdict:<{column}}  {stated:<{_LABEL}}  {claim.printed}"
    found = finding_label(decision)
    yield f"{margin}{'':<{column}}  {found:<{_LABEL}}  {symbols(decision.finding)}"
    if not full:
        return
    for reading in decision.readings:
        needed = " (the one that the later steps need)" if reading.needed else ""
        told = f"{reading.text}{needed}: {decision.told_of(reading)}: {reading.finding}"
        yield f"{margin}reading: {symbols(told)}"
    for line in decision.lines:
        told = line if isinstance(line, str) else line.statement
        place = f" (on paper: {line.where})" if isinstance(line, Argued) else ""
        yield f"{margin}- {symbols(told)}{place}"
    for theorem in outcome.theorems:
        yield f"{margin}- kernel: {theorem.name} in {theorem.file}: {theorem.part}"


def render(outcomes: Sequence[Outcome], paper: Audit) -> str:
    """All claims with their evidence, and the summary."""
    width = max((len(outcome.claim.id) for outcome in outcomes), default=0)
    told = [line for outcome in outcomes for line in lines(outcome, width, paper, full=True)]
    return "\n".join([*told, summary(outcomes)]) + "\n"
