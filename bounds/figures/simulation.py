"""Measured risks of Algorithms 1 and 2 on top of Figure 1a, for one Δ.

The bounds are limits; the algorithm at finite m also loses what its backoff δ concedes to sampling
noise. With no attack the risk still grows with c/k: the server must take the surplus of reports
over what it expects for an attack (see `adversaries.honest`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive
from bounds.figures.figure_1a import lower_curve, shares, upper_height
from bounds.figures.series import Measured, Picture, Series
from bounds.figures.style import COLOURS, DASHES, LOWER, METHODS, panels
from bounds.simulation import simulate

ATTACKS = ("two-point", "elongation", "even-spread", "none")
MEASURED_AT = (Fraction(1, 20), Fraction(1, 10), Fraction(1, 5), Fraction(2, 5))
_MARKERS = "os^D"
_TOLD = {"none": "no attack (corrupted clients report honestly)"}


def picture(
    delta: Any = 3, k: int = 40, m: int = 1000, reps: int = 4, seed: int = 0, steps: int = 40
) -> Picture:
    """The simulation figure.

    Args:
        delta: Δ of the algorithm and of the bounds.
        k: components.
        m: genuine clients in a component, in the mean.
        reps: rounds for each point.
        seed: of the rounds.
        steps: even steps of c/k up to 1, for the bounds.

    Raises:
        InputError: Δ is not an exact number.
    """
    width = read_positive(delta, "Delta")
    if not isinstance(width, Fraction):
        raise InputError("Delta must be an exact number, not a ball")
    places = shares(steps)
    bounds = [
        Series(
            f"upper bound, {method}, Δ = {float(width):g}",
            places,
            tuple(upper_height(width, kappa, method) for kappa in places),
        )
        for method in METHODS[:3]  # the last is not of this algorithm
    ]
    measured = [
        Series(f"measured: {_TOLD.get(attack, attack)}", MEASURED_AT, tuple(
            _risk(width, k, kappa, m, attack, reps, seed) for kappa in MEASURED_AT
        ))
        for attack in ATTACKS
    ]  # fmt: skip
    title = f"Measured risks at Δ = {float(width):g}, k = {k}, m = {m}, {reps} rounds"
    heading = f"points: m = {m}, k = {k}, 95 % intervals; lines: as m and k grow"
    series = (*bounds, lower_curve("sharp", steps), *measured)
    return Picture(title, series, partial(draw, heading=heading))


def _risk(
    delta: Fraction, k: int, kappa: Fraction, m: int, attack: str, reps: int, seed: int
) -> Measured:
    risks = simulate(
        k, kappa * k, m, delta, adversary=attack, estimators=("algorithm",), reps=reps, seed=seed
    ).risks
    found = risks["algorithm"]
    return Measured(found.mean, found.low, found.high)


def draw(series: Sequence[Series], heading: str = "") -> Any:
    """Bounds as lines; measured points with 95 % intervals: evidence, not certified."""
    figure, (plot,) = panels(1, 6.4, 4.6)
    for curve, colour, dash in zip(series[:3], COLOURS, DASHES, strict=False):
        plot.plot(*curve.points(), color=colour, linestyle=dash, label=curve.name)
    plot.plot(*series[3].points(), color=LOWER, linewidth=2.2, label=series[3].name)
    for curve, marker, colour in zip(series[4:], _MARKERS, COLOURS, strict=False):
        x, y = curve.points()
        spread = [height for height in curve.heights if isinstance(height, Measured)]
        bars = ([h.mean - h.low for h in spread], [h.high - h.mean for h in spread])
        plot.errorbar(
            x, y, bars, fmt=marker, color=colour, markersize=5, capsize=3, label=curve.name
        )
    plot.set(
        xlim=(0, 1),
        ylim=(0, 1.1),
        xlabel="c/k, corrupted over genuine clients",
        ylabel="mean squared error (own sample: 1)",
    )
    plot.set_title(heading, fontsize=9)  # fmt: skip
    plot.legend(loc="upper left", frameon=False, fontsize=8)
    return figure
