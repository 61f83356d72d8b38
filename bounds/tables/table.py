"""The result of a sweep."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bounds.certify.io.files import write_whole
from bounds.tables.chunk import STATUSES, Row
from bounds.tables.column import Cell, Field
from bounds.tables.formats import encoder


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

    def write(self, path: str | Path, file_format: str | None = None) -> None:
        """Write the table in one step: a reader sees the old file or the new one.

        Args:
            path: the file; its suffix names the format unless `file_format` does.
            file_format: "csv", "json" or "parquet".

        Raises:
            InputError: the file cannot be written, or the format is not known or not installed.
        """
        encode = encoder(Path(path), file_format)
        write_whole(Path(path), encode(self))
