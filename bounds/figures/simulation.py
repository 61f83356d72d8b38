"""Measured errors, of listed means and of Algorithms 1 and 2, beside the bounds, for one Δ.

Two kinds of bounds are drawn, and each says which it is: those at the m of the simulation, which no
point of a best algorithm contradicts, and those in the limit of large m, which a point at this m
may. The algorithm at finite m also loses what its backoff δ concedes to sampling noise. With no
attack the risk still grows with c/k: the server must take the surplus of reports over what it
expects for an attack (see `adversaries.honest`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from bounds.bracket import Side, lower_side, upper_side
from bounds.certify.exact import read_positive_rational, read_whole
from bounds.certify.numbers.enclosure import Enclosure
from bounds.figures.figure_1a import shares, upper_height
from bounds.figures.series import Measured, Panel, Picture, Series
from bounds.figures.style import COLOURS, DASHES, LOWER, decimal_ticks
from bounds.simulation import simulate
from bounds.upper.bound import Method

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ATTACKS = ("two-point", "joined", "elongation", "none")
ALGORITHMS = ("possible-means", "algorithm")
MEASURED_AT = (Fraction(1, 40), Fraction(1, 20), Fraction(1, 10), Fraction(1, 5), Fraction(2, 5))
_MARKERS = "os^D"
_DIGITS = 8
_NAMES = {
    "possible-means": "our algorithm, of listed means",
    "algorithm": "the paper's Algorithms 1 and 2",
}
_ATTACKED = {
    "two-point": "attack that hides two means",
    "joined": "attack that joins groups",
    "elongation": "attack that stretches a group",
    "none": "no attack",
}


def picture(
    delta: Any = 3, k: int = 20, m: int = 4000, reps: int = 3, seed: int = 0, steps: int = 40
) -> Picture:
    """The simulation figure.

    Args:
        delta: Δ of Algorithms 1 and 2 and of the bounds; means are 9Δ apart.
        k: components.
        m: genuine clients in a component, on average.
        reps: rounds for each point.
        seed: of the rounds.
        steps: even steps of c/k up to 1, for the bounds.

    Raises:
        InputError: Δ is not an exact number.
    """
    width, components, scale = (
        read_positive_rational(delta, "Delta"),
        read_whole(k, "k"),
        read_whole(m, "m"),
    )
    places = shares(steps)
    limit = "limit of many clients"
    bounds = [
        Series(
            f"Theorem 2 as {method}, {limit}, Δ = {float(width):g}",
            places,
            tuple(upper_height(width, kappa, method) for kappa in places),
            method == "printed",
        )
        for method in _OF_THE_PAPER
    ]
    few = shares(max(4, steps * 2 // 5))
    for side, name, at in ((upper_side, "upper", places), (lower_side, "lower", few)):
        bounds += [
            _proved(side, name, at, components, width, None),
            _proved(side, name, at, components, width, scale),
        ]
    risks = {
        (attack, kappa): _risks(width, components, kappa, scale, attack, reps, seed)
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
    title = (
        f"Measured errors at k = {components}, m = {scale}, D = {float(9 * width):g},"
        f" Δ = {float(width):g}, {reps} rounds"
    )
    statement = (
        f"Measured errors with k = {components} groups of m = {scale} clients and means"
        f" D = {float(9 * width):g} apart, under four attacks. Solid lines are proved bounds"
        " at this m; broken lines hold in the limit of many clients, so points may lie above them."
    )
    series = (*bounds, *measured)
    panels = tuple(
        Panel(name, partial(_paint, number=number)) for number, name in enumerate(ALGORITHMS)
    )
    return Picture(title, series, panels, statement=statement)


_OF_THE_PAPER: tuple[Method, ...] = ("printed",)
_BOUNDS = len(_OF_THE_PAPER) + 4


def _proved(
    side: Callable[..., Side],
    name: str,
    places: Sequence[Fraction],
    k: int,
    delta: Fraction,
    m: int | None,
) -> Series:
    """What the bracket proves of the best algorithm, in the limit or at m, from one side."""

    def at(kappa: Fraction) -> Enclosure:
        c = kappa * k
        scale = None if m is None else round((k + c) * m) / (k + c)  # a whole number of clients
        return side(k, c, 9 * delta, scale, _DIGITS).value

    where = "limit of many clients" if m is None else f"m = {m}"
    told = f"proved {name} bound, {where}, k = {k}, D = {float(9 * delta):g}"
    return Series(told, tuple(places), tuple(map(at, places)))


def _risks(
    delta: Fraction, k: int, kappa: Fraction, m: int, attack: str, reps: int, seed: int
) -> dict[str, Measured]:
    risks = simulate(
        k, kappa * k, m, delta, adversary=attack, estimators=ALGORITHMS, reps=reps, seed=seed
    ).risks
    return {name: Measured(found.mean, found.low, found.high) for name, found in risks.items()}


_LOOKS = (
    (COLOURS[1], DASHES[1]),
    (COLOURS[0], DASHES[3]),
    (COLOURS[0], DASHES[0]),
    (LOWER, DASHES[3]),
    (LOWER, DASHES[0]),
)
"""Of the bounds: a limit is broken, what holds at the m of the points is not."""


def _paint(ax: Axes, series: Sequence[Series], number: int) -> None:
    """Bounds as lines; measured points with 95 % intervals: evidence, not certified."""
    bounds, measured = series[:_BOUNDS], series[_BOUNDS:]
    for curve, (colour, dash) in zip(bounds, _LOOKS, strict=True):
        told = ", ".join(curve.name.split(", ")[:2])
        ax.plot(*curve.points(), color=colour, linestyle=dash, label=told)
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
            linewidth=0.8, label=f"measured, {_ATTACKED[label]}",
        )  # fmt: skip
    least = min(h.mean for curve in measured for h in curve.heights if isinstance(h, Measured))
    ax.set(xscale="log", yscale="log", xlim=(0.02, 1), ylim=(least / 2, 2))
    decimal_ticks(ax)
    ax.set_xlabel("c/k, corrupted over genuine clients")
    ax.set_ylabel("mean squared error")
    ax.set_title(_NAMES[ALGORITHMS[number]])
