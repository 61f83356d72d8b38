"""Algorithm 1, ROBUST CLUSTERING: linear time after one sort of the reports."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bounds.functions import cdf
from bounds.simulation.corrections import AS_MEANT, Corrections
from bounds.simulation.problem import Doubles, Problem

_CHUNK = 1 << 14

Indices: TypeAlias = NDArray[np.intp]


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


def robust_clustering(
    reports: Doubles,
    problem: Problem,
    rng: np.random.Generator,
    corrections: Corrections = AS_MEANT,
) -> Clusters:
    """Algorithm 1: filter, cluster, estimate.

    Args:
        reports: the samples of all clients, in any order.
        problem: the algorithm reads k, c, Δ and δ from it, and never the means.
        rng: for the random split into H, T₁ and T₂.
        corrections: where to leave the printed algorithm.

    Returns:
        The clusters found, each with μ̃ and ε̃; perhaps none.

    Paper: Algorithm 1.
    """
    m = reports.size / float(problem.k + problem.c)
    m_h = problem.filter_size
    m_1 = m_2 = (m - m_h) / 2
    candidates, first, second = split(np.sort(reports), m_h / m, m_1 / m, rng)
    needed = math.ceil((problem.central_mass - problem.backoff) * m_1)
    kept = filtered(candidates, first, needed, problem.window)
    del candidates, first  # memory: 24 bytes for each client, the reports' 8 included
    return estimated(kept, second, m_2 if corrections.count else m, problem, corrections)


def estimated(
    kept: Doubles, second: Doubles, size: float, problem: Problem, corrections: Corrections
) -> Clusters:
    """Lines 8 to 16: clusters of the filtered points, and what T₂ says of each.

    Args:
        kept: H′, sorted.
        second: T₂, sorted.
        size: what line 15 divides the counts by.
        problem: for Δ and δ.
        corrections: where to leave the printed algorithm.
    """
    window = problem.window
    if corrections.components:
        start, end = clique_components(kept, 3 * window)
    else:
        start, end = maximal_cliques(kept, 3 * window)
    low, high = kept[start], kept[end]
    left, hole, resume, right = near_cluster(kept, start, end, second, window)
    if corrections.interval:
        hole = resume  # nothing is left out between the windows
    count = (hole - left) + (right - resume)
    found = count > 0
    low, high, count = low[found], high[found], count[found]
    left, hole, resume, right = (index[found] for index in (left, hole, resume, right))
    if corrections.extent:
        extent = high - low  # l
    else:
        first_seen = np.where(hole > left, left, resume)
        last_seen = np.where(right > resume, right, hole) - 1
        extent = second[last_seen] - second[first_seen] - 2 * window
    mass = count / size - (cdf(extent + window) - cdf(-window)) + problem.backoff
    middles = [_ranked(second, left, hole, resume, rank) for rank in ((count - 1) // 2, count // 2)]
    return Clusters(low, high, count, (middles[0] + middles[1]) / 2, np.asarray(mass))


def split(
    ordered: Doubles, part_h: float, part_1: float, rng: np.random.Generator
) -> tuple[Doubles, Doubles, Doubles]:
    """Lines 4 and 5: each point to H, T₁ or T₂, independently; the parts stay sorted.

    To split after the sort is to split before it: the points fall independently of their order.
    The array is overwritten: H stays in it, at its beginning.
    """
    fates = np.empty(ordered.size, np.int8)
    for here in _chunks(ordered.size):
        coins = rng.random(fates[here].size)
        np.add(coins >= part_h, coins >= part_h + part_1, out=fates[here], dtype=np.int8)
    sizes = [int(np.count_nonzero(fates == part)) for part in (1, 2)]
    parts = (ordered, *map(np.empty, sizes))
    ends = [0, 0, 0]
    for here in _chunks(ordered.size):
        points, fate = ordered[here], fates[here]
        # T₁ and T₂ first: H overwrites the points; and much faster than points[mask]
        for number in (1, 2, 0):
            chosen = points.take(np.flatnonzero(fate == number))
            end = ends[number] + chosen.size
            parts[number][ends[number] : end] = chosen
            ends[number] = end
    return ordered[: ends[0]], parts[1], parts[2]


def _chunks(size: int) -> Iterator[slice]:
    """Pieces that stay in the processor's cache."""
    return (slice(start, start + _CHUNK) for start in range(0, size, _CHUNK))


