"""One page for each claim, written from its check: the pages cannot say other than the code.

Stubs `claims/ID.md` are written when the build begins; the directives `claim ID`, `claim-index` and
`claim-coverage` fill them, and the role `claim` names a claim beside a sentence. Each claim is
decided once in a build, and anew in every build. The pages are reached from the index and from one
another: a hundred would bury the rest of the menu.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from claim_sources import check_source, link_to_step, theorem_sources
from docutils import nodes
from plain_docstrings import with_code
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.display import status_iterator
from sphinx.util.docutils import SphinxDirective, SphinxRole

from proofs_check import PAPER, Argued, Claim, Decision, Verdict, find_claims
from proofs_check.audit.facts import KINDS, Fact
from proofs_check.audit.graph import broken_premises
from proofs_check.audit.report import (
    basis_summary,
    ending,
    finding_label,
    of_paper,
    statement_label,
)
from proofs_check.audit.report.mathml import to_mathml
from proofs_check.audit.report.sections import by_section
from proofs_check.audit.runner import Outcome, audit
from proofs_check.audit.verdict import NAMES, ON_PAPER

_STUB = """\
---
orphan: true
---

# {id}

```{{claim}} {id}
```
"""


symbols = PAPER.typesetter.plain


@cache
def _outcomes() -> dict[str, Outcome]:
    claims = find_claims()
    decided = audit(PAPER, claims, jobs=1)
    shown = status_iterator(
        decided, "deciding claims... ", "purple", len(claims), stringify_func=lambda o: o.claim.id
    )
    return {outcome.claim.id: outcome for outcome in shown}


def _badge(verdict: Verdict, told: str) -> nodes.inline:
    name = nodes.make_id(verdict.value)
    return nodes.inline("", told, classes=["verdict", name])


def _link(name: str, docname: str) -> nodes.Node:
    """A link to the page of a claim; plain text where the claim has no check."""
    return _page_link(name, name, docname) if name in _outcomes() else nodes.Text(name)


def _page_link(page: str, text: str, docname: str) -> nodes.Node:
    link = pending_xref(
        "", refdomain="std", reftype="doc", reftarget=f"/claims/{page}", refexplicit=True
    )
    link["refdoc"] = docname
    link += nodes.inline("", text)
    return link


def _links(names: Iterable[str], docname: str) -> nodes.paragraph:
    line = nodes.paragraph()
    for position, name in enumerate(names):
        if position:
            line += nodes.Text(", ")
        line += _link(name, docname)
    return line


def _line(line: Fact | str) -> str:
    told = line if isinstance(line, str) else line.statement
    return f"{KINDS[type(line)]}: {told}"


def _evidence(line: Fact | str) -> nodes.list_item:
    """A line of evidence; the place of an argument is a link to its step."""
    if not isinstance(line, Argued):
        return nodes.list_item("", with_code(symbols(_line(line))))
    told = with_code(symbols(f"{KINDS[Argued]}: {line.statement} ("))
    told += [link_to_step(line), nodes.Text(")")]
    return nodes.list_item("", told)


def _list(lines: Iterable[str]) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", with_code(symbols(line))) for line in lines))


class ClaimPage(SphinxDirective):
    """What a claim says, how it was decided, and what came out."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The page below its title."""
        outcome = _outcomes()[self.arguments[0]]
        claim, decision = outcome.claim, outcome.decision
        here = self.env.docname
        badge = _badge(decision.verdict, decision.told)
        head = nodes.paragraph("", "", badge, nodes.Text(f" {claim.where} · "))
        head += _page_link("index", "all claims", here)
        users = [name for name, other in _outcomes().items() if claim.id in other.claim.rests_on]
        if users or claim.rests_on:
            head += nodes.Text(" · ")
            head += nodes.reference("", "in the graph", refuri=f"graph.html?claim={claim.id}")
        parts: list[nodes.Node] = [head]
        parts += self._part(f"As {statement_label(outcome)}", *self._statement(claim))
        parts += self._part("Hypotheses", with_code(claim.hypotheses))
        finding = with_code(symbols(decision.finding))
        parts += self._part(finding_label(decision).capitalize(), finding)
        if decision.readings:
            parts += self._part("Readings", self._readings(decision))
        if claim.figure is not None:
            drawing = nodes.raw("", claim.figure(), format="html")
            parts.append(nodes.container("", drawing, classes=["figure"]))
        kernel = (
            f"kernel: `{each.name}` in `{each.file}`: {each.part}" for each in outcome.theorems
        )
        evidence = nodes.bullet_list("", *map(_evidence, decision.lines))
        evidence += _list(kernel).children
        parts += self._part("Evidence", evidence)
        if decision.arguments:
            title = "The argument on paper (constants checked by machine)"
            parts += self._part(title, *self._arguments(decision))
        parts += self._part("Method", with_code(claim.method))
        if claim.rests_on:
            parts += self._part("The paper's argument rests on", _links(claim.rests_on, here))
        broken = broken_premises(claim.id, _outcomes())
        if broken:
            parts += self._part("The printed argument breaks at", _links(broken, here))
        if users:
            parts += self._part("Claims that rest on it", _links(users, here))
        seeded = _list(error.what for error in claim.seeded)
        parts += self._part("Seeded errors that change the verdict", seeded)
        if outcome.certificates:
            parts += self._part("Certificates", *self._certificates(outcome))
        sources = [*check_source(claim), *theorem_sources(outcome.theorems)]
        parts += self._part("Sources", *sources)
        return parts

    def _part(self, title: str, *content: nodes.Node) -> list[nodes.Node]:
        head = nodes.rubric("", title, ids=[nodes.make_id(title)])
        head["heading-level"] = 2
        return [head, *content]

    def _arguments(self, decision: Decision) -> list[nodes.Node]:
        """The steps of the docstrings that argue, each once."""
        steps = {
            f"{fact.module}, step {number}": step
            for fact in decision.arguments
            for number, step in zip(fact.numbers, fact.steps, strict=True)
        }
        told = "Not decided by machine: to be read, step by step."
        places = (f"`{place}`: {step}" for place, step in steps.items())
        return [nodes.paragraph("", told), _list(places)]

    def _certificates(self, outcome: Outcome) -> list[nodes.Node]:
        name, count = outcome.claim.id, len(outcome.certificates)
        command = f"bounds verify {name} --certificates out && bounds check out/*.json"
        told = f"{count}, which the independent checker replays:"
        return [nodes.paragraph("", told), nodes.literal_block(command, command, language="sh")]

    def _statement(self, claim: Claim) -> list[nodes.Node]:
        plain = nodes.paragraph("", claim.printed)
        if to_mathml(claim.latex) is None:
            return [plain]
        plain["classes"].append("plain")
        return [nodes.math_block(claim.latex, claim.latex, nowrap=False, number=None), plain]

    def _readings(self, decision: Decision) -> nodes.bullet_list:
        entries = nodes.bullet_list()
        for reading in decision.readings:
            needed = " (the one that the later steps need)" if reading.needed else ""
            line = symbols(f" {reading.text}{needed}: {reading.finding}")
            entries += nodes.list_item(
                "",
                nodes.paragraph(
                    "", "", _badge(reading.verdict, decision.told_of(reading)), nodes.Text(line)
                ),
            )
        return entries


