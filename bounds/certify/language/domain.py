"""Domains: where the variables of a statement lie, read from text and printed back.

    domain  := item ( ("," | "and") item )*
    item    := ["exists"] variable "in" interval | variable "real" | variable "integer" | chain
    interval:= ("(" | "[") end "," end (")" | "]")

An item `x > 0`, or each link of `0 < x < 1`, whose one side is a variable and whose other side is a
constant sets the range of the variable; every other comparison is a constraint. Ranges of one
variable intersect. A variable without a range is real.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bounds.certify.errors import InputError, shown
from bounds.certify.language.comparison import Comparison as Comparison
from bounds.certify.language.comparison import Relation, chains
from bounds.certify.language.constants import check_real, order
from bounds.certify.language.expression import ZERO, Expr, number, variable
from bounds.certify.language.functions import INFINITY, can_be_variable
from bounds.certify.language.grammar import RELATIONS, Reader, Token

DomainLike: TypeAlias = "Domain | str | Mapping[Any, Any]"


@dataclass(frozen=True)
class Range:
    """An interval of real numbers, or the whole numbers in it; None is an infinite end."""

    low: Expr | None
    high: Expr | None
    low_open: bool
    high_open: bool
    integer: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is written as one number."""
        return self.low is not None and self.low is self.high

    @property
    def is_line(self) -> bool:
        """Whether both ends are infinite."""
        return self.low is None and self.high is None

    def __str__(self) -> str:
        low = "-inf" if self.low is None else str(self.low)
        high = "inf" if self.high is None else str(self.high)
        return f"{'(' if self.low_open else '['}{low}, {high}{')' if self.high_open else ']'}"


REALS = Range(None, None, True, True)
INTEGERS = Range(None, None, True, True, integer=True)


@dataclass(frozen=True, eq=True)
class Domain:
    """Ranges of variables, constraints between them, and which of them need only exist.

    Attributes:
        ranges: of every variable; those that are for all come before those that exist.
        constraints: comparisons that hold on the domain.
        exists: the variables for which one value is enough, whatever the others are.
    """

    ranges: Mapping[str, Range]
    constraints: tuple[Comparison, ...] = ()
    exists: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash((frozenset(self.ranges.items()), self.constraints, self.exists))

    def with_range(self, name: str, allowed: Range) -> Domain:
        """The domain with another range of one variable."""
        return replace(self, ranges={**self.ranges, name: allowed})

    def with_constraint(self, constraint: Comparison) -> Domain:
        """The domain with one more constraint."""
        return replace(self, constraints=(*self.constraints, constraint))

    def __str__(self) -> str:
        items = [text for name in self.ranges if name not in self.exists for text in self._of(name)]
        items += [chain_text(run) for run in chains(self.constraints)]
        for name in self.exists:
            first, *rest = self._of(name)
            items += [f"exists {first}", *rest]
        return ", ".join(items)

    def _of(self, name: str) -> list[str]:
        allowed = self.ranges[name]
        kind = [f"{name} integer"] if allowed.integer else [f"{name} real"] * allowed.is_line
        return kind + ([] if allowed.is_line else [f"{name} in {allowed}"])


def chain_text(run: Iterable[Comparison]) -> str:
    """The text a < b < c of the comparisons a < b and b < c."""
    text = ""
    for comparison in run:
        text = text or str(comparison.left)
        text += f" {comparison.relation} {comparison.right}"
    return text


def parse_domain(text: DomainLike) -> Domain:
    """The domain that a text says.

    Args:
        text: such as `"x in (0, 1], y > 0, y < x"`; or a mapping such as `{"x": (0, 1)}` (both ends
            belong to it; None, inf or -inf is no end), `{"x": "(0, 1]"}`, `{"x": "> 0"}`,
            `{"n": "integer"}`; or a domain. `y = root of y^3 + y = x in [0, 2]` is each y in the
            interval that solves the equation; without an interval, each real one.

    Raises:
        InputError: it is not read, or the domain is empty because two ends are in the wrong order.
    """
    if isinstance(text, Domain):
        return text
    if isinstance(text, Mapping):
        return _of_mapping(text)
    return _Items(text).domain()


