"""Reports of a user's own: a histogram, the possible means, and their clusters."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from bounds.estimation.counts import Doubles
from bounds.estimation.summary import Summary
from bounds.figures.series import Measured, Panel, Picture, Series
from bounds.figures.style import COLOURS, TINTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BINS = 400
_BESIDE = 8  # standard deviations on both sides of the clusters are shown


def picture_of(summary: Summary) -> Picture:
    """The picture of some reports, around the clusters that were found; evidence, not certified."""
    clusters, unit = summary.lists.clusters, float(summary.unit)
    counts = summary.counts
    if clusters.means.size:
        low, high = float(clusters.means[0]) - _BESIDE, float(clusters.means[-1]) + _BESIDE
    else:
        low, high = float(counts.middles.min()) - 1, float(counts.middles.max()) + 1
    edges = np.linspace(low, high, _BINS + 1)
    heights, _ = np.histogram(counts.middles, edges, weights=counts.number)
    ends = [
        (float(a) * unit, float(b) * unit) for a, b in zip(clusters.low, clusters.high, strict=True)
    ]
    series = (
        _series("reports", edges[:-1] * unit, heights),
        _series("possible means", clusters.means * unit, np.zeros(clusters.means.size)),
    )
    panels = (Panel("reports", partial(_draw, ends=ends)),)
    return Picture("Reports, possible means and clusters", series, panels, columns=1)


def _series(name: str, places: Doubles, values: Doubles) -> Series:
    return Series(
        name,
        tuple(Fraction(float(place)) for place in places),
        tuple(Measured(float(y), float(y), float(y)) for y in values),
    )


def _draw(ax: Axes, series: Sequence[Series], ends: Sequence[tuple[float, float]]) -> None:
    """The reports, and what is possible. Evidence, not certified."""
    reports, means = series
    x, heights = reports.points()
    for low, high in ends:
        ax.axvspan(low, high, color=TINTS[1], zorder=0, label="a cluster")
    ax.fill_between(x, heights, step="post", color=TINTS[0], label="reports")
    ax.step(x, heights, where="post", color=COLOURS[0], linewidth=0.7)
    below = [-0.04 * max(heights)] * len(means.places)
    ax.plot(means.points()[0], below, "|", color=COLOURS[1], markersize=7, label="a possible mean")
    ax.set(xlabel="report", ylabel="reports a bin")