def filtered(candidates: Doubles, first: Doubles, needed: int, window: float) -> Doubles:
    """Line 7: the candidates with at least `needed` points of T₁ less than Δ away.

    A candidate h passes exactly when t_{j+needed−1} − Δ < h < t_j + Δ for some run of `needed`
    consecutive points of T₁. These open intervals move to the right with j: their union is read
    off in one pass, and no candidate is counted on its own.
    """
    if needed > first.size:
        return candidates[:0]
    begins, stops, last = [], [], -math.inf  # of the union's intervals; each stop stands before
    all_nearest, all_farthest = first[: first.size - needed + 1], first[needed - 1 :]
    for here in _chunks(all_nearest.size):
        nearest, farthest = all_nearest[here], all_farthest[here]
        runs = np.flatnonzero(farthest - nearest < 2 * window)
        if not runs.size:
            continue
        opens, closes = farthest[runs] - window, nearest[runs] + window
        before = np.append(last, closes[:-1])
        breaks = np.flatnonzero(opens >= before)
        begins.append(opens[breaks])
        stops.append(before[breaks])
        last = float(closes[-1])
    if not begins:
        return candidates[:0]
    starts = np.searchsorted(candidates, np.concatenate(begins), side="right")
    ends = np.searchsorted(candidates, np.append(np.concatenate(stops)[1:], last), side="left")
    return np.concatenate([candidates[a:b] for a, b in zip(starts, ends, strict=True)])


def clique_components(points: Doubles, edge: float) -> tuple[Indices, Indices]:
    """First and last index of each connected component that is a clique, edges below `edge`."""
    breaks = np.flatnonzero(np.diff(points) >= edge)
    start = np.r_[0, breaks + 1] if points.size else breaks
    end = np.r_[breaks, points.size - 1] if points.size else breaks
    clique = points[end] - points[start] < edge
    return start[clique], end[clique]


def maximal_cliques(points: Doubles, edge: float) -> tuple[Indices, Indices]:
    """First and last index of each maximal clique: on a line, the maximal runs below `edge`."""
    end = np.searchsorted(points, points + edge, side="left") - 1
    start = np.flatnonzero(np.diff(end, prepend=-1) > 0)
    return start, end[start]


def near_cluster(
    kept: Doubles, start: Indices, end: Indices, second: Doubles, window: float
) -> tuple[Indices, Indices, Indices, Indices]:
    """Line 11: the samples of T₂ near each cluster, as two slices [left, hole) and [resume, right).

    The windows around two neighbours in a cluster leave a hole where these are 2Δ or more apart;
    in a cluster that spans less than 3Δ this happens once at most.
    """
    left = np.searchsorted(second, kept[start] - window, side="right")
    right = np.searchsorted(second, kept[end] + window, side="left")
    gaps = np.flatnonzero(np.diff(kept) >= 2 * window)
    gap = np.r_[gaps, kept.size][np.searchsorted(gaps, start)]
    split_up = gap < end
    before, after = kept[np.where(split_up, gap, end)], kept[np.where(split_up, gap + 1, end)]
    hole = np.where(split_up, np.searchsorted(second, before + window, side="left"), right)
    resume = np.where(split_up, np.searchsorted(second, after - window, side="right"), right)
    return left, hole, resume, right


def _ranked(
    second: Doubles, left: Indices, hole: Indices, resume: Indices, rank: Indices
) -> Doubles:
    """The sample of that rank among two slices."""
    return second[np.where(rank < hole - left, left + rank, resume + rank - (hole - left))]
