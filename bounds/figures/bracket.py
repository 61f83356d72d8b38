"""The error of the best algorithm from both sides: against c/k for three D, and against D.

For 1000 components, in the limit of large m. On the left the bracket closes towards the line r* c/k
as D grows, up to c/k = ε* = 0.65…; on the right, for near means, the lower bound is what clients
lose who do not know their label.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from bounds.bracket import RiskBracket, risk_bracket
from bounds.figures.series import Picture, Series
from bounds.figures.style import COLOURS, DASHES, panels

COMPONENTS = 1000
DISTANCES = (Fraction(6), Fraction(18), Fraction(30))
SHARES = (Fraction(0), Fraction(1, 20), Fraction(3, 10))
_MOST_SHARE, _MOST_DISTANCE = Fraction(13, 20), Fraction(30)
_DIGITS = 8
_STEPS = 26


def picture(steps: int = _STEPS) -> Picture:
    """The figure of the bracket.

    Args:
        steps: even steps of c/k up to 0.65, and of D up to 30.
    """
    shares = tuple(_MOST_SHARE * step / steps for step in range(1, steps + 1))
    apart = tuple(_MOST_DISTANCE * step / steps for step in range(1, steps + 1))
    curves: list[Series] = []
    for distance in DISTANCES:
        found = [_at(kappa, distance) for kappa in shares]
        curves += _sides(f"D = {float(distance):g}", shares, found)
    for kappa in SHARES:
        found = [_at(kappa, distance) for distance in apart]
        curves += _sides(f"c/k = {float(kappa):g}", apart, found)
    return Picture("The best algorithm's error from both sides", tuple(curves), draw)


def _at(kappa: Fraction, distance: Fraction) -> RiskBracket:
    return risk_bracket(COMPONENTS, kappa * COMPONENTS, distance, digits=_DIGITS)


def _sides(
    name: str, places: tuple[Fraction, ...], found: Sequence[RiskBracket]
) -> tuple[Series, Series]:
    return (
        Series(f"lower bound, {name}", places, tuple(one.low.value for one in found)),
        Series(f"upper bound, {name}", places, tuple(one.high.value for one in found)),
    )


def draw(series: Sequence[Series]) -> Any:
    """Two panels: against c/k, and against D."""
    figure, plots = panels(2, 9.6, 4.2, one_place=False)
    size = 2 * len(DISTANCES)
    for plot, curves in zip(plots, (series[:size], series[size:]), strict=True):
        for number in range(0, len(curves), 2):
            low, high = (curve.points() for curve in curves[number : number + 2])
            colour, dash = COLOURS[number // 2], DASHES[number // 2]
            label = curves[number].name.removeprefix("lower bound, ")
            plot.fill_between(low[0], low[1], high[1], color=colour, alpha=0.15, linewidth=0)
            plot.plot(*low, color=colour, linestyle=dash, label=label)
            plot.plot(*high, color=colour, linestyle=dash)
        plot.legend(loc="best", frameon=False, fontsize=8)
    plots[0].set(ylabel="mean squared error (own sample: 1)", ylim=(0, 1.02))
    plots[0].set_xlabel("c/k, corrupted over genuine clients")
    plots[1].set_xlabel("D, least distance of the means")
    return figure
