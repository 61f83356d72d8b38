"""How a list of possible means looks: reports, the list, its clusters, and what a client does."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from bounds.estimation import EstimateWarning, PossibleMeans
from bounds.figures.series import Measured, Panel, Picture, Series
from bounds.figures.style import COLOURS, TINTS
from bounds.simulation import ADVERSARIES, Problem, draw_clients

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BIN = Fraction(1, 4)
_STEP = Fraction(1, 8)
_ALIKE = Fraction(13, 20)  # mass that makes two means look alike
_FAKE = Fraction(21, 20)  # mass of the counterfeit: a whole law, and a little more


def picture(m: int = 20_000, seed: int = 0) -> Picture:
    """Three components 20 apart; two points of one look alike, and a counterfeit stands apart.

    Args:
        m: genuine clients a component.
        seed: of the draw.
    """
    budget = _ALIKE + _FAKE
    problem = Problem.read(3, budget, m, 2, 20, for_algorithm=False)
    streams = map(np.random.default_rng, np.random.SeedSequence(seed).spawn(2))

    def attack(given: Problem, count: int, rng: np.random.Generator) -> Any:
        alike = Problem.read(1, _ALIKE, m, 2, 20, for_algorithm=False)
        first = ADVERSARIES["two-point"](alike, round(_ALIKE / budget * count), rng)
        fake = float(given.separation) + 7 + rng.standard_normal(count - first.size)
        return np.concatenate([first, fake])

    reports = draw_clients(problem, attack, *streams).reports
    with warnings.catch_warnings():
        # the draw is of standard normals; the counterfeit widens the spread that is measured
        warnings.simplefilter("ignore", EstimateWarning)
        estimator = PossibleMeans(3, budget, 20).fit(reports)
    clusters = estimator.clusters_
    edges = np.arange(-6, 48, float(_BIN))
    counts, _ = np.histogram(reports, edges)
    own = [Fraction(step) * _STEP for step in range(-40, 376)]
    estimates = clusters.estimate(np.array([float(x) for x in own]))
    series = (
        Series(
            "reports of a quarter unit, in thousands",
            tuple(Fraction(float(edge)) for edge in edges[:-1]),
            tuple(_told(count / 1000) for count in counts),
        ),
        Series(
            "possible means",
            tuple(Fraction(float(s)) for s in clusters.means),
            tuple(_told(0.0) for _ in clusters.means),
        ),
        Series("what a client estimates", tuple(own), tuple(_told(float(y)) for y in estimates)),
    )
    ends = _ends(clusters)
    panels = (
        Panel("reports", partial(_reports, ends=ends)),
        Panel("estimates", partial(_estimates, ends=ends)),
    )
    statement = (
        "Reports of three groups with means 0, 20 and 40. Corrupted clients make a second mean look"
        " possible beside 0, and invent one at 27. Below: what a client estimates from its own"
        " sample."
    )
    title = "A list of possible means"
    return Picture(title, series, panels, share="x", columns=1, statement=statement)


def _told(value: float) -> Measured:
    return Measured(value, value, value)


def _ends(clusters: Any) -> list[tuple[float, float]]:
    return list(zip(clusters.low.tolist(), clusters.high.tolist(), strict=True))


def _shade(ax: Axes, ends: Sequence[tuple[float, float]]) -> None:
    for low, high in ends:
        ax.axvspan(low - 0.05, high + 0.05, color=TINTS[1], zorder=0, label="a cluster")
    ax.set(xlim=(-5, 47), xlabel="own sample of a client")


def _reports(ax: Axes, series: Sequence[Series], ends: Sequence[tuple[float, float]]) -> None:
    """The reports, and what is possible. Evidence, not certified."""
    reports, means, _ = series
    x, heights = reports.points()
    _shade(ax, ends)
    ax.fill_between(x, heights, step="post", color=TINTS[0], label="reports")
    ax.step(x, heights, where="post", color=COLOURS[0], linewidth=0.7)
    below = [-0.06 * max(heights)] * len(means.places)
    ax.plot(means.points()[0], below, "|", color=COLOURS[1], markersize=7, label="a possible mean")
    ax.set_ylabel("thousand reports a bin")
    ax.set_title("means 0, 20, 40; a counterfeit at 27")


def _estimates(ax: Axes, series: Sequence[Series], ends: Sequence[tuple[float, float]]) -> None:
    """What a client estimates for each own sample."""
    _shade(ax, ends)
    told = "what a client estimates"
    ax.plot([-5, 47], [-5, 47], color="#999999", linewidth=0.8, label="own sample only")
    ax.plot(*series[2].points(), color=COLOURS[2], label=told)
    ax.set_ylabel("estimate")
