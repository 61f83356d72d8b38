"""Expressions of the checker: immutable trees in which equal parts are one object.

A node has a head and arguments. Heads: "number" (one exact fraction), "variable" (one name), the
constants "pi", "e" and "euler_gamma" (none), "+" and "*" (flat, two or more nodes), "^" (base and
exponent), and the names of functions. There is no node for a difference or a quotient: a − b is
a + (−1)·b, and a/b is a·b^(−1). Rational numbers are folded, and nothing else is simplified, so
that a text can still be asked where it is defined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import BeyondLimit

CONSTANTS = ("pi", "e", "euler_gamma")
"""Heads without arguments, each of which is one number."""

BINDERS = ("integral", "sum")
"""integral(f, t, a, b) and sum(f, n, a, b): the second argument is a variable that they bind."""

FUNCTIONS: dict[str, int] = (
    dict.fromkeys(
        (
            "exp", "expm1", "log", "log1p", "cbrt", "sin", "cos", "tan", "asin", "acos", "atan",
            "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "erfcx", "phi", "Phi",
            "quantile", "mills", "gamma", "loggamma", "digamma", "lambertw", "zeta", "abs", "floor",
            "sign",
        ),
        1,
    )
    | dict.fromkeys(
        (
            "atan2", "polygamma", "beta", "binomial", "gammap", "gammaq", "besseli", "besselj",
            "besselk",
        ),
        2,
    )
    | {"betai": 3, "hyp1f1": 3, "hyp2f1": 4, "integral": 4, "sum": 4, "min": -2, "max": -2}
)  # fmt: skip
"""Every function, with the number of its arguments: −2 is two or more."""

MOST_BITS = 65_536
"""The longest power of a number that is worked out; beyond, it is left as a power."""

_MOST_POWER = 4_096
_KNOWN: WeakValueDictionary[tuple[Any, ...], Node] = WeakValueDictionary()
_NO_NAMES: frozenset[str] = frozenset()

Operand: TypeAlias = "Node | int"


class Node:
    """One node; nodes are equal where they are the same object.

    Attributes:
        head: what it is.
        args: its arguments.
        free: the names of the variables that occur in it and are not bound.
    """

    __slots__ = ("__weakref__", "args", "free", "head")
    head: str
    args: tuple[Any, ...]
    free: frozenset[str]

    def __new__(cls, head: str, *args: Any) -> Node:
        """The one node of this head and these arguments."""
        key = (head, *args)
        known = _KNOWN.get(key)
        if known is not None:
            return known
        self = object.__new__(cls)
        self.head, self.args = head, args
        if head == "variable":
            self.free = frozenset(args)
        elif head == "number" or not args:
            self.free = _NO_NAMES
        elif head in BINDERS:
            body, bound, *ends = args
            self.free = (body.free - bound.free).union(*(end.free for end in ends))
        else:
            self.free = _NO_NAMES.union(*(part.free for part in args))
        return _KNOWN.setdefault(key, self)

    def __reduce__(self) -> Any:
        return Node, (self.head, *self.args)

    def __add__(self, other: Operand) -> Node:
        return add(self, lift(other))

    def __radd__(self, other: Operand) -> Node:
        return add(lift(other), self)

    def __sub__(self, other: Operand) -> Node:
        return add(self, -lift(other))

    def __rsub__(self, other: Operand) -> Node:
        return add(lift(other), -self)

    def __mul__(self, other: Operand) -> Node:
        return multiply(self, lift(other))

    def __rmul__(self, other: Operand) -> Node:
        return multiply(lift(other), self)

    def __truediv__(self, other: Operand) -> Node:
        return multiply(self, raise_to(lift(other), MINUS_ONE))

    def __rtruediv__(self, other: Operand) -> Node:
        return multiply(lift(other), raise_to(self, MINUS_ONE))

    def __neg__(self) -> Node:
        return multiply(MINUS_ONE, self)

    def __pow__(self, other: Operand) -> Node:
        return raise_to(self, lift(other))

    def __bool__(self) -> bool:
        raise TypeError("a node has no truth value")

    def __repr__(self) -> str:
        return f"<node {self.head} {self.args!r}>"


def number(value: Rational | int) -> Node:
    """An exact number."""
    return Node("number", gmpy2.mpq(value))


def variable(name: str) -> Node:
    """A variable."""
    return Node("variable", name)


def lift(value: Operand) -> Node:
    """A node, or the one of a whole number."""
    return value if isinstance(value, Node) else number(value)


ZERO, ONE, TWO, MINUS_ONE = number(0), number(1), number(2), number(-1)
HALF = number(gmpy2.mpq(1, 2))
PI, E, EULER_GAMMA = (Node(name) for name in CONSTANTS)


def add(*terms: Node) -> Node:
    """A flat sum, its numbers added up and last; a sum of nothing is 0."""
    parts: list[Node] = []
    constant = gmpy2.mpq(0)
    for term in terms:
        for part in term.args if term.head == "+" else (term,):
            if part.head == "number":
                constant += part.args[0]
            else:
                parts.append(part)
    if constant or not parts:
        parts.append(Node("number", constant))
    return parts[0] if len(parts) == 1 else Node("+", *parts)


def multiply(*factors: Node) -> Node:
    """A flat product, its numbers multiplied and first; 0 times anything stays written."""
    parts: list[Node] = []
    constant = gmpy2.mpq(1)
    for factor in factors:
        for part in factor.args if factor.head == "*" else (factor,):
            if part.head == "number":
                constant *= part.args[0]
            else:
                parts.append(part)
    if constant != 1 or not parts:
        parts.insert(0, Node("number", constant))
    return parts[0] if len(parts) == 1 else Node("*", *parts)


def raise_to(base: Node, exponent: Node) -> Node:
    """A power; of a number with a whole exponent, the number; of e, the function exp."""
    if exponent is ONE:
        return base
    if base is E:
        return Node("exp", exponent)
    if exponent.head == "number" and exponent.args[0].denominator == 1:
        power = int(exponent.args[0])
        if base.head == "number":
            value = base.args[0]
            length = max(value.numerator.bit_length(), value.denominator.bit_length())
            if (value or power > 0) and abs(power) * length <= MOST_BITS:
                return Node("number", value**power)
        if base.head == "^" and base.args[1].head == "number" and power > 0:
            inner = base.args[1].args[0]
            if inner.denominator == 1 and 0 < inner * power <= _MOST_POWER:
                return raise_to(base.args[0], number(inner * power))
    return Node("^", base, exponent)


def call(name: str, *arguments: Operand) -> Node:
    """A function, by name."""
    return Node(name, *map(lift, arguments))


def sqrt(base: Operand) -> Node:
    """The square root, which is the power 1/2."""
    return raise_to(lift(base), HALF)


def rebuilt(node: Node, args: tuple[Any, ...]) -> Node:
    """The node with other arguments, its numbers folded again."""
    if node.head == "+":
        return add(*args)
    if node.head == "*":
        return multiply(*args)
    if node.head == "^":
        return raise_to(*args)
    return Node(node.head, *args)


def substitute(node: Node, place: Mapping[str, Node]) -> Node:
    """The node with nodes in place of variables; bound variables stay, renamed where they clash."""
    names = frozenset(place)
    memo: dict[Node, Node] = {}

    def go(part: Node) -> Node:
        if names.isdisjoint(part.free):
            return part
        known = memo.get(part)
        if known is not None:
            return known
        if part.head == "variable":
            result = place[part.args[0]]
        elif part.head in BINDERS:
            body, bound, *ends = part.args
            name = bound.args[0]
            inner = {key: value for key, value in place.items() if key != name}
            if any(name in value.free for value in inner.values()):
                fresh = variable(_fresh(name, inner.values(), body))
                body, bound = substitute(body, {name: fresh}), fresh
            result = Node(part.head, substitute(body, inner), bound, *map(go, ends))
        else:
            result = rebuilt(part, tuple(go(arg) for arg in part.args))
        memo[part] = result
        return result

    return go(node)


def _fresh(name: str, values: Iterable[Node], body: Node) -> str:
    taken = body.free.union(*(value.free for value in values))
    count = 1
    while f"{name}_{count}" in taken:
        count += 1
    return f"{name}_{count}"


def parts_of(node: Node, most: int = 20_000) -> list[Node]:
    """Every different part of a node, each after its own parts.

    Raises:
        BeyondLimit: there are more than `most`.
    """
    seen: set[Node] = set()
    order: list[Node] = []
    waiting: list[tuple[Node, bool]] = [(node, False)]
    while waiting:
        part, done = waiting.pop()
        if done:
            order.append(part)
        elif part not in seen:
            seen.add(part)
            if len(seen) > most:
                raise BeyondLimit(f"an expression has more than {most:,} parts")
            waiting.append((part, True))
            if part.head not in ("number", "variable"):
                waiting.extend((arg, False) for arg in part.args)
    return order


_SUM, _PRODUCT, _ATOM = 0, 1, 2


def told(node: Node, most: int = 20_000) -> str:
    """The text of a node, from which `read_expression` makes the same node.

    Raises:
        BeyondLimit: it is longer than `most` characters.
    """
    memo: dict[tuple[Node, int], str] = {}

    def text(part: Node, level: int) -> str:
        key = (part, level)
        if key not in memo:
            inner, own = _written(part, text)
            memo[key] = result = f"({inner})" if own < level else inner
            if len(result) > most:
                raise BeyondLimit(f"the text of an expression has more than {most:,} characters")
        return memo[key]

    return text(node, _SUM)


def _written(node: Node, text: Any) -> tuple[str, int]:
    """The text of a node without brackets around it, and its level."""
    head, args = node.head, node.args
    if head == "number":
        value = args[0]
        if value < 0:
            return str(value), _SUM
        return str(value), _ATOM if value.denominator == 1 else _PRODUCT
    if head == "variable":
        return args[0], _ATOM
    if head == "+":
        first, *rest = args
        pieces = [text(first, _SUM)]
        for term in rest:
            piece = text(term, _SUM)
            pieces.append(f" - {piece[1:]}" if piece.startswith("-") else f" + {piece}")
        return "".join(pieces), _SUM
    if head == "*":
        return _product(args, text)
    if head == "^":
        base, exponent = args
        if exponent is HALF:
            return f"sqrt({text(base, _SUM)})", _ATOM
        if exponent is MINUS_ONE:
            return f"1/{_operand(base, text)}", _PRODUCT
        return f"{text(base, _ATOM)}^{text(exponent, _ATOM)}", _PRODUCT
    if not args:
        return head, _ATOM
    return f"{head}({', '.join(text(arg, _SUM) for arg in args)})", _ATOM


def _operand(node: Node, text: Any) -> str:
    """A factor or divisor: an atom, or a power of atoms."""
    if node.head == "^" and node.args[1] not in (HALF, MINUS_ONE):
        return text(node, _PRODUCT)
    return text(node, _ATOM)


def _product(args: tuple[Node, ...], text: Any) -> tuple[str, int]:
    first, *rest = args
    sign = ""
    if first.head == "number" and first.args[0] < 0:
        sign = "-"
        value = -first.args[0]
        pieces = [] if value == 1 else [str(value)]
    elif first.head == "number":
        pieces = [str(first.args[0])]
    else:
        pieces, rest = [], list(args)
    for factor in rest:
        if factor.head == "^" and factor.args[1] is MINUS_ONE:
            pieces.append(f"{'' if pieces else '1'}/{_operand(factor.args[0], text)}")
        else:
            pieces.append(f"{'*' if pieces else ''}{_operand(factor, text)}")
    return sign + "".join(pieces), _SUM if sign else _PRODUCT
