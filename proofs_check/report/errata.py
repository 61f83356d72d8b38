"""The errata: what is wrong in the paper as printed, with a witness, and what holds instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofs_check.audit import Outcome
from proofs_check.report import PAPER
from proofs_check.report.as_markdown import plain
from proofs_check.verdict import GAP, REFUTED, REPAIRED

_HEADS = {
    REFUTED: "Wrong as printed",
    REPAIRED: "Wrong as printed; a correction is certified",
    GAP: "Steps that do not give their conclusion",
}
_HEAD = f"""\
# Errata

For the paper *{PAPER}*.

`bounds verify --format errata -o ERRATA.md` writes this file; nothing in it is written by hand.
Numbers are certified: lower ends are rounded down, upper ends up. `bounds verify ID` shows all the
evidence for an entry.
"""


def render(outcomes: Sequence[Outcome]) -> str:
    """The entries of all claims that are refuted, repaired, or a gap."""
    return "\n".join([_HEAD, *_sections(outcomes)]) + "\n"


def _sections(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for verdict, head in _HEADS.items():
        chosen = [outcome for outcome in outcomes if outcome.decision.verdict is verdict]
        if chosen:
            yield f"## {head}\n"
            for outcome in chosen:
                yield from _entry(outcome)


def _entry(outcome: Outcome) -> Iterator[str]:
    claim, decision = outcome.claim, outcome.decision
    holds = "Holds instead" if decision.verdict is REPAIRED else "Found"
    yield f"### {claim.id} ({plain(claim.where)})\n"
    yield f"- Printed: {plain(claim.printed)}"
    yield from _witnesses(decision.evidence)
    yield f"- {holds}: {plain(decision.finding)}"
    for reading in decision.readings:
        told = f"{plain(reading.text)}: {reading.verdict.value}; {plain(reading.finding)}"
        yield f"- Reading: {told}"
    yield ""


def _witnesses(evidence: Sequence[str]) -> Iterator[str]:
    """The lines that show a witness; all lines where none does."""
    for line in [line for line in evidence if "witness" in line.lower()] or evidence:
        yield f"- {plain(line[:1].upper() + line[1:])}"
