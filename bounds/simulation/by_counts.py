"""Lines 7 to 16 of Algorithm 1, as they are meant, on reports in buckets."""

from __future__ import annotations

import numpy as np

from bounds.simulation.buckets import Dealt, Drawn, Grid, Truths
from bounds.simulation.clusters import Clusters, clique_components, told
from bounds.simulation.problem import Doubles, Problem
from bounds.simulation.split import Parts

_EVERY = 8  # candidates are asked one by one only between two that differ


def in_buckets(grid: Grid, parts: Parts, needed: int, size: float, problem: Problem) -> Clusters:
    """Lines 7 to 16 as they are meant, by counts: to the last bit what sorted parts would give.

    Args:
        grid: the buckets of the reports.
        parts: H, T₁ and T₂.
        needed: how many points of T₁ a candidate must have less than Δ away.
        size: what line 15 divides the counts by.
        problem: for Δ and δ.
    """
    window = problem.window
    candidates, first, second = (Dealt(grid, part) for part in parts)
    low, high = clique_ends(candidates, first, needed, window)
    left, right = low - window, high + window  # line 11: the samples of T₂ between
    wanted = np.zeros(grid.size, np.bool_)
    at_left, at_right = grid.buckets(left), grid.buckets(right)
    wanted[at_left] = wanted[at_right] = True
    # the middle ranks, as far as whole buckets tell them
    least = (second.before[at_left] + second.before[at_right] - 1) // 2
    most = (second.before[at_left + 1] + second.before[at_right + 1]) // 2
    for a, b in zip(second.bucket_of_rank(least), second.bucket_of_rank(most), strict=True):
        wanted[max(a, 0) : b + 1] = True
    samples = second.drawn(wanted)
    start, end = samples.up_to(left), samples.below(right)
    found = end > start
    low, high, start, end = low[found], high[found], start[found], end[found]
    middles = samples.at((start + end - 1) // 2), samples.at((start + end) // 2)
    return told(low, high, end - start, middles, high - low, size, problem)


def clique_ends(
    candidates: Dealt, first: Dealt, needed: int, window: float
) -> tuple[Doubles, Doubles]:
    """Lines 7 and 9: the least and the greatest point of each component that is a clique.

    Where whole buckets of T₁ decide, a bucket of H passes or fails as a whole. Of those that pass,
    only points beside a gap that may be 3Δ wide are drawn out: a point of any other is less than 3Δ
    from the next point to either side, and its bucket's middle stands for it.
    """
    grid = candidates.grid
    reach = grid.reach
    passes = candidates.held & (first.near(reach - 1) >= needed)
    open_ = candidates.held & (first.near(reach + 1) >= needed) & ~passes
    whole = np.flatnonzero(passes)
    gaps = np.flatnonzero(np.diff(whole) >= 3 * reach)
    beside = np.concatenate([whole[:1], whole[gaps], whole[gaps + 1], whole[-1:]])
    wanted = open_.copy()
    wanted[beside] = True
    points = candidates.drawn(wanted).values
    undecided = open_.take(grid.buckets(points))
    asked = points[undecided]
    enough = have_enough(asked, first.drawn(ends_of_windows(open_, reach)), needed, window)
    passes[beside] = False  # these are among the points
    kept = np.concatenate([points[~undecided], asked[enough], grid.middles(np.flatnonzero(passes))])
    kept.sort()
    start, end = clique_components(kept, 3 * window)
    return kept[start], kept[end]


def ends_of_windows(asked: Truths, reach: int) -> Truths:
    """The buckets in which x − Δ and x + Δ may lie, for x in the buckets asked about."""
    ends = np.zeros_like(asked)
    for shift in (min(reach, asked.size), min(reach + 1, asked.size)):
        ends[shift:] |= asked[: asked.size - shift]
        ends[: asked.size - shift] |= asked[shift:]
    ends[0] = ends[-1] = True  # whatever lies beyond
    return ends


def have_enough(asked: Doubles, first: Drawn, needed: int, window: float) -> Truths:
    """Line 7: which candidates have at least `needed` points of T₁ less than Δ away.

    Args:
        asked: the candidates, sorted.
        first: T₁, drawn out where their windows end.
        needed: how many points.
        window: Δ.

    The numbers of points below both ends of the window grow with the candidate. Every eighth
    candidate is asked first; what lies between two is mostly decided then.
    """
    if not asked.size:
        return np.zeros(0, np.bool_)
    some = np.append(np.arange(0, asked.size - 1, _EVERY), asked.size - 1)
    left = first.up_to(asked[some] - window)
    right = first.below(asked[some] + window)
    surely = right[:-1] - left[1:] >= needed
    perhaps = right[1:] - left[:-1] >= needed
    lengths = np.diff(some)
    enough = np.append(np.repeat(surely, lengths), right[-1] - left[-1] >= needed)
    open_ = np.flatnonzero(np.repeat(perhaps & ~surely, lengths))
    x = asked[open_]
    enough[open_] = first.below(x + window) - first.up_to(x - window) >= needed
    return enough
