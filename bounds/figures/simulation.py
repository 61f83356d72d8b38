"""Measured risks, of listed means and of Algorithms 1 and 2, beside the bounds, for one Δ.

The bounds are limits; the algorithm at finite m also loses what its backoff δ concedes to sampling
noise. With no attack the risk still grows with c/k: the server must take the surplus of reports
over what it expects for an attack (see `adversaries.honest`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from bounds.certify.exact import read_positive_rational
from bounds.figures.figure_1a import lower_curve, shares, upper_height
from bounds.figures.series import Measured, Panel, Picture, Series
from bounds.figures.style import COLOURS, DASHES, LOWER
from bounds.simulation import simulate
from bounds.upper.bound import Method

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ATTACKS = ("two-point", "joined", "elongation", "none")
ALGORITHMS = ("possible-means", "algorithm")
MEASURED_AT = (Fraction(1, 40), Fraction(1, 20), Fraction(1, 10), Fraction(1, 5), Fraction(2, 5))
_MARKERS = "os^D"
_NAMES = {"possible-means": "listed means", "algorithm": "Algorithms 1, 2"}


def picture(
    delta: Any = 3, k: int = 20, m: int = 4000, reps: int = 3, seed: int = 0, steps: int = 40
) -> Picture:
    """The simulation figure.

    Args:
        delta: Δ of Algorithms 1 and 2 and of the bounds; means are 9Δ apart.
        k: components.
        m: genuine clients in a component, in the mean.
        reps: rounds for each point.
        seed: of the rounds.
        steps: even steps of c/k up to 1, for the bounds.

    Raises:
        InputError: Δ is not an exact number.
    """
    width = read_positive_rational(delta, "Delta")
    places = shares(steps)
    bounds = [
        Series(
            f"upper bound, {method}, Δ = {float(width):g}",
            places,
            tuple(upper_height(width, kappa, method) for kappa in places),
            method == "printed",
        )
        for method in _DRAWN
    ]
    risks = {
        (attack, kappa): _risks(width, k, kappa, m, attack, reps, seed)
        for attack in ATTACKS
        for kappa in MEASURED_AT
    }
    measured = [
        Series(
            f"measured: {_NAMES[name]}, {attack}",
            MEASURED_AT,
            tuple(risks[attack, kappa][name] for kappa in MEASURED_AT),
        )
        for name in ALGORITHMS
        for attack in ATTACKS
    ]
    title = f"Measured risks at Δ = {float(width):g}, k = {k}, m = {m}, {reps} rounds"
    series = (*bounds, lower_curve("sharp", steps), *measured)
    panels = tuple(
        Panel(name, partial(_paint, number=number)) for number, name in enumerate(ALGORITHMS)
    )
    return Picture(title, series, panels)


_DRAWN: tuple[Method, ...] = ("printed", "sharp", "proved")


def _risks(
    delta: Fraction, k: int, kappa: Fraction, m: int, attack: str, reps: int, seed: int
) -> dict[str, Measured]:
    risks = simulate(
        k, kappa * k, m, delta, adversary=attack, estimators=ALGORITHMS, reps=reps, seed=seed
    ).risks
    return {name: Measured(found.mean, found.low, found.high) for name, found in risks.items()}


def _paint(ax: Axes, series: Sequence[Series], number: int) -> None:
    """Bounds as lines; measured points with 95 % intervals: evidence, not certified."""
    bounds, lower, measured = series[:3], series[3], series[4:]
    for curve, colour, dash in zip(bounds, COLOURS, DASHES, strict=False):
        ax.plot(*curve.points(), color=colour, linestyle=dash, label=curve.name)
    ax.plot(*lower.points(), color=LOWER, label=lower.name)
    mine = measured[number * len(ATTACKS) : (number + 1) * len(ATTACKS)]
    for place, (curve, marker) in enumerate(zip(mine, _MARKERS, strict=True)):
        x, y = curve.points()
        beside = [at * (1 + 0.07 * (place - 1.5)) for at in x]
        spread = [height for height in curve.heights if isinstance(height, Measured)]
        bars = (
            [min(h.mean - h.low, 0.999 * h.mean) for h in spread],
            [h.high - h.mean for h in spread],
        )
        label = curve.name.rpartition(", ")[2]
        ax.errorbar(
            beside, y, bars, fmt=marker, color=COLOURS[place], markersize=3, capsize=1.5,
            linewidth=0.8, label=f"measured under: {label}",
        )  # fmt: skip
    least = min(h.mean for curve in measured for h in curve.heights if isinstance(h, Measured))
    ax.set(xscale="log", yscale="log", xlim=(0.02, 1), ylim=(least / 2, 2))
    ax.set_xlabel("c/k, corrupted over genuine clients")
    ax.set_ylabel("mean squared error")
    ax.set_title(_NAMES[ALGORITHMS[number]])
