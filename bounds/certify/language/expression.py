"""Expressions as values: numbers, variables, sums, products, powers and functions.

An expression is a tree that never changes. Equal trees are one object, so that comparing and
memoising are cheap. There is no node for subtraction or division: a − b is a + (−1)·b, and a/b is
a·b^(−1). Rational numbers are folded, and sums and products are flat; nothing else is simplified,
so what a reader wrote can still be asked where it is defined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

from bounds.certify.errors import InputError

Operand: TypeAlias = "Expr | int | Fraction"

CONSTANTS = ("pi", "e", "euler_gamma")
"""Heads without arguments that stand for one number."""

BINDERS = {"integral": 4, "sum": 4}
"""integral(f, t, a, b) and sum(f, n, a, b): the second argument is the bound variable."""

_PRINTER: list[Callable[[Expr], str]] = [repr]
"""How an expression is printed; the module that prints puts itself here."""

_KNOWN: WeakValueDictionary[tuple[Any, ...], Expr] = WeakValueDictionary()


class Expr:
    """One node: a head and its arguments.

    Heads: "number" (one Fraction), "variable" (one name), "pi", "e", "euler_gamma" (none), "+", "*"
    (two or more expressions), "^" (base and exponent), or the name of a function.
    """

    __slots__ = ("__weakref__", "args", "free", "head")
    head: str
    args: tuple[Any, ...]
    free: frozenset[str]

    def __new__(cls, head: str, *args: Any) -> Expr:
        """The one node of this head and these arguments, with no simplification at all."""
        key = (head, *args)
        known = _KNOWN.get(key)
        if known is not None:
            return known
        self = object.__new__(cls)
        self.head, self.args = head, args
        if head == "variable":
            self.free = frozenset(args)
        elif head == "number":
            self.free = frozenset()
        else:
            self.free = frozenset().union(*(part.free for part in args))
            if head in BINDERS:
                body, bound, *ends = args
                self.free = (body.free - bound.free).union(*(end.free for end in ends))
        return _KNOWN.setdefault(key, self)

    def __reduce__(self) -> Any:
        return (Expr, (self.head, *self.args))

    @property
    def is_number(self) -> bool:
        """Whether it is written as a rational number."""
        return self.head == "number"

    @property
    def value(self) -> Fraction:
        """The rational number that it is."""
        return self.args[0]

    def __add__(self, other: Operand) -> Expr:
        return add(self, lift(other))

    def __radd__(self, other: Operand) -> Expr:
        return add(lift(other), self)

    def __sub__(self, other: Operand) -> Expr:
        return add(self, -lift(other))

    def __rsub__(self, other: Operand) -> Expr:
        return add(lift(other), -self)

    def __mul__(self, other: Operand) -> Expr:
        return multiply(self, lift(other))

    def __rmul__(self, other: Operand) -> Expr:
        return multiply(lift(other), self)

    def __truediv__(self, other: Operand) -> Expr:
        return multiply(self, raise_to(lift(other), MINUS_ONE))

    def __rtruediv__(self, other: Operand) -> Expr:
        return multiply(lift(other), raise_to(self, MINUS_ONE))

    def __neg__(self) -> Expr:
        return multiply(MINUS_ONE, self)

    def __pow__(self, other: Operand) -> Expr:
        return raise_to(self, lift(other))

    def __bool__(self) -> bool:
        raise InputError("an expression has no truth value: decide a statement about it")

    def __repr__(self) -> str:
        return f"<expression {_PRINTER[0](self)}>" if _PRINTER[0] is not repr else self.head

    def __str__(self) -> str:
        return _PRINTER[0](self)


def print_with(printer: Callable[[Expr], str]) -> None:
    """Let expressions print themselves by a function."""
    _PRINTER[0] = printer


def number(value: int | Fraction) -> Expr:
    """A rational number."""
    return Expr("number", Fraction(value))


def variable(name: str) -> Expr:
    """A variable."""
    return Expr("variable", name)


def lift(value: Operand) -> Expr:
    """An expression, or the one that an exact number is."""
    return value if isinstance(value, Expr) else number(value)


ZERO, ONE, MINUS_ONE = number(0), number(1), number(-1)
PI = Expr("pi")


def add(*terms: Expr) -> Expr:
    """A flat sum, its rational numbers added up; a sum of nothing is 0."""
    parts: list[Expr] = []
    constant = Fraction(0)
    for term in terms:
        for part in term.args if term.head == "+" else (term,):
            if part.is_number:
                constant += part.value
            else:
                parts.append(part)
    if constant or not parts:
        parts.append(number(constant))
    return parts[0] if len(parts) == 1 else Expr("+", *parts)


def multiply(*factors: Expr) -> Expr:
    """A flat product, its rational numbers multiplied, first; 0 times anything stays written."""
    parts: list[Expr] = []
    constant = Fraction(1)
    for factor in factors:
        for part in factor.args if factor.head == "*" else (factor,):
            if part.is_number:
                constant *= part.value
            else:
                parts.append(part)
    if constant != 1 or not parts:
        parts.insert(0, number(constant))
    return parts[0] if len(parts) == 1 else Expr("*", *parts)


def raise_to(base: Expr, exponent: Expr) -> Expr:
    """A power; of a rational number with a whole exponent, the number."""
    if exponent == ONE:
        return base
    if base.is_number and exponent.is_number and exponent.value.denominator == 1:
        power = exponent.value.numerator
        if abs(power) <= 4096 and (base.value or power > 0):
            return number(base.value**power)
    if base.head == "^" and base.args[1].is_number and exponent.is_number:
        inner, outer = base.args[1].value, exponent.value
        if inner.denominator == 1 and outer.denominator == 1 and inner > 0 and outer > 0:
            return raise_to(base.args[0], number(inner * outer))
    return Expr("^", base, exponent)


def call(name: str, *arguments: Operand) -> Expr:
    """A function of expressions, by name."""
    return Expr(name, *map(lift, arguments))


def substitute(expression: Expr, place: Mapping[str, Expr]) -> Expr:
    """The expression with expressions in place of variables; bound variables are left alone."""
    memo: dict[Expr, Expr] = {}

    def go(e: Expr) -> Expr:
        if not any(name in e.free for name in place):
            return e
        if e in memo:
            return memo[e]
        if e.head == "variable":
            result = place[e.args[0]]
        elif e.head in BINDERS:
            body, bound, *ends = e.args
            name = bound.args[0]
            inner = {k: v for k, v in place.items() if k != name}
            if any(name in value.free for value in inner.values()):
                fresh = variable(_fresh(name, inner.values(), body))
                body, bound = substitute(body, {name: fresh}), fresh
            result = Expr(e.head, substitute(body, inner), bound, *(go(end) for end in ends))
        else:
            result = rebuilt(e, tuple(go(part) for part in e.args))
        memo[e] = result
        return result

    return go(expression)


def _fresh(name: str, values: Iterable[Expr], body: Expr) -> str:
    taken = body.free.union(*(value.free for value in values))
    count = 1
    while f"{name}_{count}" in taken:
        count += 1
    return f"{name}_{count}"


def rebuilt(e: Expr, args: tuple[Any, ...]) -> Expr:
    """The node with other arguments, its numbers folded again."""
    if e.head == "+":
        return add(*args)
    if e.head == "*":
        return multiply(*args)
    if e.head == "^":
        return raise_to(*args)
    return Expr(e.head, *args)


MOST_TERMS, _MOST_PARTS = 40, 1_000
"""How many terms a sum has that is written out, and how many parts these have together."""


def written_out(e: Expr) -> Expr:
    """The expression with the terms of each sum from one number to another, if they are few.

    So the index is a number in each term, and x^0 is 1.
    """
    if e.head in ("number", "variable") or not e.args:
        return e
    args = tuple(written_out(part) for part in e.args)
    if e.head != "sum" or not (args[2].is_number and args[3].is_number):
        return rebuilt(e, args)
    first, last = args[2].value, args[3].value
    count = last - first + 1
    few = 0 <= count <= MOST_TERMS and count * _length(args[0]) <= _MOST_PARTS
    if first.denominator > 1 or last.denominator > 1 or not few:
        return rebuilt(e, args)
    name = args[1].args[0]
    return add(*(substitute(args[0], {name: number(first + k)}) for k in range(int(count))))


def _length(e: Expr) -> int:
    """How many parts an expression has, as it is written."""
    if e.head in ("number", "variable"):
        return 1
    return 1 + sum(map(_length, e.args))


def mapped(e: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The node with each of its arguments changed; leaves are left alone."""
    if e.head in ("number", "variable") or not e.args:
        return e
    return rebuilt(e, tuple(change(part) for part in e.args))
