"""Ranges of expressions on unbounded and open intervals: what is seen from the form alone.

A range is an interval with rational or infinite ends, each open or not. It holds every value that
an expression takes where it is defined. Functions that are monotone are taken at the ends, by
enclosures that are rounded outwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import PI, Node, call, number
from bounds.certify.checker.precision import Rational, exact
from bounds.certify.checker.verdict import Undecided

_LONGEST = 400
_ZERO, _ONE = gmpy2.mpq(0), gmpy2.mpq(1)


@dataclass(frozen=True, slots=True)
class Range:
    """low < or ≤ value < or ≤ high; None is an infinite end, which is open."""

    low: Rational | None = None
    high: Rational | None = None
    low_open: bool = True
    high_open: bool = True

    @property
    def sign(self) -> int | None:
        """1, −1 or 0 where all values have this sign."""
        if self.low is not None and (self.low > 0 or (self.low == 0 and self.low_open)):
            return 1
        if self.high is not None and (self.high < 0 or (self.high == 0 and self.high_open)):
            return -1
        return 0 if self.low == 0 == self.high else None

    @property
    def weak(self) -> int | None:
        """1 where all values are ≥ 0, −1 where all are ≤ 0."""
        if self.low is not None and self.low >= 0:
            return 1
        return -1 if self.high is not None and self.high <= 0 else None


LINE = Range()
POSITIVE = Range(_ZERO, None)
Place: TypeAlias = "Mapping[str, Range]"


def point(value: Rational) -> Range:
    """One number."""
    return Range(value, value, False, False)


def negated(a: Range) -> Range:
    """−a."""
    low = None if a.high is None else -a.high
    high = None if a.low is None else -a.low
    return Range(low, high, a.high_open, a.low_open)


def plus(a: Range, b: Range) -> Range:
    """A + b."""
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    return Range(low, high, a.low_open or b.low_open, a.high_open or b.high_open)


End: TypeAlias = "tuple[int, Rational, bool]"
"""(0, number, open), or (±1, 0, True) for ±∞."""


def _ends(a: Range) -> tuple[End, End]:
    low = (-1, _ZERO, True) if a.low is None else (0, a.low, a.low_open)
    high = (1, _ZERO, True) if a.high is None else (0, a.high, a.high_open)
    return low, high


def _times(a: End, b: End) -> End:
    (s, x, p), (t, y, q) = a, b
    if not s and not t:
        # step: 0 times what is open is closed [first condition 1/10]
        opened = (p or q) and not ((x == 0 and not p) or (y == 0 and not q))
        return (0, x * y, opened)
    for infinite, value, opened in ((s, y if not t else None, q), (t, x if not s else None, p)):
        if infinite and value is not None:
            if value == 0:
                return (0, _ZERO, opened)
            return (infinite if value > 0 else -infinite, _ZERO, True)
    return (s * t, _ZERO, True)


def times(a: Range, b: Range) -> Range:
    """a·b, for all pairs of values."""
    corners = [_times(x, y) for x in _ends(a) for y in _ends(b)]
    least = min((s, v) for s, v, _ in corners)
    most = max((s, v) for s, v, _ in corners)
    # step: a product is open where all corners are [function: any]
    low_open = all(opened for s, v, opened in corners if (s, v) == least)
    high_open = all(opened for s, v, opened in corners if (s, v) == most)
    return Range(
        None if least[0] else least[1], None if most[0] else most[1],
        bool(least[0]) or low_open, bool(most[0]) or high_open,
    )  # fmt: skip


def inverse(a: Range) -> Range:
    """1/a, a ≠ 0."""
    if a.weak == 1:
        low, high = a.low, a.high
        # step: 1/x is closed where x is [true 4/10]
        return Range(
            _ZERO if high is None else 1 / high, None if not low else 1 / low,
            high is None or a.high_open, not low or a.low_open,
        )  # fmt: skip
    return negated(inverse(negated(a))) if a.weak == -1 else LINE


def power(a: Range, n: int) -> Range:
    """The powers a^n for a whole n ≥ 1."""
    # step: an even power is not monotone across 0 [true 2/3]
    if n % 2 and (a.weak is None):
        low = None if a.low is None else a.low**n
        high = None if a.high is None else a.high**n
        return Range(low, high, a.low_open, a.high_open)
    if a.weak == -1:
        a = negated(a)
        # step: an odd power of a negative number is negative [true]
        return power(a, n) if n % 2 == 0 else negated(power(a, n))
    if a.weak == 1:
        return Range(
            None if a.low is None else a.low**n, None if a.high is None else a.high**n,
            a.low_open, a.high_open,
        )  # fmt: skip
    if a.low is None or a.high is None:
        return Range(_ZERO, None, False)
    size = max(-a.low, a.high)
    opened = all(o for v, o in ((-a.low, a.low_open), (a.high, a.high_open)) if v == size)
    return Range(_ZERO, size**n, False, opened)


def meet(a: Range, b: Range) -> Range:
    """The values in both; where there is none, what is left of a."""
    low, low_open = a.low, a.low_open
    if b.low is not None and (low is None or b.low > low or (b.low == low and b.low_open)):
        low, low_open = b.low, b.low_open
    high, high_open = a.high, a.high_open
    if b.high is not None and (high is None or b.high < high or (b.high == high and b.high_open)):
        high, high_open = b.high, b.high_open
    if low is not None and high is not None and low > high:
        return a
    return Range(low, high, low_open, high_open)


def hull(a: Range, b: Range) -> Range:
    """The least range that holds both."""
    low, low_open = a.low, a.low_open
    # step: the hull of two ranges begins with the lower one [false 1/9]
    if low is not None and (b.low is None or b.low < low or (b.low == low and not b.low_open)):
        low, low_open = b.low, b.low_open
    high, high_open = a.high, a.high_open
    if high is not None and (
        b.high is None or b.high > high or (b.high == high and not b.high_open)
    ):
        high, high_open = b.high, b.high_open
    return Range(low, high, low_open, high_open)


def _short(a: Range) -> Range:
    """The range with shorter ends, rounded outwards."""

    def cut(value: Rational | None, up: bool) -> Rational | None:
        if value is None:
            return None
        size = max(value.numerator.bit_length(), value.denominator.bit_length())
        if size <= _LONGEST:
            return value
        # step: long ends are rounded outwards [false]
        mode = gmpy2.RoundUp if up else gmpy2.RoundDown
        return exact(gmpy2.mpfr(value, 64, gmpy2.context(precision=64, round=mode)))

    low, high = cut(a.low, False), cut(a.high, True)
    return Range(low, high, a.low_open, a.high_open)


@dataclass(frozen=True, slots=True)
class Monotone:
    """A monotone function: its domain, whether it rises, and its limits where that is open.

    Attributes:
        low, high: the ends of the domain, None for ±∞.
        rises: whether it is strictly increasing; else it is strictly decreasing.
        first, last: its values or limits at the two ends, None for ±∞ as it rises or falls.
        attained: whether the domain has its finite ends.
        reached: whether the first limit is a value, at an end of the domain that is not rational.
    """

    low: int | None
    high: int | None
    rises: bool
    first: Node | None
    last: Node | None
    attained: bool = False
    reached: bool = False


_N = {k: number(k) for k in (-1, 0, 1, 2)}
MONOTONE: dict[str, Monotone] = {
    "exp": Monotone(None, None, True, _N[0], None),
    "expm1": Monotone(None, None, True, _N[-1], None),
    "log": Monotone(0, None, True, None, None),
    "log1p": Monotone(-1, None, True, None, None),
    "cbrt": Monotone(None, None, True, None, None),
    "atan": Monotone(None, None, True, -PI / 2, PI / 2),
    "asin": Monotone(-1, 1, True, -PI / 2, PI / 2, attained=True),
    "acos": Monotone(-1, 1, False, PI, _N[0], attained=True),
    "sinh": Monotone(None, None, True, None, None),
    "tanh": Monotone(None, None, True, _N[-1], _N[1]),
    "asinh": Monotone(None, None, True, None, None),
    "acosh": Monotone(1, None, True, _N[0], None, attained=True),
    "atanh": Monotone(-1, 1, True, None, None),
    "erf": Monotone(None, None, True, _N[-1], _N[1]),
    "erfc": Monotone(None, None, False, _N[2], _N[0]),
    "erfcx": Monotone(None, None, False, None, _N[0]),
    "Phi": Monotone(None, None, True, _N[0], _N[1]),
    "mills": Monotone(None, None, False, None, _N[0]),
    "quantile": Monotone(0, 1, True, None, None),
    "digamma": Monotone(0, None, True, None, None),
    "lambertw": Monotone(None, None, True, _N[-1], None, reached=True),
    "zeta": Monotone(1, None, False, None, _N[1]),
}


class Ranges:
    """Ranges of expressions at a place, remembered.

    Args:
        place: the range of each variable.
        constants: enclosures of constants.
        known: the sign of an expression that is known otherwise, or None.
    """

    def __init__(
        self,
        place: Place,
        constants: Constants,
        known: Callable[[Node], int | None] | None = None,
    ) -> None:
        self.place, self.constants, self.known = place, constants, known
        self._found: dict[Node, Range] = {}

    def of(self, node: Node) -> Range:
        """The range of an expression."""
        found = self._found.get(node)
        if found is None:
            self.constants.work.spend(5)
            self._found[node] = LINE  # what is asked for meanwhile is not known
            try:
                found = _short(self._range(node))
            except Undecided:  # an enclosure at an end is not found
                found = LINE
            if self.known is not None and found.sign is None:
                sign = self.known(node)
                if sign == 1:
                    found = meet(found, POSITIVE)
                elif sign == -1:
                    found = meet(found, negated(POSITIVE))
            self._found[node] = found
        return found

    def _range(self, node: Node) -> Range:
        head, args = node.head, node.args
        if head == "number":
            return point(args[0])
        if head == "variable":
            return self.place.get(args[0], LINE)
        if not node.free:
            return self._constant(node)
        if head == "+":
            total = self.of(args[0])
            for arg in args[1:]:
                total = plus(total, self.of(arg))
            return total
        if head == "*":
            total = point(_ONE)
            for arg, count in Counter(args).items():
                total = times(total, power(self.of(arg), count))
            return total
        if head == "^":
            return self._power(*args)
        if head in MONOTONE:
            return self._monotone(head, self.of(args[0]))
        if head in _SPECIAL:
            return _SPECIAL[head](self, *args)
        return LINE

    def _constant(self, node: Node) -> Range:
        try:
            low, high = self.constants.rational_hull(node)
        except Undecided:
            return LINE
        return Range(low, high, False, False)

    def _power(self, base: Node, exponent: Node) -> Range:
        own = self.of(base)
        if exponent.head == "number":
            value = exponent.args[0]
            if value.denominator == 1 and abs(value) <= 64:
                n = int(value)
                if n == 0:
                    return point(_ONE)
                return power(own, n) if n > 0 else inverse(power(own, -n))
            if value.denominator != 1:
                return self._root(meet(own, Range(_ZERO, None, value < 0)), value)
            # step: a high odd power may be negative [last choice]
            return LINE if value % 2 else Range(_ZERO, None, bool(value < 0))
        if base.free:
            logs = self._monotone("log", meet(own, POSITIVE))
        else:
            logs = self._constant(call("log", base))
        found = self._monotone("exp", times(self.of(exponent), logs))
        # step: a power of a base that may be 0 may be 0 [first choice]
        return found if own.sign == 1 else hull(found, point(_ZERO))  # 0^y = 0 for y > 0

    def _root(self, own: Range, exponent: Rational) -> Range:
        """t^q for t ≥ 0, which is monotone."""

        def end(value: Rational | None) -> tuple[Rational, Rational] | None:
            if value is None:
                return None
            if value == 0:
                return (_ZERO, _ZERO)
            return self.constants.rational_hull(number(value) ** number(abs(exponent)))

        if own.low is None or own.low < 0:
            return Range(_ZERO, None, exponent < 0)
        low, high = end(own.low), end(own.high)
        found = Range(
            None if low is None else low[0], None if high is None else high[1],
            own.low_open, own.high_open,
        )  # fmt: skip
        # step: a negative root falls [true]
        return found if exponent > 0 else inverse(found)

    def _monotone(self, head: str, own: Range) -> Range:
        shape = MONOTONE[head]
        inside = meet(own, Range(
            None if shape.low is None else gmpy2.mpq(shape.low),
            None if shape.high is None else gmpy2.mpq(shape.high),
            not shape.attained, not shape.attained,
        ))  # fmt: skip
        ends = []
        for value, limit, edge, opened, is_low in (
            (inside.low, shape.first, shape.low, inside.low_open, True),
            (inside.high, shape.last, shape.high, inside.high_open, False),
        ):
            at_edge = value is None or (value == edge and not shape.attained)
            if at_edge:
                hull_of = None if limit is None else self.constants.rational_hull(limit)
                # step: the least value of Lambert's W is one that it takes [true 1/4]
                ends.append((hull_of, not (is_low and shape.reached)))
            else:
                # step: the value at a closed end is taken [value 7/7: True]
                ends.append((self._value(head, value, shape, is_low), opened))
        # step: a falling function is least at the upper end [true 2/2]
        if not shape.rises:
            ends.reverse()
        (first, first_open), (last, last_open) = ends
        return Range(
            None if first is None else first[0], None if last is None else last[1],
            first is None or first_open, last is None or last_open,
        )  # fmt: skip

    def _value(
        self, head: str, value: Rational, shape: Monotone, is_low: bool
    ) -> tuple[Rational, Rational] | None:
        try:
            return self.constants.rational_hull(call(head, number(value)))
        except Undecided:  # too large, or outside of the domain
            limit = shape.first if is_low else shape.last
            return None if limit is None else self.constants.rational_hull(limit)

    def within(self, name: str, low: Node, high: Node) -> Ranges:
        """The same place with a bound variable between two ends."""
        between = hull(self.of(low), self.of(high))
        bound = Range(between.low, between.high, between.low is None, between.high is None)
        return Ranges({**self.place, name: bound}, self.constants)

    def bounded(self, low: Node | int, high: Node | int, *, opened: bool = False) -> Range:
        """Between two constants."""
        ends = []
        for end, place in ((low, 0), (high, 1)):
            node = end if isinstance(end, Node) else number(end)
            ends.append(self.constants.rational_hull(node)[place])
        return Range(ends[0], ends[1], opened, opened)


def _wave(ranges: Ranges, argument: Node) -> Range:
    del argument
    return ranges.bounded(-1, 1)


def _cosh(ranges: Ranges, argument: Node) -> Range:
    size = _absolute(ranges.of(argument))
    grown = ranges._monotone("sinh", size)  # cosh² = 1 + sinh²
    least = size.low if size.low is not None else _ZERO
    low = ranges.constants.rational_hull(call("cosh", number(least)))[0] if least < 100 else _ONE
    high = None if grown.high is None else grown.high + 1
    # cosh u < 1 + sinh u, but for u = 0
    # step: cosh 0 = 1 [true 4/6]
    return Range(low, high, size.low_open and least > 0, size.high is None or size.high > 0)


def _absolute(own: Range) -> Range:
    if own.weak == 1:
        return own
    if own.weak == -1:
        return negated(own)
    if own.low is None or own.high is None:
        return Range(_ZERO, None, False)
    size = max(-own.low, own.high)
    opened = all(o for v, o in ((-own.low, own.low_open), (own.high, own.high_open)) if v == size)
    return Range(_ZERO, size, False, opened)


def _abs(ranges: Ranges, argument: Node) -> Range:
    return _absolute(ranges.of(argument))


def _phi(ranges: Ranges, argument: Node) -> Range:
    square = power(ranges.of(argument), 2)
    fall = ranges._monotone("exp", times(point(-gmpy2.mpq(1, 2)), square))
    scale = Range(*ranges.constants.rational_hull(1 / (2 * PI) ** (number(1) / 2)), False, False)
    return times(fall, scale)


def _gamma(ranges: Ranges, argument: Node) -> Range:
    """Γ falls on (0, 1.4616] and rises from 1.4617 on; it is above 0.8856."""
    own = meet(ranges.of(argument), POSITIVE)
    low, high = own.low or _ZERO, own.high
    least = gmpy2.mpq(8856, 10_000)
    # step: gamma falls before its turn [true 2/3]
    if low >= gmpy2.mpq(14617, 10_000) and low <= 10_000:
        found = ranges.constants.rational_hull(call("gamma", number(low)))[0]
        return Range(found, None, own.low_open)
    # step: and rises after it [true 3/3]
    if high is not None and high <= gmpy2.mpq(14616, 10_000):
        return Range(ranges.constants.rational_hull(call("gamma", number(high)))[0], None,
                     own.high_open)  # fmt: skip
    return Range(least, None)


def _loggamma(ranges: Ranges, argument: Node) -> Range:
    own = ranges.of(argument)
    low = own.low
    # step: log gamma rises from 2 on [true 3/4]
    if low is not None and low >= 2 and low <= 10_000:
        return Range(ranges.constants.rational_hull(call("loggamma", number(low)))[0], None,
                     own.low_open)  # fmt: skip
    # step: log gamma is positive before 1 [true 3/3]
    if own.high is not None and own.high <= 1:
        return Range(_ZERO, None, own.high_open)
    return Range(gmpy2.mpq(-12150, 100_000), None)


def _polygamma(ranges: Ranges, order: Node, argument: Node) -> Range:
    del ranges, argument
    if order.head != "number":
        return LINE
    n = order.args[0]
    if n == 0:
        return LINE
    # step: a polygamma function of even order is negative [true]
    return POSITIVE if n % 2 == 1 else negated(POSITIVE)


def _least(ranges: Ranges, *args: Node) -> Range:
    parts = [ranges.of(arg) for arg in args]
    total = parts[0]
    for part in parts[1:]:
        total = _smaller(total, part)
    return total


def _smaller(a: Range, b: Range) -> Range:
    low, low_open = a.low, a.low_open
    # step: a minimum may be the second [false 1/9]
    if low is not None and (b.low is None or b.low < low or (b.low == low and not b.low_open)):
        low, low_open = b.low, b.low_open
    high, high_open = a.high, a.high_open
    if b.high is not None and (high is None or b.high < high or (b.high == high and b.high_open)):
        high, high_open = b.high, b.high_open
    return Range(low, high, low_open, high_open)


def _greatest(ranges: Ranges, *args: Node) -> Range:
    parts = [negated(ranges.of(arg)) for arg in args]
    total = parts[0]
    for part in parts[1:]:
        total = _smaller(total, part)
    return negated(total)


def _floor(ranges: Ranges, argument: Node) -> Range:
    own = ranges.of(argument)
    # step: floor x is a whole number [call: own.low]
    low = None if own.low is None else gmpy2.mpq(own.low.numerator // own.low.denominator)
    return Range(low, own.high, low is None, own.high is None)


def _sign(ranges: Ranges, argument: Node) -> Range:
    own = ranges.of(argument)
    if own.sign is not None:
        return point(gmpy2.mpq(own.sign))
    # step: sign x may be -1 [true]
    low = _ZERO if own.weak == 1 else -_ONE
    return Range(low, _ZERO if own.weak == -1 else _ONE, False, False)


def _always_positive(ranges: Ranges, *args: Node) -> Range:
    del ranges, args
    return POSITIVE


def _probability(ranges: Ranges, *args: Node) -> Range:
    """P and Q: strictly between 0 and 1 where x > 0."""
    # step: P(s, 0) = 0 [true]
    inside = ranges.of(args[-1]).sign == 1
    return Range(_ZERO, _ONE, inside, inside)


def _betai(ranges: Ranges, x: Node, *_: Node) -> Range:
    own = ranges.of(x)
    below = Range(own.low, own.high, own.low_open, own.high_open)
    # step: I_0 = 0 [true]
    left = below.sign == 1
    # step: I_1 = 1 [true]
    right = plus(point(_ONE), negated(own)).sign == 1
    return Range(_ZERO, _ONE, left, right)


def _besseli(ranges: Ranges, order: Node, x: Node) -> Range:
    """I_v > 0 for v > −1 and x > 0, and I_0 ≥ 1."""
    above = ranges.of(order + 1).sign == 1
    if order.head == "number" and order.args[0] == 0:
        return Range(_ONE, None, False)
    # step: a Bessel function I is positive beyond 0 [first condition 1/2]
    return POSITIVE if above and ranges.of(x).sign == 1 else LINE


def _besselk(ranges: Ranges, order: Node, x: Node) -> Range:
    del order
    return POSITIVE if ranges.of(x).sign == 1 else LINE


def _besselj(ranges: Ranges, order: Node, x: Node) -> Range:
    """|J_n| ≤ 1 for a whole order n, the n-th Fourier coefficient of exp(ix sin θ)."""
    del ranges, x
    # step: a Bessel function J is at most 1 for a whole order [true 3/3]
    if order.head == "number" and order.args[0].denominator == 1:
        return Range(-_ONE, _ONE, False, False)
    return LINE


def _hyp1f1(ranges: Ranges, p: Node, q: Node, x: Node) -> Range:
    """For x ≥ 0 a series of positive terms; for q ≥ p a mean of exp(xt) with 0 ≤ t ≤ 1."""
    side = ranges.of(x).weak
    # step: a series of Kummer has positive terms where p >= 0 [false]
    if ranges.of(p).weak != 1:
        return LINE
    # step: a series of Kummer is at least 1 where x >= 0 [true]
    if side == 1:
        return Range(_ONE, None, False)
    # step: a mean of exponentials is positive where q >= p [false]
    if ranges.of(q - p).weak != 1:
        return LINE
    # step: a mean of exponentials is at most 1 where x <= 0 [first choice]
    return Range(_ZERO, _ONE, True, False) if side == -1 else POSITIVE


def _hyp2f1(ranges: Ranges, p: Node, s: Node, r: Node, x: Node) -> Range:
    """A series of positive terms for p, s, x ≥ 0; for r ≥ s > 0 a mean of (1 − xt)^(−p)."""
    # step: a series of Gauss has positive terms where p >= 0 [true 2/4]
    # step: and where its second parameter is at least 0 [true 3/4]
    # step: and where x >= 0 [true 4/4]
    if ranges.of(p).weak == 1 and ranges.of(s).weak == 1 and ranges.of(x).weak == 1:
        return Range(_ONE, None, False)
    for one in (p, s):
        # step: a mean of powers is positive where s > 0 [true 2/3]
        # step: and where r >= s [true 3/3]
        if ranges.of(one).sign == 1 and ranges.of(r - one).weak == 1:
            return POSITIVE
    return LINE


def _angle(ranges: Ranges, y: Node, x: Node) -> Range:
    # step: an angle is less than pi/2 where x > 0 [true]
    if ranges.of(x).sign == 1:
        whole = ranges.bounded(-PI / 2, PI / 2, opened=True)
    else:
        whole = ranges.bounded(-PI, PI)
    side = ranges.of(y)
    # step: and at least 0 where y >= 0 [true]
    if side.weak == 1:
        return meet(whole, Range(_ZERO, None, side.sign == 1))
    return whole


def _integral(ranges: Ranges, body: Node, bound: Node, low: Node, high: Node) -> Range:
    """(b − a) times a mean of the values of the integrand."""
    inner = ranges.within(bound.args[0], low, high).of(body)
    # step: an integral is backward from a greater end [first call 1/2]
    return times(inner, ranges.of(high - low))


def _sum_of(ranges: Ranges, body: Node, bound: Node, low: Node, high: Node) -> Range:
    """The number of terms, 0 at least, times a mean of them."""
    inner = ranges.within(bound.args[0], low, high).of(body)
    count = ranges.of(high - low + 1)
    # step: an empty sum is 0 [false]
    if count.weak != 1:
        return LINE
    return times(inner, count)


_SPECIAL: dict[str, Callable[..., Range]] = {
    "sin": _wave,
    "cos": _wave,
    "cosh": _cosh,
    "abs": _abs,
    "phi": _phi,
    "gamma": _gamma,
    "loggamma": _loggamma,
    "polygamma": _polygamma,
    "beta": _always_positive,
    "binomial": _always_positive,
    "min": _least,
    "max": _greatest,
    "floor": _floor,
    "sign": _sign,
    "gammap": _probability,
    "gammaq": _probability,
    "betai": _betai,
    "besseli": _besseli,
    "besselj": _besselj,
    "besselk": _besselk,
    "hyp1f1": _hyp1f1,
    "hyp2f1": _hyp2f1,
    "atan2": _angle,
    "integral": _integral,
    "sum": _sum_of,
}
