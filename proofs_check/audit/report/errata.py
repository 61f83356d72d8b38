"""The errata: what is wrong in the paper as printed, with a witness, and what holds instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proofs_check.audit.graph import is_numbered, standing_of, title, where_it_breaks
from proofs_check.audit.paper import Audit
from proofs_check.audit.report import basis_summary, finding_label, of_paper
from proofs_check.audit.report.as_markdown import escaped
from proofs_check.audit.report.sections import by_section
from proofs_check.audit.runner import Outcome
from proofs_check.audit.verdict import GAP, REFUTED, REPAIRED, Decision

_KINDS = {
    REPAIRED: "false as printed; what holds instead is {proved}",
    REFUTED: "false as printed",
    GAP: "the step does not give its conclusion",
}
_ON_PAPER = "proved on paper (constants checked by machine)"
_HEAD = """\
# Errata

For the paper *{paper.title}*, in its order.{source}

`{paper.command} --format errata -o ERRATA.md` writes this file; nothing in it is written by hand.
Numbers are certified: lower ends are rounded down, upper ends up. A statement is *certified* if
ball arithmetic and exact algebra decide it. It is *proved on paper* if a person has to read an
argument, whose constants a machine has checked. *False as printed* means: the printed statement
fails at an exact witness, or it has no meaning there. Of all claims: {bases}.
`{paper.command} ID` shows all the evidence for an entry.{legend}
"""


def render(outcomes: Sequence[Outcome], paper: Audit) -> str:
    """The entries of all claims that are refuted, repaired, or a gap, in the paper's order."""
    wrong = [outcome for outcome in outcomes if outcome.decision.verdict in _KINDS]
    legend = f" In inequalities: {paper.notation.legend}." if paper.notation.legend else ""
    source = f" Source: {paper.identifier}." if paper.identifier else ""
    bases = basis_summary(of_paper(outcomes))
    head = _HEAD.format(paper=paper, source=source, bases=bases, legend=legend)
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
    proved = _ON_PAPER if decision.basis == "words" else "certified"
    kind = _KINDS[decision.verdict].format(proved=proved)
    if decision.verdict is REFUTED and decision.basis == "words":
        kind += f", {_ON_PAPER}"
    found = finding_label(decision).capitalize()
    yield f"### {claim.id}: {kind}\n"
    yield f"- Where: {plain(claim.where)}"
    yield f"- Printed: {plain(claim.printed)}"
    yield from (f"- {_why(plain(line), decision)}" for line in _witnesses(decision.evidence))
    yield f"- {found}: {plain(decision.finding)}"
    for reading in decision.readings:
        told = f"{plain(reading.text)}: {decision.told_of(reading)}; {plain(reading.finding)}"
        yield f"- Reading: {told}"
    places = dict.fromkeys(argument.where for argument in decision.arguments)
    if places:
        yield f"- On paper: {'; '.join(f'`{place}`' for place in places)}"
    yield ""


def _witnesses(evidence: Sequence[str]) -> Sequence[str]:
    """The lines that show a witness; all lines where none does."""
    shown = [line for line in evidence if re.search(r"(?i)\bwitness(es)?\b(?!, in the)", line)]
    return shown or evidence


def _why(line: str, decision: Decision) -> str:
    """A witness is why the printed form fails, where the finding does not say it.

    A word at the start gets a capital letter, a symbol does not.
    """
    if decision.verdict is not REFUTED:
        line = re.sub(r"^witness(?=[,:])", "why it fails", line)
    word = re.match(r"[a-z]{2,}\b|[a-z]+ [a-z]", line)
    return line[:1].upper() + line[1:] if word else line
