"""Tables of formulas over parameters, every digit proved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from bounds.certify.errors import BoundsError, InputError, shown
from bounds.certify.exact import read_list
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import Expr, number, substitute
from bounds.certify.language.functions import can_be_variable
from bounds.certify.language.statement import Statement
from bounds.certify.names import read_name
from bounds.certify.numbers.precision import read_digits
from bounds.certify.quantities.as_latex import tabular
from bounds.certify.quantities.proving import SECONDS, decided, read_expression, read_seconds
from bounds.certify.quantities.results import no_certificate
from bounds.certify.quantities.rounding import ROUNDINGS, Formula, Rounding, rounded
from bounds.certify.results import NoTruthValue
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.outcome import Outcome

MOST_ROWS, MOST_CERTIFIED = 200_000, 32
_RANGE = re.compile(r"(.+?)\.\.(.+?)(?:\s+by\s+(.+))?", re.DOTALL)
_ITEM = re.compile(r"\s*([A-Za-z]\w*)\s*(=|in)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, repr=False)
class Table(NoTruthValue):
    """Values of formulas at the points of a grid.

    Attributes:
        names: the parameters.
        formulas: the columns.
        places: for each row the constants that the parameters are.
        entries: for each row the decimals, as text.
        digits, rounding: what was asked.
        basis: what the digits rest on.
        two_way: whether it is printed with the first parameter down and the second across.
    """

    names: tuple[str, ...]
    formulas: tuple[Expr, ...]
    places: tuple[tuple[Expr, ...], ...]
    entries: tuple[tuple[str, ...], ...]
    digits: int
    rounding: Rounding
    basis: str = "balls"
    two_way: bool = False

    ask = "read its .entries"

    @property
    def header(self) -> list[str]:
        """The parameters and the formulas; of a two-way table the corner and what is across."""
        if self.two_way:
            down, across = self.names
            return [f"{down} \\ {across}: {self.formulas[0]}", *map(_constant_text, self._across)]
        return [*self.names, *map(str, self.formulas)]

    @property
    def _across(self) -> list[Expr]:
        """The values of the second parameter of a two-way table."""
        return list(dict.fromkeys(place[1] for place in self.places))

    def rows(self) -> list[list[str]]:
        """All rows as texts, without the header."""
        if self.two_way:
            wide = len(self._across)
            return [
                [_constant_text(self.places[i][0]), *(e[0] for e in self.entries[i : i + wide])]
                for i in range(0, len(self.places), wide)
            ]
        return [
            [*map(_constant_text, place), *entries]
            for place, entries in zip(self.places, self.entries, strict=True)
        ]

    def csv(self) -> str:
        """The table as CSV, which `check_table` reads."""
        import csv
        import io

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows())
        return out.getvalue()

    def latex(self) -> str:
        """The table as a LaTeX tabular, which `check_table` reads."""
        from bounds.certify.language.expression import variable
        from bounds.certify.language.latex import to_latex

        names = [to_latex(variable(name)) for name in self.names]
        if self.two_way:
            corner = rf"{names[0]} \backslash {names[1]}: {_head_latex(self.formulas[0])}"
            return tabular([corner, *map(_constant_text, self._across)], self.rows())
        return tabular([*names, *map(_head_latex, self.formulas)], self.rows())

    def certificate(self, seconds: float = SECONDS) -> dict[str, Any]:
        """The proved statement that each value lies where it is rounded to its entry.

        Raises:
            Inconclusive: there are more than 32 entries, or the statement is not proved.
        """
        return self.proof(seconds).certificate()

    def proof(self, seconds: float = SECONDS) -> Outcome:
        """What the decider says of that statement.

        Raises:
            Inconclusive: there are more than 32 entries.
        """
        count = len(self.formulas) * len(self.places)
        if count > MOST_CERTIFIED:
            raise no_certificate(
                f"a table of {count} entries", f"ask for at most {MOST_CERTIFIED} entries"
            )
        comparisons: list[Comparison] = []
        for place, entries in zip(self.places, self.entries, strict=True):
            at = dict(zip(self.names, place, strict=True))
            for formula, entry in zip(self.formulas, entries, strict=True):
                comparisons += _around(substitute(formula, at), entry, self.rounding)
        claim = Statement(tuple(comparisons), Domain({}))
        return decided(claim, Deadline(read_seconds(seconds)), seconds)

    def json(self) -> dict[str, Any]:
        """The table as plain data."""
        return {
            "parameters": list(self.names),
            "formulas": list(map(str, self.formulas)),
            "digits": self.digits,
            "rounding": self.rounding,
            "two_way": self.two_way,
            "header": self.header,
            "rows": self.rows(),
            "basis": self.basis,
        }

    def __str__(self) -> str:
        rows = [self.header, *self.rows()]
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        return "\n".join(
            "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
            for row in rows
        )

    def __repr__(self) -> str:
        return f"<Table of {', '.join(map(str, self.formulas))}: {len(self.places)} rows>"


def _head_latex(formula: Expr) -> str:
    """A formula in LaTeX that is read back as the same; else as the grammar writes it."""
    from bounds.certify.language.latex import from_latex, to_latex

    text = to_latex(formula)
    try:
        same = from_latex(text) == formula
    except InputError:
        same = False
    return text if same else str(formula)


def _around(value: Expr, entry: str, rounding: Rounding) -> list[Comparison]:
    """That a value lies where it is rounded to an entry."""
    middle, unit = Fraction(entry), unit_of(entry)
    low, high = {"down": (0, 1), "up": (-1, 0)}.get(rounding, (Fraction(-1, 2), Fraction(1, 2)))
    return [
        Comparison(number(middle + low * unit), "<=", value),
        Comparison(value, "<=", number(middle + high * unit)),
    ]


def unit_of(entry: str) -> Fraction:
    """One unit of the last digit of a decimal."""
    mantissa, _, exponent = entry.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return Fraction(10) ** (int(exponent or 0) - decimals)


def _constant_text(e: Expr) -> str:
    from bounds.certify.exact import show_exact

    return show_exact(e.value) if e.is_number else str(e)


def table(
    formulas: object,
    over: object,
    *,
    digits: int = 5,
    rounding: Rounding = "nearest",
    two_way: bool = False,
) -> Table:
    """A table of one or more formulas over parameters, every digit proved.

    Args:
        formulas: one expression such as `"Phi(x)"`, or a list of them.
        over: the grid: text such as `"x = 0..3 by 1/10, n in {1, 2, 5}"`, or a mapping of names to
            lists of constants. The last parameter moves fastest.
        digits: digits after the point; for rounding="significant", significant digits.
        rounding: "nearest" (a tie goes up), "down" (towards minus infinity), "up",
            or "significant".
        two_way: print one formula in two parameters with the first down and the second across.

    Returns:
        A `Table`.

    Raises:
        InputError: a formula or the grid is not read.
        DomainError: a formula has no value at a point.
        Inconclusive: a digit is not decided.
    """
    given = [formulas] if isinstance(formulas, str | Expr) else read_list(formulas, "formulas")
    columns = tuple(read_expression(one) for one in given)
    if not columns:
        raise InputError("a table needs a formula, such as 'Phi(x)'")
    grid = read_grid(over)
    read_digits(digits)
    how: Any = read_name(rounding, ROUNDINGS, "rounding")
    free = frozenset().union(*(column.free for column in columns))
    missing = sorted(free - set(grid))
    if missing:
        raise InputError(f"the grid has no {missing[0]}: add '{missing[0]} = 0..1 by 1/10'")
    if two_way and (len(grid) != 2 or len(columns) != 1):
        raise InputError(
            "a two-way table has one formula and two parameters, as in 'x = 0..1 by 1/4, n = 0..2'"
        )
    places = tuple(product(*grid.values()))
    made = [Formula(column) for column in columns]
    entries = []
    for place in places:
        at = dict(zip(grid, place, strict=True))
        entries.append(tuple(_entry(one, at, digits, how) for one in made))
    return Table(tuple(grid), columns, places, tuple(entries), digits, how, two_way=two_way)


def _entry(formula: Formula, place: Mapping[str, Expr], digits: int, rounding: Rounding) -> str:
    try:
        return rounded(formula, place, digits, rounding)[0]
    except BoundsError as error:
        told = ", ".join(f"{name} = {value}" for name, value in place.items())
        error.add_note(f"at {told}")
        raise


def read_grid(over: object) -> dict[str, tuple[Expr, ...]]:
    """The values of each parameter.

    Raises:
        InputError: it is not read, is empty, or has too many points.
    """
    if isinstance(over, str):
        grid = dict(_item(text) for text in _items(over))
    elif isinstance(over, Mapping):
        grid = {
            str(name): tuple(
                _constant(value) for value in read_list(values, f"the values of {name}")
            )
            for name, values in over.items()
        }
    else:
        raise InputError(f"a grid is a text such as 'x = 0..3 by 1/10', not {shown(over)}")
    count = 1
    for name, values in grid.items():
        if not can_be_variable(name):
            raise InputError(f"{name!r} cannot be the name of a parameter")
        if not values:
            raise InputError(f"{name} has no value")
        count *= len(values)
    if count > MOST_ROWS:
        raise InputError(f"the grid has {count:,} points: ask for at most {MOST_ROWS:,}")
    return grid


def _items(text: str) -> Sequence[str]:
    """The items of a grid: commas inside brackets separate nothing."""
    items, depth, start = [], 0, 0
    for i, letter in enumerate(text):
        depth += letter in "({["
        depth -= letter in ")}]"
        if letter == "," and depth == 0:
            items.append(text[start:i])
            start = i + 1
    return [*items, text[start:]]


def _item(text: str) -> tuple[str, tuple[Expr, ...]]:
    found = _ITEM.fullmatch(text)
    if found is None:
        raise InputError(
            f"{text.strip()[:60]!r} is no item of a grid: write 'x = 0..3 by 1/10' or"
            " 'x in {1, 2, 5}'"
        )
    name, _, values = found.groups()
    values = values.strip()
    if values.startswith("{") and values.endswith("}"):
        return name, tuple(_constant(part) for part in _items(values[1:-1]))
    ends = _RANGE.fullmatch(values)
    if ends is None:
        return name, (_constant(values),)
    low, high, step = (_rational(part, name) for part in (*ends.groups()[:2], ends[3] or "1"))
    if step <= 0 or high < low:
        raise InputError(f"{name} = {values}: the first end is the lower one, and the step above 0")
    count = (high - low) / step
    if count > MOST_ROWS:
        raise InputError(f"{name} has more than {MOST_ROWS:,} values: use a wider step")
    return name, tuple(number(low + i * step) for i in range(int(count) + 1))


def _constant(value: object) -> Expr:
    read = (
        number(value)
        if isinstance(value, int | Fraction)
        else read_expression(str(value) if isinstance(value, float) else value)
    )
    if read.free:
        raise InputError(f"{read} is no constant")
    return read


def _rational(text: str, name: str) -> Fraction:
    read = _constant(text.strip())
    if not read.is_number:
        raise InputError(f"{name}: the ends and the step of a range are rational, not {read}")
    return read.value
