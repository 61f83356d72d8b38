"""Reports dealt into buckets: exact ranks where an algorithm asks for them, and no sort.

The line is cut into buckets of width 1/s from the least report o on. How many reports each holds is
soon counted, and these numbers mostly tell already which reports pass a threshold. Only the buckets
where they do not are drawn out, sorted by themselves, and give exact ranks.

What buckets tell of distances: a report x goes into bucket ⌊fl(fl(x − o)s)⌋, which grows with x and
is less than 2⁻²⁰ buckets from (x − o)s, as there are no more than 2²⁸. So for x, y in i and j

    |i − j| − 1 − 2⁻¹⁹ < |x − y|s < |i − j| + 1 + 2⁻¹⁹,

and for Δs = q + 1/16 reports at most q − 1 buckets apart are less than Δ apart, from q + 2 buckets
on they are not; at most 3q − 1 buckets apart they are less than 3Δ apart. The sixteenth is more
than what x ± Δ is rounded by, as |x|s < 2⁴⁰.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bounds.simulation.problem import Doubles

_CHUNK = 1 << 13  # stays in the processor's cache
_MARGIN = 1 / 16
_FARTHEST = 2.0**40
_IN_A_DEVIATION = 32  # buckets to a standard deviation, where Δ allows it
_FEWEST, _MOST = 16, 1024  # buckets to Δ
_FULL = 4  # reports to a bucket, in the mean: with fewer a sort is faster

Pieces: TypeAlias = Sequence[Doubles]
Indices: TypeAlias = NDArray[np.intp]
Numbers: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """Buckets from the lowest report to the highest.

    Attributes:
        scale: s, buckets to a unit.
        origin: o, the least report.
        size: how many buckets.
        reach: q, whole buckets to Δ.
    """

    scale: float
    origin: float
    size: int
    reach: int

    @classmethod
    def over(cls, reports: Doubles, window: float) -> Grid | None:
        """The buckets for these reports; None where they are few for so many buckets."""
        if not reports.size:
            return None
        reach = min(max(math.ceil(_IN_A_DEVIATION * window), _FEWEST), _MOST)
        scale = (reach + _MARGIN) / window
        low, high = float(reports.min()), float(reports.max())
        span = (high - low) * scale
        if not (_FULL * span < reports.size and max(-low, high) * scale < _FARTHEST):
            return None
        return cls(scale, low, math.floor(span) + 1, reach)

    def buckets(self, x: Doubles) -> Indices:
        """The bucket of each place; the first or last for a place beyond."""
        place = (x - self.origin) * self.scale
        np.maximum(place, 0, out=place)
        np.minimum(place, self.size - 1, out=place)
        return place.astype(np.intp)

    def middles(self, buckets: Indices) -> Doubles:
        """The middle of each bucket, but for rounding."""
        return self.origin + (buckets.astype(np.float64) + 0.5) / self.scale


class Dealt:
    """Some reports in buckets.

    Args:
        grid: the buckets; every report lies in one.
        pieces: the reports, in any order.

    Attributes:
        grid: the buckets.
        before: how many reports lie below each bucket, and in all; shape (size + 1,).
    """

    def __init__(self, grid: Grid, pieces: Pieces) -> None:
        self.grid = grid
        self._pieces = pieces
        self.before = np.zeros(grid.size + 1, np.int64)
        numbers = self.before[1:]
        for _, bucket in self._chunks():
            low = int(bucket.min())  # the reports of a piece are mostly near each other
            bucket -= low
            counted = np.bincount(bucket)
            numbers[low : low + counted.size] += counted
        np.cumsum(numbers, out=numbers)

    def _chunks(self) -> Iterator[tuple[Doubles, Indices]]:
        """The reports in short pieces with their buckets, each overwritten by the next."""
        room, buckets = np.empty(_CHUNK), np.empty(_CHUNK, np.intp)
        for piece in self._pieces:
            for start in range(0, piece.size, _CHUNK):
                part = piece[start : start + _CHUNK]
                away, bucket = room[: part.size], buckets[: part.size]
                np.subtract(part, self.grid.origin, out=away)
                np.multiply(away, self.grid.scale, out=bucket, casting="unsafe")
                yield part, bucket

    @cached_property
    def held(self) -> Truths:
        """Which buckets hold a report."""
        return self.before[1:] > self.before[:-1]

    def near(self, reach: int) -> Numbers:
        """For each bucket, how many reports lie at most `reach` buckets away."""
        beyond = min(reach, self.grid.size)
        none, all_ = np.zeros(beyond, np.int64), np.full(beyond, self.before[-1])
        padded = np.concatenate([none, self.before, all_])
        return padded[2 * beyond + 1 :] - padded[: -2 * beyond - 1]

    def bucket_of_rank(self, rank: Numbers) -> Indices:
        """The bucket of the report that has that many below it."""
        return np.searchsorted(self.before, rank, side="right") - 1

    def drawn(self, wanted: Truths) -> Drawn:
        """The reports of the buckets wanted, sorted."""
        found = [np.empty(0)]
        for part, bucket in self._chunks():
            hits = wanted.take(bucket, mode="clip")  # none is beyond; it spares a check
            found.append(part.take(hits.nonzero()[0]))
        values = np.concatenate(found)
        values.sort()
        return Drawn(self, wanted, values)


@dataclass(frozen=True)
class Drawn:
    """The reports of some buckets, sorted, with their ranks among all.

    Attributes:
        of: all reports.
        wanted: which buckets are drawn out.
        values: what they hold, sorted.
    """

    of: Dealt
    wanted: Truths
    values: Doubles

    @cached_property
    def _skipped(self) -> Numbers:
        """How many reports lie below each bucket in buckets that are not drawn out."""
        skipped = np.diff(self.of.before)
        skipped[self.wanted] = 0
        return np.cumsum(skipped)

    def below(self, x: Doubles) -> Numbers:
        """How many of all reports are less than x, whose bucket must be drawn."""
        return np.searchsorted(self.values, x, side="left") + self._skipped[self.of.grid.buckets(x)]

    def up_to(self, x: Doubles) -> Numbers:
        """How many of all reports are at most x, whose bucket must be drawn."""
        among = np.searchsorted(self.values, x, side="right")
        return among + self._skipped[self.of.grid.buckets(x)]

    def at(self, rank: Numbers) -> Doubles:
        """The report that has that many of all reports below it; its bucket must be drawn."""
        return self.values[rank - self._skipped[self.of.bucket_of_rank(rank)]]
