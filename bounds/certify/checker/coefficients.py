"""Power series, cut off, with interval coefficients: arithmetic and elementary functions.

A series is that of a function about a point or over an interval; coefficients that are not listed
are 0. Functions follow the recurrences of their differential equations. Where the inner function is
affine, powers and logarithms have tighter forms.
"""

# ruff: noqa: ARG001 - all rules take the same arguments, needed or not
from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import elementary
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Undecided

Terms: TypeAlias = list[Interval]
Part: TypeAlias = "Interval | Terms"
"""A part that does not depend on the variable is an interval; one that does has coefficients."""

Rule: TypeAlias = Callable[..., Terms]
"""(its value, the order, its arguments) ↦ the coefficients of a function."""


def fixed(part: Part) -> Interval:
    """A part that must not depend on the variable."""
    if isinstance(part, list):
        raise Undecided("a derivative in a parameter is not enclosed")
    return part


def one(part: Part) -> Terms:
    """A part as a series."""
    return part if isinstance(part, list) else [part]


# Arithmetic of cut-off series


def added(a: Terms, b: Terms) -> Terms:
    """The sum a + b."""
    if len(a) < len(b):
        a, b = b, a
    return [*(s + t for s, t in zip(a, b, strict=False)), *a[len(b) :]]


def times(a: Terms, b: Terms, order: int) -> Terms:
    """The product a·b up to an order."""
    found = []
    for k in range(min(len(a) + len(b) - 1, order + 1)):
        first, last = max(0, k - len(b) + 1), min(k, len(a) - 1)
        total = a[first] * b[k - first]
        for i in range(first + 1, last + 1):
            total = total + a[i] * b[k - i]
        found.append(total)
    return found


