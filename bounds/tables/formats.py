"""Tables as CSV, JSON and Parquet: decimals stay text in all of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
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


def as_arrow(table: Sheet) -> Any:
    """An Arrow table: text, whole numbers and lists of text; a missing cell is null."""
    import pyarrow

    types = {
        "text": pyarrow.string(),
        "whole": pyarrow.int64(),
        "texts": pyarrow.list_(pyarrow.string()),
    }
    arrays = [pyarrow.array(table[field.name], types[field.type]) for field in table.fields]
    return pyarrow.table(arrays, names=table.names)


def as_parquet(table: Sheet) -> bytes:
    """Parquet, with the types of `as_arrow`."""
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(as_arrow(table), buffer)
    return buffer.getvalue()


FORMATS: dict[str, Encoder] = {"csv": as_csv, "json": as_json, "parquet": as_parquet}


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
