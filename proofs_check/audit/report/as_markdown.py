"""The audit as Markdown: a summary table and a section for each claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from proofs_check.audit.facts import KINDS, Argued
from proofs_check.audit.graph import conclusions, standing_of, title, where_it_breaks
from proofs_check.audit.paper import Audit
from proofs_check.audit.report import MEANING, finding_label, statement_label, summary
from proofs_check.audit.runner import Outcome

# only what would be markup: "a < b" and "x_1" stay readable in the source too
_SPECIAL = re.compile(r"[\\`~$]|\*(?! )|(?<!\w)_|_(?!\w)|\](?=[(\[])|<(?=[\w/!?])|&(?=[\w#])")


def escaped(text: str, paper: Audit) -> str:
    """Text with symbols that Markdown shows as it is, in one line."""
    # `plain` never stands at the start of a line, where more characters would be markup
    return _SPECIAL.sub(r"\\\g<0>", paper.typesetter.plain(" ".join(text.split())))


def render(outcomes: Sequence[Outcome], paper: Audit) -> str:
    """The outcomes as one Markdown document."""
    by_id = {outcome.claim.id: outcome for outcome in outcomes}
    return "\n".join(_lines(outcomes, by_id, paper)) + "\n"


def _lines(
    outcomes: Sequence[Outcome], by_id: Mapping[str, Outcome], paper: Audit
) -> Iterator[str]:
    def _cell(text: str) -> str:
        return escaped(text, paper).replace("|", "\\|")

    yield f"# Audit of the paper *{paper.title}*\n"
    yield f"{summary(outcomes)}. ({MEANING}.)\n"
    if paper.notation.legend:
        yield f"In inequalities: {paper.notation.legend}.\n"
    yield "| claim | where | verdict | finding |"
    yield "| --- | --- | --- | --- |"
    for outcome in outcomes:
        claim, decision = outcome.claim, outcome.decision
        cells = (_cell(claim.where), decision.told, _cell(decision.finding))
        yield f"| [{claim.id}](#{claim.id}) | {' | '.join(cells)} |"
    ends = conclusions((outcome.claim for outcome in outcomes), paper)
    if ends:
        yield "\n## Conclusions\n"
        for name in ends:
            place = where_it_breaks(name, by_id)
            where = f"; the printed argument {place}" if place else ""
            yield f"- {title(name, paper)}: {standing_of(by_id[name].decision)}{where}"
    yield "\n## Claims"
    for outcome in outcomes:
        yield from _section(outcome, paper)


def _section(outcome: Outcome, paper: Audit) -> Iterator[str]:
    def plain(text: str) -> str:
        return escaped(text, paper)

    claim, decision = outcome.claim, outcome.decision
    yield f"\n### {claim.id}\n"
    yield f"**{decision.told}** ({plain(claim.where)})\n"
    yield f"As {statement_label(outcome)}: {plain(claim.printed)}\n"
    yield f"```math\n{claim.latex}\n```\n"
    yield f"{finding_label(decision).capitalize()}: {plain(decision.finding)}\n"
    for reading in decision.readings:
        needed = ", needed later" if reading.needed else ""
        told = (
            f"{plain(reading.text)}: {decision.told_of(reading)}{needed}: {plain(reading.finding)}"
        )
        yield f"- Reading: {told}"
    for line in decision.lines:
        told = plain(line if isinstance(line, str) else line.statement)
        place = f" (`{line.where}`)" if isinstance(line, Argued) else ""
        yield f"- {KINDS[type(line)].capitalize()}: {told}{place}"
    for theorem in outcome.theorems:
        yield f"- Kernel: {theorem.name} in {theorem.file}: {theorem.part}"
    yield f"- Hypotheses: {plain(claim.hypotheses)}"
    yield f"- Method: {plain(claim.method)}"
    if claim.rests_on:
        yield f"- Rests on: {', '.join(claim.rests_on)}"
    if outcome.changed:
        yield f"- Differs from the recorded verdict: {outcome.recorded}"
    for name, certificate in outcome.certificates:
        yield f"- Certificate: {name}, SHA-256 {certificate['sha256']}"
