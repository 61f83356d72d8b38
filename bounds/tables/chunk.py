"""A few rows of a sweep, computed anywhere: plain data in, plain data out.

Balls do not travel between processes, and need not: a row holds decimals that are already rounded
outwards. Nothing here depends on the precision, the thread or the process that it runs in.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from bounds.certify.errors import BoundsError, Inconclusive
from bounds.certify.exact import show_exact
from bounds.critical.critical import NoCriticalValue
from bounds.critical.replay import Guess
from bounds.tables.column import Cell, Cells, Column, Source
from bounds.tables.columns import read_columns

Row: TypeAlias = list[Cell]
"""Δ, the status, then the cells of the columns."""

CERTIFIED, NONE, INCONCLUSIVE = "certified", "none", "inconclusive"
STATUSES = (CERTIFIED, NONE, INCONCLUSIVE)
"""All cells certified; no critical value exists, as proved; a cell is undecided, and empty."""


Kept: TypeAlias = tuple[Row, dict[str, Guess]]
"""A row, and what a journal keeps beside it: where its roots are, source by source."""


def compute_chunk(
    deltas: Sequence[Fraction],
    digits: int,
    names: Sequence[str],
    kept: Sequence[Kept] | None = None,
) -> list[Kept]:
    """The rows of these Δ, with the columns of these names.

    Args:
        deltas: exact values of Δ.
        digits: significant decimal digits of every number.
        names: of the columns.
        kept: the same rows as a journal kept them. They are proved anew; one that its replay does
            not give, to the letter, is computed as if nothing had been kept.
    """
    columns = read_columns(names)
    ready = _at_once(deltas, digits, columns)
    if kept is None:
        pairs = zip(deltas, ready, strict=True)
        return [_computed(delta, digits, columns, {}, cells) for delta, cells in pairs]
    return [
        _proved_again(delta, digits, columns, *row, cells)
        for delta, row, cells in zip(deltas, kept, ready, strict=True)
    ]


def _at_once(deltas: Sequence[Fraction], digits: int, columns: Sequence[Column]) -> list[Cells]:
    """The cells that are had for many rows at once."""
    ready: list[Cells] = [{}] * len(deltas)
    for batch in {column.batch: None for column in columns if column.batch is not None}:
        names = [column.name for column in columns if column.batch is batch]
        more = batch(deltas, digits, names)
        ready = [{**row, **cells} for row, cells in zip(ready, more, strict=True)]
    return ready


def _proved_again(
    delta: Fraction,
    digits: int,
    columns: Sequence[Column],
    row: Row,
    guesses: dict[str, Guess],
    ready: Cells,
) -> Kept:
    replayed = _computed(delta, digits, columns, guesses, ready)
    if replayed[0] == row or not guesses:
        return replayed
    return _computed(delta, digits, columns, {}, ready)


def _computed(
    delta: Fraction,
    digits: int,
    columns: Sequence[Column],
    guesses: dict[str, Guess],
    ready: Cells,
) -> Kept:
    if len(ready) == len(columns):
        decided = (cell for column in columns for cell in ready[column.name])
        return [show_exact(delta), CERTIFIED, *decided], {}
    results: dict[Source, Any] = {}
    found: dict[str, Guess] = {}
    cells: list[Cell] = []
    status = CERTIFIED
    for column in columns:
        if column.name in ready:
            cells += ready[column.name]
            continue
        if column.source not in results:
            results[column.source] = _outcome(column, delta, digits, guesses)
        result = results[column.source]
        if isinstance(result, Inconclusive):
            status = INCONCLUSIVE
            cells += column.empty()
        elif isinstance(result, NoCriticalValue):
            status = max(status, NONE, key=STATUSES.index)
            cells += column.absent()
        else:
            cells += column.cells(result)
            if column.replay and column.replay.name not in found:
                found[column.replay.name] = column.replay.guess(result)
    return [show_exact(delta), status, *cells], found


def _outcome(column: Column, delta: Fraction, digits: int, guesses: dict[str, Guess]) -> Any:
    if column.replay and column.replay.name in guesses:
        try:
            return column.replay.prove(delta, digits, guesses[column.replay.name])
        except BoundsError:  # the guess does not help
            pass
    try:
        return column.source(delta, digits)
    except (NoCriticalValue, Inconclusive) as reason:
        return reason
