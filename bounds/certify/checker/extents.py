"""Extents: exact bounds of an expression by constants, from bounds of its parts.

Where `ranges` has rational ends, rounded outwards, these are constants as they are written, so that
e − e^(sin x) is seen to be at least 0, and π − atan x − atan y to be positive. An extent holds
every value that an expression takes where it is defined; of an end that is open, none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import (
    MINUS_ONE,
    ONE,
    ZERO,
    Node,
    add,
    call,
    multiply,
    number,
)
from bounds.certify.checker.goal import RULES, Goal
from bounds.certify.checker.pattern import fields, told_shortly
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.ranges import MONOTONE, Monotone, Range
from bounds.certify.checker.region import Region
from bounds.certify.checker.verdict import Rejected, Undecided

_MOST_POWER = 64


@dataclass(frozen=True, slots=True)
class Extent:
    """low < or ≤ value < or ≤ high; None is an infinite end, which is open."""

    low: Node | None = None
    high: Node | None = None
    low_open: bool = True
    high_open: bool = True


_LINE = Extent()


def negated(a: Extent) -> Extent:
    """−a."""
    low = None if a.high is None else -a.high
    high = None if a.low is None else -a.low
    return Extent(low, high, a.high_open, a.low_open)


def plus(a: Extent, b: Extent) -> Extent:
    """A + b."""
    low = None if a.low is None or b.low is None else add(a.low, b.low)
    high = None if a.high is None or b.high is None else add(a.high, b.high)
    return Extent(low, high, a.low_open or b.low_open, a.high_open or b.high_open)


class Extents:
    """Extents on a region, remembered.

    Args:
        region: the ranges of the variables; what its constraints say is not used.
    """

    def __init__(self, region: Region) -> None:
        self.region = region
        self._found: dict[Node, Extent] = {}

    @property
    def constants(self) -> Constants:
        """Signs of constants."""
        return self.region.constants

    def of(self, node: Node) -> Extent:
        """The extent of an expression.

        Raises:
            Undecided: two constants are not compared.
        """
        found = self._found.get(node)
        if found is None:
            self.constants.work.spend(5)
            found = self._found[node] = self._extent(node)
        return found

    def _extent(self, node: Node) -> Extent:
        head, args = node.head, node.args
        if not node.free:
            self.constants.sign(node)  # it is defined
            return Extent(node, node, False, False)
        if head == "variable":
            return self._variable(args[0])
        if head == "+":
            total = self.of(args[0])
            for arg in args[1:]:
                total = plus(total, self.of(arg))
            return total
        if head == "*":
            total = Extent(ONE, ONE, False, False)
            for arg, count in Counter(args).items():
                total = self._times(total, self._whole_power(self.of(arg), count))
            return total
        if head == "^" and args[1].head == "number":
            return self._power(self.of(args[0]), args[1].args[0])
        if head in MONOTONE:
            return self._monotone(head, self.of(args[0]))
        if head in ("sin", "cos"):
            # step: a wave attains its bounds [constant 1/2: True]
            return Extent(MINUS_ONE, ONE, False, False)
        if head in ("abs", "cosh"):
            return self._even(head, self._absolute(self.of(args[0])))
        if head == "phi":
            # step: phi falls with the size of its argument [last call 2/3]
            return self._falling(head, self._absolute(self.of(args[0])))
        return _of_range(self.region.ranges.of(node))

    def _variable(self, name: str) -> Extent:
        span = self.region.spans.get(name)
        if span is None:
            return _of_range(self.region.ranges.of(Node("variable", name)))
        # step: an end that belongs to a range is attained [minus 1/2: True]
        return Extent(span.low, span.high, not span.low_closed, not span.high_closed)

    # Signs and order of ends

    def _least(self, ends: list[Node]) -> Node:
        least = ends[0]
        for end in ends[1:]:
            if self.constants.compare(end, least) < 0:
                least = end
        return least

    def _sign(self, end: Node | None) -> int | None:
        return None if end is None else self.constants.sign(end)

    def _side(self, a: Extent) -> int:
        """1 where all values are ≥ 0, −1 where all are ≤ 0, else 0."""
        if a.low is not None and self.constants.sign(a.low) >= 0:
            return 1
        return -1 if a.high is not None and self.constants.sign(a.high) <= 0 else 0

    # Products and powers

    def _times(self, a: Extent, b: Extent) -> Extent:
        first, second = self._side(a), self._side(b)
        # step: a factor that is at most 0 turns a product [false]
        if first < 0:
            return negated(self._times(negated(a), b))
        if second < 0:
            return negated(self._times(a, negated(b)))
        # step: a multiple by a positive number keeps open ends [true 4/4]
        if a.low is not None and a.low is a.high and self._sign(a.low) == 1:
            return _mapped(b, lambda end: multiply(a.low, end))
        if first and second:
            return self._product(a, b)
        if a.low is None or a.high is None or b.low is None or b.high is None:
            return _LINE
        corners = [multiply(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
        low = self._least(corners)
        high = -self._least([-corner for corner in corners])
        # step: a product is between corners where a factor is between its ends [true 1/7]
        inside = (a.low_open and a.high_open) or (b.low_open and b.high_open)
        # step: 0 is no strict bound of a product [true 3/6]
        return Extent(low, high, inside and self._sign(low) == -1, inside and self._sign(high) == 1)

    def _product(self, a: Extent, b: Extent) -> Extent:
        """The product of two extents that are at least 0."""
        assert a.low is not None
        assert b.low is not None
        above = [self._sign(a.low) == 1, self._sign(b.low) == 1]
        if all(above):
            # step: a product of positive numbers is open where a factor is [true 1/3]
            low_open = a.low_open or b.low_open
        else:  # it is positive only if both are
            # step: a product that may be 0 is positive where both factors are [last condition 1/3]
            low_open = (a.low_open or above[0]) and (b.low_open or above[1])
        low = multiply(a.low, b.low) if all(above) else ZERO
        if a.high is None or b.high is None:
            return Extent(low, None, low_open, True)
        zero = 0 in (self._sign(a.high), self._sign(b.high))
        high = ZERO if zero else multiply(a.high, b.high)
        # step: 0 is the product of 0 and what is open [last condition 1/3]
        return Extent(low, high, low_open, not zero and (a.high_open or b.high_open))

    def _absolute(self, a: Extent) -> Extent:
        side = self._side(a)
        if side:
            # step: the size of a negative number is its negative [first choice]
            return a if side > 0 else negated(a)
        if a.low is None or a.high is None:
            return Extent(ZERO, None, False, True)
        order = self.constants.compare(-a.low, a.high)
        if order == 0:
            # step: a size is open where both ends are [last condition]
            return Extent(ZERO, a.high, False, a.low_open and a.high_open)
        # step: a size is bounded by the farther end [false]
        if order > 0:
            return Extent(ZERO, -a.low, False, a.low_open)
        return Extent(ZERO, a.high, False, a.high_open)

    def _power(self, a: Extent, exponent: Rational) -> Extent:
        # step: a power 0 is 1 [false]
        if exponent == 0:
            return Extent(ONE, ONE, False, False)
        # step: a negative power is an inverse [false]
        if exponent < 0:
            return self._inverse(self._power(a, -exponent))
        if exponent.denominator == 1:
            if exponent > _MOST_POWER:
                # step: an odd power beyond 64 may be negative [last choice]
                return _LINE if exponent % 2 else Extent(ZERO, None, False, True)
            return self._whole_power(a, int(exponent))
        base = a if self._side(a) > 0 else Extent(ZERO, a.high, False, a.high_open)
        return _mapped(base, lambda end: end ** number(exponent))

    def _whole_power(self, a: Extent, n: int) -> Extent:
        # step: an even power is one of the size [false]
        if n % 2 == 0:
            a = self._absolute(a)
        return _mapped(a, lambda end: end ** number(n))

    def _inverse(self, a: Extent) -> Extent:
        side = self._side(a)
        if side < 0:
            return negated(self._inverse(negated(a)))
        # step: 1/a is bounded where a has one sign [false 1/4]
        if not side or a.low is None:
            return _LINE
        low = ZERO if a.high is None else ONE / a.high
        high = None if self._sign(a.low) == 0 else ONE / a.low
        return Extent(low, high, a.high is None or a.high_open, high is None or a.low_open)

    # Functions

    def _monotone(self, head: str, a: Extent) -> Extent:
        shape = MONOTONE[head]
        low, low_open = self._end(head, shape, a.low, a.low_open, at_low=True)
        high, high_open = self._end(head, shape, a.high, a.high_open, at_low=False)
        # step: a falling function is least at the other end [false 1/2]
        if not shape.rises:
            low, high, low_open, high_open = high, low, high_open, low_open
        return Extent(low, high, low_open, high_open)

    def _end(
        self, head: str, shape: Monotone, end: Node | None, is_open: bool, *, at_low: bool
    ) -> tuple[Node | None, bool]:
        """The value or limit at an end, or at the end of the domain."""
        edge = shape.low if at_low else shape.high
        limit = shape.first if at_low else shape.last
        if end is not None and edge is not None:
            beyond = self.constants.compare(end, number(edge)) * (-1 if at_low else 1)
            if beyond > 0 or (beyond == 0 and not shape.attained):
                end, is_open = None, not shape.attained
        elif end is None:
            is_open = edge is None or not shape.attained
        if end is not None:
            return call(head, end), is_open
        # step: Lambert's W attains its bound [false 1/3]
        if at_low and shape.reached:
            is_open = False
        return limit, limit is None or is_open

    def _even(self, head: str, size: Extent) -> Extent:
        return size if head == "abs" else _mapped(size, lambda end: call(head, end))

    def _falling(self, head: str, size: Extent) -> Extent:
        assert size.low is not None
        low = ZERO if size.high is None else call(head, size.high)
        return Extent(low, call(head, size.low), size.high is None or size.high_open, size.low_open)


def _mapped(a: Extent, grow: Any) -> Extent:
    """The values of an increasing function."""
    low = None if a.low is None else grow(a.low)
    high = None if a.high is None else grow(a.high)
    return Extent(low, high, a.low_open, a.high_open)


def _of_range(own: Range) -> Extent:
    low = None if own.low is None else number(own.low)
    high = None if own.high is None else number(own.high)
    return Extent(low, high, own.low_open, own.high_open)


def _bounded(goal: Goal, rest: dict[str, Any]) -> None:
    """F is at least a constant that is made of bounds of its parts, and that is not negative."""
    fields(rest)
    goal.need(">", ">=")
    try:
        own = Extents(goal.region).of(goal.f)
    except Undecided as error:
        raise Rejected(f"two bounds are not compared: {error}") from None
    if own.low is None:
        raise Rejected("no lower bound is seen", told_shortly(goal.f))
    sign = goal.constants.sign(own.low)
    # step: a bound that proves a goal is not negative [false]
    if sign < 0:
        raise Rejected("the lower bound is negative", told_shortly(own.low))
    # step: a bound 0 that may be attained proves no strict goal [false 1/5]
    if sign == 0 and goal.relation == ">" and not own.low_open:
        raise Rejected("the lower bound may be attained", told_shortly(own.low))


RULES["bounded"] = _bounded
