"""The text of a ledger: its tables as plain data, and the line of each key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bounds.certify.errors import BoundsError, InputError

FILE = "ledger.toml"
"""The name of a ledger in the folder of an audit."""

_LONGEST = 10_000_000
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\"' -]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*(?:([A-Za-z0-9_-]+)|"([^"]*)"|'([^']*)')\s*[=.]""")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


class LedgerError(InputError):
    """A mistake in a ledger: the message has the file, the line, the claim and the remedy.

    Attributes:
        marked: the text that was not read, with a mark under the place, if there is one.
    """

    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of the file: its data, its line, and the line of each of its keys."""

    data: Mapping[str, Any]
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, key: str | None) -> int:
        """The line of a key, or of the table where the key is not written."""
        return self.lines.get(key or "", self.line)


@dataclass(frozen=True)
class Source:
    """A ledger as it is written.

    Attributes:
        path: the file.
        paper, define, uses: the tables of these names.
        claims: the tables [[claim]], in order.
    """

    path: Path
    paper: Table
    define: Table
    uses: Table
    claims: tuple[Table, ...]

    @property
    def folder(self) -> Path:
        """Where files that it names are."""
        return self.path.parent

    def error(
        self, told: str, table: Table, key: str | None = None, claim: str | None = None
    ) -> LedgerError:
        """The error at a key of a table."""
        named = f", claim {claim[:60]}" if claim else ""
        return LedgerError(f"{_shown(self.path)}, line {table.line_of(key)}{named}: {told}")

    def placed(
        self, wrong: BoundsError, table: Table, key: str, claim: str | None = None
    ) -> LedgerError:
        """An error of the engine, at the key whose text it could not read."""
        notes = "".join(f"{note}: " for note in getattr(wrong, "__notes__", ()))
        told = str(wrong).partition("\n")[0]
        found = self.error(f"`{key}`: {notes}{told}", table, key, claim)
        found.marked = tuple(getattr(wrong, "marked", ()))
        return found


def _shown(path: Path) -> str:
    """The file as a person knows it: from here, where it lies below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def read_source(path: Path) -> Source:
    """The ledger in a file.

    Raises:
        InputError: there is no such file, it is no TOML, or it has tables of other names.
    """
    where = _shown(path)
    if not path.is_file():
        raise InputError(f"{where} is no file: `bounds audit --new FOLDER` writes a ledger")
    if path.stat().st_size > _LONGEST:
        raise InputError(f"{where} is longer than {_LONGEST:,} bytes: split it")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{where} is no text in UTF-8: save it as such") from None
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        raise LedgerError(_not_read(where, str(wrong), text)) from None
    return _tables(path, data, text)


def _not_read(where: str, told: str, text: str) -> str:
    """What is wrong with a file that is no TOML, with the line."""
    found = _AT_LINE.search(told)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    what = _AT_LINE.sub("", told).strip()
    remedy = "write texts in quotes, in single ones if they hold a backslash"
    return f"{where}, line {line}: this is no TOML ({what}): {remedy}"


def _tables(path: Path, data: dict[str, Any], text: str) -> Source:
    places = _places(text)
    named = {name: (line, keys) for name, line, keys in places if name != "claim"}
    rows = [(line, keys) for name, line, keys in places if name == "claim"]

    def table(name: str) -> Table:
        line, keys = named.get(name, (1, {}))
        return Table(data.get(name, {}), line, keys)

    source = Source(path, table("paper"), table("define"), table("uses"), ())
    for name, value in data.items():
        at = Table({}, named.get(name, (1, {}))[0], named.get("", (1, {}))[1])
        if name not in ("paper", "define", "uses", "claim"):
            raise source.error(
                f"{name!r} is not known here: the tables are [paper], [define], [uses] and"
                " [[claim]]",
                at,
                name,
            )
        if name == "claim":
            if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
                at = Table({}, rows[0][0] if rows else 1)
                raise source.error("begin each claim with a line [[claim]], in double brackets", at)
        elif not isinstance(value, dict):
            raise source.error(f"{name} is a table: begin it with a line [{name}]", at, name)
    claims = data.get("claim", [])
    if len(rows) != len(claims):  # written inline: no line is known but the first
        rows = [(1, {})] * len(claims)
    return Source(
        path,
        source.paper,
        source.define,
        source.uses,
        tuple(Table(one, *row) for one, row in zip(claims, rows, strict=True)),
    )


def _places(text: str) -> list[tuple[str, int, dict[str, int]]]:
    """Every table of a text that is TOML: its name, its line, and the lines of its keys."""
    found: list[tuple[str, int, dict[str, int]]] = [("", 1, {})]
    inside = _Inside()
    for number, line in enumerate(text.split("\n"), 1):
        if inside.free:
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                found.append((header[2].strip("\"'"), number, {}))
            elif key:
                name = next(part for part in key.groups() if part is not None)
                found[-1][2].setdefault(name, number)
        inside.read(line)
    return found


class _Inside:
    """Whether a line begins inside a text of several lines, or inside an array."""

    def __init__(self) -> None:
        self.quote = ""
        self.depth = 0

    @property
    def free(self) -> bool:
        return not self.quote and self.depth == 0

    def read(self, line: str) -> None:
        """Go to the end of a line."""
        at = 0
        header = self.free and _HEADER.match(line)
        while at < len(line) and not header:
            at = self._quoted(line, at) if self.quote else self._plain(line, at)
        if len(self.quote) == 1:  # TOML has none over the end of a line
            self.quote = ""

    def _quoted(self, line: str, at: int) -> int:
        if line[at] == "\\" and self.quote[0] == '"':
            return at + 2
        if line.startswith(self.quote, at):
            at += len(self.quote)
            while len(self.quote) == 3 and line.startswith(self.quote[0], at):
                at += 1  # up to two quotes may stand before the closing ones
            self.quote = ""
            return at
        return at + 1

    def _plain(self, line: str, at: int) -> int:
        letter = line[at]
        if letter == "#":
            return len(line)
        if letter in "\"'":
            self.quote = letter * 3 if line.startswith(letter * 3, at) else letter
            return at + len(self.quote)
        self.depth += (letter in "[{") - (letter in "]}")
        return at + 1
