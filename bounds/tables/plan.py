"""A sweep, cut into chunks in a way that depends on nothing but the sweep itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from bounds.certify.exact import show_exact
from bounds.certify.numbers.precision import read_digits
from bounds.critical.replay import read_guess
from bounds.tables.chunk import Kept
from bounds.tables.column import Column, Field
from bounds.tables.columns import read_columns
from bounds.tables.grid import read_grid


@dataclass(frozen=True)
class Plan:
    """What is to be computed.

    Attributes:
        deltas: the values of Δ, row by row.
        digits: significant decimal digits of every number.
        columns: what is computed for each Δ.
    """

    deltas: tuple[Fraction, ...]
    digits: int
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, delta: Any, digits: int, columns: str | Iterable[str]) -> Plan:
        """The plan that a caller's words stand for.

        Raises:
            InputError: one of them is not what it must be.
        """
        return cls(read_grid(delta), read_digits(digits), read_columns(columns))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def at_once(self) -> int:
        """Rows a chunk: few where a row takes long, so that a kill never costs much."""
        fewest = min(column.at_once for column in self.columns)
        return max(1, fewest * 30 // max(30, self.digits))

    @cached_property
    def chunks(self) -> list[tuple[Fraction, ...]]:
        """The values of Δ, chunk by chunk."""
        size = self.at_once
        return [self.deltas[start : start + size] for start in range(0, len(self.deltas), size)]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the table."""
        picked = (field for column in self.columns for field in column.fields())
        return (Field("delta", "text"), Field("status", "text"), *picked)

    def head(self) -> dict[str, Any]:
        """What tells this sweep from others, for the head of its journal."""
        listed = "\n".join(map(show_exact, self.deltas))
        return {
            "sweep": 1,
            "values": len(self.deltas),
            "sha256": hashlib.sha256(listed.encode()).hexdigest(),
            "digits": self.digits,
            "columns": list(self.names),
            "at_once": self.at_once,
        }

    def read_chunk(self, entry: Any) -> tuple[int, list[Kept]]:
        """A chunk's number and rows from an entry of a journal, if it has the form of one.

        What the rows say is proved anew later (`compute_chunk`).

        Raises:
            ValueError: it has not.
        """
        number, rows = entry["chunk"], entry["rows"]
        if isinstance(number, bool) or not isinstance(number, int):
            raise ValueError("a chunk has a number")
        if not 0 <= number < len(self.chunks) or len(rows) != len(self.chunks[number]):
            raise ValueError("the sweep has no such chunk")
        return number, [
            (list(row), {name: read_guess(guess, self.digits) for name, guess in guesses.items()})
            for row, guesses in rows
        ]
