"""Figure 1b: the bounds against Δ for several c/k, as printed, repaired, sharp and proved.

For each c/k the gap between upper and lower bound is shaded. From one c/k to the next it is a
factor of 6 or more, and the printed gap is 5, so the gaps lie apart for larger Δ.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from bounds.figures.figure_1a import lower_height, shade_between, upper_height
from bounds.figures.series import Picture, Series
from bounds.figures.style import (
    BESIDE,
    COLOURS,
    DASHES,
    LOWER_METHODS,
    METHODS,
    TINTS,
    TITLES,
    panels,
)

SHARES = (Fraction(3, 200), Fraction(1, 10), Fraction(3, 5))
"""The least is above ε_cr for every Δ that is drawn: there the printed bound jumps."""
LEAST, MOST = Fraction(3, 2), Fraction(5)
_STEPS = 35


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
    return Picture("The bounds against Δ", (*upper, *lower), draw)


def draw(series: Sequence[Series]) -> Any:
    """Four panels: printed, repaired, sharp, proved; the lower bounds as thin lines."""
    figure, plots = panels(len(METHODS), 12.8)
    size = len(SHARES)
    for number, plot in enumerate(plots):
        upper = series[number * size : (number + 1) * size]
        lower = series[(len(METHODS) + BESIDE[number]) * size :]
        for high, low, kappa, colour, tint, dash in zip(
            upper, lower, SHARES, COLOURS, TINTS, DASHES, strict=False
        ):
            shade_between(plot, low.points(), high.points(), tint)
            plot.plot(*high.points(), color=colour, linestyle=dash)
            plot.plot(*low.points(), color=colour, linestyle=dash, linewidth=0.9)
            end = high.points()[1][-1]
            told = f"c/k = {float(kappa):g}"
            plot.text(4.95, end * 0.93, told, color=colour, fontsize=8, ha="right", va="top")
        plot.set_title(TITLES[number])
        plot.set_xlabel("Δ, in standard deviations")
        plot.text(
            0.98, 0.97, f"thick: upper bounds\nthin: lower bounds, {LOWER_METHODS[BESIDE[number]]}",
            transform=plot.transAxes, ha="right", va="top", fontsize=8,
        )  # fmt: skip
    plots[0].set_ylabel("mean squared error (own sample: 1)")
    plots[0].set(xlim=(float(LEAST), float(MOST)), yscale="log", ylim=(0.002, 4))
    return figure
