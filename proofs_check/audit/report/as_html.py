"""The audit as one self-contained page: no network, no fonts, no libraries; works without scripts.

First what came out in short, then where the printed arguments break, the graph of claims, and every
claim in the paper's order. The page may be opened filtered: `report.html#verdict=refuted`,
`report.html#severity=gap` or `report.html#search=median`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from html import escape
from importlib.metadata import version
from importlib.resources import files

from bounds.certify.lines import counted
from proofs_check.audit.facts import KINDS, Argued
from proofs_check.audit.graph import (
    broken_premises,
    conclusions,
    is_numbered,
    title,
    unexamined_premises,
)
from proofs_check.audit.paper import Audit
from proofs_check.audit.report import (
    MEANING,
    basis_summary,
    counts,
    ending,
    finding_label,
    of_paper,
    statement_label,
)
from proofs_check.audit.report.claim_graph import Places, as_walk, script, users_of
from proofs_check.audit.report.mathml import to_pieces
from proofs_check.audit.report.palette import PALETTE, name_of, variables
from proofs_check.audit.report.sections import by_section
from proofs_check.audit.runner import Outcome
from proofs_check.audit.severity import SEVERITIES, Severity, severity_of
from proofs_check.audit.verdict import NAMES, ON_PAPER, Verdict

_FEW = 6


def render(outcomes: Sequence[Outcome], paper: Audit) -> str:
    """The outcomes as one HTML page."""
    return "\n".join(_page(_Shown(outcomes, paper))) + "\n"


class _Shown:
    """What the parts of the page share."""

    def __init__(self, outcomes: Sequence[Outcome], paper: Audit) -> None:
        self.outcomes, self.paper = outcomes, paper

    @cached_property
    def by_id(self) -> dict[str, Outcome]:
        return {outcome.claim.id: outcome for outcome in self.outcomes}

    @cached_property
    def users(self) -> dict[str, list[str]]:
        return users_of(self.outcomes)

    @cached_property
    def sections(self) -> dict[str, list[Outcome]]:
        return by_section(self.outcomes, self.paper)

    @cached_property
    def conclusions(self) -> list[str]:
        return conclusions((outcome.claim for outcome in self.outcomes), self.paper)

    @cached_property
    def graph(self) -> bool:
        """Whether any claim rests on another, so that there is a graph."""
        return any(outcome.claim.rests_on for outcome in self.outcomes)

    def severity(self, outcome: Outcome) -> Severity | None:
        return severity_of(outcome.claim.id, outcome.decision.verdict, self.paper)


def _asset(name: str) -> str:
    return files("proofs_check.audit.report").joinpath(name).read_text(encoding="utf-8").strip()


def _style() -> str:
    """The style sheet, with the colours of the verdicts for both themes and for paper."""
    light, dark = variables("light"), variables("dark")
    return (
        f":root {{\n{light}\n}}\n@media (prefers-color-scheme: dark) {{ :root {{\n{dark}\n}} }}\n"
        f"@media print {{ :root {{\n{light}\n}} }}\n{_asset('page.css')}\n{_asset('graph.css')}"
    )


def _page(shown: _Shown) -> Iterator[str]:
    paper = shown.paper
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
{_style()}
</style>
</head>
<body>
<a class="skip" href="#claims">Skip to the claims</a>
<header>
<h1>Audit of the paper's claims</h1>
<p><cite>{escape(paper.title)}</cite>{_source(paper)}</p>
<p class="where">Decided by <code>{escape(paper.command)}</code>, version
{escape(version("robust-mean-bounds"))}, on {date.today().isoformat()}.</p>
</header>"""
    yield from _contents(shown)
    yield "<main>"
    yield from _summary(shown)
    yield from _conclusions(shown)
    yield from _graph(shown)
    yield '<section id="claims" aria-labelledby="claims-head">'
    yield '<h2 id="claims-head">Claims</h2>'
    yield from _controls(shown)
    for name, group in shown.sections.items():
        yield f'<section class="shelf" id="section-{name}" aria-labelledby="section-{name}-head">'
        yield f'<h3 id="section-{name}-head">{escape(paper.headings[name])}</h3>'
        for outcome in group:
            yield from _article(outcome, shown)
        yield "</section>"
    yield "</section>"
    yield from _glossary(paper)
    yield f"""</main>
<footer><p>Certified numbers are enclosures from ball arithmetic: lower ends are rounded down, upper
ends up. {escape(MEANING).capitalize()}. Certificates are replayed by <code>bounds check</code>,
which shares no code with what it checks. {escape(legend)}</p></footer>
<script>
{_asset("page.js")}
</script>
{f"<script>{script()}</script>" if shown.graph else ""}
</body>
</html>"""


