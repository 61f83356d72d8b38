"""Intervals and domains from text: `x in (0, inf), y in [0, 1), y < x, n integer`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import Node, told
from bounds.certify.checker.grammar import Comparison, Reader, chain, read_name, tokens
from bounds.certify.checker.number import shown
from bounds.certify.checker.region import Constraint, Region, Span
from bounds.certify.checker.verdict import Rejected, Undecided

MOST_VARIABLES = 16


@dataclass(frozen=True, slots=True)
class Domain:
    """What a statement is claimed for.

    Attributes:
        region: the ranges of all variables, and the constraints.
        exists: the variables for which one value is enough.
        text: the domain in the checker's words.
    """

    region: Region
    exists: tuple[str, ...]
    text: str


def read_interval(text: object, constants: Constants) -> Span:
    """An interval such as (0, inf) or [1/2, pi].

    Raises:
        Rejected: it is malformed, or its ends are not in order.
    """
    reader = Reader(tokens(text))
    span = _interval(reader, constants)
    reader.end()
    return span


def _interval(reader: Reader, constants: Constants) -> Span:
    left = reader.take("(", "[")
    if left is None:
        raise Rejected("an interval begins with ( or [")
    low = _end(reader, constants, -1)
    reader.need(",")
    high = _end(reader, constants, 1)
    right = reader.take(")", "]")
    if right is None:
        raise Rejected("an interval ends with ) or ]")
    # step: a bracket closes a range [false 1/6]
    span = Span(low, high, left == "[" and low is not None, right == "]" and high is not None)
    if (left == "[" and low is None) or (right == "]" and high is None):
        raise Rejected("an infinite end does not belong to an interval")
    return _checked(span, constants)


def _checked(span: Span, constants: Constants) -> Span:
    """The span, if it is not empty."""
    if span.low is not None and span.high is not None:
        order = constants.compare(span.low, span.high)
        if order > 0 or (order == 0 and not (span.low_closed and span.high_closed)):
            raise Rejected("the ends of an interval are not in order")
        if order == 0:
            return replace(span, high=span.low)
    return span


def _end(reader: Reader, constants: Constants, side: int) -> Node | None:
    sign = reader.take("+", "-") if reader.words[reader.place + 1].text in ("inf", "oo") else None
    if reader.take("inf", "oo") is not None:
        if (-1 if sign == "-" else 1) != side:
            raise Rejected("an infinite end is on the wrong side")
        return None
    node = reader.sum()
    if node.free:
        raise Rejected(f"the end {shown(told(node))} of an interval is not a constant")
    try:
        constants.sign(node)
    except Undecided:
        raise Rejected(f"the end {shown(told(node))} is not proved to be defined") from None
    return node


class _Reading:
    def __init__(self, constants: Constants) -> None:
        self.constants = constants
        self.spans: dict[str, Span] = {}
        self.constraints: list[Comparison] = []
        self.exists: list[str] = []

    def allow(self, name: str, span: Span) -> None:
        """Intersect the range of a variable with another one."""
        own = self.spans.setdefault(name, Span())
        low, low_closed = own.low, own.low_closed
        if span.low is not None:
            order = 1 if low is None else self.constants.compare(span.low, low)
            if order > 0 or (order == 0 and not span.low_closed):
                low, low_closed = span.low, span.low_closed
        high, high_closed = own.high, own.high_closed
        if span.high is not None:
            order = -1 if high is None else self.constants.compare(span.high, high)
            if order < 0 or (order == 0 and not span.high_closed):
                high, high_closed = span.high, span.high_closed
        integer = own.integer or span.integer
        self.spans[name] = Span(low, high, low_closed, high_closed, integer)
        if len(self.spans) > MOST_VARIABLES:
            raise Rejected(f"a domain has at most {MOST_VARIABLES} variables")

    def item(self, reader: Reader) -> None:
        exists = reader.take("exists") is not None
        word, after = reader.next, reader.words[min(reader.place + 1, len(reader.words) - 1)]
        if word.sort == "name" and after.text in ("in", "real", "integer") and after.sort == "name":
            name = str(read_name(word.text).args[0])
            reader.place += 2
            if exists:
                self.exists.append(name)
            if after.text == "in":
                self.allow(name, _interval(reader, self.constants))
            else:
                self.allow(name, Span(integer=after.text == "integer"))
            return
        if exists:
            raise Rejected("exists is followed by a variable and its range")
        for link in chain(reader, self._side(reader)):
            self.link(link)

    def _side(self, reader: Reader) -> Node:
        return reader.sum()

    def link(self, link: Comparison) -> None:
        """One comparison: the range of a variable, or a constraint."""
        swapped = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
        pairs = (
            (link.left, link.relation, link.right),
            (link.right, swapped[link.relation], link.left),
        )
        for side, relation, other in pairs:
            if side.head == "variable" and not other.free and relation != "!=":
                try:
                    self.constants.sign(other)
                except Undecided:
                    raise Rejected("an end of a range is not proved to be defined") from None
                closed = relation != relation.strip("=") or relation == "="
                low = other if relation in (">", ">=", "=") else None
                high = other if relation in ("<", "<=", "=") else None
                # step: a domain x >= 0 is closed [false 1/6]
                self.allow(
                    side.args[0],
                    Span(low, high, closed and low is not None, closed and high is not None),
                )
                return
        for name in link.left.free | link.right.free:
            self.allow(name, Span())
        self.constraints.append(link)


def constraint_of(link: Comparison) -> Constraint:
    """A comparison as an expression that is compared with 0."""
    if link.relation in ("<", "<="):
        # step: a domain x*y <= 1 is not open [true]
        return link.right - link.left, ">" if link.relation == "<" else ">="
    return link.left - link.right, link.relation


def read_domain(text: object, constants: Constants) -> Domain:
    """The domain that a text says; an empty text is a domain without variables.

    Raises:
        Rejected: it is malformed, or a range is empty.
    """
    reader = Reader(tokens(text))
    reading = _Reading(constants)
    if reader.take("for") is not None:
        reader.need("all")
    while reader.next.sort != "end":
        reading.item(reader)
        if reader.take(",", "and") is None:
            reader.end()
    spans = {name: _checked(span, constants) for name, span in reading.spans.items()}
    constraints = tuple(constraint_of(link) for link in reading.constraints)
    region = Region(spans, constraints, constants=constants)
    items = [
        ("exists " if name in reading.exists else "") + span.told(name)
        for name, span in spans.items()
        if name not in reading.exists
    ]
    items += [
        f"{told(link.left)} {link.relation} {told(link.right)}" for link in reading.constraints
    ]
    items += [f"exists {spans[name].told(name)}" for name in reading.exists]
    return Domain(region, tuple(reading.exists), ", ".join(items))
