"""The graph of claims as a picture or for Graphviz: an arrow runs to what a claim rests on.

Conclusions stand at the top; each claim stands below all that rest on it, in layers that are broken
into rows as wide as a page. In the picture every claim is a link to its entry, `#id` in the report.
`as_walk` adds what one needs to walk it: zoom, a legend, and the paths of one claim (graph.js).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from proofs_check.audit.claim import function_of
from proofs_check.audit.paper import Audit
from proofs_check.audit.report.palette import PALETTE, name_of
from proofs_check.audit.runner import Outcome
from proofs_check.audit.verdict import NAMES

_COLUMN, _ROW, _WIDTH, _HEIGHT, _MARGIN = 158, 26, 150, 20, 4
_LAYER = 22  # space between layers, for the lines
_PER_ROW = 5
_SWEEPS = 6


def users_of(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    """For each id the claims whose printed argument uses it."""
    found: dict[str, list[str]] = {outcome.claim.id: [] for outcome in outcomes}
    for outcome in outcomes:
        for below in outcome.claim.rests_on:
            found.setdefault(below, []).append(outcome.claim.id)
    return found


def _linked(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The claims that rest on another or that another rests on."""
    users = users_of(outcomes)
    return [o for o in outcomes if o.claim.rests_on or users[o.claim.id]]


def as_dot(outcomes: Sequence[Outcome], paper: Audit) -> str:
    """The graph in the language of Graphviz."""
    quoted = '"{}"'.format
    lines = ["digraph claims {", "  rankdir=TB;", "  node [shape=box, fontname=sans];"]
    for outcome in _linked(outcomes):
        verdict = outcome.decision.verdict
        label = f"{outcome.claim.id}\\n{outcome.decision.told}"
        tip = paper.title_of(outcome.claim.id).replace('"', "'")
        lines.append(
            f"  {quoted(outcome.claim.id)} [label={quoted(label)}, tooltip={quoted(tip)},"
            f" color={quoted(PALETTE[verdict].light)}];"
        )
    for outcome in outcomes:
        for below in outcome.claim.rests_on:
            lines.append(f"  {quoted(outcome.claim.id)} -> {quoted(below)};")
    return "\n".join([*lines, "}"]) + "\n"


