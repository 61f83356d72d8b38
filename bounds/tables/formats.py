"""Tables as CSV, JSON, LaTeX and Parquet.

Text formats have every digit. In data frames and Parquet files an end of an enclosure is a number,
rounded outwards once more, and its digits are beside it.
"""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Callable
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from bounds.certify.errors import InputError
from bounds.tables.column import Cell, Field


class Sheet(Protocol):
    """What is written: a `bounds.tables.Table`."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Names and types of the columns."""

    @property
    def names(self) -> list[str]:
        """The headings."""

    @property
    def rows(self) -> list[list[Cell]]:
        """The cells, row by row."""

    def __getitem__(self, name: str) -> list[Cell]:
        """All cells under one heading."""


Encoder = Callable[[Sheet], bytes]


def as_csv(table: Sheet) -> bytes:
    """CSV with a heading; a list is written with spaces between, a missing cell as nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.names)
    lists = [place for place, field in enumerate(table.fields) if field.type == "texts"]
    writer.writerows(_without_lists(row, lists) if lists else row for row in table.rows)
    return text.getvalue().encode()


def _without_lists(row: list[Cell], places: list[int]) -> list[Cell]:
    row = list(row)
    for place in places:
        if isinstance(cell := row[place], list):
            row[place] = " ".join(cell)
    return row


def as_json(table: Sheet) -> bytes:
    """A JSON list of objects, one a line; a missing cell is null."""
    names = table.names
    lines = (json.dumps(dict(zip(names, row, strict=True))) for row in table.rows)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def as_latex(table: Sheet) -> bytes:
    """A tabular of LaTeX, which says beside each end how it is rounded; a missing cell is empty."""
    heads = " & ".join(rf"\texttt{{{name.replace('_', chr(92) + '_')}}}" for name in table.names)
    lines = [rf"\begin{{tabular}}{{{'r' * len(table.names)}}}", rf"{heads} \\ \hline"]
    for row in table.rows:
        cells = (_in_latex(cell, field.type) for cell, field in zip(row, table.fields, strict=True))
        lines.append(rf"{' & '.join(cells)} \\")
    return "\n".join([*lines, r"\end{tabular}", ""]).encode()


def _in_latex(cell: Cell, kind: str) -> str:
    if cell is None or isinstance(cell, list):
        return " ".join(cell or ())
    if kind not in ("low", "high") or not isinstance(cell, str):
        return str(cell)
    mantissa, _, power = cell.partition("e")
    return f"${mantissa}$" if not power else rf"${mantissa} \cdot 10^{{{int(power)}}}$"


def outwards(decimal: str, kind: str) -> float:
    """The nearest float that is not above the decimal (kind "low"), or not below it ("high")."""
    exact, away = Fraction(decimal), -math.inf if kind == "low" else math.inf
    try:
        nearest = float(exact)
    except OverflowError:  # beyond all floats: the last of them, or infinity
        last = sys.float_info.max if exact > 0 else -sys.float_info.max
        return away if (exact > 0) is (away > 0) else last
    inside = Fraction(nearest) > exact if kind == "low" else Fraction(nearest) < exact
    return math.nextafter(nearest, away) if inside else nearest


def frame(table: Sheet) -> dict[str, list[Any]]:
    """Columns for data frames: numbers as numbers, and the exact text of each beside it.

    Delta is the nearest float; an end of an enclosure is rounded outwards. NAME_text has the
    digits.
    """
    columns: dict[str, list[Any]] = {}
    for field in table.fields:
        cells = table[field.name]
        if field.name == "delta":
            columns["delta"] = [float(Fraction(str(cell))) for cell in cells]
        elif field.type in ("low", "high"):
            columns[field.name] = [
                None if cell is None else outwards(str(cell), field.type) for cell in cells
            ]
        else:
            columns[field.name] = cells
    for field in table.fields:
        if field.name == "delta" or field.type in ("low", "high"):
            columns[f"{field.name}_text"] = table[field.name]
    return columns


def as_arrow(table: Sheet) -> Any:
    """An Arrow table with the columns of `frame`; a missing cell is null."""
    import pyarrow

    number, text = pyarrow.float64(), pyarrow.string()
    kinds = {
        "whole": pyarrow.int64(),
        "texts": pyarrow.list_(text),
        "low": number,
        "high": number,
    }
    types = {field.name: kinds.get(field.type, text) for field in table.fields} | {"delta": number}
    columns = frame(table)
    arrays = [pyarrow.array(cells, types.get(name, text)) for name, cells in columns.items()]
    return pyarrow.table(arrays, names=list(columns))


def as_parquet(table: Sheet) -> bytes:
    """Parquet, with the types of `as_arrow`."""
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(as_arrow(table), buffer)
    return buffer.getvalue()


FORMATS: dict[str, Encoder] = {
    "csv": as_csv,
    "json": as_json,
    "parquet": as_parquet,
    "tex": as_latex,
}


def encoder(path: Path, file_format: str | None = None) -> Encoder:
    """What writes a table to `path`, by the format's name or the file's suffix.

    Raises:
        InputError: the format is not known, or needs a library that is not installed.
    """
    name = file_format or path.suffix.removeprefix(".").lower()
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(f"no format for {str(path)[:100]!r}: end it in, or name, one of {known}")
    if name == "parquet" and find_spec("pyarrow") is None:
        raise InputError("Parquet needs pyarrow: pip install .[parquet], or name a .csv file")
    return FORMATS[name]