def _table(head: Sequence[str], rows: Iterable[Sequence[nodes.Node]], *classes: str) -> nodes.table:
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    titles = (nodes.entry("", nodes.paragraph("", title)) for title in head)
    group += nodes.thead("", nodes.row("", *titles))
    body = (nodes.row("", *(nodes.entry("", cell) for cell in row)) for row in rows)
    group += nodes.tbody("", *body)
    return nodes.table("", group, classes=list(classes))


class ClaimIndex(SphinxDirective):
    """How many claims ended how, by section; then the claims of each section."""

    def run(self) -> list[nodes.Node]:
        """The tables."""
        groups = by_section(_outcomes().values(), PAPER)
        papers = of_paper(_outcomes().values())
        own = len(_outcomes()) - len(papers)
        told = (
            f"Of the paper's {len(papers)} claims: {basis_summary(papers)}; and {own} of our own."
        )
        parts: list[nodes.Node] = [nodes.paragraph("", told), self._counts(groups)]
        for name, found in groups.items():
            section = nodes.section(ids=[nodes.make_id(f"section-{name}")])
            section += nodes.title("", PAPER.headings[name])
            found.sort(key=lambda outcome: list(Verdict).index(outcome.decision.verdict))
            section += _table(("Claim", "Verdict", "Statement"), map(self._row, found), "claims")
            parts.append(section)
        return parts

    def _row(self, outcome: Outcome) -> list[nodes.Node]:
        claim, decision = outcome.claim, outcome.decision
        return [
            nodes.paragraph("", "", _link(claim.id, self.env.docname)),
            nodes.paragraph("", "", _badge(decision.verdict, decision.told)),
            nodes.paragraph("", claim.printed),
        ]

    def _counts(self, groups: dict[str, list[Outcome]]) -> nodes.table:
        tally = {name: Counter(map(ending, found)) for name, found in groups.items()}
        papers = [counts for name, counts in tally.items() if name in PAPER.sections]
        total = sum(papers, Counter())
        endings = [ON_PAPER, *NAMES.values()]
        shown = [each for each in endings if total[each]]

        def row(title: str, counts: Counter[str]) -> list[nodes.Node]:
            numbers = [str(counts[each] or "") for each in shown]
            words = [title, *numbers, str(counts.total())]
            return [nodes.paragraph("", word) for word in words]

        rows = [row(PAPER.headings[name], counts) for name, counts in tally.items()]
        head = ["Section", *shown, "all"]
        return _table(head, [*rows, row("All of the paper", total)], "counts")


