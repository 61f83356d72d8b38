"""A column of a sweep: one number, count or list for each Δ, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from bounds.critical.replay import Guess

Cell: TypeAlias = str | int | list[str] | None
"""Plain data, which travels between processes; a decimal stays text, so that no digit is lost."""

Kind = Literal["enclosure", "enclosures", "count", "words"]
FieldType = Literal["text", "whole", "texts", "low", "high"]
"""Low and high are the ends of an enclosure: decimals as text, rounded down and up."""

Source: TypeAlias = Callable[[Fraction, int], Any]
"""(Δ, digits) ↦ what columns read their cells from; computed once a row, however many read it."""


@dataclass(frozen=True)
class Replay:
    """How a source proves a row anew, sooner than it finds it, from what was kept of it.

    Attributes:
        name: of what is kept.
        guess: what to keep of a result: where its roots are.
        prove: (Δ, digits, guess) ↦ the result. Nothing of the guess is believed; where it does not
            help, Inconclusive is raised.
    """

    name: str
    guess: Callable[[Any], Guess]
    prove: Callable[[Fraction, int, Guess], Any]


Cells: TypeAlias = Mapping[str, Sequence[Cell]]
"""Cells of one row, by the names of the columns."""

Batch: TypeAlias = Callable[[Sequence[Fraction], int, Sequence[str]], list[Cells]]
"""(Δs, digits, names of columns) ↦ for each Δ their cells, to the letter those that the source
gives; none where only the source can tell."""


@dataclass(frozen=True)
class Field:
    """A column of the written table."""

    name: str
    type: FieldType


@dataclass(frozen=True)
class Column:
    """What a user may pick.

    Attributes:
        name: as the user writes it, and as the heading.
        meaning: one line for people, with the paper's symbol and units.
        source: computes what the cell is read from; it may raise NoCriticalValue or Inconclusive.
        read: takes the column's value out of what the source gave: an Enclosure, a sequence of
            them, a count, or a sequence of words, according to `kind`.
        kind: an enclosure is written as two fields, NAME_low and NAME_high, rounded outwards.
        at_once: rows a chunk at 30 digits; a source that takes long has few.
        if_none: the count where no critical value exists, as proved.
        replay: how a kept row is proved anew; without one it is computed again.
        batch: how many rows are had at once, sooner than one by one from the source.
        expect: is told beforehand of all rows, where one process computes them.
    """

    name: str
    meaning: str
    source: Source
    read: Callable[[Any], Any]
    kind: Kind = "enclosure"
    at_once: int = 64
    if_none: int | None = None
    replay: Replay | None = None
    batch: Batch | None = None
    expect: Callable[[Sequence[Fraction]], None] | None = None

    def fields(self) -> list[Field]:
        """The fields that the column is written as."""
        if self.kind == "enclosure":
            return [Field(f"{self.name}_low", "low"), Field(f"{self.name}_high", "high")]
        if self.kind == "enclosures":
            return [Field(f"{self.name}_low", "texts"), Field(f"{self.name}_high", "texts")]
        return [Field(self.name, "whole" if self.kind == "count" else "texts")]

    def cells(self, result: Any) -> list[Cell]:
        """The column's cells in one row, one for each field."""
        value = self.read(result)
        if self.kind == "enclosure":
            return list(value.decimals())
        if self.kind == "enclosures":
            faces = [enclosure.decimals() for enclosure in value]
            return [[low for low, _ in faces], [high for _, high in faces]]
        return [value if self.kind == "count" else list(value)]

    def empty(self) -> list[Cell]:
        """The cells of a row whose value is not decided."""
        return [None for _ in self.fields()]

    def absent(self) -> list[Cell]:
        """The cells of a row for which no critical value exists."""
        return self.empty() if self.if_none is None else [self.if_none]
