"""Algorithm 1, ROBUST CLUSTERING: by counts in buckets, or in linear time after a sort.

Both ways give the same numbers, to the last bit. Buckets serve the algorithm as it is meant where
many reports lie near each other; a sort serves every variant, and any reports.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from bounds.simulation.buckets import Grid, Indices
from bounds.simulation.by_counts import in_buckets
from bounds.simulation.clusters import Clusters, clique_components, told
from bounds.simulation.corrections import AS_MEANT, Corrections
from bounds.simulation.problem import Doubles, Problem
from bounds.simulation.split import Parts, shares, split

_CHUNK = 1 << 14


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
    parts = split(reports, *shares(reports.size, problem), rng)
    return clustered(reports, parts, problem, corrections)


def clustered(
    reports: Doubles, parts: Parts, problem: Problem, corrections: Corrections = AS_MEANT
) -> Clusters:
    """Lines 6 to 16, from H, T₁ and T₂ on.

    Args:
        reports: all of them, in any order.
        parts: H, T₁ and T₂, each in pieces and in any order.
        problem: the algorithm reads k, c, Δ and δ from it, and never the means.
        corrections: where to leave the printed algorithm.

    Returns:
        The clusters found, each with μ̃ and ε̃; perhaps none.
    """
    m = reports.size / float(problem.k + problem.c)
    m_1 = m_2 = (m - problem.filter_size) / 2
    needed = math.ceil((problem.central_mass - problem.backoff) * m_1)
    size = m_2 if corrections.count else m
    grid = Grid.over(reports, problem.window)
    if grid is not None and corrections.components and corrections.extent and corrections.interval:
        return in_buckets(grid, parts, needed, size, problem)
    candidates, first, second = (np.sort(np.concatenate([*part, np.empty(0)])) for part in parts)
    kept = filtered(candidates, first, needed, problem.window)
    return estimated(kept, second, size, problem, corrections)


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
    middles = (
        _ranked(second, left, hole, resume, (count - 1) // 2),
        _ranked(second, left, hole, resume, count // 2),
    )
    return told(low, high, count, middles, extent, size, problem)


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