class ClaimRole(SphinxRole):
    """A claim beside a sentence: a link to its page, its verdict, and what decided it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The link and the badge.

        Raises:
            KeyError: no claim has this id.
        """
        outcome = _outcomes()[self.text]
        decision = outcome.decision
        told = decision.told + (", by machine" if decision.basis == "machine" else "")
        if outcome.theorems:
            full = any(theorem.in_full for theorem in outcome.theorems)
            told += "; kernel" if full else "; kernel, a part"
        link = _link(self.text, self.env.docname)
        return [link, nodes.Text(" "), _badge(decision.verdict, told)], []


class ClaimCoverage(SphinxDirective):
    """The claims without a certificate, by section: what the checker does not replay."""

    def run(self) -> list[nodes.Node]:
        """How many have certificates, and a list of those that have none."""
        outcomes = _outcomes()
        bare = [outcome for outcome in outcomes.values() if not outcome.certificates]
        told = (
            f"{len(outcomes) - len(bare)} of {len(outcomes)} claims have certificates, which cover"
            " the inequalities, zeros, roots and shapes in them. These have none:"
        )
        entries = nodes.bullet_list()
        for name, found in by_section(bare, PAPER).items():
            item = nodes.list_item("", nodes.paragraph("", f"{PAPER.headings[name]}: "))
            item[0].extend(
                _links((outcome.claim.id for outcome in found), self.env.docname).children
            )
            entries += item
        return [nodes.paragraph("", told), entries]


def _write_stubs(app: Sphinx) -> None:
    _outcomes.cache_clear()
    folder = Path(app.srcdir, "claims")
    wanted = {f"{claim.id}.md": _STUB.format(id=claim.id) for claim in find_claims()}
    for path in folder.glob("*.md"):
        if path.name not in ("index.md", "graph.md", *wanted):
            path.unlink()
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _outdated(_app: Sphinx, env: Any, *_: object) -> list[str]:
    return [name for name in env.found_docs if name.startswith(("claims/", "design", "arguments"))]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives; write the stubs before documents are looked for."""
    app.add_directive("claim", ClaimPage)
    app.add_role("claim", ClaimRole())
    app.add_directive("claim-index", ClaimIndex)
    app.add_directive("claim-coverage", ClaimCoverage)
    app.connect("builder-inited", _write_stubs)
    app.connect("env-get-outdated", _outdated)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
