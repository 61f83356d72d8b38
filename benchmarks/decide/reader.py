"""Reads a claim and a domain into trees that adapters translate and the sampler evaluates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

CONSTANTS = ("pi", "e", "euler_gamma")
BINDERS = ("integral", "sum")
INFINITE = {"inf": 1, "oo": 1, "+inf": 1, "+oo": 1, "-inf": -1, "-oo": -1}
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z]\w*)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/^<>=(),]))"
)


class ReadError(ValueError):
    """Text that is not in the grammar."""


@dataclass(frozen=True)
class Node:
    """A node: number, variable, constant, + - * / ^, negative, or a function by its name."""

    op: str
    args: tuple[Node, ...] = ()
    value: Fraction | str | None = None

    def variables(self) -> set[str]:
        """The free variables."""
        if self.op == "variable":
            return {str(self.value)}
        if self.op in BINDERS:
            body, bound, low, high = self.args
            inner = body.variables() - bound.variables()
            return inner | low.variables() | high.variables()
        return set().union(*(part.variables() for part in self.args))

    def walk(self) -> Iterator[Node]:
        """Every node, this one first."""
        yield self
        for part in self.args:
            yield from part.walk()


@dataclass(frozen=True)
class Comparison:
    """Two sides and the relation between them: < <= > >= = or !=."""

    left: Node
    relation: str
    right: Node

    def variables(self) -> set[str]:
        """The free variables of both sides."""
        return self.left.variables() | self.right.variables()


@dataclass(frozen=True)
class Range:
    """An interval of one variable; an end that is None is infinite."""

    low: Node | None = None
    low_open: bool = True
    high: Node | None = None
    high_open: bool = True


@dataclass
class Domain:
    """Ranges (several for one variable intersect), constraints, whole numbers, existentials."""

    ranges: dict[str, list[Range]] = field(default_factory=dict)
    constraints: list[Comparison] = field(default_factory=list)
    integers: set[str] = field(default_factory=set)
    exists: set[str] = field(default_factory=set)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while text[position:].strip():
            match = _TOKEN.match(text, position)
            if not match:
                raise ReadError(f"{text[position:]!r} in {text!r} is not in the grammar")
            kind = match.lastgroup
            assert kind is not None
            self.tokens.append((kind, match.group(kind)))
            position = match.end()
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        """The next token, if it is one of these; otherwise nothing."""
        if self.at < len(self.tokens) and self.peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise ReadError(f"{wanted!r} expected before {self.peek()!r} in {self.text!r}")

    def statement(self) -> list[Comparison]:
        found = self.comparison()
        while self.take("and", ","):
            found += self.comparison()
        if self.at < len(self.tokens):
            raise ReadError(f"{self.peek()!r} is left over in {self.text!r}")
        return found

    def comparison(self) -> list[Comparison]:
        left, found = self.sum(), []
        while relation := self.take("<", "<=", ">", ">=", "=", "==", "!="):
            right = self.sum()
            found.append(Comparison(left, "=" if relation == "==" else relation, right))
            left = right
        if not found:
            raise ReadError(f"{self.text!r} compares nothing")
        return found

    def sum(self) -> Node:
        node = self.product()
        while sign := self.take("+", "-"):
            node = Node(sign, (node, self.product()))
        return node

    def product(self) -> Node:
        node = self.unary()
        while sign := self.take("*", "/"):
            node = Node(sign, (node, self.unary()))
        return node

    def unary(self) -> Node:
        if self.take("-"):
            return Node("negative", (self.unary(),))
        return self.unary() if self.take("+") else self.power()

    def power(self) -> Node:
        base = self.atom()
        return Node("^", (base, self.unary())) if self.take("^", "**") else base

    def atom(self) -> Node:
        if self.take("("):
            node = self.sum()
            self.need(")")
            return node
        if self.at == len(self.tokens):
            raise ReadError(f"{self.text!r} ends too early")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Node("number", value=Fraction(text))
        if kind != "name":
            raise ReadError(f"{text!r} is out of place in {self.text!r}")
        if self.take("("):
            args = [self.sum()]
            while self.take(","):
                args.append(self.sum())
            self.need(")")
            return Node(text, tuple(args))
        if text in CONSTANTS:
            return Node("constant", value=text)
        return Node("variable", value=text)


def expression(text: str) -> Node:
    """One expression."""
    parser = _Parser(text)
    node = parser.sum()
    if parser.at < len(parser.tokens):
        raise ReadError(f"{parser.peek()!r} is left over in {text!r}")
    return node


def claim(text: str) -> list[Comparison]:
    """The comparisons that must all hold; a chain is one for each sign."""
    return _Parser(text).statement()


def _items(text: str) -> list[str]:
    """Parts at commas and the word `and` outside brackets; (a, b] counts as one pair."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        cut = 1 if character == "," else 5 if text.startswith(" and ", position) else 0
        if depth == 0 and cut:
            parts.append(text[start:position])
            start = position + cut
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]


def end(text: str) -> Node | None:
    """An end of an interval; None for an infinite one."""
    return None if text.strip() in INFINITE else expression(text)


def interval(text: str) -> Range:
    """The range that (a, b], [a, inf) and the like say."""
    opening, inner, closing = text[0], text[1:-1], text[-1]
    if opening not in "([" or closing not in ")]":
        raise ReadError(f"{text!r} is no interval")
    low, high = _items(inner)
    return Range(end(low), opening == "(", end(high), closing == ")")


def domain(text: str) -> Domain:
    """Ranges, constraints, whole numbers and existentials."""
    found = Domain()
    for whole in _items(text.removeprefix("for all ")):
        item = whole.removeprefix("exists ")
        before = set(found.ranges)
        if match := re.fullmatch(r"(\w+) in (.+)", item):
            found.ranges.setdefault(match[1], []).append(interval(match[2]))
        elif match := re.fullmatch(r"(\w+) (real|integer)", item):
            found.ranges.setdefault(match[1], [])
            if match[2] == "integer":
                found.integers.add(match[1])
        else:
            for part in claim(item):
                _bound(found, part)
        if item != whole:
            found.exists |= set(found.ranges) - before
    for part in found.constraints:
        for name in part.variables():
            found.ranges.setdefault(name, [])
    return found


def _bound(found: Domain, part: Comparison) -> None:
    """A comparison of a bare variable with a constant is a range; any other is a constraint."""
    left, relation, right = part.left, part.relation, part.right
    if right.op == "variable" and not left.variables():
        left, relation, right = right, FLIPPED[relation], left
    if left.op != "variable" or right.variables() or relation in ("=", "!="):
        found.constraints.append(part)
        return
    strict = len(relation) == 1
    ranges = found.ranges.setdefault(str(left.value), [])
    if relation[0] == "<":
        ranges.append(Range(high=right, high_open=strict))
    else:
        ranges.append(Range(low=right, low_open=strict))
