"""Clusters of filtered points, and what the server tells of each: lines 9 and 13 to 16."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bounds.functions import cdf
from bounds.simulation.buckets import Indices, Numbers
from bounds.simulation.problem import Doubles, Problem


@dataclass(frozen=True)
class Clusters:
    """The server's output L, with the clusters that it rests on; sorted by place.

    Attributes:
        low, high: ends of each cluster of filtered points, min(c) and max(c).
        count: m̃, how many samples of T₂ are near each.
        median: μ̃, the mean estimate of each.
        mass: ε̃, the quality estimate of each.
    """

    low: Doubles
    high: Doubles
    count: NDArray[np.int64]
    median: Doubles
    mass: Doubles


def clique_components(points: Doubles, edge: float) -> tuple[Indices, Indices]:
    """First and last index of each connected component that is a clique, edges below `edge`."""
    breaks = np.flatnonzero(np.diff(points) >= edge)
    start = np.r_[0, breaks + 1] if points.size else breaks
    end = np.r_[breaks, points.size - 1] if points.size else breaks
    clique = points[end] - points[start] < edge
    return start[clique], end[clique]


def told(
    low: Doubles,
    high: Doubles,
    count: Numbers,
    middles: tuple[Doubles, Doubles],
    extent: Doubles,
    size: float,
    problem: Problem,
) -> Clusters:
    """Lines 13 to 16: the mean estimate and the quality estimate of each cluster."""
    window = problem.window
    mass = count / size - (cdf(extent + window) - cdf(-window)) + problem.backoff
    return Clusters(low, high, count, (middles[0] + middles[1]) / 2, np.asarray(mass))
