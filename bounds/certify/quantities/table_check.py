"""A printed table, entry by entry: right, wrongly rounded, or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from bounds.certify.errors import DomainError, Inconclusive, InputError
from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import Expr, number, substitute, variable
from bounds.certify.language.latex import to_latex
from bounds.certify.language.statement import Statement
from bounds.certify.names import read_name
from bounds.certify.quantities.as_latex import tabular
from bounds.certify.quantities.proving import SECONDS, decided, read_seconds
from bounds.certify.quantities.results import no_certificate
from bounds.certify.quantities.rounding import ROUNDINGS, Formula, Rounding, decimal
from bounds.certify.quantities.table_files import (
    Decimal,
    PrintedTable,
    read_decimal,
    read_table,
)
from bounds.certify.results import NoTruthValue
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.outcome import Outcome

Word: TypeAlias = Literal["right", "wrongly rounded", "wrong", "undefined", "undecided"]
_SHOWN, _TOGETHER, MOST_CERTIFIED = 20, 32, 1024


def around(entry: Decimal | None, rounding: Rounding) -> tuple[Fraction, Fraction]:
    """The numbers that are rounded to an entry lie between these."""
    assert entry is not None
    unit = Fraction(10) ** entry.power
    low, high = {"down": (0, 1), "up": (-1, 0)}.get(rounding, (Fraction(-1, 2), Fraction(1, 2)))
    return entry.value + low * unit, entry.value + high * unit


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

    def comparisons(self, rounding: Rounding) -> list[Comparison]:
        """What is so of the value, as comparisons of constants.

        Raises:
            Inconclusive: it is not decided, or there is no value.
        """
        if self.word in ("undecided", "undefined"):
            raise no_certificate(f"the entry {self.printed} in line {self.line}", "leave it out")
        value = substitute(self.formula, self.place)
        low, high = around(read_decimal(self.printed), rounding)
        if self.word == "right":
            # step: a value that is rounded up lies above the entry before [first choice]
            above: Relation = "<=" if rounding != "up" else "<"
            # step: one that is rounded down lies below the next entry [first choice]
            below: Relation = "<=" if rounding != "down" else "<"
            return [Comparison(number(low), above, value), Comparison(value, below, number(high))]
        if self.units_off > 0:  # the entry is too large
            return [Comparison(value, "<=" if rounding == "up" else "<", number(low))]
        return [Comparison(value, ">=" if rounding == "down" else ">", number(high))]

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

    def statement(self, low: int = 0, high: int | None = None) -> Statement:
        """What is so of the entries from one place to another, as comparisons of constants.

        Of a right entry the value lies where it is rounded to it; of another one it does not.

        Raises:
            Inconclusive: nothing is decided of one, or a formula has no value there.
        """
        comparisons: list[Comparison] = []
        for each in self.judgements[low:high]:
            comparisons += each.comparisons(self.rounding)
        return Statement(tuple(comparisons), Domain({}))

    def certificates(self, seconds: float = SECONDS) -> list[dict[str, Any]]:
        """A certificate for each 32 entries: of each that it is right, or that it is not.

        Raises:
            Inconclusive: there are more than 1,024 entries, or a statement is not proved.
        """
        return [each.certificate() for each in self.proofs(seconds)]

    def proofs(self, seconds: float = SECONDS) -> list[Outcome]:
        """What the decider says of these statements.

        Raises:
            Inconclusive: there are more than 1,024 entries, or nothing is decided of one.
        """
        count = len(self.judgements)
        if count > MOST_CERTIFIED:
            raise no_certificate(
                f"a table of {count} entries", f"split it into tables of at most {MOST_CERTIFIED}"
            )
        deadline = Deadline(read_seconds(seconds))
        return [
            decided(self.statement(i, i + _TOGETHER), deadline, deadline.left())
            for i in range(0, count, _TOGETHER)
        ]

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

    def latex(self) -> str:
        """The entries that are not right, as a LaTeX tabular with the right ones."""
        rows = []
        for each in self.mistakes:
            place = ",\\ ".join(
                f"{to_latex(variable(name))} = {to_latex(value)}"
                for name, value in each.place.items()
            )
            word = each.right if each.right is not None else rf"\text{{{each.word}}}"
            rows.append([to_latex(each.formula), place, each.printed, word])
        heads = [rf"\text{{{word}}}" for word in ("formula", "at", "printed", "right")]
        return tabular(heads, rows)

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
