"""The list of possible means: every grid point whose law the reports hold, up to a slack.

For one s, the largest of Φ_s(I) − ν(I) over intervals I with ends among the edges is the largest
rise of x ↦ Φ(x − s) − F(x), F the reports below x over m′: one running minimum from left to right.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from bounds.estimation.counts import Counts, Doubles, Integers
from bounds.upper.sample_size import HALF_WIDTH_OF_A_LAW

_STRIDES = (64, 8, 1)
_BLOCK = 1 << 21
_WITHIN = 1.5
_SHARE_WITHIN = 0.866385  # 2Φ(3/2) − 1, rounded down


def possible_means(counts: Counts, scale: float, slack: float) -> Doubles:
    """T: all s in 2bℤ with ν(I) ≥ Φ_s(I) − δ for every interval I with edges at its ends.

    Args:
        counts: the reports of one half.
        scale: m′ > 0, how many reports count as one component.
        slack: δ.

    Returns:
        The points of T, increasing; shape (number,), in standard deviations.
    """
    candidates = _with_mass_near(counts, scale, slack)
    for stride in _STRIDES:  # what fails on few edges fails on all
        candidates = candidates[_held(candidates, counts, scale, slack, stride)]
    return np.multiply(candidates, float(counts.cell), dtype=np.float64)


def _with_mass_near(counts: Counts, scale: float, slack: float) -> Integers:
    """Even edges with the mass near them that a mean must have; every point of T is among them."""
    if not counts.index.size:
        return counts.index
    width = round(_WITHIN / float(counts.cell))
    starts = np.flatnonzero(np.diff(counts.index, prepend=counts.index[0] - 4 * width) > 2 * width)
    ends = np.append(starts[1:], counts.index.size) - 1
    parts = []
    for start, end in zip(counts.index[starts], counts.index[ends], strict=True):
        if counts.before(np.array([start, end + 1])) @ [-1, 1] < (_SHARE_WITHIN - slack) * scale:
            continue  # no window of this stretch holds enough
        parts.append(_heavy(counts, int(start) - width, int(end) + width + 1, width, scale, slack))
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _heavy(counts: Counts, low: int, high: int, width: int, scale: float, slack: float) -> Integers:
    found = []
    step = _BLOCK
    for start in range(low + low % 2, high + 1, step):
        edges = np.arange(start, min(start + step, high + 1), 2, dtype=np.int64)
        near = counts.before(edges + width) - counts.before(edges - width)
        found.append(edges[near >= (_SHARE_WITHIN - slack) * scale])
    return np.concatenate(found)


def _held(
    candidates: Integers, counts: Counts, scale: float, slack: float, stride: int
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether the reports hold the law of each candidate, on every stride-th edge."""
    half = round(HALF_WIDTH_OF_A_LAW / float(counts.cell))
    offsets = np.arange(-half, half + 1, stride, dtype=np.int64)
    law = ndtr(offsets * float(counts.cell))
    held = np.empty(candidates.size, bool)
    step = max(1, _BLOCK // offsets.size)
    for start in range(0, candidates.size, step):
        block = candidates[start : start + step]
        low, high = int(block[0]) - half, int(block[-1]) + half
        if high - low <= 8 * _BLOCK:
            below = counts.before(np.arange(low, high + 1, dtype=np.int64))
            rows = below[(block[:, np.newaxis] - (low + half) + half) + offsets]
        else:
            rows = counts.before(block[:, np.newaxis] + offsets)
        rise = law - rows / scale
        lowest = np.minimum.accumulate(rise, axis=1)
        held[start : start + step] = (rise - lowest).max(axis=1) <= slack
    return held
