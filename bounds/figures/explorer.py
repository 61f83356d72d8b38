"""One page in which the bounds move with D, c/k, k and m: certified tables, a script to walk them.

The page computes nothing: each number that it shows stands in one of its tables, rounded outwards.
Between points of the grid it shows what the neighbours prove, by these steps:

1. Above: with means at least D apart and D ≥ D′, the maximum over means is one over fewer means, so
   a bound at D′ serves D. The bracket's bounds for k ≥ 2 ask for κ alone, and each increases with
   κ while its parameters stay (t and the line of `bounds.upper.possible_means`, v and x of
   `bounds.upper.information`): the one at κ′ ≥ κ serves κ, and every k ≥ 2.
2. Below, in the limit of large m: a plan that hides means for a mass of c′ or less in all is one
   for every c ≥ c′ (`bounds.lower.limit`), so the bound at κ′ ≤ κ serves κ. It is free of D, as on
   the page D is so large that labels that are unknown add nothing to six digits.
3. For a given m nothing is said between points in c/k: the page stays on them. Above, every fourth
   D has a number, which serves the larger ones, by step 1.
4. ε_cr and C₀ decrease with Δ ≥ 3/2 (the claims eps-cr-decreases and c0-limit), so neighbours
   enclose.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from html import escape
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from bounds.bracket import upper_side
from bounds.certify.errors import DomainError, Inconclusive
from bounds.certify.exact import show_exact
from bounds.certify.numbers.enclosure import Enclosure
from bounds.figures.figure_1a import upper_height
from bounds.lower import lower_bound
from bounds.tables import sweep
from bounds.tables.formats import as_csv
from bounds.upper.possible_means import PAPER_SEPARATION

_DIGITS = 8
_SHOWN = 6
_EVERY = 4

COMPONENTS = (2, 5, 10, 100, 1000)
SCALES = (None, Fraction(10**4), Fraction(10**6))


@dataclass(frozen=True)
class Grid:
    """The points at which the tables have numbers.

    Attributes:
        deltas: Δ = D/9, in rising order.
        shares: c/k, in rising order.
        components: k.
        scales: m; None is the limit of large m.
    """

    deltas: tuple[Fraction, ...]
    shares: tuple[Fraction, ...]
    components: tuple[int, ...] = COMPONENTS
    scales: tuple[Fraction | None, ...] = SCALES

    @property
    def given(self) -> tuple[Fraction, ...]:
        """The Δ at which there are upper bounds for a given m."""
        return self.deltas[::_EVERY]


def default_grid() -> Grid:
    """Δ from 3/2 to 5 in steps of 1/8; c/k from 1/200 to 1, denser where it is small."""
    hundredths = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 80)
    shares = (Fraction(1, 200), *(Fraction(n, 100) for n in (*hundredths, 90, 100)))
    return Grid(tuple(Fraction(12 + step, 8) for step in range(29)), shares)


def upper_table(grid: Grid) -> list[list[str]]:
    """For each D and c/k an upper bound on lim sup K(m), for every k; 1 is the own sample's."""
    return [
        [
            upper_side(2, 2 * kappa, PAPER_SEPARATION * delta, None, _DIGITS).value.decimals(
                _SHOWN
            )[1]
            for kappa in grid.shares
        ]
        for delta in grid.deltas
    ]


def given_table(
    grid: Grid, step: Callable[[], None] | None = None
) -> list[list[list[list[str]]] | None]:
    """For each m, k, some D and c/k an upper bound on K(m); None in place of the limit."""
    told = step or (lambda: None)
    table: list[list[list[list[str]]] | None] = []
    for m in grid.scales:
        if m is None:
            table.append(None)
            continue
        rows = []
        for k in grid.components:
            rows.append(
                [
                    [_given(k, kappa, PAPER_SEPARATION * delta, m) for kappa in grid.shares]
                    for delta in grid.given
                ]
            )
            told()
        table.append(rows)
    return table


def _given(k: int, kappa: Fraction, distance: Fraction, m: Fraction) -> str:
    """Above K(m); a client's own sample where (k + c)m is no whole number."""
    try:
        return upper_side(k, kappa * k, distance, m, _DIGITS).value.decimals(_SHOWN)[1]
    except DomainError:
        return "1"


def lower_table(grid: Grid, step: Callable[[], None] | None = None) -> list[list[list[str | None]]]:
    """For each m, k and c/k a lower bound on K(m), or on lim inf K(m); None where there is none."""
    told = step or (lambda: None)
    table = []
    for m in grid.scales:
        rows = []
        for k in grid.components:
            rows.append([_hidden(k, kappa, m) for kappa in grid.shares])
            told()
        table.append(rows)
    return table


def _hidden(k: int, kappa: Fraction, m: Fraction | None) -> str | None:
    try:
        return lower_bound(k, kappa * k, "sharp", _DIGITS, m).value.decimals(_SHOWN)[0]
    except (DomainError, Inconclusive):
        return None


def printed_tables(grid: Grid) -> dict[str, Any]:
    """The bounds as printed, as enclosures of the paper's formulas."""
    return {
        "upper": [
            [_pair(upper_height(delta, kappa, "printed")) for kappa in grid.shares]
            for delta in grid.deltas
        ],
        "lower": [
            _pair(lower_bound(1000, 1000 * kappa, "printed", _DIGITS).value)
            for kappa in grid.shares
        ],
    }


def _pair(value: Enclosure | None) -> list[str] | None:
    return None if value is None else list(value.decimals(_SHOWN))


def critical_table(grid: Grid) -> str:
    """The sweep of ε_cr and C₀ over Δ, as CSV."""
    values = ",".join(show_exact(delta) for delta in grid.deltas)
    return as_csv(sweep(values, columns="eps_cr,C0", digits=_SHOWN)).decode()


def tables(grid: Grid, step: Callable[[], None] | None = None) -> dict[str, str]:
    """Every table of the page as text, by its name."""
    points = {
        "deltas": [show_exact(delta) for delta in grid.deltas],
        "distances": [show_exact(9 * delta) for delta in grid.deltas],
        "given": [show_exact(9 * delta) for delta in grid.given],
        "shares": [show_exact(kappa) for kappa in grid.shares],
        "components": list(grid.components),
        "scales": [None if m is None else show_exact(m) for m in grid.scales],
    }
    found = {
        "grid": points,
        "upper": upper_table(grid),
        "given": given_table(grid, step),
        "lower": lower_table(grid, step),
        "printed": printed_tables(grid),
    }
    told = {name: json.dumps(table, separators=(",", ":")) for name, table in found.items()}
    return {**told, "sweep": critical_table(grid)}


def page(grid: Grid | None = None, step: Callable[[], None] | None = None) -> str:
    """The explorer as one HTML page, which loads nothing.

    Args:
        grid: where the tables have numbers; by default `default_grid`.
        step: called after each row of bounds for a given m, and of lower bounds.
    """
    made = tables(grid or default_grid(), step)
    blocks = "\n".join(
        f'<script type="text/plain" id="table-{name}" data-sha256="{_hash(text)}">{text}</script>'
        for name, text in made.items()
    )
    template = files("bounds.figures").joinpath("explorer.html").read_text(encoding="utf-8")
    release = escape(version("robust-mean-bounds"))
    return template.replace("@VERSION@", release).replace("@TABLES@", blocks)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
