"""Printed tables: CSV, or a LaTeX tabular. The first row names parameters and formulas."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from fractions import Fraction

from bounds.certify.errors import BoundsError, InputError
from bounds.certify.language.expression import Expr
from bounds.certify.language.functions import can_be_variable
from bounds.certify.language.latex_reader import from_latex
from bounds.certify.quantities.proving import read_expression

MOST_LETTERS, MOST_CELLS = 20_000_000, 1_000_000

_DECIMAL = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?", re.ASCII)
_BODY = re.compile(r"\\begin\{(tabular\*?|tabularx|array|longtable)\}(.*?)\\end\{\1\}", re.DOTALL)
_COLUMNS = re.compile(r"\s*(?:\[[^\]]*\])?(?:\{[^{}]*\})?\s*(\{(?:[^{}]|\{[^{}]*\})*\})?")
_RULES = re.compile(
    r"\\(hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot"
    r"|cline\{[^}]*\}|cmidrule(?:\([^)]*\))?\{[^}]*\}|addlinespace(?:\[[^\]]*\])?)"
)
_COMMENT = re.compile(r"(?<!\\)%.*")
_CORNER = re.compile(
    r"(\\?[A-Za-z]\w*)\s*(?:\\backslash|\\textbackslash|\\(?![A-Za-z])|/)\s*(\\?[A-Za-z]\w*)\s*:\s*(.+)",
    re.DOTALL,
)
_POWER = re.compile(r"(?:\\times|\\cdot|\*|×|·)\s*10\s*\^\s*\{?\s*([+-]?\d+)\s*\}?")
_EMPTY = frozenset({"", "-", "--", "---", "–", "—", "na", "nan", "n/a", r"\ldots", "..."})


@dataclass(frozen=True)
class Decimal:
    """A decimal as it is printed: units·10^power, and its text."""

    units: int
    power: int
    text: str

    @property
    def value(self) -> Fraction:
        """The number."""
        return Fraction(self.units) * Fraction(10) ** self.power


@dataclass(frozen=True)
class PrintedTable:
    """What a table prints.

    Attributes:
        names: the parameters.
        formulas: the columns that are judged.
        rows: for each row its line, the constants of the parameters, and the entries; None where
            an entry is missing.
    """

    names: tuple[str, ...]
    formulas: tuple[Expr, ...]
    rows: tuple[tuple[int, tuple[Expr, ...], tuple[Decimal | None, ...]], ...]


def read_table(text: str, where: str = "the table") -> PrintedTable:
    """The table that a text prints.

    Args:
        text: CSV (with commas, semicolons or tabs) or LaTeX with one tabular.
        where: what it is called in an error.

    Raises:
        InputError: it is not read; the message names the line.
    """
    if len(text) > MOST_LETTERS:
        raise InputError(f"{where} has more than {MOST_LETTERS:,} characters: split it")
    rows = _of_latex(text, where) if r"\begin{" in text else _of_csv(text)
    rows = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if len(rows) < 2:
        raise InputError(f"{where} has no row below its first, which names parameters and formulas")
    if sum(len(cells) for _, cells in rows) > MOST_CELLS:
        raise InputError(f"{where} has more than {MOST_CELLS:,} cells: split it")
    return _judgeable(rows, where)


def _of_csv(text: str) -> list[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(";\t", key=first.count)
    delimiter = mark if first.count(mark) else ","
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    return [(reader.line_num, cells) for cells in reader if not "".join(cells).startswith("#")]


def _of_latex(text: str, where: str) -> list[tuple[int, list[str]]]:
    text = "\n".join(_COMMENT.sub("", line) for line in text.split("\n"))
    found = _BODY.search(text)
    if found is None:
        raise InputError(f"{where} begins no tabular that it ends")
    body = found.group(2)
    start = _COLUMNS.match(body)
    offset = found.start(2) + (start.end() if start else 0)
    rows = []
    at = offset
    for row in text[offset : found.end(2)].split(r"\\"):
        line = text.count("\n", 0, at + len(row) - len(row.lstrip())) + 1
        at += len(row) + 2
        cells = _RULES.sub("", re.sub(r"^\s*\[[^\]]*\]", "", row)).split("&")
        rows.append((line, cells))
    return rows


def _two_way(rows: list[tuple[int, list[str]]], corner: re.Match[str], where: str) -> PrintedTable:
    r"""A table whose corner is `x \ n: formula`: x down, n across."""
    line, header = rows[0]
    down, across = _name(corner[1]), _name(corner[2])
    formula = _head(corner[3], f"{where}, line {line}, column 1")
    if not (can_be_variable(down) and can_be_variable(across) and formula.free <= {down, across}):
        raise InputError(
            f"{where}, line {line}: the corner names the parameter down, the one across, and a"
            r" formula in them, as in x \ n: besselj(n, x)"
        )
    heads = [_constant(cell, f"{where}, line {line}, column {i}") for i, cell in
             enumerate(header[1:], 2)]  # fmt: skip
    made: list[tuple[int, tuple[Expr, ...], tuple[Decimal | None, ...]]] = []
    for number, cells in rows[1:]:
        if len(cells) != len(header):
            raise InputError(
                f"{where}, line {number}: {len(cells)} cells, where the first row has {len(header)}"
            )
        first = _constant(cells[0], f"{where}, line {number}, column 1")
        for i, (head, cell) in enumerate(zip(heads, cells[1:], strict=True), 2):
            entry = read_decimal(cell, f"{where}, line {number}, column {i}")
            made.append((number, (first, head), (entry,)))
    return PrintedTable((down, across), (formula,), tuple(made))


def _name(text: str) -> str:
    """The name of a parameter in a corner, which LaTeX may write as a command."""
    return text.removeprefix("\\")


def _judgeable(rows: list[tuple[int, list[str]]], where: str) -> PrintedTable:
    line, header = rows[0]
    if (corner := _CORNER.fullmatch(_plain(header[0]))) is not None:
        return _two_way(rows, corner, where)
    heads = [_head(cell, f"{where}, line {line}, column {i}") for i, cell in enumerate(header, 1)]
    is_name = [head.head == "variable" and can_be_variable(head.args[0]) for head in heads]
    names = tuple(head.args[0] for head, named in zip(heads, is_name, strict=True) if named)
    formulas = tuple(head for head, named in zip(heads, is_name, strict=True) if not named)
    if not formulas:
        raise InputError(f"{where}, line {line}: the first row has no formula, such as Phi(x)")
    if len(set(names)) != len(names):
        raise InputError(f"{where}, line {line}: two columns have the same parameter")
    missing = sorted(frozenset().union(*(f.free for f in formulas)) - set(names))
    if missing:
        raise InputError(
            f"{where}, line {line}: no column is the parameter {missing[0]} of the formulas"
        )
    made = []
    for number, cells in rows[1:]:
        if len(cells) != len(heads):
            raise InputError(
                f"{where}, line {number}: {len(cells)} cells, where the first row has {len(heads)}"
            )
        place, entries = [], []
        for i, (cell, named) in enumerate(zip(cells, is_name, strict=True), 1):
            told = f"{where}, line {number}, column {i}"
            if named:
                place.append(_constant(cell, told))
            else:
                entries.append(read_decimal(cell, told))
        made.append((number, tuple(place), tuple(entries)))
    return PrintedTable(names, formulas, tuple(made))


def _plain(cell: str) -> str:
    """A cell without dollar signs and spacing."""
    text = cell.strip().replace("$", "").replace(r"\,", "").replace(r"\;", "").replace("~", " ")
    found = re.fullmatch(r"\\(?:num|mathbf|textbf|ensuremath)\{(.*)\}", text.strip())
    return (found.group(1) if found else text).strip()


def _head(cell: str, told: str) -> Expr:
    text = _plain(cell)
    if not text:
        raise InputError(f"{told}: the first row names a parameter or a formula in each column")
    try:
        return from_latex(text) if "{" in text else read_expression(text)
    except BoundsError as wrong:
        wrong.add_note(told)
        raise


def _constant(cell: str, told: str) -> Expr:
    text = _plain(cell).replace("−", "-")
    try:
        read = from_latex(text) if "{" in text else read_expression(text)
    except BoundsError as wrong:
        wrong.add_note(told)
        raise
    if read.free:
        raise InputError(f"{told}: {text[:40]!r} is no constant")
    return read


def read_decimal(cell: str, told: str = "the entry") -> Decimal | None:
    """The decimal that a cell prints; None if it is empty.

    Raises:
        InputError: it is no decimal.
    """
    text = _plain(cell)
    if text.lower() in _EMPTY:
        return None
    bare = text.replace("−", "-").replace("{,}", "").replace(" ", "")
    bare = _POWER.sub(lambda found: f"e{found.group(1)}", bare)
    found = _DECIMAL.fullmatch(bare)
    if found is None or not (found[2] or found[3]):
        raise InputError(f"{told}: {text[:40]!r} is no decimal, such as 0.97725 or 1.2e-5")
    sign, whole, part, exponent = found.groups()
    part = part or ""
    units = int((whole or "") + part) * (-1 if sign == "-" else 1)
    return Decimal(units, int(exponent or 0) - len(part), bare)