def _source(paper: Audit) -> str:
    """Authors and identifier, as far as they are known."""
    by = f"; {escape(paper.authors)}" if paper.authors else ""
    cited = paper.typesetter.marked(paper.identifier)
    if cited and paper.link:
        first, mark, rest = cited.partition(";")
        cited = f'<a href="{escape(paper.link)}">{first}</a>{mark}{rest}'
    return f"{by}; {cited}." if cited else f"{by}."


def _contents(shown: _Shown) -> Iterator[str]:
    """The bar that stays."""
    yield '<nav id="contents" aria-label="Contents"><ul>'
    yield '<li><a href="#summary">In short</a></li>'
    if shown.conclusions:
        yield '<li><a href="#standing">What holds</a></li>'
    if shown.graph:
        yield '<li><a href="#graph">Graph</a></li>'
    yield '<li><a href="#claims">Filter</a></li>'
    for name in shown.sections:
        yield f'<li><a href="#section-{name}">{escape(shown.paper.headings[name])}</a></li>'
    if shown.paper.glossary:
        yield '<li><a href="#glossary">Glossary</a></li>'
    yield "</ul></nav>"


def _badge(verdict: Verdict, told: str | None = None) -> str:
    sign = f'<span aria-hidden="true">{PALETTE[verdict].sign}</span>'
    return f'<span class="badge {name_of(verdict)}">{sign} {told or NAMES[verdict]}</span>'


def _links(names: Sequence[str], by_id: Mapping[str, Outcome]) -> str:
    """The ids as links; those that have no entry on the page as text."""
    return ", ".join(
        f'<a href="#{escape(name)}">{escape(name)}</a>' if name in by_id else escape(name)
        for name in names
    )


def _summary(shown: _Shown) -> Iterator[str]:
    """The first screen: which printed numbers are off, and which theorems hold."""
    yield '<section id="summary" aria-labelledby="summary-head">'
    yield '<h2 id="summary-head">In short</h2>'
    yield from _numbers(shown)
    numbered = [name for name in shown.conclusions if is_numbered(name, shown.paper)]
    if numbered:
        yield '<ul class="heads">'
        for name in numbered:
            decision = shown.by_id[name].decision
            told = shown.paper.typesetter.marked(shown.paper.title_of(name))
            yield f'<li><a href="#{escape(name)}">{told}</a>'
            yield f"{_badge(decision.verdict, decision.told)}</li>"
        yield "</ul>"
    papers = of_paper(shown.outcomes)
    own = len(shown.outcomes) - len(papers)
    more = f" And {own} of our own, which the paper does not make." if own else ""
    yield f"<p>{counted(len(papers), 'claim')} of the paper: {basis_summary(papers)}.{more}</p>"
    yield '<ul class="tally">'
    for verdict in counts(papers):
        ended = [outcome for outcome in papers if outcome.decision.verdict is verdict]
        for told, number in sorted(Counter(map(ending, ended)).items()):
            link = f'<a href="#verdict={name_of(verdict)}">{_badge(verdict, told)}</a>'
            yield f"<li>{link} <strong>{number}</strong></li>"
    yield "</ul>"
    grave = Counter(map(shown.severity, shown.outcomes))
    told = ", ".join(f"{grave[each]} {_plural(each, grave[each])}" for each in SEVERITIES)
    yield f"<p>Of what does not hold as printed: {told}. (A judgement, not a proof.)</p></section>"


def _plural(severity: Severity, number: int) -> str:
    first, *rest = severity.split(" ", 1)
    if number == 1:
        return severity
    if first in ("slip", "matter"):
        return " ".join([f"{first}s", *rest])
    return f"{severity}s"


def _numbers(shown: _Shown) -> Iterator[str]:
    """The printed numbers that are off, and by how much."""
    off = [outcome for outcome in shown.outcomes if outcome.decision.off_by is not None]
    if not off:
        return
    typeset = shown.paper.typesetter.typeset
    yield '<ul class="heads">'
    for outcome in off:
        fact, name = outcome.decision.off_by, escape(outcome.claim.id)
        assert fact is not None
        yield f'<li><a href="#{name}">{typeset(outcome.claim.printed)}</a>:'
        yield f"{typeset(fact.statement)}</li>"
    yield "</ul>"


