"""Columns of numbers in files, block by block: CSV, Parquet where pyarrow is there, and stdin."""

from __future__ import annotations

import csv
import io
import itertools
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from bounds.certify.errors import InputError
from bounds.certify.io.files import beside, unwritable

BLOCK = 1 << 16
_NONE = {"", "na", "nan", "null", "none"}
_PARQUET = (".parquet", ".pq")


def is_parquet(path: Path) -> bool:
    """Whether the name says so."""
    return path.suffix.lower() in _PARQUET


@contextmanager
def read_twice(path: Path) -> Iterator[Path]:
    """A file that can be read more than once: standard input, "-", is put aside first."""
    if str(path) != "-":
        if not path.is_file():
            raise InputError(f"there is no file {str(path)[:200]!r}")
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder) / "reports.csv"
        with aside.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield aside


def column(path: Path, name: str | None) -> Iterator[NDArray[np.float64]]:
    """The numbers of a column, in blocks; an empty field, NaN or null is NaN.

    Args:
        path: a CSV file with a header, or a Parquet file.
        name: of the column; it may be left out where there is one only.

    Raises:
        InputError: there is no such column, or a field is no number.
    """
    return _parquet(path, name) if is_parquet(path) else _csv(path, name)


def _csv(path: Path, name: str | None) -> Iterator[NDArray[np.float64]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            place = _place(next(rows, []), name)
            while block := list(itertools.islice(rows, BLOCK)):
                first = rows.line_num - len(block) + 1
                yield np.array(
                    [_number(row, place, first + i) for i, row in enumerate(block) if row]
                )
    except UnicodeDecodeError:
        raise InputError("the file is no text in UTF-8: save it as CSV once more") from None
    except csv.Error as reason:
        raise InputError(f"the file is no CSV: {reason}") from None


def _place(header: list[str], name: str | None) -> int:
    if not header:
        raise InputError("the file is empty: its first line names the columns")
    names = [each.strip() for each in header]
    if name is None and len(names) == 1:
        return 0
    if name is None or names.count(name) != 1:
        listed = ", ".join(names)[:200]
        fault = (
            "name the column of the reports with --column"
            if name is None
            else (
                f"no column is called {name[:40]!r}"
                if name not in names
                else f"{names.count(name)} columns are called {name[:40]!r}"
            )
        )
        raise InputError(f"{fault}: the file has {listed}")
    return names.index(name)


def _number(row: list[str], place: int, line: int) -> float:
    text = row[place].strip() if place < len(row) else ""
    if text.lower() in _NONE:
        return math.nan
    try:
        return float(text)
    except ValueError:
        raise InputError(f"line {line}: {text[:40]!r} is no number") from None


def _parquet(path: Path, name: str | None) -> Iterator[NDArray[np.float64]]:
    pyarrow = _pyarrow()
    try:
        file = pyarrow.parquet.ParquetFile(path)
        names = file.schema_arrow.names
        chosen = names[_place(names, name)]
        for batch in file.iter_batches(BLOCK, columns=[chosen]):
            values = batch.column(0).cast("float64")
            yield values.to_numpy(zero_copy_only=False)
    except (pyarrow.lib.ArrowException, OSError) as reason:
        raise InputError(f"the file is no Parquet file of numbers: {reason!s:.200}") from None


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise InputError(
            "Parquet files need pyarrow: install the extra, as in pip install .[parquet]"
        ) from None
    return pyarrow


def write_rows(path: Path | None, blocks: Iterator[dict[str, Any]]) -> None:
    """Write blocks of columns: to a file in one step, or to standard output where it is None.

    Raises:
        InputError: the file cannot be written.
    """
    if path is None:
        _write_csv(sys.stdout, blocks)
        return
    aside = beside(path, f".{os.urandom(4).hex()}.tmp")
    try:
        if is_parquet(path):
            _write_parquet(aside, blocks)
        else:
            with aside.open("w", encoding="utf-8", newline="") as file:
                _write_csv(file, blocks)
        os.replace(aside, path)
    except OSError as reason:
        raise unwritable(path, reason) from None
    finally:
        aside.unlink(missing_ok=True)


def _write_csv(file: IO[str], blocks: Iterator[dict[str, Any]]) -> None:
    writer = None
    for block in blocks:
        if writer is None:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(block)
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerows(zip(*(_fields(values) for values in block.values()), strict=True))
        file.write(text.getvalue())


def _fields(values: NDArray[Any]) -> list[Any]:
    if values.dtype == np.bool_:
        return ["true" if value else "false" for value in values]
    return ["" if math.isnan(value) else value for value in values.tolist()]


def _write_parquet(path: Path, blocks: Iterator[dict[str, Any]]) -> None:
    pyarrow = _pyarrow()
    writer = None
    try:
        for block in blocks:
            table = pyarrow.table(block)
            if writer is None:
                writer = pyarrow.parquet.ParquetWriter(path, table.schema)
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()
