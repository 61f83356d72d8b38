"""How loose each lemma is: one component's loss against ε, from what is attained to Lemma 4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from bounds.certify.errors import InputError
from bounds.figures.figure_1a import shade_between
from bounds.figures.series import Panel, Picture, Series
from bounds.figures.style import COLOURS, DASHES
from bounds.upper.arguments import read_upper_delta
from bounds.upper.constant import constants
from bounds.upper.lemmas import Ladder, ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DIGITS = 8
_STEPS = 30

_TOLD = {
    "attack": "attained, one-sided attack",
    "joint": "joint worst case, upper bound",
    "sharp": "worst shift and worst count apart",
    "exact_lemma_3": "exact count, worst shift at it",
    "lemma_3": "Lemma 3 and the appendix",
    "lemma_4": "Lemma 4, main text",
}


def picture(delta: Any = "2", steps: int = _STEPS) -> Picture:
    """The loss of one component after each step of the argument, for clients near their mean.

    Args:
        delta: Δ, exact, 1/64 to 64, in standard deviations.
        steps: places of ε between 10⁻⁶ and the price of destruction.

    Raises:
        InputError: Δ is not such a number.
    """
    exact = read_upper_delta(delta)
    if not isinstance(exact, Fraction):
        raise InputError("Delta must be exact here: pass a decimal or a fraction")
    most = constants(exact, 12).destruction.low.fraction()
    shares = [*(10.0 ** (-6 * (1 - step / steps)) for step in range(steps)), 0.95, 0.99]
    places = tuple(Fraction(f"{float(most) * share:.4g}") for share in shares)
    found = [ladder(place, exact, _DIGITS) for place in places]
    curves = [
        Series(_TOLD[field.name], places, tuple(getattr(row, field.name) for row in found))
        for field in fields(Ladder)
    ]
    title = f"How loose each lemma is, Δ = {float(exact):g}"
    panel = Panel("lemmas", _paint)
    statement = _statement(float(exact), curves)
    return Picture(title, tuple(curves), (panel,), height=3.4, statement=statement)


def _statement(delta: float, curves: Sequence[Series]) -> str:
    """How far the last step lies above what is attained, at both ends; about, as all in words."""
    (places, least), (_, most) = curves[0].points(), curves[-1].points()
    first, last = (f"{most[at] / least[at]:.2g}" for at in (0, -1))
    return (
        f"What one group loses to mass ε at Δ = {delta:g}, as each step of the paper's proof bounds"
        f" it, from what an attack attains up to Lemma 4: {_power(places[0])} of mass is charged"
        f" about {_plain(first)} times what it can cost, {places[-1]:.2g} about {_plain(last)}"
        " times."
    )


def _power(mass: float) -> str:
    """A mass in words: 10⁻⁶ in place of 9.2e-07."""
    digits, exponent = f"{mass:.0e}".split("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"10{raised}" if digits == "1" else f"{digits}·10{raised}"


def _plain(factor: str) -> str:
    """380 in place of 3.8e+02."""
    return f"{float(factor):,.0f}" if float(factor) >= 10 else factor


def _paint(ax: Axes, series: Sequence[Series]) -> None:
    """Both axes on a log scale; the gap to what is attained is shaded."""
    shade_between(ax, series[0].points(), series[-1].points())
    widths = (3.2, 1.4, 1.4, 1.4, 1.4, 1.4)
    order = ("#000000", *COLOURS[:4], "#7a3e9d")
    dashes = ("-", (0, (1, 1)), *DASHES[1:4], "-")
    for curve, colour, dash, width in zip(series, order, dashes, widths, strict=True):
        ax.plot(*curve.points(), color=colour, linestyle=dash, linewidth=width, label=curve.name)
    ax.set(xscale="log", yscale="log")
    ax.set_xlabel("ε, corrupted mass relative to one group")
    ax.set_ylabel("mean squared error near the mean")
