"""Figure 1a: the bounds against c/k for several Δ, as printed, repaired, sharp and proved.

In each panel stands the lower bound of the same kind (for k = 1000 components), and the gap to the
upper bound of the largest Δ is shaded. The printed bound jumps at ε_cr: its curves break there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from bounds.bracket import upper_side
from bounds.certify.errors import DomainError, Inconclusive
from bounds.certify.numbers.enclosure import Enclosure
from bounds.figures.series import Panel, Picture, Series
from bounds.figures.style import (
    BESIDE,
    COLOURS,
    CRITICAL,
    DASHES,
    HEADS,
    LOWER,
    LOWER_METHODS,
    METHODS,
    NESTED,
    own_sample,
)
from bounds.lower import lower_bound
from bounds.lower.bound import Method as LowerMethod
from bounds.upper import upper_bound
from bounds.upper.bound import Method
from bounds.upper.possible_means import PAPER_SEPARATION

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DELTAS = (Fraction(8, 5), Fraction(2), Fraction(3), Fraction(4))
COMPONENTS = 1000
_DIGITS = 8
_STEPS = 50
_PROVED = 1  # which Δ stands beside the bounds that are not proved

Points = tuple[list[float], list[float]]


def shares(steps: int = _STEPS) -> tuple[Fraction, ...]:
    """The c/k of the curves: even steps up to 1, and a few small ones before the first."""
    first = (Fraction(1, 1000), Fraction(1, 200), Fraction(1, 100))
    return (*first, *(Fraction(step, steps) for step in range(1, steps + 1)))


def bends(delta: Fraction, method: Method) -> tuple[Fraction, ...]:
    """Short decimals around the c/k where the curve jumps (printed) or bends."""
    if method == "proved":
        return ()
    name = "eps_cr" if method == "printed" else "eps_c"
    bound = upper_bound(delta, 2, method=method, digits=_DIGITS)
    low, high = bound.constants[name].decimals(4)
    return Fraction(low), Fraction(high)


def upper_curve(delta: Fraction, method: Method, steps: int) -> Series:
    """One upper bound against c/k, with its bend; without a height where it jumps."""
    extra = bends(delta, method)
    jump = sum(extra, Fraction(0)) / 2 if method == "printed" else None
    places = tuple(sorted({*shares(steps), *extra, *([] if jump is None else [jump])}))
    heights = [None if place == jump else upper_height(delta, place, method) for place in places]
    name, printed = f"upper bound, {method}, Δ = {float(delta):g}", method == "printed"
    return Series(name, places, tuple(heights), printed)


def upper_height(delta: Fraction, kappa: Fraction, method: Method) -> Enclosure | None:
    """One upper bound; None where it says nothing. The proved one is that of the best algorithm."""
    if method == "proved":
        distance = PAPER_SEPARATION * delta
        return upper_side(COMPONENTS, kappa * COMPONENTS, distance, None, _DIGITS).value
    try:
        return upper_bound(delta, kappa, method=method, digits=_DIGITS).value
    except (DomainError, Inconclusive):
        return None


def lower_height(kappa: Fraction, method: LowerMethod) -> Enclosure | None:
    """One lower bound, for 1000 components."""
    try:
        return lower_bound(COMPONENTS, kappa * COMPONENTS, method, _DIGITS).value
    except DomainError:
        return None


def lower_curve(method: LowerMethod, steps: int) -> Series:
    """One lower bound against c/k; it costs more than an upper one, and bends less."""
    places = shares(max(4, steps * 2 // 5))
    heights = tuple(lower_height(kappa, method) for kappa in places)
    return Series(f"lower bound, {method}", places, heights, method == "printed")


def curves(steps: int) -> tuple[Series, ...]:
    """All curves: for each Δ and method the upper bound, then the lower bounds."""
    upper = [upper_curve(delta, method, steps) for method in METHODS for delta in DELTAS]
    return (*upper, *(lower_curve(method, steps) for method in LOWER_METHODS))


def picture(steps: int = _STEPS) -> Picture:
    """Figure 1a.

    Args:
        steps: even steps of c/k up to 1.
    """
    panels = tuple(
        Panel(method, partial(_paint, number=number)) for number, method in enumerate(METHODS)
    )
    statement = (
        "How large the error of the best algorithm is at least, and at most, when c clients are"
        f" corrupted for k genuine ones: k = {COMPONENTS} groups with means D = 9Δ apart, many"
        " clients in each. Shaded: what is left open at Δ = 4."
    )
    return Picture("The bounds against c/k", curves(steps), panels, statement=statement)


def _paint(ax: Axes, series: Sequence[Series], number: int) -> None:
    """The upper bounds of one kind, the lower bound beside them, and the proved upper bound."""
    size = len(DELTAS)
    method, beside = METHODS[number], BESIDE[number]
    upper = series[number * size : (number + 1) * size]
    lower = series[len(METHODS) * size + beside]
    shade_between(ax, lower.points(), upper[-1].points())
    if method != "proved":
        proved = series[METHODS.index("proved") * size + _PROVED]
        told = f"proved upper bound, Δ = {float(DELTAS[_PROVED]):g}"
        ax.plot(*proved.points(), color="#000000", linewidth=0.9, linestyle=(0, (1, 1)), label=told)
    for curve, delta, colour, dash, width in zip(
        upper, DELTAS, COLOURS, DASHES, NESTED, strict=False
    ):
        told = f"upper bound, Δ = {float(delta):g}"
        ax.plot(*curve.points(), color=colour, linestyle=dash, linewidth=width, label=told)
        if method == "printed":
            _mark_jump(ax, curve, colour)
    ax.plot(*lower.points(), color=LOWER, label="lower bound")
    own_sample(ax)
    ax.set_title(HEADS[method])
    ax.set(xlim=(0, 1), ylim=(0, 1.6), xlabel="c/k, corrupted over genuine clients")
    ax.set_ylabel("mean squared error")


def _mark_jump(ax: Axes, curve: Series, colour: str) -> None:
    """Where the printed bound ends its case of small c/k: at ε_cr it falls."""
    jump = curve.heights.index(None)
    ends = [
        (float(place), float(height.high))
        for place, height in ((curve.places[at], curve.heights[at]) for at in (jump - 1, jump + 1))
        if isinstance(height, Enclosure)
    ]
    told = f"{CRITICAL}: the printed bound falls"
    ax.plot(*zip(*ends, strict=True), color=colour, linewidth=0.6, linestyle=":")
    ax.plot(*ends[0], "o", color=colour, markersize=3, markerfacecolor="white", label=told)


def shade_between(ax: Axes, low: Points, high: Points, colour: str = "#eeeeee") -> None:
    """Shade the gap between two curves, whatever their places."""
    import numpy as np

    x = np.union1d(low[0], high[0])
    heights = []
    for curve in (low, high):
        places, values = np.array(curve)
        known = np.isfinite(values)
        heights.append(np.interp(x, places[known], values[known]))
    ax.fill_between(x, *heights, color=colour, linewidth=0)