class _Items(Reader):
    """The items of a domain, read one after the other."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.ranges: dict[str, Range] = {}
        self.constraints: list[Comparison] = []
        self.exists: list[str] = []

    def domain(self) -> Domain:
        """All of them."""
        if self.next.kind == "end":
            return Domain({})
        self.skip_for_all()
        while True:
            self.item()
            if not self.takes(",", "and"):
                break
        self.finish(None)
        mentioned = dict.fromkeys(self.ranges)
        for constraint in self.constraints:
            mentioned |= dict.fromkeys(sorted(constraint.free))
        for name in mentioned:
            self.ranges.setdefault(name, REALS)
        first = [name for name in mentioned if name not in self.exists]
        ranges = {name: self.tidy(name) for name in (*first, *self.exists)}
        return Domain(ranges, tuple(self.constraints), tuple(self.exists))

    def check_no_factor(self) -> None:
        """Where the name of a variable follows, a comma is missing rather than a sign."""
        begins = ("in", "real", "integer", *RELATIONS)
        if self.next.kind == "name" and self.after.text in begins:
            raise self.misread(f"a comma is missing before {self.next.text}")
        super().check_no_factor()

    def skip_for_all(self) -> None:
        """`for all`, `for`, `all` before an item say nothing new."""
        self.takes("for")
        self.takes("all")

    def item(self) -> None:
        """One item, of one variable or of several: `x, y in (0, 1)`."""
        self.skip_for_all()
        exists = self.takes("exists")
        start = self.next
        names: list[Token] = []
        if self.defines_root():
            if exists:
                raise self.misread("a root is defined, not chosen: leave out `exists`", start)
            self.root()
            return
        while self.next.kind == "name" and self.after.text == "," and self.is_shared():
            names.append(self.take())
            self.ranges.setdefault(names[-1].text, REALS)
            self.take()
        if self.next.kind == "name" and self.after.text in ("in", "real", "integer"):
            names.append(self.take())
            allowed = self.kind()
            for name in names:
                self.limit(name, allowed)
        else:
            named = self.chain(names)
            names += [Token("name", name, start.at) for name in sorted(named)]
        if exists:
            self.exists += [n.text for n in names if n.text not in self.exists]

    def defines_root(self) -> bool:
        """Whether `y = root of` comes next."""
        words = [token.text for token in self.tokens[self.position + 1 : self.position + 4]]
        return self.next.kind == "name" and words == ["=", "root", "of"]

    def root(self) -> None:
        """`y = root of y^3 + y = x in [0, 2]`: every y that solves the equation and is there.

        Where there is no such y nothing is claimed, and where there are several, of each.
        """
        name = self.take()
        self.position += 3
        start = self.next
        left = self.expression()
        right = self.expression() if self.takes("=") else ZERO
        if name.text not in (left - right).free:
            raise self.misread(f"{name.text} does not occur in the equation for it", start)
        self.constraints.append(Comparison(left, "=", right))
        self.limit(name, self.kind() if self.next.text == "in" else REALS)

    def is_shared(self) -> bool:
        """Whether only names follow, up to one with a range: `x, y in (0, 1)`, `x, y > 0`."""
        at = self.position
        while self.tokens[at].kind == "name" and self.tokens[at + 1].text == ",":
            at += 2
        if self.tokens[at].kind != "name" or self.tokens[at].text == "exists":
            return False
        return self.tokens[at + 1].text in ("in", "real", "integer", *RELATIONS)

    def kind(self) -> Range:
        """What follows the name of a variable."""
        word = self.take()
        if word.text == "real":
            return REALS
        if word.text == "integer":
            return INTEGERS
        if self.next.text in ("R", "reals") or self.next.text == "real":
            self.take()
            return REALS
        if self.next.text in ("Z", "integers"):
            self.take()
            return INTEGERS
        return self.interval()

    def interval(self) -> Range:
        """(a, b], with ends that may be infinite."""
        opening = self.take()
        if opening.text not in ("(", "[", "]"):
            raise self.misread("an interval is missing, such as (0, 1] or [0, inf)", opening)
        low = self.end(-1)
        if not self.takes(","):
            raise self.misread("an interval has two ends with a comma between them, such as (0, 1]")
        high = self.end(1)
        closing = self.take()
        if closing.text not in (")", "]", "["):
            raise self.misread("the interval is not closed: is a ')' or ']' missing?", closing)
        if low is None and opening.text == "[":
            raise self.misread("an infinite end is open: write (-inf", opening)
        if high is None and closing.text == "]":
            raise self.misread("an infinite end is open: write inf)", closing)
        found = Range(low, high, opening.text != "[", closing.text != "]")
        return self.not_empty(found, opening)

    def end(self, side: int) -> Expr | None:
        """A constant, or None for the infinity of this side."""
        start = self.next
        infinite = self.infinity()
        if infinite:
            if infinite != side:
                raise self.misread("this end is on the wrong side: write (-inf, inf)", start)
            return None
        result = self.expression()
        if result.free:
            raise self.misread(
                f"the end {result} is no constant: write a constraint, such as x < {result}", start
            )
        check_real(result)
        return result

    def infinity(self) -> int:
        """-1 or 1 if an infinity is read, else 0."""
        if self.next.text in INFINITY:
            self.take()
            return 1
        if self.next.text in ("-", "+") and self.after.text in INFINITY:
            sign = self.take()
            self.take()
            return -1 if sign.text == "-" else 1
        return 0

    def chain(self, shared: list[Token]) -> set[str]:
        """Comparisons, some of which set ranges; tells the variables whose range is set."""
        start = self.next
        sides: list[Expr | int] = [self.infinity() or self.expression()]
        signs: list[Token] = []
        while self.next.text in RELATIONS:
            signs.append(self.take())
            sides.append(self.infinity() or self.expression())
        if not signs:
            side = sides[0]
            told = f"{side} in (0, 1) or {side} real" if isinstance(side, Expr) else "x in (0, 1)"
            raise self.misread(f"this says nothing about a variable: did you mean {told}?", start)
        named: set[str] = set()
        for left, sign, right in zip(sides, signs, sides[1:], strict=False):
            named |= self.link(left, RELATIONS[sign.text], right, sign)
        for name in shared:
            if len(named) != 1 or len(signs) != 1:
                raise self.misread(f"{name.text} has no range: say it apart", name)
            only = next(iter(named))
            self.limit(name, self.ranges[only])
        return named

    def link(
        self, left: Expr | int, relation: Relation, right: Expr | int, sign: Token
    ) -> set[str]:
        """One comparison; an int is an infinity with its sign."""
        if isinstance(left, int) or isinstance(right, int):
            return self.unbounded(left, relation, right, sign)
        if not left.free and not right.free:
            raise self.misread(
                "a constant is compared with a constant: a variable is missing", sign
            )
        comparison = Comparison(left, relation, right)
        if left.head != "variable":
            comparison = comparison.turned
        name, end = comparison.left, comparison.right
        if name.head != "variable" or end.free or relation == "!=":
            self.constraints.append(Comparison(left, relation, right))
            return set()
        check_real(end)
        allowed = {
            "<": Range(None, end, True, True),
            "<=": Range(None, end, True, False),
            ">": Range(end, None, True, True),
            ">=": Range(end, None, False, True),
            "=": Range(end, end, False, False),
        }[comparison.relation]
        self.limit(Token("name", name.args[0], sign.at), allowed)
        return {name.args[0]}

    def unbounded(
        self, left: Expr | int, relation: Relation, right: Expr | int, sign: Token
    ) -> set[str]:
        """An end at infinity: x < inf says that x is a real number."""
        side = right if isinstance(left, int) else left
        infinite = left if isinstance(left, int) else right
        below = relation in ("<", "<=") if isinstance(right, int) else relation in (">", ">=")
        if isinstance(side, int) or side.head != "variable" or below != (infinite == 1):
            raise self.misread("infinity can only be an end of a range, as in 0 < x < inf", sign)
        self.limit(Token("name", side.args[0], sign.at), REALS)
        return {side.args[0]}

    def limit(self, name: Token, allowed: Range) -> None:
        """Intersect the range of a variable with another."""
        if not can_be_variable(name.text):
            raise self.misread(f"{name.text!r} cannot be the name of a variable", name)
        x = variable(name.text)
        old = self.ranges.get(name.text, REALS)
        low, low_open, kept = _tighter(old.low, old.low_open, allowed.low, allowed.low_open, 1)
        if kept:
            self.constraints.append(Comparison(x, ">" if allowed.low_open else ">=", *kept))
        high, high_open, kept = _tighter(
            old.high, old.high_open, allowed.high, allowed.high_open, -1
        )
        if kept:
            self.constraints.append(Comparison(x, "<" if allowed.high_open else "<=", *kept))
        result = Range(low, high, low_open, high_open, old.integer or allowed.integer)
        self.ranges[name.text] = self.not_empty(result, name)

    def not_empty(self, allowed: Range, token: Token) -> Range:
        """The range, if its ends are in order as far as is known."""
        if allowed.low is None or allowed.high is None:
            return allowed
        placed = order(allowed.low, allowed.high)
        if placed == 1 or (placed == 0 and (allowed.low_open or allowed.high_open)):
            turned = f": did you mean the ends {allowed.high}, {allowed.low}?" if placed else ""
            raise self.misread(f"no number is in {allowed}{turned}", token)
        return allowed

    def tidy(self, name: str) -> Range:
        """The range; that of whole numbers ends at whole numbers, where its ends are rational."""
        allowed = self.ranges[name]
        if not allowed.integer:
            return allowed
        low, high = allowed.low, allowed.high
        low_open, high_open = allowed.low_open, allowed.high_open
        if low is not None and low.is_number:
            least = math.floor(low.value) + 1 if low_open else math.ceil(low.value)
            low, low_open = number(least), False
        if high is not None and high.is_number:
            most = math.ceil(high.value) - 1 if high_open else math.floor(high.value)
            high, high_open = number(most), False
        result = Range(low, high, low_open, high_open, integer=True)
        if low is not None and high is not None and order(low, high) == 1:
            raise InputError(f"no whole number {name} is in {allowed}")
        return result


def _tighter(
    old: Expr | None, old_open: bool, new: Expr | None, new_open: bool, side: int
) -> tuple[Expr | None, bool, tuple[Expr, ...]]:
    """The stricter of two ends; and the new one once more, where their order is not known.

    Args:
        old: an end, None for infinite.
        old_open: whether it is left out.
        new: another.
        new_open: whether it is left out.
        side: 1 for low ends, of which the larger is stricter, -1 for high ones.
    """
    if new is None:
        return old, old_open, ()
    if old is None:
        return new, new_open, ()
    placed = order(new, old)
    if placed is None:
        return old, old_open, (new,)
    if placed == 0:
        return old, old_open or new_open, ()
    return (new, new_open, ()) if placed == side else (old, old_open, ())


def _of_mapping(ranges: Mapping[Any, Any]) -> Domain:
    items = [_item_text(str(name), allowed) for name, allowed in ranges.items()]
    return _Items(", ".join(items)).domain()


def _item_text(name: str, allowed: Any) -> str:
    if isinstance(allowed, Range):
        return f"{name} integer, {name} in {allowed}" if allowed.integer else f"{name} in {allowed}"
    if isinstance(allowed, str):
        text = allowed.strip()
        if text.lower() in ("real", "integer"):
            return f"{name} {text.lower()}"
        if text[:1] in ("(", "[", "]"):
            return f"{name} in {text}"
        if text[:1] in ("<", ">", "=", "≤", "≥", "!", "≠"):
            return f"{name} {text}"
        raise InputError(
            f"the range of {name} is an interval such as '(0, 1]', '> 0', 'real' or 'integer', not"
            f" {shown(allowed)}"
        )
    if isinstance(allowed, tuple | list) and len(allowed) == 2:
        low, high = (_end_text(name, end) for end in allowed)
        opening = "(" if low == "-inf" else "["
        return f"{name} in {opening}{low or '-inf'}, {high}{')' if high == 'inf' else ']'}"
    if all(hasattr(allowed, part) for part in ("start", "end", "left_open", "right_open")):
        from bounds.certify.language.sympy_form import interval_text

        return _item_text(name, interval_text(allowed))
    raise InputError(
        f"the range of {name} is a pair of ends or a text such as '(0, 1]', not {shown(allowed)}"
    )


def _end_text(name: str, end: Any) -> str:
    from bounds.certify.exact import read_rational, show_exact

    if isinstance(end, Expr):
        return str(end)
    if isinstance(end, str):
        return end
    if isinstance(end, float) and math.isinf(end):
        return "inf" if end > 0 else "-inf"
    return show_exact(read_rational(end, f"an end of {name}"))