def squared(a: Terms, order: int) -> Terms:
    """The square a², where squares are not negative."""
    found = []
    for k in range(min(2 * len(a) - 1, order + 1)):
        first = max(0, k - len(a) + 1)
        pairs = [a[i] * a[k - i] for i in range(first, (k + 1) // 2)]
        total = None
        for pair in pairs:
            total = pair if total is None else total + pair
        if total is not None:
            total = total * 2
        if k % 2 == 0:
            square = a[k // 2].squared()
            total = square if total is None else total + square
        assert total is not None
        found.append(total)
    return found


def scaled(a: Terms, by: Interval | int) -> Terms:
    """The multiple by·a."""
    return [term * by for term in a]


def moved(a: Terms, by: int) -> Terms:
    """The series a + by."""
    return [a[0] + by, *a[1:]]


def integrated(value: Interval, slope: Terms, u: Terms, order: int) -> Terms:
    """The f with f₀ = value and f′ = slope·u′."""
    found = [value]
    for k in range(1, order + 1):
        found.append(chain(slope, u, k, value) / k)
    return found


def chain(slope: Terms, u: Terms, k: int, like: Interval) -> Interval:
    """Σ i uᵢ slope_{k−i}: the coefficient k − 1 of slope·u′."""
    total = None
    for i in range(max(1, k - len(slope) + 1), min(k, len(u) - 1) + 1):
        part = slope[k - i] * u[i]
        part = part * i if i > 1 else part
        total = part if total is None else total + part
    return like * 0 if total is None else total


def composed(outer: Terms, u: Terms, order: int) -> Terms:
    """Σ outer_k (u − u₀)^k, where outer_k encloses the coefficients of the outer function at u₀."""
    if len(u) == 1:
        return outer[:1]
    if len(u) == 2:
        return [c * elementary.whole_power(u[1], k) if k else c for k, c in enumerate(outer)]
    rest = u[1:]
    found = [outer[order]]
    for k in range(order - 1, -1, -1):
        found = [outer[k], *times(found, rest, order - 1)]
    return found


# Functions


def exp(value: Interval, order: int, u: Terms) -> Terms:
    """e^u, as (e^u)′ = u′e^u."""
    found = [value]
    for k in range(1, order + 1):
        found.append(chain(found, u, k, value) / k)
    return found


def power(value: Interval, order: int, u: Terms, q: Rational) -> Terms:
    """u^q for a rational q."""
    at, whole = value.at, q.denominator == 1
    if len(u) == 2:
        found, factor = [value], gmpy2.mpq(1)
        for k in range(1, order + 1):
            factor = factor * (q - k + 1) / k
            if not factor:
                break
            size = Interval.enclosing(at, factor, factor) * elementary.power(u[0], q - k)
            found.append(size * elementary.whole_power(u[1], k))
        return found
    if whole and 2 <= q <= 64:
        n = int(q)
        if n == 2:
            return squared(u, order)
        half = power(elementary.whole_power(u[0], n // 2), order, u, gmpy2.mpq(n // 2))
        found = squared(half if n > 3 else u, order)
        return [value, *(times(found, u, order) if n % 2 else found)[1:]]
    found, inverse = [value], 1 / u[0]
    for k in range(1, order + 1):
        total = value * 0
        for i in range(1, min(k, len(u) - 1) + 1):
            number = q * i - (k - i)
            if number:
                total = total + Interval.enclosing(at, number, number) * u[i] * found[k - i]
        found.append(total * inverse / k)
    return found


def real_power(value: Interval, order: int, u: Terms, y: Interval) -> Terms:
    """u^y for a constant y that is no rational number, u affine and positive."""
    found, factor = [value], value * 0 + 1
    for k in range(1, order + 1):
        factor = factor * (y - (k - 1)) / k
        size = factor * elementary.real_power(u[0], y - k)
        found.append(size * elementary.whole_power(u[1], k))
    return found


def inverse(u: Terms, order: int) -> Terms:
    """1/u."""
    return power(1 / u[0], order, u, gmpy2.mpq(-1))


def inverse_root(u: Terms, order: int) -> Terms:
    """1/√u."""
    return power(1 / u[0].sqrt(), order, u, gmpy2.mpq(-1, 2))


def log(value: Interval, order: int, u: Terms) -> Terms:
    """The logarithm of u."""
    if len(u) > 2:
        return integrated(value, inverse(u, order), u, order)
    ratio = u[1] / u[0]
    found = [value]
    for k in range(1, order + 1):
        size = elementary.whole_power(ratio, k) / k
        found.append(size if k % 2 else -size)
    return found


def _waves(
    u: Terms, order: int, sign: int, first: Interval, second: Interval
) -> tuple[Terms, Terms]:
    """The (s, c) with s′ = c u′, c′ = sign·s u′."""
    s, c = [first], [second]
    for k in range(1, order + 1):
        up, across = chain(c, u, k, first) / k, chain(s, u, k, first) / k
        s.append(up)
        c.append(across if sign > 0 else -across)
    return s, c


def sines(u: Terms, order: int) -> tuple[Terms, Terms]:
    """The sine and the cosine of u."""
    return _waves(u, order, -1, elementary.sin(u[0]), elementary.cos(u[0]))


def hyperbolic(u: Terms, order: int) -> tuple[Terms, Terms]:
    """The hyperbolic sine and cosine of u."""
    return _waves(u, order, 1, elementary.sinh(u[0]), elementary.cosh(u[0]))


def riccati(sign: int) -> Rule:
    """The T with T′ = (1 + sign·T²) u′: a tangent."""

    def rule(value: Interval, order: int, u: Terms) -> Terms:
        found, slope = [value], [1 + value.squared() * sign]
        if sign < 0:
            slope = [1 / elementary.cosh(u[0]).squared()]
        for k in range(1, order + 1):
            found.append(chain(slope, u, k, value) / k)
            slope.append(squared(found, k)[k] * sign)
        return found

    return rule


def by_slope(slope: Callable[[Terms, int], Terms]) -> Rule:
    """A function of which the derivative is known: u ↦ its coefficients."""

    def rule(value: Interval, order: int, u: Terms) -> Terms:
        return integrated(value, slope(u, order), u, order)

    return rule


def signed(value: Interval, order: int, u: Terms) -> Terms:
    """The absolute value of u, where its sign is known."""
    if u[0].lo < 0 < u[0].hi:
        raise Undecided("an absolute value has a corner on the interval")
    return u if u[0].lo >= 0 else scaled(u, -1)


def step(value: Interval, order: int, u: Terms) -> Terms:
    """The value of a step function that does not jump."""
    if value.lo != value.hi:
        raise Undecided("a step function jumps on the interval")
    return [value]


def chosen(side: int) -> Rule:
    """The minimum (side −1) or the maximum (side 1), where it is known which it is."""

    def rule(value: Interval, order: int, *parts: Part) -> Terms:
        rows = [one(part) for part in parts]
        for row in rows:
            if all(other is row or (row[0] - other[0]) * side > 0 for other in rows):
                return row
        raise Undecided("a minimum or maximum changes sides on the interval")

    return rule


def atan2(value: Interval, order: int, y: Part, x: Part) -> Terms:
    """θ′ = (x y′ − y x′)/(x² + y²)."""
    rows = one(y), one(x)
    if rows[0][0].lo <= 0 <= rows[0][0].hi and rows[1][0].lo <= 0:
        raise Undecided("an angle jumps on the interval")
    over = inverse(added(squared(rows[0], order), squared(rows[1], order)), order)
    first = integrated(value, times(rows[1], over, order), rows[0], order)
    second = integrated(value * 0, times(rows[0], over, order), rows[1], order)
    return added(first, scaled(second, -1))


def root_slope(u: Terms, order: int, side: int) -> Terms:
    """1/√(side·u² + 1)."""
    return inverse_root(moved(scaled(squared(u, order), side), 1), order)
