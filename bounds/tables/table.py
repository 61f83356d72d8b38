"""The result of a sweep."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.io.files import write_whole
from bounds.certify.lines import counted
from bounds.tables.chunk import STATUSES, Row
from bounds.tables.column import Cell, Field
from bounds.tables.formats import as_arrow, encoder, frame

_MOST = 60  # rows that are shown


def _shown(cell: Cell) -> str:
    return " ".join(cell) if isinstance(cell, list) else "" if cell is None else str(cell)


@dataclass(frozen=True)
class Table:
    """Rows of certified numbers, one for each Δ; ends are decimals in text, rounded outwards.

    Attributes:
        fields: names and types of the fields: Δ, the status, then the picked columns.
        rows: the cells, row by row; None where a value does not exist or is not decided.
    """

    fields: tuple[Field, ...]
    rows: list[Row]

    @property
    def names(self) -> list[str]:
        """The headings."""
        return [field.name for field in self.fields]

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {status}" for status, count in self.tally().items() if count)
        lines = ["\t".join(self.names), *("\t".join(map(_shown, row)) for row in self.rows[:_MOST])]
        more = [f"... of {len(self)} rows"] if len(self) > _MOST else []
        return "\n".join([*lines, *more, counts])

    def __repr__(self) -> str:
        return f"<Table of {counted(len(self), 'row')}: {', '.join(self.names)}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.names)
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(_shown(cell))}</td>' for cell in row)}</tr>"
            for row in self.rows[:_MOST]
        )
        more = f"<caption>{_MOST} of {len(self)} rows</caption>" if len(self) > _MOST else ""
        return f"<table>{more}<tr>{head}</tr>{rows}</table>"

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> list[Cell]:
        """All cells under one heading."""
        place = self.names.index(name)
        return [row[place] for row in self.rows]

    def tally(self) -> dict[str, int]:
        """How many rows are certified, none (no critical value, as proved) and inconclusive."""
        counts = Counter(str(status) for status in self["status"])
        return {status: counts[status] for status in STATUSES}

    def to_pandas(self) -> Any:
        """The table as a pandas data frame, with the columns of `bounds.tables.formats.frame`.

        Ends are floats, rounded outwards; NAME_text has all digits.

        Raises:
            InputError: pandas is not installed.
        """
        try:
            from pandas import DataFrame
        except ImportError:
            raise InputError("data frames need pandas: pip install pandas") from None
        return DataFrame(frame(self))

    def to_arrow(self) -> Any:
        """The table as a pyarrow table, with the same columns and types.

        Raises:
            InputError: pyarrow is not installed.
        """
        if find_spec("pyarrow") is None:
            raise InputError("Arrow needs pyarrow: install the extra, as in pip install .[parquet]")
        return as_arrow(self)

    def write(self, path: str | Path, file_format: str | None = None) -> None:
        """Write the table in one step: a reader sees the old file or the new one.

        Args:
            path: the file; its suffix names the format unless `file_format` does.
            file_format: "csv", "json", "tex" or "parquet".

        Raises:
            InputError: the file cannot be written, or the format is not known or not installed.
        """
        encode = encoder(Path(path), file_format)
        write_whole(Path(path), encode(self))
