"""How a list of possible means looks: reports, the list, its clusters, and what a client does."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from bounds.estimation import PossibleMeans
from bounds.figures.series import Measured, Picture, Series
from bounds.figures.style import COLOURS, TINTS, panels
from bounds.simulation import ADVERSARIES, Problem, draw_clients

_BIN = Fraction(1, 4)
_STEP = Fraction(1, 8)


def picture(m: int = 20_000, seed: int = 0) -> Picture:
    """Three components 20 apart; two points of one look alike, and a counterfeit stands apart.

    Args:
        m: genuine clients a component.
        seed: of the draw.
    """
    problem = Problem.read(3, 1, m, 2, 20, for_algorithm=False)
    streams = map(np.random.default_rng, np.random.SeedSequence(seed).spawn(2))

    def attack(given: Problem, count: int, rng: np.random.Generator) -> Any:
        alike = Problem.read(1, "0.65", m, 2, 20, for_algorithm=False)
        first = ADVERSARIES["two-point"](alike, round(0.65 * count), rng)
        fake = float(given.separation) + 7 + rng.standard_normal(count - first.size)
        return np.concatenate([first, fake])

    reports = draw_clients(problem, attack, *streams).reports
    estimator = PossibleMeans(3, 1, 20, random_state=seed).fit(reports)
    clusters = estimator.clusters_[0]
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
    return Picture("A list of possible means", series, partial(draw, ends=_ends(clusters)))


def _told(value: float) -> Measured:
    return Measured(value, value, value)


def _ends(clusters: Any) -> list[tuple[float, float]]:
    return list(zip(clusters.low.tolist(), clusters.high.tolist(), strict=True))


def draw(series: Sequence[Series], ends: Sequence[tuple[float, float]] = ()) -> Any:
    """Reports above, a client's estimate below; each cluster is shaded. Evidence, not certified."""
    figure, _ = panels(1, 7.2, 5.0)
    figure.clear()
    above, below = figure.subplots(2, 1, sharex=True)
    reports, means, estimates = series
    x, heights = reports.points()
    above.bar(x, heights, width=float(_BIN), align="edge", color=TINTS[0], edgecolor=COLOURS[0])
    above.plot(means.points()[0], [-0.25] * len(means.places), "|", color=COLOURS[1], markersize=9)
    above.set_ylabel("thousand reports a bin")
    above.set_title(
        "Reports (bars) and possible means (ticks): means 0, 20, 40; a counterfeit at 27",
        fontsize=9,
    )
    below.plot(*estimates.points(), color=COLOURS[2], linewidth=1.6, label="estimate")
    below.plot([-5, 47], [-5, 47], color="#999999", linewidth=0.8, label="own sample")
    for plot in (above, below):
        plot.spines[["top", "right"]].set_visible(False)
        for low, high in ends:
            plot.axvspan(low - 0.05, high + 0.05, color=TINTS[1], zorder=0)
    below.set(xlabel="own sample of a client", ylabel="what it estimates", xlim=(-5, 47))
    below.legend(loc="upper left", frameon=False, fontsize=8)
    return figure
