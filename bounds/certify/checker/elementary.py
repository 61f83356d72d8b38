"""Ranges of elementary functions over intervals, from MPFR's values rounded outwards.

Where a function is monotone, its range lies between its values at the ends. Between the ends of a
wave the extrema are counted: sin has them at π/2 + kπ, cos at kπ, and tan has poles where sin has
extrema. Counting one too many only widens the range.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Mpfr, Precision, Rational, binary_exponent
from bounds.certify.checker.verdict import Undecided

Enclosure: TypeAlias = Callable[..., Interval]

_MOST_ROOT = 4_096  # of a power p/q, the largest q taken by a root; beyond, by exp and log
_FAR_BITS = 256  # an angle beyond 2^256 may be anywhere on the circle
_HALF = gmpy2.mpq(1, 2)


def rising(name: str) -> Enclosure:
    """The range of an increasing function that MPFR has; outside its domain MPFR has no number."""

    def over(t: Interval) -> Interval:
        at = t.at
        return Interval(at, getattr(at.down, name)(t.lo), getattr(at.up, name)(t.hi))

    return over


def falling(name: str) -> Enclosure:
    """The range of a decreasing function that MPFR has."""

    def over(t: Interval) -> Interval:
        at = t.at
        return Interval(at, getattr(at.down, name)(t.hi), getattr(at.up, name)(t.lo))

    return over


exp, expm1, log1p = rising("exp"), rising("expm1"), rising("log1p")
cbrt, sinh, tanh, asinh = rising("cbrt"), rising("sinh"), rising("tanh"), rising("asinh")
asin, atan, acosh, atanh = rising("asin"), rising("atan"), rising("acosh"), rising("atanh")
acos, erf = falling("acos"), rising("erf")


def log(t: Interval) -> Interval:
    """The natural logarithm, t > 0."""
    if not t.lo > 0:
        raise Undecided("the argument of a logarithm is not proved positive")
    return Interval(t.at, t.at.down.log(t.lo), t.at.up.log(t.hi))


def cosh(t: Interval) -> Interval:
    """The hyperbolic cosine: even, and increasing on t ≥ 0."""
    return rising("cosh")(t.absolute())


def erfc(t: Interval) -> Interval:
    """1 − erf t."""
    if t.lo == t.hi:
        return t.erfc()
    return falling("erfc")(t)


# Waves


def whole_between(t: Interval) -> tuple[int, int]:
    """The first whole number in [lo, hi], and how many there are."""
    first, last = int(t.at.up.ceil(t.lo)), int(t.at.down.floor(t.hi))
    return first, last - first + 1


def _far(t: Interval) -> bool:
    end = t.absolute().hi
    return bool(end and binary_exponent(end) > _FAR_BITS)


def _half_turns(t: Interval, quarters: int) -> tuple[int, int]:
    """The first k with kπ + quarters·π/2 in t, and how many, perhaps with one just outside."""
    turns = t / Interval.pi(t.at)
    return whole_between(turns - Interval.power_of_two(t.at, -1) if quarters else turns)


def _wave(name: str, quarters: int) -> Enclosure:
    def over(t: Interval) -> Interval:
        at = t.at
        least_of, most_of = at.integer(-1), at.integer(1)
        if _far(t):
            return Interval(at, least_of, most_of)
        down, up = getattr(at.down, name), getattr(at.up, name)
        if t.lo == t.hi:
            return Interval(at, down(t.lo), up(t.lo))
        first, count = _half_turns(t, quarters)
        if count > 1:
            return Interval(at, least_of, most_of)
        low, high = min(down(t.lo), down(t.hi)), max(up(t.lo), up(t.hi))
        if count > 0:
            low, high = (low, most_of) if first % 2 == 0 else (least_of, high)
        return Interval(at, low, high)

    return over


sin, cos = _wave("sin", 1), _wave("cos", 0)


def tan(t: Interval) -> Interval:
    """The tangent, between two poles."""
    if _far(t) or (t.lo != t.hi and _half_turns(t, 1)[1] > 0):
        raise Undecided("a pole of a tangent is not excluded")
    return rising("tan")(t)


def atan2(y: Interval, x: Interval) -> Interval:
    """The angle of the point (x, y), in (−π, π]; it has none at the origin."""
    at = y.at
    if x.lo > 0:
        return atan(y / x)
    quarter = Interval.pi(at) / 2
    if y.lo > 0:
        return quarter - atan(x / y)
    if y.hi < 0:
        return -quarter - atan(x / y)
    if x.hi < 0 and y.lo >= 0:
        return Interval.pi(at) + atan(y / x)
    if x.hi < 0:
        return (-Interval.pi(at)).hull(Interval.pi(at))
    raise Undecided("the angle of a point that may be the origin")


# Steps


def floor(t: Interval) -> Interval:
    """The greatest whole number ≤ t."""
    return Interval(t.at, t.at.down.floor(t.lo), t.at.up.floor(t.hi))


def sign(t: Interval) -> Interval:
    """−1, 0 or 1."""
    at = t.at
    return Interval(at, *(at.integer((end > 0) - (end < 0)) for end in (t.lo, t.hi)))


def absolute(t: Interval) -> Interval:
    """|t|."""
    return t.absolute()


def least(*all_of: Interval) -> Interval:
    """The minimum."""
    return Interval(all_of[0].at, min(t.lo for t in all_of), min(t.hi for t in all_of))


def greatest(*all_of: Interval) -> Interval:
    """The maximum."""
    return Interval(all_of[0].at, max(t.lo for t in all_of), max(t.hi for t in all_of))


# Powers


def power(base: Interval, exponent: Rational) -> Interval:
    """t^q for one rational q: for whole q by its parity, else for t > 0 (t ≥ 0 if q > 0)."""
    if exponent.denominator == 1:
        return whole_power(base, int(exponent.numerator))
    if exponent == _HALF:
        return Interval(base.at, base.at.down.sqrt(base.lo), base.at.up.sqrt(base.hi))
    if not (base.lo > 0 or (base.lo >= 0 and exponent > 0)):
        raise Undecided("the base of a real power is not proved positive")
    at = base.at
    if exponent.denominator & (exponent.denominator - 1) == 0 and _fits(at, exponent):
        q = at.below(exponent)
        return _monotone(base, lambda context, t: context.pow(t, q), exponent > 0)
    if exponent.denominator > _MOST_ROOT:
        over = Interval.enclosing(at, exponent, exponent)
        return power_where_defined(base, over)
    degree = int(exponent.denominator)
    root = _monotone(base, lambda context, t: context.rootn(t, degree), True)
    return whole_power(root, int(exponent.numerator))


def _fits(at: Precision, exponent: Rational) -> bool:
    return int(exponent.numerator).bit_length() <= at.bits


def _monotone(t: Interval, value: Callable[[Any, Mpfr], Mpfr], up: bool) -> Interval:
    at = t.at
    first, last = (t.lo, t.hi) if up else (t.hi, t.lo)
    return Interval(at, value(at.down, first), value(at.up, last))


def whole_power(base: Interval, exponent: int) -> Interval:
    """t^n for a whole n: an even power is one of |t|, an odd one is monotone on each side of 0."""
    if exponent == 1:
        return base
    if exponent == 2:
        return base.squared()
    if exponent == -1:
        return 1 / base
    if exponent < 0 and base.lo <= 0 <= base.hi:
        raise Undecided("a denominator is not proved to differ from 0")
    t = base.absolute() if exponent % 2 == 0 else base
    return _monotone(t, lambda context, end: context.pow(end, exponent), exponent > 0)


def real_power(base: Interval, exponent: Interval) -> Interval:
    """t^y for t > 0, or t ≥ 0 and y > 0, where 0^y = 0.

    Each occurs once in e^(y log t), so that its range is that of t^y.
    """
    if base.lo == 0:
        return power_where_defined(base, exponent)
    return exp(exponent * log(base))


def power_where_defined(base: Interval, exponent: Interval) -> Interval:
    """The values of t^y at the t ≥ 0 of an interval that may reach beyond, y not a number."""
    # step: a power of a base near 0 is bounded for a positive exponent [false 3/4]
    if base.lo > 0 or not exponent.lo > 0:
        return exp(exponent * log(base))
    if base.hi < 0:
        raise Undecided("the base of a real power is nowhere positive")
    zero = base.at.integer(0)
    return Interval(base.at, zero, exp(exponent * log(base.high)).hi if base.hi > 0 else zero)
