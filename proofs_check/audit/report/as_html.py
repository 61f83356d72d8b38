"""The audit as one self-contained page: no network, no fonts, no libraries; works without scripts.

The page may be opened filtered: `report.html#verdict=refuted` or `report.html#search=median`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files

from proofs_check.audit.facts import KINDS, Argued
from proofs_check.audit.graph import (
    broken_premises,
    conclusions,
    standing,
    title,
    unexamined_premises,
)
from proofs_check.audit.paper import Audit
from proofs_check.audit.report import (
    MEANING,
    basis_summary,
    counts,
    finding_label,
    of_paper,
    statement_label,
)
from proofs_check.audit.report.mathml import to_mathml
from proofs_check.audit.runner import Outcome
from proofs_check.audit.verdict import (
    CERTIFIED,
    GAP,
    INCONCLUSIVE,
    NOT_MACHINE_CHECKABLE,
    REFUTED,
    REPAIRED,
    Verdict,
)

# a sign and a word beside each colour: no meaning hangs on colour alone
_SIGNS = {
    CERTIFIED: "✓",
    REFUTED: "✗",
    REPAIRED: "↻",
    GAP: "△",
    INCONCLUSIVE: "?",
    NOT_MACHINE_CHECKABLE: "–",
}

_FEW = 6


def render(outcomes: Sequence[Outcome], paper: Audit) -> str:
    """The outcomes as one HTML page."""
    return "\n".join(_page(outcomes, paper)) + "\n"


def _asset(name: str) -> str:
    return files("proofs_check.audit.report").joinpath(name).read_text(encoding="utf-8").strip()


def _page(outcomes: Sequence[Outcome], paper: Audit) -> Iterator[str]:
    by_id = {outcome.claim.id: outcome for outcome in outcomes}
    legend = f"In inequalities: {paper.notation.legend}." if paper.notation.legend else ""
    yield f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Audit: {escape(paper.title)}</title>
<style>
{_asset("page.css")}
</style>
</head>
<body>
<a class="skip" href="#claims">Skip to the claims</a>
<header>
<h1>Audit of the paper's claims</h1>
<p><cite>{escape(paper.title)}</cite>, decided by <code>{escape(paper.command)}</code>.</p>
</header>
<main>"""
    yield from _summary(outcomes)
    yield from _conclusions(by_id, paper)
    yield '<section id="claims" aria-labelledby="claims-head">'
    yield '<h2 id="claims-head">Claims</h2>'
    yield from _controls(outcomes)
    for outcome in outcomes:
        yield from _article(outcome, by_id, paper)
    yield "</section>"
    yield f"""</main>
<footer><p>Certified numbers are enclosures from ball arithmetic: lower ends are rounded down, upper
ends up. {escape(MEANING).capitalize()}. Certificates are replayed by <code>bounds check</code>,
which shares no code with what it checks. {escape(legend)}</p></footer>
<script>
{_asset("page.js")}
</script>
</body>
</html>"""


def _name(verdict: Verdict) -> str:
    return verdict.value.replace(" ", "-")


def _badge(verdict: Verdict, told: str | None = None) -> str:
    sign = f'<span aria-hidden="true">{_SIGNS[verdict]}</span>'
    return f'<span class="badge {_name(verdict)}">{sign} {told or verdict.value}</span>'


def _links(names: Sequence[str], by_id: Mapping[str, Outcome]) -> str:
    """The ids as links; those that have no entry on the page as text."""
    return ", ".join(
        f'<a href="#{escape(name)}">{escape(name)}</a>' if name in by_id else escape(name)
        for name in names
    )


