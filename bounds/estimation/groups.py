"""The groups that `VectorMeans` has found: what is kept of a fit, written and read back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bounds.certify.errors import InputError, shown
from bounds.estimation.counts import Doubles, Integers

_NOT_ORTHOGONAL = 1e-6
FARTHEST = 1e100
"""From the middle of all reports; what lies farther counts as if it lay there."""


@dataclass(frozen=True, eq=False)
class Group:
    """The mean of a group, and what a client needs to leave its own report out.

    Attributes:
        mean: of the reports that count, and robust along the directions that were shaped.
        longest: the squared distance from `middle` up to which a report counts.
        middle: coordinate-wise median.
        number: how many count.
    """

    mean: Doubles
    middle: Doubles
    longest: float
    number: int

    def without(self, own: Doubles) -> Doubles:
        """The mean for each of the clients of these samples, whose reports were counted."""
        away = own - self.mean
        near = squared_lengths(own, self.middle) <= self.longest
        share = np.where(near, 1 / max(self.number - 1, 1), 0.0)
        return self.mean - share[:, np.newaxis] * away


@dataclass(frozen=True, eq=False)
class Found:
    """What `fit` has found, in standard deviations but for the unit. It never changes.

    Attributes:
        unit: the standard deviation, in the unit of the reports.
        start: coordinate-wise median of all reports; shape (d,).
        directions: shape (d, q).
        farthest: the squared distance from a place up to which a sample belongs to its group.
        places: of the groups on the directions; shape (groups, q).
        groups: their means.
    """

    unit: float
    start: Doubles
    directions: NDArray[np.float64]
    farthest: float
    places: NDArray[np.float64]
    groups: tuple[Group, ...]

    @cached_property
    def means(self) -> NDArray[np.float64]:
        """In the unit of the reports; shape (groups, d)."""
        means = [group.mean * self.unit for group in self.groups]
        return np.array(means).reshape(len(means), self.start.size)

    def labels(self, own: Doubles) -> Integers:
        """The group of each sample; −1 for none."""
        return labels_of(placed_on(own, self.start, self.directions), self.places, self.farthest)

    def state(self) -> dict[str, Any]:
        """All of it, to be written somewhere; `read` reads it."""
        groups = [(group.mean, group.middle, group.longest, group.number) for group in self.groups]
        return {
            "unit": self.unit,
            "start": self.start,
            "directions": self.directions,
            "farthest": self.farthest,
            "places": self.places,
            "groups": groups,
        }

    @classmethod
    def read(cls, state: Any) -> Found:
        """What was written, as far as it can be that.

        Raises:
            InputError: something in it cannot be.
        """
        try:
            start = _stored(state["start"], None)
            directions = _stored(state["directions"], start.size, None)
            places = _stored(state["places"], None, directions.shape[1])
            unit, farthest = _at_least_0(state["unit"]), _at_least_0(state["farthest"])
            groups = tuple(
                Group(
                    _stored(mean, start.size),
                    _stored(middle, start.size),
                    _at_least_0(longest),
                    int(number),
                )
                for mean, middle, longest, number in state["groups"]
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"these are no groups of vectors: {error}") from None
        apart = directions.T @ directions - np.eye(directions.shape[1])
        if not unit or not start.size or np.abs(apart).max(initial=0) > _NOT_ORTHOGONAL:
            raise InputError("these are no groups of vectors: the directions are not orthonormal")
        if len(groups) != places.shape[0] or any(group.number < 0 for group in groups):
            raise InputError("these are no groups of vectors: as many places as groups are asked")
        return cls(unit, start, directions, farthest, places, groups)


def in_units(rows: Doubles, unit: float) -> Doubles:
    """In standard deviations; infinite where that is more than a float can be."""
    if unit == 1:
        return rows
    with np.errstate(over="ignore"):
        return rows / unit


def placed_on(own: Doubles, start: Doubles, directions: Doubles) -> Doubles:
    """The places of samples on the directions; shape (n, q)."""
    return np.clip(own - start, -FARTHEST, FARTHEST) @ directions


def labels_of(placed: Doubles, places: Doubles, farthest: float) -> Integers:
    """The group of each sample, by its place on the directions; −1 for none."""
    if not places.size:
        return np.full(placed.shape[0], -1)
    squares = squares_between(placed, places)
    nearest = squares.argmin(axis=1)
    return np.where(squares.min(axis=1) <= farthest, nearest, -1)  # NaN is not


def _stored(values: Any, *shape: int | None) -> NDArray[np.float64]:
    """Finite numbers of that shape, None for any length.

    Raises:
        ValueError: they are something else.
    """
    array = np.asarray(values)
    alike = array.ndim == len(shape) and all(
        wanted in (None, length) for wanted, length in zip(shape, array.shape, strict=True)
    )
    if not alike or array.dtype != np.float64 or not np.isfinite(array).all():
        raise ValueError("finite numbers of another shape were expected")
    return array


def _at_least_0(value: Any) -> float:
    number = float(value)
    if not 0 <= number < math.inf:
        raise ValueError(f"{shown(value)} is not a number from 0 on")
    return number


def are_labels(labels: Any, found: Found) -> bool:
    """Whether they can be the groups of some reports."""
    if not isinstance(labels, np.ndarray) or labels.ndim != 1 or labels.dtype.kind != "i":
        return False
    return bool(((labels >= -1) & (labels < len(found.groups))).all())


def squared_lengths(rows: Doubles, middle: Doubles) -> Doubles:
    """Squared distances from one place; shape (rows,)."""
    away = np.clip(rows - middle, -FARTHEST, FARTHEST)
    squares: Doubles = np.einsum("ij,ij->i", away, away)
    return squares


def squares_between(rows: Doubles, others: Doubles) -> Doubles:
    """Squared distances; shape (rows, others)."""
    lengths = np.einsum("ij,ij->i", rows, rows)[:, np.newaxis]
    squares: Doubles = lengths - 2 * rows @ others.T + np.einsum("ij,ij->i", others, others)
    return np.maximum(squares, 0)
