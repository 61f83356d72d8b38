"""The errata: what is wrong in the paper as printed, with a witness, and what holds instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proofs_check.audit.graph import is_numbered, standing_of, title, where_it_breaks
from proofs_check.audit.paper import Audit
from proofs_check.audit.report import basis_summary, of_paper
from proofs_check.audit.report.as_markdown import escaped
from proofs_check.audit.report.sections import by_section
from proofs_check.audit.runner import Outcome
from proofs_check.audit.verdict import GAP, REFUTED, REPAIRED

_KINDS = {
    REPAIRED: "wrong as printed; a correction is {proved}",
    REFUTED: "wrong as printed",
    GAP: "the step does not give its conclusion",
}
_IN_WORDS = "proved in words, with certified constants"
_HEAD = """\
# Errata

For the paper *{paper.title}*, in its order.

`{paper.command} --format errata -o ERRATA.md` writes this file; nothing in it is written by hand.
Numbers are certified: lower ends are rounded down, upper ends up. A statement is called certified
where ball arithmetic and exact algebra decide it, and proved in words, with certified constants,
where an argument has to be read. Of all claims: {bases}. `{paper.command} ID` shows all
the evidence for an entry.{legend}
"""


def render(outcomes: Sequence[Outcome], paper: Audit) -> str:
    """The entries of all claims that are refuted, repaired, or a gap, in the paper's order."""
    wrong = [outcome for outcome in outcomes if outcome.decision.verdict in _KINDS]
    legend = f" In inequalities: {paper.notation.legend}." if paper.notation.legend else ""
    head = _HEAD.format(paper=paper, bases=basis_summary(of_paper(outcomes)), legend=legend)
    return "\n".join([head, *_theorems(outcomes, paper), *_sections(wrong, paper)]) + "\n"


def _theorems(outcomes: Sequence[Outcome], paper: Audit) -> Iterator[str]:
    """What becomes of the numbered statements, stated before all details."""
    by_id = {outcome.claim.id: outcome for outcome in outcomes}
    numbered = [name for name in by_id if is_numbered(name, paper)]
    if not numbered:
        return
    yield "## The theorems and lemmas\n"
    for name in sorted(numbered, key=lambda name: (name[:1] != "t", title(name, paper))):
        place = where_it_breaks(name, by_id)
        where = f"; its printed argument {place}" if place else ""
        yield f"- {title(name, paper)}: {standing_of(by_id[name].decision)}{where}"
    yield ""


def _sections(wrong: Sequence[Outcome], paper: Audit) -> Iterator[str]:
    for name, group in by_section(wrong, paper).items():
        yield f"## {paper.headings[name]}\n"
        for outcome in group:
            yield from _entry(outcome, paper)


def _entry(outcome: Outcome, paper: Audit) -> Iterator[str]:
    def plain(text: str) -> str:
        return escaped(text, paper)

    claim, decision = outcome.claim, outcome.decision
    proved = _IN_WORDS if decision.basis == "words" else "certified"
    kind = _KINDS[decision.verdict].format(proved=proved)
    if decision.verdict is REFUTED and decision.basis == "words":
        kind += f" ({_IN_WORDS})"
    holds = "Holds instead" if decision.verdict is REPAIRED else "Found"
    yield f"### {claim.id}: {kind}\n"
    yield f"- Where: {plain(claim.where)}"
    yield f"- Printed: {plain(claim.printed)}"
    yield from (f"- {_sentence(plain(line))}" for line in _witnesses(decision.evidence))
    yield f"- {holds}: {plain(decision.finding)}"
    for reading in decision.readings:
        told = f"{plain(reading.text)}: {decision.told_of(reading)}; {plain(reading.finding)}"
        yield f"- Reading: {told}"
    places = dict.fromkeys(argument.where for argument in decision.arguments)
    if places:
        yield f"- In words: {'; '.join(f'`{place}`' for place in places)}"
    yield ""


def _witnesses(evidence: Sequence[str]) -> Sequence[str]:
    """The lines that show a witness; all lines where none does."""
    shown = [line for line in evidence if re.search(r"(?i)\bwitness(es)?\b(?!, in the)", line)]
    return shown or evidence


def _sentence(line: str) -> str:
    """A word at the start gets a capital letter, a symbol does not."""
    word = re.match(r"[a-z]{2,}\b|[a-z]+ [a-z]", line)
    return line[:1].upper() + line[1:] if word else line
