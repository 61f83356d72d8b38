"""The list of possible means: every grid point whose law the reports hold, up to a slack.

For one s, the largest of Φ_s(I) − ν(I) over intervals I with ends among the edges is the largest
rise of x ↦ Φ(x − s) − F(x), F the reports below x over m′: one running minimum from left to right.

Most points are decided on few edges and beside others: from edge to edge nothing rises faster than
Φ, beyond 4 standard deviations Φ rises by 2Φ(−4) < 10⁻⁴ in all, and where s moves by d, no Φ_s(I)
moves by more than 2Φ(d/2) − 1 ≤ d/√(2π).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.special import ndtr

from bounds.estimation.counts import Counts, Doubles, Integers
from bounds.estimation.spread import heaviest, median_and_spread
from bounds.upper.sample_size import HALF_WIDTH_OF_A_LAW, Tuning

_STRIDES = (32, 8, 2, 1)
_APART = 8  # strides from one point that is measured to the next
_STRETCH = 16
_BLOCK = 1 << 21
_DENSE = 8 * _BLOCK
_CACHED = 1 << 16  # numbers that stay in the processor's cache
_WITHIN = 1.5
_LEAST_SHARE, _LEAST_NUMBER, _LEAST_SPREAD = 0.25, 3, 0.25
_FAR = Fraction(2**40)
_SHARE_WITHIN = 0.866385  # 2Φ(3/2) − 1, rounded down
_DENSITY = 0.39895  # 1/√(2π), rounded up
_REACH = 4  # in standard deviations; from here on out, both ways:
_BEYOND = 1e-4  # rounding included
_SPARE = 1e-9


def possible_means(counts: Counts, scale: float, tuning: Tuning) -> Doubles:
    """T: all s in 2bℤ with ν(I) ≥ Φ_s(I) − δ for every interval I with edges at its ends.

    Args:
        counts: the reports, on cells of width b or narrower.
        scale: m′ > 0, how many reports count as one component.
        tuning: b and δ.

    Returns:
        The points of T, increasing; shape (number,), in standard deviations.
    """
    return _possible(counts.coarsened(tuning.cell), scale, float(tuning.slack))


def _possible(counts: Counts, scale: float, slack: float) -> Doubles:
    undecided, held = _with_mass_near(counts, scale, slack), []
    if not undecided.size:
        return np.empty(0)
    rises = _Rises(counts, scale, slack, undecided)
    for stride in _STRIDES:
        lead, group = _leads(undecided, _APART * stride)
        least, most = rises.bounds(lead, stride, _REACH)
        # step: what lies beyond 4 counts [first sum 1/2]
        # step: a law moves with its mean [last sum 1/2]
        drift = rises.steep * np.abs(undecided - lead[group]) + _BEYOND
        # step: a point is held beside another [first sum]
        sure = most[group] + drift <= slack
        held.append(undecided[sure])
        # step: a point is dropped beside another [first sum]
        undecided = undecided[~sure & (least[group] - drift <= slack)]
    # step: every interval is asked [condition: undecided == undecided]
    # step: up to R from the mean [value 7/8: _REACH]
    held.append(undecided[rises.bounds(undecided, 1, HALF_WIDTH_OF_A_LAW)[0] <= slack])
    return np.multiply(np.sort(np.concatenate(held)), float(counts.cell), dtype=np.float64)


@dataclass(frozen=True)
class Removals:
    """Which points of T leave the list of a client whose own report lies in a cell.

    A point s leaves if an interval around that cell lacks, without the report, more than δ of the
    law of s: ν falls by 1/m′ there, so only points that lack almost δ can leave.

    Attributes:
        edges: cells, increasing; from each one on, up to the next, the same points leave.
        number: which of the sets of points leaves there; shape as edges.
        sets: the sets, as indices in T; the first is empty.
    """

    edges: Integers
    number: Integers
    sets: tuple[Integers, ...]

    @classmethod
    def none(cls) -> Removals:
        """No point leaves, whatever is taken out."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), (np.empty(0, np.int64),))

    def at(self, cells: Integers) -> Integers:
        """The number of the set that leaves for a report in each cell; shape as cells."""
        place = np.searchsorted(self.edges, cells, side="right")
        return np.concatenate([[0], self.number])[place]