def _conclusions(shown: _Shown) -> Iterator[str]:
    by_id, paper = shown.by_id, shown.paper
    if not shown.conclusions:
        return
    yield '<section id="standing" aria-labelledby="standing-head">'
    yield '<h2 id="standing-head">What holds</h2>'
    yield "<p>Each conclusion is decided by itself. The last column lists the premises of the"
    yield "paper's own argument that break: its own first, then what these rest on in turn.</p>"
    yield '<div class="wide" tabindex="0" role="region" aria-label="Table of conclusions"><table>'
    yield '<thead><tr><th scope="col">Conclusion</th><th scope="col">Verdict</th>'
    yield '<th scope="col">The printed argument breaks at</th></tr></thead><tbody>'
    for name in shown.conclusions:
        verdict = by_id[name].decision.verdict
        broken = broken_premises(name, by_id)
        link = f'<a href="#{escape(name)}">{escape(title(name, paper))}</a>'
        badge = _badge(verdict, by_id[name].decision.told)
        unseen = unexamined_premises(name, by_id)
        yield f'<tr><th scope="row">{link}</th><td>{badge}'
        yield '</td><td><span class="narrow">the argument breaks at: </span>'
        yield f"{_breaks(broken, by_id[name].claim.rests_on, by_id, unseen)}</td></tr>"
    yield "</tbody></table></div></section>"


def _graph(shown: _Shown) -> Iterator[str]:
    """Which claim rests on which, as a picture in which each claim is a link."""
    if not shown.graph:
        return
    yield '<section id="graph" aria-labelledby="graph-head">'
    yield '<h2 id="graph-head">Which claim rests on which</h2>'
    yield "<p>As the paper argues: a line runs down to what a claim rests on. Each claim"
    yield "leads to its entry.</p>"
    yield from as_walk(shown.outcomes, shown.paper, Places())
    yield "</section>"


def _glossary(paper: Audit) -> Iterator[str]:
    if not paper.glossary:
        return
    yield '<section id="glossary" aria-labelledby="glossary-head">'
    yield '<h2 id="glossary-head">Glossary</h2><dl class="glossary">'
    for symbol, meaning in paper.glossary.items():
        marked = paper.typesetter.marked
        yield f"<dt>{marked(symbol)}</dt><dd>{marked(meaning)}</dd>"
    yield "</dl></section>"


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


def _choice(name: str, value: str, told: str, checked: bool = False) -> str:
    on = " checked" if checked else ""
    return f'<label><input type="radio" name="{name}" value="{value}"{on}> {told}</label>'


def _controls(shown: _Shown) -> Iterator[str]:
    yield '<form id="controls" role="search" aria-label="Filter the claims" hidden>'
    yield "<fieldset><legend>Verdict</legend>"
    yield _choice("verdict", "all", "all", checked=True)
    for verdict, number in counts(shown.outcomes).items():
        told = NAMES[verdict]
        if verdict is Verdict.CERTIFIED:
            told += f" or {ON_PAPER}"
        yield _choice("verdict", name_of(verdict), f"{told} ({number})")
    yield "</fieldset><fieldset><legend>Severity</legend>"
    yield _choice("severity", "all", "all", checked=True)
    grave = Counter(map(shown.severity, shown.outcomes))
    for severity in SEVERITIES:
        if grave[severity]:
            value = severity.replace(" ", "-")
            yield _choice("severity", value, f"{severity} ({grave[severity]})")
    yield "</fieldset>"
    yield '<label class="search">Search <input type="search" name="search"></label>'
    yield '<p role="status" id="shown"></p></form>'


def _formula(latex: str) -> str:
    """The formula in pieces, between which a narrow page breaks the line."""
    pieces = to_pieces(latex)
    return f"<code>{escape(latex)}</code>" if pieces is None else " ".join(pieces)