def _summary(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield '<section aria-labelledby="summary-head"><h2 id="summary-head">Summary</h2>'
    papers = of_paper(outcomes)
    own = len(outcomes) - len(papers)
    more = f" And {own} of our own, which the paper does not make." if own else ""
    yield f"<p>{len(papers)} claims of the paper: {basis_summary(papers)}.{more}</p>"
    yield '<ul class="tally">'
    for verdict, number in counts(papers).items():
        yield f"<li>{_badge(verdict)} <strong>{number}</strong></li>"
    yield "</ul></section>"


def _conclusions(by_id: Mapping[str, Outcome], paper: Audit) -> Iterator[str]:
    names = conclusions((outcome.claim for outcome in by_id.values()), paper)
    if not names:
        return
    yield '<section aria-labelledby="standing-head"><h2 id="standing-head">What stands</h2>'
    yield "<p>Each conclusion is decided by itself. The last column lists the premises of the"
    yield "paper's own argument that break: its own first, then what these rest on in turn.</p>"
    yield '<div class="wide" tabindex="0" role="region" aria-labelledby="standing-head"><table>'
    yield '<thead><tr><th scope="col">Conclusion</th><th scope="col">Standing</th>'
    yield '<th scope="col">The printed argument breaks at</th></tr></thead><tbody>'
    for name in names:
        verdict = by_id[name].decision.verdict
        broken = broken_premises(name, by_id)
        link = f'<a href="#{escape(name)}">{escape(title(name, paper))}</a>'
        badge = _badge(verdict, by_id[name].decision.told)
        unseen = unexamined_premises(name, by_id)
        yield f'<tr><th scope="row">{link}</th><td>{badge}'
        yield f'{standing(verdict)}</td><td><span class="narrow">breaks at </span>'
        yield f"{_breaks(broken, by_id[name].claim.rests_on, by_id, unseen)}</td></tr>"
    yield "</tbody></table></div></section>"


def _breaks(
    broken: Sequence[str],
    own: Sequence[str],
    by_id: Mapping[str, Outcome],
    unseen: Sequence[str],
) -> str:
    """Where an argument breaks; a long list of what is farther down is folded away."""
    if unseen:
        told = f"not examined at {_links(unseen, by_id)}"
        return f"{_links(broken, by_id)}; {told}" if broken else told
    near = [name for name in broken if name in own]
    far = [name for name in broken if name not in own]
    if len(far) < _FEW:
        return _links((*near, *far), by_id) or "nowhere"
    more = f"{'and ' if near else ''}{len(far)} premises below"
    return f"{_links(near, by_id)}<details><summary>{more}</summary>{_links(far, by_id)}</details>"


def _controls(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield '<form id="controls" role="search" aria-label="Filter the claims" hidden>'
    yield "<fieldset><legend>Verdict</legend>"
    yield '<label><input type="radio" name="verdict" value="all" checked> all</label>'
    for verdict in counts(outcomes):
        box = f'<input type="radio" name="verdict" value="{_name(verdict)}">'
        yield f"<label>{box} {verdict.value}</label>"
    yield "</fieldset>"
    yield '<label class="search">Search <input type="search" name="search"></label>'
    yield '<p role="status" id="shown"></p></form>'


def _article(outcome: Outcome, by_id: Mapping[str, Outcome], paper: Audit) -> Iterator[str]:
    claim, decision, marked = outcome.claim, outcome.decision, paper.typesetter.marked
    name = escape(claim.id)
    kind = _name(decision.verdict)
    yield f'<article class="claim {kind}" id="{name}" data-verdict="{kind}"'
    yield f' aria-labelledby="{name}-head">'
    yield f'<h3 id="{name}-head"><a href="#{name}">{name}</a></h3>'
    yield f'<p class="where">{_badge(decision.verdict, decision.told)} {marked(claim.where)}</p>'
    if outcome.changed:
        yield f"<p><strong>Differs from the recorded verdict: {outcome.recorded}.</strong></p>"
    formula = to_mathml(claim.latex) or f"<code>{escape(claim.latex)}</code>"
    yield f'<p class="label">As {statement_label(outcome)}</p>'
    yield f'<div class="wide formula">{formula}</div>'
    yield f'<p class="printed">{marked(claim.printed)}</p>'
    yield f'<p class="label">{finding_label(decision).capitalize()}</p>'
    yield f'<p class="finding">{marked(decision.finding)}</p>'
    yield from _readings(outcome, paper)
    if claim.figure is not None:
        yield f'<figure class="wide">{claim.figure()}</figure>'
    yield '<p class="label">Evidence</p><ul class="evidence">'
    for line in decision.lines:
        text = marked(line if isinstance(line, str) else line.statement)
        place = f" (<code>{escape(line.where)}</code>)" if isinstance(line, Argued) else ""
        yield f'<li><span class="kind">{KINDS[type(line)]}</span> {text}{place}</li>'
    for theorem in outcome.theorems:
        told = escape(f"{theorem.name} in {theorem.file}: {theorem.part}")
        yield f'<li><span class="kind">kernel</span> {told}</li>'
    yield "</ul>"
    yield from _details(outcome, by_id, paper)
    yield "</article>"


def _readings(outcome: Outcome, paper: Audit) -> Iterator[str]:
    marked = paper.typesetter.marked
    if not outcome.decision.readings:
        return
    yield '<p class="label">Readings</p><ul class="evidence">'
    for reading in outcome.decision.readings:
        needed = " (the one that the later steps need)" if reading.needed else ""
        badge = _badge(reading.verdict, outcome.decision.told_of(reading))
        yield f"<li>{badge} {marked(reading.text)}{needed}:"
        yield f"{marked(reading.finding)}</li>"
    yield "</ul>"


def _details(outcome: Outcome, by_id: Mapping[str, Outcome], paper: Audit) -> Iterator[str]:
    claim, marked = outcome.claim, paper.typesetter.marked
    yield "<dl>"
    yield f"<dt>Hypotheses</dt><dd>{marked(claim.hypotheses)}</dd>"
    yield f"<dt>Method</dt><dd>{marked(claim.method)}</dd>"
    if claim.rests_on:
        yield f"<dt>Rests on</dt><dd>{_links(claim.rests_on, by_id)}</dd>"
    broken = broken_premises(claim.id, by_id)
    if broken:
        yield f"<dt>Breaks at</dt><dd>{_links(broken, by_id)}</dd>"
    if unseen := unexamined_premises(claim.id, by_id):
        yield f"<dt>Not examined</dt><dd>{_links(unseen, by_id)}</dd>"
    if outcome.certificates:
        told = ", ".join(
            f"{escape(file)} <code>{escape(str(certificate['sha256']))[:12]}…</code>"
            for file, certificate in outcome.certificates
        )
        yield f"<dt>Certificates</dt><dd>{told} (SHA-256)</dd>"
    yield "</dl>"
