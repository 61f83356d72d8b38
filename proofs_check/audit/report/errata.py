"""The errata: what is wrong in the paper as printed, with a witness, and what holds instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proofs_check.audit.graph import broken_premises, is_numbered, standing, title
from proofs_check.audit.report import PAPER
from proofs_check.audit.report.as_markdown import plain
from proofs_check.audit.report.sections import SECTIONS, by_section
from proofs_check.audit.report.symbols import LEGEND
from proofs_check.audit.runner import Outcome
from proofs_check.audit.verdict import GAP, REFUTED, REPAIRED

_KINDS = {
    REPAIRED: "wrong as printed; a correction is certified",
    REFUTED: "wrong as printed",
    GAP: "the step does not give its conclusion",
}
_HEAD = f"""\
# Errata

For the paper *{PAPER}*, in its order.

`bounds verify --format errata -o ERRATA.md` writes this file; nothing in it is written by hand.
Numbers are certified: lower ends are rounded down, upper ends up. `bounds verify ID` shows all the
evidence for an entry. In inequalities: {LEGEND}.
"""


def render(outcomes: Sequence[Outcome]) -> str:
    """The entries of all claims that are refuted, repaired, or a gap, in the paper's order."""
    wrong = [outcome for outcome in outcomes if outcome.decision.verdict in _KINDS]
    return "\n".join([_HEAD, *_theorems(outcomes), *_sections(wrong)]) + "\n"


def _theorems(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What becomes of the numbered statements, stated before all details."""
    by_id = {outcome.claim.id: outcome for outcome in outcomes}
    numbered = [name for name in by_id if is_numbered(name)]
    if not numbered:
        return
    yield "## The theorems and lemmas\n"
    for name in sorted(numbered, key=lambda name: (name[:1] != "t", title(name))):
        broken = broken_premises(name, by_id)
        where = f"; its printed argument breaks at {', '.join(broken)}" if broken else ""
        yield f"- {title(name)}: {standing(by_id[name].decision.verdict)}{where}"
    yield ""


def _sections(wrong: Sequence[Outcome]) -> Iterator[str]:
    for name, group in by_section(wrong).items():
        yield f"## {SECTIONS[name]}\n"
        for outcome in group:
            yield from _entry(outcome)


def _entry(outcome: Outcome) -> Iterator[str]:
    claim, decision = outcome.claim, outcome.decision
    holds = "Holds instead" if decision.verdict is REPAIRED else "Found"
    yield f"### {claim.id}: {_KINDS[decision.verdict]}\n"
    yield f"- Where: {plain(claim.where)}"
    yield f"- Printed: {plain(claim.printed)}"
    yield from _witnesses(decision.evidence)
    yield f"- {holds}: {plain(decision.finding)}"
    for reading in decision.readings:
        told = f"{plain(reading.text)}: {reading.verdict.value}; {plain(reading.finding)}"
        yield f"- Reading: {told}"
    yield ""


def _witnesses(evidence: Sequence[str]) -> Iterator[str]:
    """The lines that show a witness; all lines where none does."""
    shown = [line for line in evidence if re.search(r"(?i)\bwitness(es)?\b(?!, in the)", line)]
    for line in shown or evidence:
        yield f"- {_sentence(plain(line))}"


def _sentence(line: str) -> str:
    """A word at the start gets a capital letter, a symbol does not."""
    word = re.match(r"[a-z]{2,}\b|[a-z]+ [a-z]", line)
    return line[:1].upper() + line[1:] if word else line
