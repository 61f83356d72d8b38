"""Directed rounding: two MPFR contexts, one towards −∞ and one towards +∞.

MPFR rounds every function correctly, so the two results of one operation enclose the true one. No
operation takes the caller's context: an operator between two mpfr numbers would, so none is used
but the comparisons, which are exact.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

Mpfr: TypeAlias = Any
"""A binary floating-point number (gmpy2 has no type stubs)."""

Rational: TypeAlias = Any
"""An exact fraction: gmpy2's mpq, which reads and prints integers of any length."""


class Precision:
    """A number of bits, with one context for each direction of rounding."""

    __slots__ = ("_finer", "_integers", "bits", "down", "up")

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.down = gmpy2.context(precision=bits, round=gmpy2.RoundDown)
        self.up = gmpy2.context(precision=bits, round=gmpy2.RoundUp)
        self._finer: dict[int, Precision] = {}
        self._integers: dict[int, Mpfr] = {}

    def finer(self, bits: int) -> Precision:
        """At least `bits` bits more, for a sum that will cancel that many."""
        more = -(-bits // 32) * 32
        if more not in self._finer:
            self._finer[more] = Precision(self.bits + more)
        return self._finer[more]

    def integer(self, number: int) -> Mpfr:
        """A small integer, exactly."""
        if number not in self._integers:
            converted = gmpy2.mpfr(number, self.bits, self.down)
            if converted != number:
                raise ValueError(f"{number} does not fit in {self.bits} bits")
            self._integers[number] = converted
        return self._integers[number]

    def below(self, number: Rational) -> Mpfr:
        """The greatest mpfr ≤ number."""
        return gmpy2.mpfr(number, self.bits, self.down)

    def above(self, number: Rational) -> Mpfr:
        """The least mpfr ≥ number."""
        return gmpy2.mpfr(number, self.bits, self.up)


def exact(number: Mpfr) -> Rational:
    """An mpfr as the dyadic fraction that it is."""
    return gmpy2.mpq(number)


def binary_exponent(number: Mpfr) -> int:
    """The e with 2^(e−1) ≤ |number| < 2^e, for a number other than 0."""
    return int(gmpy2.get_exp(number))