def removals(counts: Counts, means: Doubles, scale: float, tuning: Tuning) -> Removals:
    """What leaves T where one report is taken out; arguments as for `possible_means`.

    Args:
        counts: the reports.
        means: T.
        scale: m′.
        tuning: b and δ.
    """
    counts, slack = counts.coarsened(tuning.cell), float(tuning.slack)
    # step: a report counts 1/m′ [product: 0.0]
    one = 1 / scale
    held = _possible(counts, scale, slack - one - _SPARE)
    near = np.flatnonzero(~np.isin(means, held))
    half = round(HALF_WIDTH_OF_A_LAW / float(tuning.cell))
    law = ndtr(np.arange(-half, half + 1) * float(tuning.cell))
    changes: dict[int, set[int]] = {}
    for place in near:
        first = round(float(means[place]) / float(tuning.cell)) - half
        rise = law - counts.up_to(first, first + 2 * half) / scale
        # step: every interval around the report is asked [call: rise[::-1]]
        highest = np.maximum.accumulate(rise[::-1])[::-1][1:]
        leaves = highest - np.minimum.accumulate(rise)[:-1] + one > slack
        for end in first + np.flatnonzero(np.diff(leaves, prepend=False, append=False)):
            changes.setdefault(int(end), set()).add(int(place))
    sets: dict[frozenset[int], int] = {frozenset(): 0}
    now: set[int] = set()
    number = []
    for cell in sorted(changes):
        now ^= changes[cell]
        number.append(sets.setdefault(frozenset(now), len(sets)))
    return Removals(
        np.array(sorted(changes), np.int64),
        np.array(number, np.int64),
        tuple(np.array(sorted(found), np.int64) for found in sets),
    )


def filled(
    means: Doubles, counts: Counts, scale: float, groups: int, distance: Fraction, tuning: Tuning
) -> Doubles:
    """T with more points, where its clusters are fewer than the groups: heavy places beside them.

    Nothing is proved of it. A small group may fall short of its share by so much that the list
    misses its mean.

    Args:
        means: T, increasing.
        counts: the reports.
        scale: m′.
        groups: k.
        distance: D, in standard deviations.
        tuning: b and t.
    """
    clusters = int((np.diff(means, prepend=-np.inf) >= float(2 * tuning.reach)).sum())
    if clusters >= groups:
        return means
    places, number, half = counts.middles, counts.number.copy(), float(min(distance, _FAR)) / 2
    if means.size:
        after = np.searchsorted(means, places)
        left = places - means[np.maximum(after - 1, 0)]
        right = means[np.minimum(after, means.size - 1)] - places
        number[np.minimum(np.abs(left), np.abs(right)) < half] = 0
    step, more = float(2 * tuning.cell), []
    for start, end in heaviest(places, number, groups - clusters, half):
        middle, spread = median_and_spread(places[start:end], number[start:end])
        enough = number[start:end].sum() >= max(_LEAST_SHARE * scale, _LEAST_NUMBER)
        if enough and spread > _LEAST_SPREAD:  # copies of one report are no group
            more.append(round(middle / step) * step)
    return np.unique(np.append(means, more))


