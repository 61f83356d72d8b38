"""A few rows of a sweep, computed anywhere: plain data in, plain data out.

Balls do not travel between processes, and need not: a row holds decimals that are already rounded
outwards. Nothing here depends on the precision, the thread or the process that it runs in.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact
from bounds.critical.critical import NoCriticalValue
from bounds.tables.column import Cell, Column, Source
from bounds.tables.columns import read_columns

Row: TypeAlias = list[Cell]
"""Δ, the status, then the cells of the columns."""

CERTIFIED, NONE, INCONCLUSIVE = "certified", "none", "inconclusive"
STATUSES = (CERTIFIED, NONE, INCONCLUSIVE)
"""All cells certified; no critical value exists, as proved; a cell is undecided, and empty."""


def compute_chunk(deltas: Sequence[Fraction], digits: int, names: Sequence[str]) -> list[Row]:
    """The rows of these Δ, with the columns of these names."""
    columns = read_columns(names)
    return [_row(delta, digits, columns) for delta in deltas]


def _row(delta: Fraction, digits: int, columns: Sequence[Column]) -> Row:
    results: dict[Source, Any] = {}
    cells: list[Cell] = []
    status = CERTIFIED
    for column in columns:
        if column.source not in results:
            results[column.source] = _outcome(column.source, delta, digits)
        result = results[column.source]
        if isinstance(result, Inconclusive):
            status = INCONCLUSIVE
            cells += column.empty()
        elif isinstance(result, NoCriticalValue):
            status = max(status, NONE, key=STATUSES.index)
            cells += column.absent()
        else:
            cells += column.cells(result)
    return [show_exact(delta), status, *cells]


def _outcome(source: Source, delta: Fraction, digits: int) -> Any:
    try:
        return source(delta, digits)
    except (NoCriticalValue, Inconclusive) as reason:
        return reason