def _layers(rests_on: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The ids in layers, each below all that rest on it, with few crossings."""
    depth = dict.fromkeys(rests_on, 0)
    for _ in rests_on:  # at most as many rounds as the longest chain is long
        before = dict(depth)
        for name, below in rests_on.items():
            for other in below:
                depth[other] = min(max(depth[other], depth[name] + 1), len(rests_on) - 1)
        if depth == before:
            break
    layers: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name in rests_on:
        layers[depth[name]].append(name)
    users: dict[str, list[str]] = {name: [] for name in rests_on}
    for name, below in rests_on.items():
        for other in below:
            users[other].append(name)
    for sweep in range(_SWEEPS):
        sides = users if sweep % 2 == 0 else rests_on
        place = {n: i / len(c) for c in layers for i, n in enumerate(c)}
        for layer in layers:
            layer.sort(key=lambda name: _mean([place[o] for o in sides[name]], place[name]))
    return layers


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def as_svg(
    outcomes: Sequence[Outcome],
    paper: Audit,
    *,
    alone: bool = False,
    href: Callable[[str], str] = "#{}".format,
) -> str:
    """The graph as one SVG element; empty where no claim rests on another.

    Args:
        outcomes: the claims and what came out.
        paper: their titles.
        alone: with colours of its own, as a file; without, it takes those of the page.
        href: where the entry of a claim is, by its id.
    """
    shown = {outcome.claim.id: outcome for outcome in _linked(outcomes)}
    rests_on = {
        name: [below for below in outcome.claim.rests_on if below in shown]
        for name, outcome in shown.items()
    }
    layers = _layers(rests_on)
    if not layers:
        return ""
    columns = min(_PER_ROW, max(map(len, layers)))
    places, height = _placed(layers, columns)
    width = columns * _COLUMN + 2 * _MARGIN
    back = f'<rect width="{width}" height="{height:.0f}" fill="#ffffff"/>' if alone else ""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}"'
            f' width="{width}" height="{height:.0f}" class="graph" font-size="10"'
            ' font-family="sans-serif" role="group" aria-label="Which claim rests on which">',
            back,
            *(_arrow(places, name, below) for name, others in rests_on.items() for below in others),
            *(
                _node(outcome, places[name], paper, alone, href(name))
                for name, outcome in shown.items()
            ),
            "</svg>",
        ]
    )


def _placed(
    layers: Sequence[Sequence[str]], columns: int
) -> tuple[dict[str, tuple[float, float]], float]:
    """The upper left corner of each claim, and the height of the picture.

    A layer of several rows is filled column by column: what stood side by side stays near.
    """
    places: dict[str, tuple[float, float]] = {}
    top = float(_MARGIN)
    for layer in layers:
        rows = -(-len(layer) // _PER_ROW)
        left = _MARGIN + (columns - -(-len(layer) // rows)) * _COLUMN / 2
        for number, name in enumerate(layer):
            across, down = divmod(number, rows)
            places[name] = left + across * _COLUMN, top + down * _ROW
        top += rows * _ROW + _LAYER
    return places, top - _LAYER + _MARGIN


def _arrow(places: Mapping[str, tuple[float, float]], name: str, below: str) -> str:
    start, end = places[name], places[below]
    x1, y1 = start[0] + _WIDTH / 2, start[1] + _HEIGHT
    x2, y2 = end[0] + _WIDTH / 2, end[1]
    bend = min((y2 - y1) / 2, 40)
    return (
        f'<path d="M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f}'
        f' {x2:.0f} {y2:.0f}" fill="none" stroke="#888888" stroke-opacity="0.4"'
        f' data-from="{escape(name)}" data-to="{escape(below)}"/>'
    )


def _node(
    outcome: Outcome, place: tuple[float, float], paper: Audit, alone: bool, href: str
) -> str:
    verdict, (x, y) = outcome.decision.verdict, place
    look = PALETTE[verdict]
    colour = look.light if alone else f"var(--{name_of(verdict)})"
    back = "#ffffff" if alone else "var(--paper)"
    name = outcome.claim.id
    told = f"{paper.title_of(name)}: {outcome.decision.told}"
    return (
        f'<a href="{escape(href)}" data-claim="{escape(name)}"><title>{escape(told)}</title>'
        f'<rect x="{x:.0f}" y="{y:.1f}"'
        f' width="{_WIDTH}" height="{_HEIGHT}" rx="5" style="fill:{back};stroke:{colour}"/>'
        f'<text x="{x + 4:.0f}" y="{y + 14:.1f}" style="fill:{colour}">{look.sign}'
        f" {escape(name)}</text></a>"
    )


@dataclass(frozen=True)
class Places:
    """Where a page has what a claim is made of.

    Attributes:
        entry: its statement and verdict, by its id.
        code: its check; None where the page has it nowhere: the file is named, and no link.
        kernel: its theorems, likewise.
    """

    entry: Callable[[str], str] = "#{}".format
    code: Callable[[str], str] | None = None
    kernel: Callable[[str], str] | None = None


_HINT = (
    "Choose a claim in the picture or in the list: its paths are drawn in full. Choose it once more"
    " to open its entry."
)


def as_walk(
    outcomes: Sequence[Outcome], paper: Audit, places: Places, *, by_address: bool = False
) -> Iterator[str]:
    """The graph as a part of a page, with a legend, buttons and the paths of a claim.

    Args:
        outcomes: the claims and what came out.
        paper: their titles.
        places: what the links lead to.
        by_address: the page's address may choose a claim, as in graph.html?claim=theorem-1.
    """
    marked = " data-address" if by_address else ""
    yield f'<div id="claim-graph"{marked}>'
    yield '<ul class="legend" aria-label="Colours and signs">'
    for verdict in dict.fromkeys(outcome.decision.verdict for outcome in _linked(outcomes)):
        sign = f'<span aria-hidden="true">{PALETTE[verdict].sign}</span>'
        yield f'<li><span class="badge {name_of(verdict)}">{sign} {NAMES[verdict]}</span></li>'
    yield "<li>A line runs down from a claim to what it rests on.</li></ul>"
    yield f'<div class="graph-tools" data-hint="{escape(_HINT)}" hidden>'
    buttons = {"in": "Zoom in", "out": "Zoom out", "whole": "Whole picture", "clear": "All paths"}
    for act, label in buttons.items():
        yield f'<button type="button" data-act="{act}">{label}</button>'
    yield '<label>Claim <select><option value="">none</option>'
    names = sorted(outcome.claim.id for outcome in _linked(outcomes))
    yield "".join(f"<option>{escape(name)}</option>" for name in names)
    yield "</select></label></div>"
    yield '<div class="graph-told" role="status"></div>'
    yield '<div class="wide" tabindex="0" role="region" aria-label="Picture of the graph">'
    yield as_svg(outcomes, paper, href=places.entry)
    told = {outcome.claim.id: _read_on(outcome, paper, places) for outcome in _linked(outcomes)}
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    yield f'</div><script type="application/json">{data}</script></div>'


def script() -> str:
    """The script of `as_walk`, for the end of the page."""
    return files("proofs_check.audit.report").joinpath("graph.js").read_text(encoding="utf-8")


def _read_on(outcome: Outcome, paper: Audit, places: Places) -> dict[str, object]:
    """What the page tells of a chosen claim; a pair is a text and the address that it leads to."""
    name, module = outcome.claim.id, function_of(outcome.claim).__module__
    code = places.code and places.code(name)
    kernel = places.kernel and places.kernel(name)
    theorems = [[f"the theorem {each.name} in {each.file}", kernel] for each in outcome.theorems]
    return {
        "title": paper.typesetter.plain(paper.title_of(name)),
        "told": outcome.decision.told,
        "href": places.entry(name),
        "code": ["the check" if code else f"{module.replace('.', '/')}.py", code],
        "coq": theorems,
    }
