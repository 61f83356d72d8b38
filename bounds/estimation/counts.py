"""Counts of reports on a grid: all that the list needs of them, and they merge by addition."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bounds.certify.errors import InputError

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

FARTHEST = 2.0**40
"""Reports farther out are counted in the last cell: no law of a mean there is tested."""
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
    def of(cls, reports: Doubles, cell: Fraction) -> Counts:
        """The counts of some reports.

        Args:
            reports: shape (n,), in standard deviations; what is infinite or no number is counted
                far out, where it supports no mean.
            cell: b, a power of ½.
        """
        scaled = np.nan_to_num(reports, nan=FARTHEST, posinf=FARTHEST, neginf=-FARTHEST)
        np.clip(scaled, -FARTHEST, FARTHEST, out=scaled)
        scaled *= float(1 / cell)
        np.floor(scaled, out=scaled)
        return cls(cell, *_counted(scaled.astype(np.int64)))

    def coarsened(self, cell: Fraction) -> Counts:
        """The same reports on cells that are 1, 2, 4, ... times as wide."""
        index, place = np.unique(self.index // int(cell / self.cell), return_inverse=True)
        number = np.zeros(index.size, np.int64)
        np.add.at(number, place, self.number)
        return Counts(cell, index, number)

    def __add__(self, other: Counts) -> Counts:
        """The counts of both, as if all reports had been counted at once."""
        if self.cell != other.cell:
            raise InputError(
                f"counts on cells of {self.cell} and {other.cell} do not add up: use one width"
            )
        index, place = np.unique(np.concatenate([self.index, other.index]), return_inverse=True)
        number = np.zeros(index.size, np.int64)
        np.add.at(number, place, np.concatenate([self.number, other.number]))
        return Counts(self.cell, index, number)

    @property
    def total(self) -> int:
        """The number of reports."""
        return int(self.number.sum())

    def before(self, edges: Integers) -> Integers:
        """How many reports lie below each edge jb."""
        below = np.concatenate([[0], np.cumsum(self.number)])
        return below[np.searchsorted(self.index, edges)]


def _counted(cells: Integers) -> tuple[Integers, Integers]:
    if not cells.size:
        return cells, cells.copy()
    low = int(cells.min())
    if int(cells.max()) - low < _DENSE * cells.size:  # one pass, where a table is small enough
        table = np.bincount(cells - low)
        index = np.flatnonzero(table)
        return index + low, table[index]
    index, number = np.unique(cells, return_counts=True)
    return index, number.astype(np.int64)