def _article(outcome: Outcome, shown: _Shown) -> Iterator[str]:
    claim, decision, paper = outcome.claim, outcome.decision, shown.paper
    marked, name = paper.typesetter.marked, escape(claim.id)
    kind, grave = name_of(decision.verdict), shown.severity(outcome)
    yield f'<article class="claim {kind}" id="{name}" data-verdict="{kind}"'
    yield f' data-severity="{(grave or "none").replace(" ", "-")}" aria-labelledby="{name}-head">'
    yield f'<h4 id="{name}-head"><a href="#{name}">{marked(paper.title_of(claim.id))}</a>'
    yield f"<code>{name}</code></h4>"
    told = f"; {grave}{_basis(outcome)}" if grave else _basis(outcome)
    badge = _badge(decision.verdict, decision.told)
    yield f'<p class="where">{badge} {marked(claim.where)}{told}</p>'
    if outcome.changed:
        yield f"<p><strong>Differs from the recorded verdict: {outcome.recorded}.</strong></p>"
    yield f'<p class="label">As {statement_label(outcome)}</p>'
    yield f'<div class="wide formula">{_formula(claim.latex)}</div>'
    yield f'<p class="printed">{paper.typesetter.typeset(claim.printed)}</p>'
    yield f'<p class="label">{finding_label(decision).capitalize()}</p>'
    yield f'<p class="finding">{paper.typesetter.typeset(decision.finding)}</p>'
    yield from _readings(outcome, paper)
    if claim.figure is not None:
        yield f'<figure class="wide">{claim.figure()}</figure>'
    yield '<p class="label">Evidence</p><ul class="evidence">'
    for line in decision.lines:
        text = marked(line if isinstance(line, str) else line.statement)
        place = f" (<code>{escape(line.where)}</code>)" if isinstance(line, Argued) else ""
        yield f'<li><span class="kind">{KINDS[type(line)]}:</span> {text}{place}</li>'
    for theorem in outcome.theorems:
        place = f"<code>{escape(theorem.name)}</code> in <code>{escape(theorem.file)}</code>"
        yield f'<li><span class="kind">kernel:</span> {place}: {marked(theorem.part)}</li>'
    yield "</ul>"
    yield from _argument(outcome, paper)
    yield from _details(outcome, shown)
    yield "</article>"


def _basis(outcome: Outcome) -> str:
    """What decided it; where an argument did, a link to it."""
    if outcome.basis == "none":
        return ""
    told = "on paper" if outcome.basis == "words" else escape(outcome.basis)
    if not outcome.decision.arguments:
        return f"; basis: {told}"
    return f'; basis: <a href="#{escape(outcome.claim.id)}-argument">{told}</a>'


def _argument(outcome: Outcome, paper: Audit) -> Iterator[str]:
    """The steps on paper that the verdict rests on, each once."""
    steps = {
        f"{fact.module}, step {number}": step
        for fact in outcome.decision.arguments
        for number, step in zip(fact.numbers, fact.steps, strict=True)
    }
    if not steps:
        return
    yield f'<details id="{escape(outcome.claim.id)}-argument" class="argument">'
    yield "<summary>The argument on paper (constants checked by machine)</summary><ul>"
    for place, step in steps.items():
        yield f"<li><code>{escape(place)}</code> {paper.typesetter.marked(step)}</li>"
    yield "</ul></details>"


def _readings(outcome: Outcome, paper: Audit) -> Iterator[str]:
    typeset = paper.typesetter.typeset
    if not outcome.decision.readings:
        return
    yield '<p class="label">Readings</p><ul class="evidence">'
    for reading in outcome.decision.readings:
        needed = " (the one that the later steps need)" if reading.needed else ""
        badge = _badge(reading.verdict, outcome.decision.told_of(reading))
        yield f"<li>{badge} {typeset(reading.text)}{needed}:"
        yield f"{typeset(reading.finding)}</li>"
    yield "</ul>"


def _details(outcome: Outcome, shown: _Shown) -> Iterator[str]:
    claim, marked, by_id = outcome.claim, shown.paper.typesetter.marked, shown.by_id
    yield "<dl>"
    yield f"<dt>Hypotheses</dt><dd>{marked(claim.hypotheses)}</dd>"
    yield f"<dt>Method</dt><dd>{marked(claim.method)}</dd>"
    if claim.rests_on:
        yield f"<dt>Rests on</dt><dd>{_links(claim.rests_on, by_id)}</dd>"
    if users := shown.users[claim.id]:
        yield f"<dt>Rests on it</dt><dd>{_links(users, by_id)}</dd>"
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
