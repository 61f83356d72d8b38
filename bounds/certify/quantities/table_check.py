"""A printed table, entry by entry: right, wrongly rounded, or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bounds.certify.errors import DomainError, Inconclusive, InputError
from bounds.certify.language.expression import Expr
from bounds.certify.names import read_name
from bounds.certify.quantities.rounding import ROUNDINGS, Formula, Rounding, decimal
from bounds.certify.quantities.table_files import Decimal, PrintedTable, read_table
from bounds.certify.results import NoTruthValue

Word: TypeAlias = Literal["right", "wrongly rounded", "wrong", "undefined", "undecided"]
_SHOWN = 20


@dataclass(frozen=True)
class Judgement:
    """What is known of an entry.

    Attributes:
        line: of the file.
        formula, place: what the entry is to be.
        printed: the entry.
        word: "right"; "wrongly rounded": it is the value rounded another way; "wrong"; "undefined":
            the formula has no value there; "undecided".
        rounded: the ways of rounding of which the entry is the result: "nearest", "down", "up".
        right: the right entry, with as many digits; None if there is none.
        units_off: how far it is from the right one, in units of its last digit.
    """

    line: int
    formula: Expr
    place: Mapping[str, Expr]
    printed: str
    word: Word
    rounded: tuple[Rounding, ...] = ()
    right: str | None = None
    units_off: int = 0

    def json(self) -> dict[str, Any]:
        """The judgement as plain data."""
        return {
            "line": self.line,
            "formula": str(self.formula),
            "place": {name: str(value) for name, value in self.place.items()},
            "printed": self.printed,
            "word": self.word,
            "rounded": list(self.rounded),
            "right": self.right,
            "units_off": self.units_off,
        }

    def __str__(self) -> str:
        at = ", ".join(f"{name} = {value}" for name, value in self.place.items())
        head = f"line {self.line}: {self.formula} at {at}: {self.printed} is {self.word}"
        if self.word == "wrongly rounded":
            return f"{head} (it is rounded {self.rounded[0]}); right: {self.right}"
        if self.word == "wrong":
            unit = "unit" if abs(self.units_off) == 1 else "units"
            return f"{head}, by {abs(self.units_off)} {unit} of its last digit; right: {self.right}"
        return head


@dataclass(frozen=True, repr=False)
class CheckedTable(NoTruthValue):
    """A printed table, judged.

    Attributes:
        rounding: what was asked.
        judgements: one for each entry, in the order of reading.
        conventions: the ways of rounding that all defined entries agree with, if any.
        basis: what the judgements rest on.
    """

    rounding: Rounding
    judgements: tuple[Judgement, ...]
    conventions: tuple[Rounding, ...]
    basis: str = "balls"

    ask = "compare its .outcome"

    @property
    def counts(self) -> dict[str, int]:
        """How many entries have each word."""
        return dict(Counter(each.word for each in self.judgements))

    @property
    def outcome(self) -> Literal["right", "wrong", "undecided"]:
        """The word "right" if all are, "wrong" if one is surely not right, else "undecided"."""
        words = set(self.counts)
        if words & {"wrong", "wrongly rounded", "undefined"}:
            return "wrong"
        return "undecided" if "undecided" in words else "right"

    @property
    def mistakes(self) -> tuple[Judgement, ...]:
        """The entries that are not right."""
        return tuple(each for each in self.judgements if each.word != "right")

    def json(self) -> dict[str, Any]:
        """The verdict as plain data: counts, and the entries that are not right."""
        return {
            "outcome": self.outcome,
            "rounding": self.rounding,
            "entries": len(self.judgements),
            "counts": self.counts,
            "conventions": list(self.conventions),
            "mistakes": [each.json() for each in self.mistakes],
            "basis": self.basis,
        }

    def __str__(self) -> str:
        lines = [str(each) for each in self.mistakes[:_SHOWN]]
        if len(self.mistakes) > _SHOWN:
            lines.append(f"... and {len(self.mistakes) - _SHOWN} more")
        counts = ", ".join(f"{count} {word}" for word, count in self.counts.items())
        lines.append(f"{len(self.judgements)} entries: {counts or 'none'}")
        if self.conventions and self.rounding not in self.conventions and self.mistakes:
            lines.append(f"all entries are the values rounded {self.conventions[0]}")
        return "\n".join([*lines, f"by {self.basis}"])

    def __repr__(self) -> str:
        return f"<CheckedTable {self.outcome}: {len(self.judgements)} entries>"


def check_table(
    text: str, *, rounding: Rounding = "nearest", where: str = "the table"
) -> CheckedTable:
    r"""Judge each entry of a printed table.

    Args:
        text: CSV, or LaTeX with a tabular. The first row names the parameters and has the formulas:
            `x,Phi(x)` or `$x$ & $\Phi(x)$ \\`. Each entry is judged to the digits that it has.
        rounding: what the table promises: "nearest" (of a tie both neighbours are right), "down"
            (towards minus infinity), or "up". "significant" is the same as "nearest".
        where: what the table is called in an error.

    Returns:
        A `CheckedTable`, whose `outcome` is "right", "wrong" or "undecided".

    Raises:
        InputError: the table is not read; the message names the line and the column.
    """
    if not isinstance(text, str):
        raise InputError(f"a table is a text, not {type(text).__name__}: read the file first")
    how: Any = read_name(rounding, ROUNDINGS, "rounding")
    return judged(read_table(text, where), "nearest" if how == "significant" else how)


def judged(printed: PrintedTable, rounding: Rounding) -> CheckedTable:
    """The judgements on all entries."""
    formulas = [Formula(each) for each in printed.formulas]
    found = []
    for line, constants, entries in printed.rows:
        place = dict(zip(printed.names, constants, strict=True))
        for formula, entry in zip(formulas, entries, strict=True):
            if entry is not None:
                found.append(_judgement(line, formula, place, entry, rounding))
    if not found:
        raise InputError("the table has no entry below its formulas")
    agreed = [
        way
        for way in ROUNDINGS[:3]
        if all(way in each.rounded for each in found if each.word != "undefined")
    ]
    return CheckedTable(rounding, tuple(found), tuple(agreed))


def _judgement(
    line: int, formula: Formula, place: Mapping[str, Expr], entry: Decimal, rounding: Rounding
) -> Judgement:
    try:
        down = formula.scaled(place, entry.power, "down")
        up = formula.scaled(place, entry.power, "up")
        nearest = {formula.scaled(place, entry.power, "nearest")}
        if down != up:  # of a tie both neighbours are nearest
            nearest |= {down} if _is_tie(formula, place, entry.power, down, nearest) else set()
    except DomainError:
        return Judgement(line, formula.expression, place, entry.text, "undefined")
    except Inconclusive:
        return Judgement(line, formula.expression, place, entry.text, "undecided")
    results = {"nearest": nearest, "down": {down}, "up": {up}}
    ways: Any = tuple(way for way, units in results.items() if entry.units in units)
    wanted = max(results[rounding])
    word: Word = "right" if rounding in ways else "wrongly rounded" if ways else "wrong"
    return Judgement(
        line,
        formula.expression,
        place,
        entry.text,
        word,
        ways,
        decimal(wanted, entry.power),
        entry.units - wanted,
    )


def _is_tie(
    formula: Formula, place: Mapping[str, Expr], power: int, down: int, nearest: set[int]
) -> bool:
    """Whether the value is exactly half way above `down`: one digit more is 5, down and up."""
    if down in nearest:
        return False
    if formula.scaled(place, power - 1, "down") != 10 * down + 5:
        return False
    return formula.scaled(place, power - 1, "up") == 10 * down + 5
