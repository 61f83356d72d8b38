"""Figure 2: the attack on one component, on an interval of means and on two means."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import working_precision
from bounds.figures.series import Picture, Series
from bounds.figures.style import COLOURS, LOWER, panels
from bounds.functions import density, quantile

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
    return Picture("The attack on one component", tuple(curves), draw)


def _curve(name: str, places: tuple[Fraction, ...], height: Any) -> Series:
    return Series(
        name, places, tuple(Enclosure.of(height(to_ball(place)), _DIGITS) for place in places)
    )


def _flat(x: arb, plateau: arb) -> arb:
    """The density of the reports: φ, at its top over the plateau, and on from there."""
    return density(x - (x.max(arb(0))).min(plateau))


def draw(series: Sequence[Series]) -> Any:
    """Two panels; the shaded area is the mass ε that the adversary adds."""
    figure, plots = panels(2, 8.4, 3.2)
    names = (("the interval of the paper", "lowest and highest mean"), ("two means", "either mean"))
    for plot, curves, (title, means) in zip(plots, (series[:3], series[3:]), names, strict=True):
        reports, low, high = (curve.points() for curve in curves)
        plot.fill_between(*reports, low[1], color="#f3d9c4", label="added by the adversary: ε")
        plot.plot(*low, color=COLOURS[0], label=f"genuine, {means}")
        plot.plot(*high, color=COLOURS[0], linestyle="--")
        plot.plot(*reports, color=LOWER, linewidth=2, label="what the server sees")
        plot.set_title(title)
        plot.set_xlabel("report")
        plot.set_ylim(0, 0.62)
        plot.legend(loc="upper left", frameon=False, fontsize=8)
    plots[0].set_ylabel("density, per genuine client")
    return figure
