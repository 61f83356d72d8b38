"""Power series, cut off, whose coefficients are intervals: Taylor expansions of a function.

About a point, coefficient k encloses f⁽ᵏ⁾/k! there; about an interval, at every point of it.
Arithmetic follows the rules of calculus, so a function written once gives them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Rational


class Series:
    """Coefficients 0 to N of a function; both sides of an operation have the same N."""

    __slots__ = ("terms",)

    def __init__(self, terms: Sequence[Interval]) -> None:
        self.terms = tuple(terms)

    @classmethod
    def expansion(cls, polynomial: Sequence[Interval], about: Interval, order: int) -> Series:
        """The expansion of a polynomial about a point or an interval."""
        terms = [about * 0] * (order + 1)
        powers = [about * 0 + 1]
        for _ in polynomial:
            powers.append(powers[-1] * about)
        for j, coefficient in enumerate(polynomial):
            for k in range(min(j, order) + 1):
                terms[k] += comb(j, k) * coefficient * powers[j - k]
        return cls(terms)

    def constant(self, number: Interval) -> Series:
        """A number, as a series of the same length."""
        return Series([number, *[number * 0] * (len(self.terms) - 1)])

    def __neg__(self) -> Series:
        return Series([-term for term in self.terms])

    def __add__(self, other: Series | int) -> Series:
        if isinstance(other, int):
            return Series([self.terms[0] + other, *self.terms[1:]])
        return Series([a + b for a, b in zip(self.terms, other.terms, strict=True)])

    __radd__ = __add__

    def __sub__(self, other: Series | int) -> Series:
        return self + (-other)

    def __rsub__(self, other: int) -> Series:
        return -self + other

    def __mul__(self, other: Series | int) -> Series:
        if not isinstance(other, Series):
            return Series([term * other for term in self.terms])
        a, b = self.terms, other.terms
        _spend(a)
        return Series([_convolved(a, b, k, 0) for k in range(len(a))])

    __rmul__ = __mul__

    def __truediv__(self, other: int) -> Series:
        return Series([term / other for term in self.terms])

    def squared(self) -> Series:
        """The square."""
        return self * self

    def exp(self) -> Series:
        """e^f, as (e^f)′ = f′ e^f."""
        a = self.terms
        _spend(a)
        slopes = [k * term for k, term in enumerate(a)]
        found = [a[0].exp()]
        for k in range(1, len(a)):
            found.append(_convolved(slopes, found, k, 1) / k)
        return Series(found)

    def hull(self, other: Series) -> Series:
        """What encloses both."""
        return Series([a.hull(b) for a, b in zip(self.terms, other.terms, strict=True)])

    def size(self) -> Interval:
        """Σ |coefficients|, or more: of a product it is at most the product of both."""
        total = self.terms[0].absolute()
        for term in self.terms[1:]:
            total += term.absolute()
        return total.high

    def widened(self, by: Interval) -> Series:
        """The same with every coefficient moved by at most so much."""
        around = (-by.high).hull(by.high)
        return Series([term + around for term in self.terms])

    def most_on_unit_interval(self) -> Interval:
        """Σ |bₖ| ≥ |f(s)| for |s| ≤ 1, bₖ the coefficients in Chebyshev's polynomials.

        tⁿ = 2^{1−n} Σ_{2j ≤ n} C(n, j) T_{n−2j}, with half of it for T₀.
        """
        zero = self.terms[0] * 0
        found = [zero] * len(self.terms)
        for n, term in enumerate(self.terms):
            for j in range(n // 2 + 1):
                found[n - 2 * j] += term * _share(n, j, term)
        return Series(found).size()


def _share(n: int, j: int, like: Interval) -> Interval:
    number: Rational = gmpy2.mpq(comb(n, j), 2**n) * (1 if n == 2 * j else 2)
    return Interval.enclosing(like.at, number, number)


def _convolved(a: Sequence[Interval], b: Sequence[Interval], k: int, first: int) -> Interval:
    """Σ aᵢ b_{k−i}, from i = first to k."""
    total = a[first] * b[k - first]
    for i in range(first + 1, k + 1):
        total += a[i] * b[k - i]
    return total


def _spend(terms: Sequence[Interval]) -> None:
    """The cost of all products of two series: each takes half of what a part of a term does."""
    terms[0].at.spend(0, len(terms) * (len(terms) + 1) // 4)
