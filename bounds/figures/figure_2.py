"""Figure 2: the attack on one component, on an interval of means and on two means."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb

from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import working_precision
from bounds.figures.series import Panel, Picture, Series
from bounds.figures.style import COLOURS, DASHES, LOWER
from bounds.functions import density, quantile

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARGIN = 3
_DIGITS = 10


def picture(eps: Any = "1/2", steps: int = 240) -> Picture:
    """Figure 2.

    Args:
        eps: the adversary's mass relative to one component, 0 < ε < 1.
        steps: points of each curve.

    Raises:
        InputError: ε is not such a number.
    """
    mass = read_positive(eps, "eps")
    if not (isinstance(mass, Fraction) and mass < 1):
        raise InputError("eps must be an exact number below 1: pass 1/2 or 0.65")
    with working_precision(64):
        ball = to_ball(mass)
        plateau = (2 * arb.pi()).sqrt() * ball
        apart = 2 * quantile((1 + ball) / 2)
        width = Fraction(_MARGIN) + Fraction(float(plateau.max(apart).upper())).limit_denominator(
            100
        )
        places = tuple(-_MARGIN + (width + _MARGIN) * step / steps for step in range(steps + 1))
        curves = [
            _curve("reports, interval", places, lambda x: _flat(x, plateau)),
            _curve("lowest mean, interval", places, density),
            _curve("highest mean, interval", places, lambda x: density(x - plateau)),
            _curve("reports, two means", places, lambda x: density(x).max(density(x - apart))),
            _curve("lower mean", places, density),
            _curve("upper mean", places, lambda x: density(x - apart)),
        ]
    panels = (Panel("interval", _interval), Panel("two-means", _two_means))
    statement = (
        "How corrupted clients hide the mean of a group: they add reports, the shaded mass ε ="
        f" {float(mass):g}, so that the server sees the same curve whichever mean is the true one."
    )
    return Picture("The attack on one component", tuple(curves), panels, statement=statement)


def _curve(name: str, places: tuple[Fraction, ...], height: Any) -> Series:
    return Series(
        name, places, tuple(Enclosure.of(height(to_ball(place)), _DIGITS) for place in places)
    )


def _flat(x: arb, plateau: arb) -> arb:
    """The density of the reports: φ, at its top over the plateau, and on from there."""
    return density(x - (x.max(arb(0))).min(plateau))


def _paint(ax: Axes, series: Sequence[Series], title: str) -> None:
    """One attack; the shaded area is the mass ε that the adversary adds."""
    reports, low, high = (curve.points() for curve in series)
    ax.fill_between(*reports, low[1], color="#f3d9c4", label="added by the adversary: ε")
    ax.plot(*reports, color=LOWER, linewidth=3, alpha=0.6, label="what the server sees")
    ax.plot(*low, color=COLOURS[0], label="genuine, the lowest mean")
    ax.plot(*high, color=COLOURS[1], linestyle=DASHES[1], label="genuine, the highest mean")
    ax.set_title(title)
    ax.set(ylim=(0, 0.45), xlabel="report", ylabel="density, per genuine client")


def _interval(ax: Axes, series: Sequence[Series]) -> None:
    _paint(ax, series[:3], "the paper's interval of means")


def _two_means(ax: Axes, series: Sequence[Series]) -> None:
    _paint(ax, series[3:], "two means")
