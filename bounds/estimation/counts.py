"""Counts of reports on a grid: all that the list needs of them, and they merge by addition."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bounds.certify.errors import InputError

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
Truths = NDArray[np.bool_]

FARTHEST = 2.0**40
"""Reports farther out are counted in the last cell: no law of a mean there is tested."""
MOST_REPORTS = 10**18
"""So that sums are whole numbers of 64 bits."""
_DENSE = 4


@dataclass(frozen=True)
class Counts:
    """How many reports lie in each cell [jb, (j + 1)b).

    Attributes:
        cell: b, in standard deviations.
        index: j of the cells that hold a report, increasing.
        number: how many each holds.
    """

    cell: Fraction
    index: Integers
    number: Integers

    @classmethod
    def none(cls, cell: Fraction) -> Counts:
        """No report yet."""
        return cls(cell, np.empty(0, np.int64), np.empty(0, np.int64))

    @classmethod
    def read(cls, index: Any, number: Any, cell: Fraction) -> Counts:
        """Counts that were written somewhere.

        Raises:
            InputError: they are no counts: cells that do not increase or lie too far out, a number
                below 1, other shapes or types.
        """
        last = int(FARTHEST / cell)
        sound = all(
            type(array) is np.ndarray and array.dtype == np.int64 and array.ndim == 1
            for array in (index, number)
        )
        # step: numbers of reports are positive [true 12/13]
        # step: each cell is counted once [true 7/13]
        if not (
            sound
            and index.shape == number.shape
            and bool(np.all(index[1:] > index[:-1]))
            and bool(np.all((-last <= index) & (index <= last) & (number >= 1)))
            and sum(number.tolist()) <= MOST_REPORTS
        ):
            raise InputError("these are no counts of reports in cells")
        return cls(cell, index, number)

    @classmethod
    def of(cls, reports: Doubles, cell: Fraction) -> Counts:
        """The counts of some reports.

        Args:
            reports: shape (n,), in standard deviations; what is infinite or no number is counted
                far out, where it supports no mean.
            cell: b, a power of ½.
        """
        return cls(cell, *_counted(cells_of(reports, cell)))

    @classmethod
    def weighed(cls, reports: Doubles, weights: Integers, cell: Fraction) -> Counts:
        """The weights of some reports in each cell; arguments as for `of`, weights from 1."""
        cells = cells_of(reports, cell)
        order = np.argsort(cells, kind="stable")
        return cls(cell, *_joined(cells[order], weights[order]))

    def coarsened(self, cell: Fraction) -> Counts:
        """The same reports on cells that are 1, 2, 3, ... times as wide.

        Raises:
            InputError: the cells are not such.
        """
        times = cell / self.cell
        # step: cells that are not known are not made up [false]
        if times.denominator != 1:
            raise InputError(
                f"reports counted on cells of {self.cell} are not known on cells of {cell}: count"
                " on narrower ones"
            )
        index = self.index // int(times)
        return Counts(cell, *_joined(index, self.number))

    def __add__(self, other: Counts) -> Counts:
        """The counts of both, as if all reports had been counted at once."""
        if self.cell != other.cell:
            raise InputError(
                f"counts on cells of {self.cell} and {other.cell} do not add up: use one width"
            )
        if not (self.index.size and other.index.size):
            return self if self.index.size else other
        low = min(self.index[0], other.index[0])
        width = int(max(self.index[-1], other.index[-1]) - low) + 1
        if width < _DENSE * (self.index.size + other.index.size):
            table = np.zeros(width, np.int64)
            for counts in (self, other):
                table[counts.index - low] += counts.number
            return Counts(self.cell, *_held(table, int(low)))
        index = np.concatenate([self.index, other.index])
        order = np.argsort(index, kind="stable")  # two runs: they are merged
        number = np.concatenate([self.number, other.number])
        return Counts(self.cell, *_joined(index[order], number[order]))

    @property
    def total(self) -> int:
        """The number of reports."""
        return int(self.number.sum())

    @cached_property
    def middles(self) -> Doubles:
        """The middle of each cell that holds a report."""
        places: Doubles = np.multiply(self.index + 0.5, float(self.cell), dtype=np.float64)
        return places

    def beyond(self, distance: int) -> int:
        """How many reports lie as far from 0 as that, or farther."""
        edge = int(distance / self.cell)
        # step: reports on both sides are beyond [sum: -2 ** 60]
        inside = self.before(np.array([1 - edge, edge]))
        return self.total - int(inside[1] - inside[0])

    def before(self, edges: Integers) -> Integers:
        """How many reports lie below each edge jb."""
        return self._below[np.searchsorted(self.index, edges)]

    def up_to(self, low: int, high: int) -> Integers:
        """How many reports lie below each of the edges from `low` to `high`, these included."""
        start, end = np.searchsorted(self.index, (low, high))
        steps = np.zeros(high - low + 1, np.int64)
        steps[0] = self._below[start]
        steps[self.index[start:end] - low + 1] = self.number[start:end]
        return np.cumsum(steps)

    @cached_property
    def _below(self) -> Integers:
        """How many reports lie in the cells before each, and in all."""
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.number)])


def weighted_median(places: Doubles, number: Integers) -> float:
    """The lower median of reports of which so many are at each place, these increasing."""
    below = np.cumsum(number)
    return float(places[np.searchsorted(below, (int(below[-1]) + 1) // 2)])


def cells_of(reports: Doubles, cell: Fraction) -> Integers:
    """The cell of each report, as it is counted."""
    near = reports
    # a minimum that is no number is not at least anything
    if near.size and not (near.min() >= -FARTHEST and near.max() <= FARTHEST):
        near = np.nan_to_num(near, nan=FARTHEST, posinf=FARTHEST, neginf=-FARTHEST)
        np.clip(near, -FARTHEST, FARTHEST, out=near)
    scaled = near * float(1 / cell)
    np.floor(scaled, out=scaled)
    return scaled.astype(np.int64)


def _held(table: Integers, low: int) -> tuple[Integers, Integers]:
    """The cells of a table that hold a report, its first cell being low, and their numbers."""
    index = np.flatnonzero(table)
    number = table[index]
    index += low
    return index, number


def _joined(index: Integers, number: Integers) -> tuple[Integers, Integers]:
    """Numbers of the same cell added up; the cells do not fall."""
    starts = np.flatnonzero(np.diff(index, prepend=index[:1] - 1))
    return index[starts], np.add.reduceat(number, starts) if starts.size else number


def _counted(cells: Integers) -> tuple[Integers, Integers]:
    if not cells.size:
        return cells, cells.copy()
    low = int(cells.min())
    if int(cells.max()) - low < _DENSE * cells.size:  # one pass, where a table is small enough
        return _held(np.bincount(cells - low), low)
    index, number = np.unique(cells, return_counts=True)
    return index, number.astype(np.int64)
