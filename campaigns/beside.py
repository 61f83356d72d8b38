"""What campaigns that measure a method beside others share: the run, and the table of the page."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from campaigns.mutants import ROOT

PAGE = ROOT / "docs" / "how-to" / "your-own-reports.md"

S = TypeVar("S")


class Row(Protocol):
    """A line of the table: what was measured in one setting."""

    @property
    def adversary(self) -> str:
        """Whose attack was worst."""

    @property
    def failures(self) -> list[str]:
        """Which aims are missed."""


@dataclass(frozen=True)
class Campaign(Generic[S]):
    """Settings of one kind, what is measured in each, and the table that it makes.

    Attributes:
        name: of its module in `campaigns`.
        about: its help.
        settings: in the order of the table.
        measure: a setting's line.
        size: what `--only` limits, of a setting.
        unit: that, in a word.
        head: of the table, with the line below it.
    """

    name: str
    about: str | None
    settings: Iterable[S]
    measure: Callable[[S], Row]
    size: Callable[[S], int]
    unit: str
    head: str

    @property
    def start(self) -> str:
        """The line of the page above the table."""
        return f"<!-- python -m campaigns.{self.name} --write: -->\n"

    @property
    def end(self) -> str:
        """The line of the page below the table."""
        return f"<!-- end of {self.name} -->\n"

    def in_page(self, page: str) -> str:
        """The table of a page."""
        return page.partition(self.start)[2].partition(self.end)[0]

    def written(self, page: str, rows: Iterable[Any]) -> str:
        """The page with these rows in place of its own."""
        before, _, rest = page.partition(self.start)
        table = self.head + "".join(f"{row}\n" for row in rows)
        return f"{before}{self.start}\n{table}\n{self.end}{rest.partition(self.end)[2]}"

    def main(self, words: list[str] | None = None) -> int:
        """Run it, and print what it found; the exit status is 1 if an aim is missed."""
        parser = argparse.ArgumentParser(
            prog=f"python -m campaigns.{self.name}",
            description=self.about,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        word = self.unit.upper()
        told = f"settings of at most so many {self.unit}"
        parser.add_argument("--only", type=int, metavar=word, help=told)
        parser.add_argument("--write", action="store_true", help="write the table to its page")
        arguments = parser.parse_args(words)
        rows = []
        for setting in self.settings:
            if arguments.only is None or self.size(setting) <= arguments.only:
                rows.append(self.measure(setting))
                print(f"{rows[-1]} {rows[-1].adversary}", flush=True)
                for failure in rows[-1].failures:
                    print(f"failure: {failure}", flush=True)
        if arguments.write:
            PAGE.write_text(self.written(PAGE.read_text("utf-8"), rows), "utf-8")
        return int(any(row.failures for row in rows))


def short(risk: float) -> str:
    """Two digits."""
    return f"{risk:.2g}" if risk >= 1e-4 else f"{risk:.6f}"
