"""The error of the best algorithm from both sides: against c/k for three D, and against D.

For 1000 components, in the limit of large m. On the left the bracket closes towards the line r* c/k
as D grows, up to c/k = ε* = 0.65…; on the right, for near means, the lower bound is what clients
lose who do not know their label.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from bounds.bracket import RiskBracket, risk_bracket
from bounds.figures.series import Panel, Picture, Series
from bounds.figures.style import COLOURS, DASHES, LOWER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COMPONENTS = 1000
DISTANCES = (Fraction(6), Fraction(18), Fraction(30))
SHARES = (Fraction(0), Fraction(1, 20), Fraction(3, 10))
_MOST_SHARE, _MOST_DISTANCE = Fraction(13, 20), Fraction(30)
_DIGITS = 8
_STEPS = 40


def picture(steps: int = _STEPS) -> Picture:
    """The figure of the bracket.

    Args:
        steps: even steps of D up to 30; of c/k up to 0.65, where bounds bend little, a quarter.
    """
    few = max(2, steps // 4)
    shares = tuple(_MOST_SHARE * step / few for step in range(1, few + 1))
    apart = tuple(_MOST_DISTANCE * step / steps for step in range(1, steps + 1))
    curves: list[Series] = []
    for distance in DISTANCES:
        found = [_at(kappa, distance) for kappa in shares]
        curves += _sides(f"D = {float(distance):g}", shares, found)
    for kappa in SHARES:
        found = [_at(kappa, distance) for distance in apart]
        curves += _sides(f"c/k = {float(kappa):g}", apart, found)
    panels = (Panel("share", _by_share), Panel("distance", _by_distance))
    title = "The best algorithm's error from both sides"
    statement = (
        "The error of the best algorithm lies in the shaded range, from a proved lower to a proved"
        f" upper bound: k = {COMPONENTS} groups, means at least D apart, many clients in each."
        " The farther the means, the less is left open."
    )
    return Picture(title, tuple(curves), panels, share="y", statement=statement)


def _at(kappa: Fraction, distance: Fraction) -> RiskBracket:
    return risk_bracket(COMPONENTS, kappa * COMPONENTS, distance, digits=_DIGITS)


def _sides(
    name: str, places: tuple[Fraction, ...], found: Sequence[RiskBracket]
) -> tuple[Series, Series]:
    return (
        Series(f"lower bound, {name}", places, tuple(one.low.value for one in found)),
        Series(f"upper bound, {name}", places, tuple(one.high.value for one in found)),
    )


def _paint(ax: Axes, series: Sequence[Series], looks: Sequence[tuple[str, Any]]) -> None:
    """Pairs of bounds, the gap between them shaded."""
    for number, (colour, dash) in enumerate(looks):
        low, high = (curve.points() for curve in series[2 * number : 2 * number + 2])
        told = series[2 * number].name.removeprefix("lower bound, ")
        ax.fill_between(low[0], low[1], high[1], color=colour, alpha=0.15, linewidth=0)
        ax.plot(*low, color=colour, linestyle=dash, label=told)
        ax.plot(*high, color=colour, linestyle=dash)
    ax.set(ylabel="mean squared error", ylim=(0, 1.02))


def _by_share(ax: Axes, series: Sequence[Series]) -> None:
    _paint(ax, series[: 2 * len(DISTANCES)], list(zip(COLOURS[:3], DASHES, strict=False)))
    ax.set_xlabel("c/k, corrupted over genuine clients")


def _by_distance(ax: Axes, series: Sequence[Series]) -> None:
    colours = (COLOURS[3], COLOURS[4], LOWER)
    _paint(ax, series[2 * len(DISTANCES) :], list(zip(colours, DASHES, strict=False)))
    ax.set_xlabel("D, least distance of the means")