def _leads(points: Integers, width: int) -> tuple[Integers, Integers]:
    """A middle point of those on each stretch of so many edges, and which stretch each is on."""
    stretch = points // width
    first = np.flatnonzero(np.append(True, stretch[1:] != stretch[:-1])[: points.size])
    number = np.diff(first, append=points.size)
    return points[first + number // 2], np.repeat(np.arange(first.size), number)


def _with_mass_near(counts: Counts, scale: float, slack: float) -> Integers:
    """Even edges with the mass near them that a mean must have; every point of T is among them."""
    if not counts.index.size:
        return counts.index
    width = round(_WITHIN / float(counts.cell))
    starts = np.flatnonzero(np.diff(counts.index, prepend=counts.index[0] - 4 * width) > 2 * width)
    ends = np.append(starts[1:], counts.index.size) - 1
    parts = []
    for start, end in zip(counts.index[starts], counts.index[ends], strict=True):
        # step: so may a stretch of reports [first sum 2/2]
        if counts.before(np.array([start, end + 1])) @ [-1, 1] < (_SHARE_WITHIN - slack) * scale:
            continue  # no window of this stretch holds enough
        parts.append(_heavy(counts, int(start) - width, int(end) + width + 1, width, scale, slack))
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _heavy(counts: Counts, low: int, high: int, width: int, scale: float, slack: float) -> Integers:
    found = []
    step = _BLOCK
    # step: T is a part of 2bℤ [first sum 1/2]
    for start in range(low + low % 2, high + 1, step):
        end = min(start + step, high + 1)
        below = counts.up_to(start - width, end + width)
        near = below[2 * width : -1 : 2] - below[: -2 * width - 1 : 2]
        # step: a window may lack the slack [first sum 2/2]
        found.append(start + 2 * np.flatnonzero(near >= (_SHARE_WITHIN - slack) * scale))
    return np.concatenate(found)


class _Rises:
    """The largest rise of Φ(x − s) − F(x) over the edges within 8 of s, for many s.

    The points given at first are all that may be asked for: F is tabled once, unless they lie far
    apart.
    """

    def __init__(self, counts: Counts, scale: float, slack: float, points: Integers) -> None:
        self.counts, self.scale, self.slack = counts, scale, slack
        self.steep = _DENSITY * float(counts.cell)  # from edge to edge Φ rises by no more
        half = self._edges(HALF_WIDTH_OF_A_LAW)
        self.low, high = int(points[0]) - half, int(points[-1]) + half
        self.table = np.empty(0)
        if high - self.low <= _DENSE:
            self.table = counts.up_to(self.low, high + _STRIDES[0] * _STRETCH) / scale

    def bounds(self, points: Integers, stride: int, reach: int) -> tuple[Doubles, Doubles]:
        """Bounds on the rise over the edges within `reach` of s, from every stride-th of them.

        The lower one is exact at stride 1: the rise, if that is above the slack, and else a number
        that is not. On short stretches nothing rises above half the slack, so that the highest and
        the lowest place of each tell.
        """
        stretch = _STRETCH
        # step: stretches are short [value 6/7: 8 * _]
        while stretch > 1 and 2 * self.steep * stride * stretch > self.slack:
            stretch //= 2
        half = self._edges(reach)
        law = self._law(half, stride, stretch)
        below, least = self._below(points - half, stride, law.size), np.empty(points.size)
        for here in _pieces(points.size, law.size):
            highest = lowest = law - below(here)
            width = 1
            while width < stretch:  # both of neighbouring pairs, of pairs of these, ...
                highest = np.maximum(highest[:, ::2], highest[:, 1::2])
                lowest = np.minimum(lowest[:, ::2], lowest[:, 1::2])
                width *= 2
            rise = highest[:, 1:] - np.minimum.accumulate(lowest[:, :-1], axis=1)
            least[here] = rise.max(axis=1)
        # step: what lies between two edges of a stride [true]
        beside = 0 if stride == 1 else 2 * self.steep * stride  # to the next of these edges
        # step: no interval lacks less than nothing [call: least]
        return least, np.maximum(least, self.steep * stride * (stretch - 1)) + beside

    def _edges(self, width: int) -> int:
        return round(width / float(self.counts.cell))

    def _law(self, half: int, stride: int, stretch: int) -> Doubles:
        """Φ at every stride-th edge from −half to half, then −∞ up to the end of a stretch."""
        offsets = np.arange(-half, half + 1, stride)
        law: Doubles = np.full(-(-offsets.size // stretch) * stretch, -np.inf)
        law[: offsets.size] = ndtr(offsets * float(self.counts.cell))
        return law

    def _below(self, first: Integers, stride: int, number: int) -> Callable[[slice], Doubles]:
        """F at so many edges from each first one on, for a slice of these: one row for each."""
        reach = stride * (number - 1) + 1
        if self.table.size:
            windows = np.lib.stride_tricks.sliding_window_view(self.table, reach)[:, ::stride]
            return lambda here: windows[first[here] - self.low]
        offsets = np.arange(0, reach, stride)
        return lambda here: self.counts.before(first[here, np.newaxis] + offsets) / self.scale


def _pieces(number: int, size: int) -> Iterator[slice]:
    """So many rows of that size, in pieces that stay in the processor's cache."""
    step = max(1, _CACHED // size)
    return (slice(start, start + step) for start in range(0, number, step))
