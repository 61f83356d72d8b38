"""A claim of a ledger as data: which keys each kind has, and what the engine reads in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, TypeAlias

from bounds.certify.errors import BoundsError
from bounds.certify.language.domain import Domain, parse_domain
from bounds.certify.language.expression import Expr
from bounds.certify.language.functions import can_be_variable
from bounds.certify.language.statement import Statement
from bounds.certify.quantities.proving import read_expression, read_where
from bounds.certify.quantities.table_files import Decimal, read_decimal
from proofs_check.audit.ledger.abbreviations import Abbreviations
from proofs_check.audit.ledger.source import LedgerError, Source, Table

Rounding: TypeAlias = Literal["nearest", "down", "up", "truncated"]
ROUNDINGS: tuple[Rounding, ...] = ("nearest", "down", "up", "truncated")

SECONDS: Mapping[str, float] = {"easy": 60.0, "hard": 300.0}
"""How long a claim is tried, where it says no `time`."""

KINDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    kind: (frozenset(needed.split()), frozenset(allowed.split()))
    for kind, needed, allowed in (
        ("inequality", "statement", "for sharpen cuts"),
        ("identity", "statement", "for cuts"),
        ("constant", "expression printed", "rounding"),
        ("table", "", "file rows columns statement for rounding"),
        ("monotone", "expression variable direction", "strict for"),
        ("convex", "expression variable shape", "strict for"),
        ("root", "equation", "variable for printed rounding count"),
        ("supremum", "expression of", "for printed rounding value attained"),
        ("definition", "expression", "for"),
        ("words", "argument", "statement for"),
        ("check", "check", "statement for"),
    )
}
"""Each kind of claim: the keys that it needs, and those that it may have."""

_COMMON_NEEDED = ("id", "where", "kind")
_COMMON = ("title", "latex", "rests_on", "difficulty", "time", "note")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(KINDS),
    "difficulty": tuple(SECONDS),
    "rounding": ROUNDINGS,
    "direction": ("increasing", "decreasing"),
    "shape": ("convex", "concave"),
    "of": ("supremum", "infimum", "maximum", "minimum"),
}
_TYPES: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "rests_on": (list, 'a list of ids, as in ["lemma-1"]'),
    "time": ((int, float), "a number of seconds"),
    "strict": (bool, "true or false"),
    "attained": (bool, "true or false"),
    "count": (int, "a whole number"),
    "rows": (list, 'a list of rows, as in ["0, 0.50000", "1, 0.84134"]'),
    "cuts": (list, 'a list of points, as in ["x = 1"]'),
    "columns": (list, 'a list of names and formulas, as in ["x", "Phi(x)"]'),
}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_TIME = 86_400


@dataclass(frozen=True, eq=False)
class Entry:
    """A claim of a ledger, each text of which the engine has read.

    Attributes:
        source: the ledger.
        table: the claim's table in it.
        words: the abbreviations of the ledger.
        data: the keys of the claim; in an altered one they differ from the table's.
        premises: the claims that it rests on, as far as they are data, by their names in it.
    """

    source: Source
    table: Table
    words: Abbreviations
    data: Mapping[str, Any] = field(default_factory=dict)
    premises: dict[str, Entry] = field(default_factory=dict, repr=False)

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def get(self, key: str, other: Any = None) -> Any:
        """What the claim says under a key, or something else."""
        return self.data.get(key, other)

    @property
    def id(self) -> str:
        """The claim's name."""
        return str(self.data["id"])

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        return str(self.data["kind"])

    @property
    def seconds(self) -> float:
        """How long it is tried."""
        return float(self.get("time", SECONDS[self.get("difficulty", "easy")]))

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The ids of the claims under it."""
        return tuple(self.get("rests_on", ()))

    def altered(self, **data: Any) -> Entry:
        """The same with other values of some keys."""
        return Entry(self.source, self.table, self.words, {**self.data, **data}, self.premises)

    def error(self, told: str, key: str | None = None) -> LedgerError:
        """The error at a key."""
        name = self.data.get("id")
        return self.source.error(told, self.table, key, name if isinstance(name, str) else None)

    # What the engine reads

    @cached_property
    def statement(self) -> Statement:
        """What an inequality or an identity claims, on its whole domain."""
        key = "equation" if self.kind == "root" else "statement"
        domain = self.domain
        read = self._read(key, lambda text: Statement.read(text, domain))
        assert isinstance(read, Statement)
        return read

    @cached_property
    def domain(self) -> Domain:
        """The stated hypotheses."""
        found = self._read("for", parse_domain) if "for" in self.data else Domain({})
        assert isinstance(found, Domain)
        return found

    @cached_property
    def expression(self) -> Expr:
        """The expression, whose variables all have a range."""
        found = self._read("expression", read_expression)
        assert isinstance(found, Expr)
        try:
            read_where(found, self.domain)
        except BoundsError as wrong:
            raise self.source.placed(wrong, self.table, "expression", self.id) from None
        return found

    @cached_property
    def value(self) -> Expr:
        """The exact value that is claimed of a supremum."""
        found = self._read("value", read_expression)
        assert isinstance(found, Expr)
        if found.free:
            raise self.error(f"{found} is no constant: a value has no variable", "value")
        return found

    @cached_property
    def printed(self) -> tuple[Decimal, ...]:
        """The printed decimals; of a root there may be several, with commas between them."""
        texts = str(self["printed"]).split(",") if self.kind == "root" else [self["printed"]]
        found = [self._read("printed", lambda _, one=one: read_decimal(one)) for one in texts]
        if None in found:
            raise self.error('write a decimal as it is printed, as in "0.66104"', "printed")
        return tuple(found)

    @cached_property
    def cuts(self) -> tuple[tuple[str, Expr], ...]:
        """The points at which a range is cut, so that each part is proved by itself."""
        return tuple(self._cut(text) for text in self.get("cuts", ()))

    def _cut(self, text: str) -> tuple[str, Expr]:
        name, sign, value = (part.strip() for part in text.partition("="))
        allowed = self.domain.ranges.get(name)
        if not sign or allowed is None or allowed.integer or name in self.domain.exists:
            raise self.error(
                f'{text[:40]!r} cuts no range: name a real variable and a point, as in "x = 1"',
                "cuts",
            )
        try:
            point = read_expression(self.words.expanded(value))
        except BoundsError as wrong:
            raise self.source.placed(wrong, self.table, "cuts", self.id) from None
        if point.free:
            raise self.error(f"the point {point} of a cut is no constant", "cuts")
        return name, point

    @cached_property
    def sharpened(self) -> str:
        """The statement with the constant ?C."""
        return str(self._read("sharpen", str))

    def _read(self, key: str, reader: Any) -> Any:
        """What a reader of the engine makes of a text."""
        try:
            return reader(self.words.expanded(self.data[key]))
        except LedgerError:
            raise
        except BoundsError as wrong:
            raise self.source.placed(wrong, self.table, key, self.id) from None

    @property
    def rounding(self) -> Rounding:
        """How printed numbers are rounded."""
        told: Rounding = self.get("rounding", "nearest")
        return told


def read_entry(source: Source, table: Table, words: Abbreviations) -> Entry:
    """A claim, if all its keys are known and are read.

    Raises:
        LedgerError: a key is missing, not known, or not read.
    """
    entry = Entry(source, table, words, dict(table.data))
    _require_keys(entry)
    _require_values(entry)
    _require_sense(entry)
    return entry


def _require_keys(entry: Entry) -> None:
    for key in _COMMON_NEEDED:
        if key not in entry.data:
            raise entry.error(f"the key {key!r} is missing: add `{key} = ...`")
    kind = entry["kind"]
    _require_choice(entry, "kind")
    needed, allowed = KINDS[kind]
    known = {*_COMMON_NEEDED, *_COMMON, *needed, *allowed}
    for key in entry.data:
        if key not in known:
            near = get_close_matches(key, known, 1)
            remedy = f"did you mean {near[0]}?" if near else f"it may have {_listed(known)}"
            raise entry.error(f"a claim of kind {kind} has no key {key!r}: {remedy}", key)
    for key in sorted(needed):
        if key not in entry.data:
            raise entry.error(f"a claim of kind {kind} needs the key {key!r}: add `{key} = ...`")


def _require_values(entry: Entry) -> None:
    for key, value in entry.data.items():
        kind, told = _TYPES.get(key, (str, "a text in quotes"))
        right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if not right:
            raise entry.error(f"{key} is {told}, not {str(value)[:40]!r}", key)
        if kind is str and not str(value).strip():
            raise entry.error(f"{key} is empty: write it, or leave the line out", key)
        if key in _CHOICES:
            _require_choice(entry, key)
    for key in ("rests_on", "columns", "cuts"):
        if not all(isinstance(one, str) for one in entry.get(key, ())):
            raise entry.error(f"{key} is {_TYPES[key][1]}", key)
    if not _ID.fullmatch(entry.id) or len(entry.id) > 80:
        raise entry.error("an id has lower case letters, digits and single hyphens", "id")
    if not 0 < entry.seconds <= _LONGEST_TIME:
        raise entry.error(f"the time is a number of seconds up to {_LONGEST_TIME}", "time")


def _require_choice(entry: Entry, key: str) -> None:
    choices = _CHOICES[key]
    if entry[key] not in choices:
        near = get_close_matches(str(entry[key]), choices, 1)
        hint = f"did you mean {near[0]}?" if near else f"it is one of {_listed(choices)}"
        raise entry.error(f"{key} {str(entry[key])[:40]!r} is not known: {hint}", key)


def _listed(words: Any) -> str:
    return ", ".join(sorted(words) if isinstance(words, set | frozenset) else words)


def _require_sense(entry: Entry) -> None:
    """Have the engine read each text now, so that no mistake waits for the decision."""
    kind = entry.kind
    if kind in ("inequality", "identity", "root"):
        statement = entry.statement
        relations = {c.relation for c in statement.comparisons}
        if kind == "identity" and relations != {"="}:
            raise entry.error("an identity has = in its statement: or is it an inequality?", "kind")
        if kind == "inequality" and relations == {"="}:
            raise entry.error("the statement is an equation: its kind is identity", "kind")
        if kind == "root" and (relations != {"="} or len(statement.comparisons) != 1):
            raise entry.error('an equation has one =, as in "cos(x) = x"', "equation")
    if kind in ("constant", "monotone", "convex", "supremum", "definition"):
        _ = entry.expression
    if kind == "constant" and entry.expression.free:
        names = ", ".join(sorted(entry.expression.free))
        raise entry.error(f"a constant has no variable, this one has {names}", "expression")
    if kind in ("monotone", "convex"):
        _require_variable(entry)
    if kind == "root":
        _require_one_variable(entry)
    _ = entry.cuts
    if "sharpen" in entry.data and not re.search(r"\?[A-Za-z]", entry["sharpen"]):
        raise entry.error('mark the constant, as in "1 - cos(x) <= ?C*x^2"', "sharpen")
    if "printed" in entry.data:
        _ = entry.printed
    if kind == "supremum":
        _require_value(entry)
    if kind == "table":
        from proofs_check.audit.ledger.tables import read_rows

        read_rows(entry)
    if kind == "check" and not re.fullmatch(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", entry["check"]):
        raise entry.error(
            'a check is "module:function", with the module beside the ledger', "check"
        )


def _require_variable(entry: Entry) -> None:
    name = entry["variable"]
    if not can_be_variable(name) or name not in entry.expression.free:
        known = ", ".join(sorted(entry.expression.free)) or "none"
        raise entry.error(
            f"{name[:40]!r} is no variable of the expression: it has {known}", "variable"
        )
    if entry.domain.exists:
        raise entry.error("`exists` is for inequalities: give every variable a range", "for")


def _require_one_variable(entry: Entry) -> None:
    domain = entry.statement.domain
    if len(domain.ranges) != 1 or domain.constraints or domain.exists:
        raise entry.error('a root is of one variable with a range, as in "x in [0, 10]"', "for")
    ((name, allowed),) = domain.ranges.items()
    if allowed.integer or name not in entry.statement.comparisons[0].free:
        raise entry.error(f"{name} is a real variable that the equation has", "for")
    if entry.get("variable", name) != name:
        raise entry.error(f"the variable of the domain is {name}", "variable")
    if entry.get("count", 1) < 0:
        raise entry.error("the count of roots is 0 or more", "count")


def _require_value(entry: Entry) -> None:
    if ("printed" in entry.data) == ("value" in entry.data):
        raise entry.error(
            'say what it is: printed = "0.36788", or value = "exp(-1)", one of the two', "of"
        )
    if "value" in entry.data:
        _ = entry.value
    if entry["of"] in ("maximum", "minimum") and entry.get("attained") is False:
        raise entry.error('a maximum or minimum is attained: of = "supremum" if not', "attained")


def cell(printed: Decimal, rounding: Rounding) -> tuple[Fraction, Fraction, bool, bool]:
    """The numbers that are rounded to a printed decimal: two ends, and whether each belongs to it.

    To the nearest, a number half way belongs to both its neighbours.
    """
    unit, value = Fraction(10) ** printed.power, printed.value
    if rounding == "truncated":
        if value == 0:
            return -unit, unit, False, False
        # step: towards 0 is up below 0 [true]
        rounding = "down" if value > 0 else "up"
    if rounding == "down":
        return value, value + unit, True, False
    if rounding == "up":
        return value - unit, value, False, True
    return value - unit / 2, value + unit / 2, True, True
