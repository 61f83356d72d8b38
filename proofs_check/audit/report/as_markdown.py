"""The audit as Markdown: a summary table and a section for each claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from proofs_check.audit.graph import broken_premises, conclusions, standing, title
from proofs_check.audit.report import PAPER, finding_label, summary
from proofs_check.audit.report.symbols import LEGEND, symbols
from proofs_check.audit.runner import Outcome

# only what would be markup: "a < b" and "x_1" stay readable in the source too
_SPECIAL = re.compile(r"[\\`~$]|\*(?! )|(?<!\w)_|_(?!\w)|\](?=[(\[])|<(?=[\w/!?])|&(?=[\w#])")


def plain(text: str) -> str:
    """Text with symbols that Markdown shows as it is, in one line."""
    # `plain` never stands at the start of a line, where more characters would be markup
    return _SPECIAL.sub(r"\\\g<0>", symbols(" ".join(text.split())))


def _cell(text: str) -> str:
    return plain(text).replace("|", "\\|")


def render(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as one Markdown document."""
    by_id = {outcome.claim.id: outcome for outcome in outcomes}
    return "\n".join(_lines(outcomes, by_id)) + "\n"


def _lines(outcomes: Sequence[Outcome], by_id: Mapping[str, Outcome]) -> Iterator[str]:
    yield f"# Audit of the paper *{PAPER}*\n"
    yield f"{summary(outcomes)}.\n"
    yield f"In inequalities: {LEGEND}.\n"
    yield "| claim | where | verdict | finding |"
    yield "| --- | --- | --- | --- |"
    for outcome in outcomes:
        claim, decision = outcome.claim, outcome.decision
        cells = (_cell(claim.where), decision.verdict.value, _cell(decision.finding))
        yield f"| [{claim.id}](#{claim.id}) | {' | '.join(cells)} |"
    ends = conclusions(outcome.claim for outcome in outcomes)
    if ends:
        yield "\n## Conclusions\n"
        for name in ends:
            broken = broken_premises(name, by_id)
            where = f"; the printed argument breaks at {', '.join(broken)}" if broken else ""
            yield f"- {title(name)}: {standing(by_id[name].decision.verdict)}{where}"
    yield "\n## Claims"
    for outcome in outcomes:
        yield from _section(outcome)


def _section(outcome: Outcome) -> Iterator[str]:
    claim, decision = outcome.claim, outcome.decision
    yield f"\n### {claim.id}\n"
    yield f"**{decision.verdict.value}** ({plain(claim.where)})\n"
    yield f"As printed: {plain(claim.printed)}\n"
    yield f"```math\n{claim.latex}\n```\n"
    yield f"{finding_label(decision).capitalize()}: {plain(decision.finding)}\n"
    for reading in decision.readings:
        needed = ", needed later" if reading.needed else ""
        told = f"{plain(reading.text)}: {reading.verdict.value}{needed}: {plain(reading.finding)}"
        yield f"- Reading: {told}"
    for line in decision.evidence:
        yield f"- Evidence: {plain(line)}"
    yield f"- Hypotheses: {plain(claim.hypotheses)}"
    yield f"- Method: {plain(claim.method)}"
    if claim.rests_on:
        yield f"- Rests on: {', '.join(claim.rests_on)}"
    if outcome.changed:
        yield f"- Differs from the recorded verdict: {outcome.recorded}"
    for name, certificate in outcome.certificates:
        yield f"- Certificate: {name}, SHA-256 {certificate['sha256']}"
