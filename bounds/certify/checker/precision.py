"""Directed rounding: two MPFR contexts, one towards −∞ and one towards +∞.

MPFR rounds every function correctly, so the two results of one operation enclose the true one. No
operation takes the caller's context: an operator between two mpfr numbers would, so none is used
but the comparisons, which are exact. A gmpy2 whose operations do not round as they are told (from
2.2.0 to 2.2.2, `div` does not) is refused: `library_fault` tries each of them once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.verdict import BeyondLimit

Mpfr: TypeAlias = Any
"""A binary floating-point number (gmpy2 has no type stubs)."""

Rational: TypeAlias = Any
"""An exact fraction: gmpy2's mpq, which reads and prints integers of any length."""

_TRIED_BITS, _TRUE_BITS = (24, 150), 400


class Work:
    """What a check may still spend: a count of operations, each by what it costs at its precision.

    The unit is about a microsecond of one core, at most; no clock is read, so the same certificate
    ends in the same way on every machine.

    Args:
        units: how much.
        share: (k, n): of n processes that check one certificate together, this is the k-th, from 0.
    """

    __slots__ = ("left", "share")

    def __init__(self, units: float = float("inf"), share: tuple[int, int] = (0, 1)) -> None:
        self.left, self.share = units, share

    def mine(self, number: int) -> bool:
        """Whether the piece of this number falls to this process: each falls to exactly one."""
        own, count = self.share
        # step: a piece falls to a process [false]
        return number % count == own

    def spend(self, units: float) -> None:
        """Take the cost of an operation, before it is begun.

        Raises:
            BeyondLimit: nothing is left.
        """
        self.left -= units
        if self.left < 0:
            raise BeyondLimit("the limit of work is reached: allow more, if the file is trusted")


class Precision:
    """A number of bits, with one context for each direction of rounding."""

    __slots__ = ("_finer", "_integers", "bits", "costs", "down", "memory", "up", "work")

    def __init__(self, bits: int, work: Work | None = None) -> None:
        self.bits = bits
        self.down, self.up = _contexts(bits)
        self.work = work or Work()
        size = bits / 1000
        self.costs = (8 + 3 * size, 25 + 30 * size**1.7, 120 + 340 * size**2.2)
        self._finer: dict[int, Precision] = {}
        self._integers: dict[int, Mpfr] = {}
        self.memory: dict[tuple[Any, ...], Any] = {}

    def spend(self, degree: int, times: int = 1) -> None:
        """Take the cost of arithmetic (0), an elementary function (1) or an error function (2)."""
        self.work.spend(self.costs[degree] * times)

    def finer(self, bits: int) -> Precision:
        """At least `bits` bits more, for a sum that will cancel that many."""
        more = -(-bits // 32) * 32
        if more not in self._finer:
            self._finer[more] = Precision(self.bits + more, self.work)
        return self._finer[more]

    def coarser(self, bits: int) -> Precision:
        """At most `bits` bits less, for the smaller term of a sum; 32 bits at least."""
        less = min(bits, self.bits - 32) // 32 * 32
        if less <= 0:
            return self
        if -less not in self._finer:
            self._finer[-less] = Precision(self.bits - less, self.work)
        return self._finer[-less]

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


def _contexts(bits: int) -> tuple[Any, Any]:
    return (
        gmpy2.context(precision=bits, round=gmpy2.RoundDown),
        gmpy2.context(precision=bits, round=gmpy2.RoundUp),
    )


Operation: TypeAlias = Callable[[Any, Any], Mpfr]
"""A context and the number of its bits ↦ the result of one operation in it."""

_THIRD, _SEVENTH = gmpy2.mpq(1, 3), gmpy2.mpq(1, 7)


_OF_ONE = (
    "sqrt", "exp", "expm1", "log", "log1p", "cbrt", "sin", "cos", "tan", "asin", "acos", "atan",
    "sinh", "cosh", "tanh", "asinh", "atanh", "erf", "erfc", "gamma", "lngamma", "digamma",
)  # fmt: skip
"""Functions of one argument that are tried at 1/3, or nearly so."""


def _arguments() -> tuple[Mpfr, Mpfr, Mpfr]:
    """Numbers of 20 bits, so that they are the same at every precision that is tried."""
    down = gmpy2.context(precision=20, round=gmpy2.RoundDown)
    third, seventh, more = (gmpy2.mpfr(q, 20, down) for q in (_THIRD, _SEVENTH, 2 + _THIRD))
    return third, seventh, more


def _tried() -> dict[str, Operation]:
    """Every operation that the checker takes from gmpy2, at arguments where it is inexact."""
    a, b, c = _arguments()
    fine, _ = _contexts(_TRUE_BITS)
    wide = gmpy2.mpfr(gmpy2.mpq(2, 3), _TRUE_BITS, fine)
    tried: dict[str, Operation] = {
        name: lambda at, _, name=name: getattr(at, name)(a)  # type: ignore[misc]
        for name in _OF_ONE
    }
    tried |= {name: lambda at, _, name=name: getattr(at, name)(c)  # type: ignore[misc]
              for name in ("acosh", "zeta")}  # fmt: skip
    tried |= {name: lambda at, _, name=name: getattr(at, name)(wide, b)  # type: ignore[misc]
              for name in ("add", "sub", "mul", "div")}  # fmt: skip
    tried |= {name: lambda at, _, name=name: getattr(at, name)(wide)  # type: ignore[misc]
              for name in ("plus", "minus", "square")}  # fmt: skip
    return tried | {
        "const_pi": lambda at, _: at.const_pi(),
        "const_euler": lambda at, _: at.const_euler(),
        "pow": lambda at, _: at.pow(a, b),
        "rootn": lambda at, _: at.rootn(a, 5),
        "jn": lambda at, _: at.jn(2, a),
        "mpfr": lambda at, bits: gmpy2.mpfr(_THIRD, bits, at),
    }


@cache
def library_fault() -> str | None:
    """What is wrong with the gmpy2 that is installed, in one line; None where nothing is.

    Each operation is done at two precisions in both directions. The results must be neighbours, and
    enclose the result at a precision far beyond, which must itself be as fine as that.
    """
    for name, operation in _tried().items():
        if not all(_rounds(operation, bits) for bits in _TRIED_BITS):
            return (
                f"gmpy2 {gmpy2.version()} does not round {name} as it is told, so that nothing is"
                " proved with it: install gmpy2 2.3 or later"
            )
    down, _ = _contexts(53)
    one = gmpy2.mpfr(1, 53, down)
    if not (down.exp2(gmpy2.mpfr(-3, 53, down)) == gmpy2.mpq(1, 8) and down.next_below(one) < one):
        return f"gmpy2 {gmpy2.version()} does not have exact powers of 2: install 2.3 or later"
    return None


def _rounds(operation: Operation, bits: int) -> bool:
    down, up = _contexts(bits)
    low, high = operation(down, bits), operation(up, bits)
    fine = [operation(context, _TRUE_BITS) for context in _contexts(_TRUE_BITS)]
    width = exact(fine[1]) - exact(fine[0])
    near = 0 <= width <= abs(exact(fine[0])) * gmpy2.mpq(1, 2 ** (_TRUE_BITS - 60))
    sizes = low.precision == high.precision == bits and fine[0].precision == _TRUE_BITS
    encloses = low < high and low <= fine[0] and fine[1] <= high
    return bool(near and sizes and encloses and up.next_above(low) == high)
