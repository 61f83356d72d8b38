"""Figure 1b: the bounds against Δ for several c/k, as printed, repaired, sharp and proved.

For each c/k the gap between upper and lower bound is shaded. From one c/k to the next it is a
factor of 6 or more, and the printed gap is 5, so the gaps lie apart for larger Δ.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from bounds.figures.figure_1a import lower_height, shade_between, upper_height
from bounds.figures.series import Panel, Picture, Series
from bounds.figures.style import (
    BESIDE,
    COLOURS,
    DASHES,
    HEADS,
    LOWER,
    LOWER_METHODS,
    METHODS,
    TINTS,
    decimal_ticks,
    own_sample,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHARES = (Fraction(3, 200), Fraction(1, 10), Fraction(3, 5))
"""The least is above ε_cr for every Δ that is drawn: there the printed bound jumps."""
LEAST, MOST = Fraction(3, 2), Fraction(5)
_STEPS = 28


def picture(steps: int = _STEPS) -> Picture:
    """Figure 1b.

    Args:
        steps: even steps of Δ from 1.5, which is left out, to 5.
    """
    deltas = tuple(LEAST + (MOST - LEAST) * step / steps for step in range(1, steps + 1))
    upper = [
        Series(
            f"upper bound, {method}, c/k = {float(kappa):g}",
            deltas,
            tuple(upper_height(delta, kappa, method) for delta in deltas),
            method == "printed",
        )
        for method in METHODS
        for kappa in SHARES
    ]
    lower = [
        Series(
            f"lower bound, {method}, c/k = {float(kappa):g}",
            (deltas[0], MOST),
            (lower_height(kappa, method),) * 2,
            method == "printed",
        )
        for method in LOWER_METHODS
        for kappa in SHARES
    ]
    panels = tuple(
        Panel(method, partial(_paint, number=number)) for number, method in enumerate(METHODS)
    )
    statement = (
        "The same bounds against Δ, for three shares of corrupted clients: k = 1000 groups with"
        " means D = 9Δ apart, many clients in each. Shaded: what is left open at each share."
    )
    return Picture("The bounds against Δ", (*upper, *lower), panels, statement=statement)


def _paint(ax: Axes, series: Sequence[Series], number: int) -> None:
    """The bounds of one kind, the gap between them shaded."""
    size = len(SHARES)
    upper = series[number * size : (number + 1) * size]
    lower = series[(len(METHODS) + BESIDE[number]) * size :]
    for high, low, kappa, colour, tint, dash in zip(
        upper, lower, SHARES, COLOURS, TINTS, DASHES, strict=False
    ):
        told = f"c/k = {float(kappa):g}"
        shade_between(ax, low.points(), high.points(), tint)
        ax.plot(*high.points(), color=colour, linestyle=dash, linewidth=2, label=f"upper, {told}")
        ax.plot(*low.points(), color=LOWER, linestyle=dash, linewidth=0.8, label=f"lower, {told}")
    own_sample(ax)
    ax.set_title(HEADS[METHODS[number]])
    ax.set(xlim=(float(LEAST), float(MOST)), yscale="log", ylim=(0.002, 4))
    decimal_ticks(ax)
    ax.set(xlabel="Δ, in standard deviations", ylabel="mean squared error")
