"""Intervals [lo, hi] of real numbers, with every operation rounded outwards.

An operation contains all values that the exact operation takes on its arguments. The ends are
finite and in order, always: an operation that would break this raises Undecided. Comparisons are
proofs: a < b means that every number of a is less than every number of b, and its failure means
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bounds.certify.checker.precision import Mpfr, Precision, Rational, binary_exponent, exact
from bounds.certify.checker.verdict import Undecided

Operand: TypeAlias = "Interval | int"
Rounded: TypeAlias = Callable[[Mpfr, Mpfr], Mpfr]

_INFINITY = float("inf")


class Interval:
    """All real numbers from lo to hi; results take the precision of the left operand."""

    __slots__ = ("at", "hi", "lo")

    def __init__(self, at: Precision, lo: Mpfr, hi: Mpfr) -> None:
        if not -_INFINITY < lo <= hi < _INFINITY:  # false for NaN, too
            raise Undecided("an enclosure left the finite numbers")
        self.at, self.lo, self.hi = at, lo, hi

    @classmethod
    def enclosing(cls, at: Precision, low: Rational, high: Rational) -> Interval:
        """The narrowest interval that holds the exact numbers from low to high."""
        return cls(at, at.below(low), at.above(high))

    @classmethod
    def pi(cls, at: Precision) -> Interval:
        """The number π."""
        at.spend(0)
        return cls(at, at.down.const_pi(), at.up.const_pi())

    @classmethod
    def power_of_two(cls, at: Precision, exponent: int) -> Interval:
        """2^exponent."""
        number = at.down.exp2(at.integer(exponent))
        return cls(at, number, number)

    def _lift(self, other: Operand) -> Interval:
        if isinstance(other, Interval):
            return other
        number = self.at.integer(other)
        return Interval(self.at, number, number)

    def __repr__(self) -> str:
        return f"[{float(self.lo)!r}, {float(self.hi)!r}]"

    # Parts of an interval, and sets made of two

    @property
    def low(self) -> Interval:
        """The lower end alone."""
        return Interval(self.at, self.lo, self.lo)

    @property
    def high(self) -> Interval:
        """The upper end alone."""
        return Interval(self.at, self.hi, self.hi)

    @property
    def middle(self) -> Interval:
        """One number near the middle, between the ends."""
        down = self.at.down
        middle = down.div(down.add(self.lo, self.hi), 2)
        middle = min(max(middle, self.lo), self.hi)
        return Interval(self.at, middle, middle)

    def to(self, at: Precision) -> Interval:
        """The same interval at another precision, rounded outwards."""
        return Interval(at, at.down.plus(self.lo), at.up.plus(self.hi))

    def hull(self, other: Interval) -> Interval:
        """The least interval that holds both."""
        return Interval(self.at, min(self.lo, other.lo), max(self.hi, other.hi))

    def meet(self, other: Interval) -> Interval:
        """The numbers in both: two enclosures of the same number make a better one."""
        return Interval(self.at, max(self.lo, other.lo), min(self.hi, other.hi))

    def positive_part(self) -> Interval:
        """max(0, t)."""
        zero = self.at.integer(0)
        return Interval(self.at, max(self.lo, zero), max(self.hi, zero))

    def absolute(self) -> Interval:
        """|t|."""
        if self.lo >= 0:
            return self
        # step: |t| over a range across 0 reaches the greater end [first call 1/3]
        # step: |t| over a range across 0 begins at 0 [call 1/3: self.high.hull(-self.low)]
        return -self if self.hi <= 0 else self.positive_part().hull((-self).positive_part())

    # Proofs

    def __lt__(self, other: Operand) -> bool:
        # step: all of one side is less than all of the other [value 1/5: self.lo]
        return bool(self.hi < self._lift(other).lo)

    def __gt__(self, other: Operand) -> bool:
        return bool(self.lo > self._lift(other).hi)

    def within(self, low: Rational, high: Rational) -> bool:
        """Whether low ≤ t ≤ high, against exact numbers."""
        return bool(low <= exact(self.lo) and exact(self.hi) <= high)

    def strictly_within(self, low: Rational, high: Rational) -> bool:
        """Whether low < t < high, against exact numbers."""
        return bool(low < exact(self.lo) and exact(self.hi) < high)

    # Arithmetic

    def __neg__(self) -> Interval:
        at = self.at
        return Interval(at, at.down.minus(self.hi), at.up.minus(self.lo))

    def _ends(self, other: Operand) -> tuple[Mpfr, Mpfr]:
        """The ends of an operand; a whole number has the same twice."""
        if isinstance(other, Interval):
            return other.lo, other.hi
        number = self.at.integer(other)
        return number, number

    def __add__(self, other: Operand) -> Interval:
        at, (low, high) = self.at, self._ends(other)
        return Interval(at, at.down.add(self.lo, low), at.up.add(self.hi, high))

    __radd__ = __add__

    def __sub__(self, other: Operand) -> Interval:
        at, (low, high) = self.at, self._ends(other)
        return Interval(at, at.down.sub(self.lo, high), at.up.sub(self.hi, low))

    def __rsub__(self, other: int) -> Interval:
        at, number = self.at, self.at.integer(other)
        return Interval(at, at.down.sub(number, self.hi), at.up.sub(number, self.lo))

    def __mul__(self, other: Operand) -> Interval:
        at, (low, high) = self.at, self._ends(other)
        if self.lo >= 0 and low >= 0:
            return Interval(at, at.down.mul(self.lo, low), at.up.mul(self.hi, high))
        if self.lo >= 0 and high <= 0:
            # step: a product is most at (a, d) [value 9/11: self.hi]
            return Interval(at, at.down.mul(self.hi, low), at.up.mul(self.lo, high))
        if self.hi <= 0 and low >= 0:
            # step: a product is most at (b, c) [value 9/11: self.lo]
            return Interval(at, at.down.mul(self.lo, high), at.up.mul(self.hi, low))
        return self._at_corners(low, high, at.down.mul, at.up.mul)

    __rmul__ = __mul__

    def __truediv__(self, other: Operand) -> Interval:
        at, (low, high) = self.at, self._ends(other)
        # step: a quotient is refused where the denominator may be 0 [false]
        if low <= 0 <= high:
            raise Undecided("a denominator is not proved to differ from 0")
        if self.lo >= 0 and low > 0:
            return Interval(at, at.down.div(self.lo, high), at.up.div(self.hi, low))
        if self.hi <= 0 and low > 0:
            return Interval(at, at.down.div(self.lo, low), at.up.div(self.hi, high))
        return self._at_corners(low, high, at.down.div, at.up.div)

    def _at_corners(self, c: Mpfr, d: Mpfr, down: Rounded, up: Rounded) -> Interval:
        """The range of an operation with [c, d] that is monotone in each argument."""
        a, b = self.lo, self.hi
        # step: a product is least at (a, d) [call 2/11: min(down(a, c), down(b, c), down(b, d))]
        # step: a product is least at (b, c) [call 2/11: min(down(a, c), down(a, d), down(b, d))]
        # step: a product is least at (b, d) [call 2/11: min(down(a, c), down(a, d), down(b, c))]
        # step: a product is most at (a, c) [call 7/11: max(up(a, d), up(b, c), up(b, d))]
        # step: a product is most at (b, d) [call 7/11: max(up(a, c), up(a, d), up(b, c))]
        return Interval(
            self.at,
            min(down(a, c), down(a, d), down(b, c), down(b, d)),
            max(up(a, c), up(a, d), up(b, c), up(b, d)),
        )

    def __rtruediv__(self, other: int) -> Interval:
        return self._lift(other) / self

    def squared(self) -> Interval:
        """t², which is never negative."""
        size = self.absolute()
        return Interval(self.at, self.at.down.square(size.lo), self.at.up.square(size.hi))

    # Increasing and decreasing functions: their ends are the ends of their argument

    def exp(self) -> Interval:
        """e^t."""
        self.at.spend(1)
        return Interval(self.at, self.at.down.exp(self.lo), self.at.up.exp(self.hi))

    def expm1(self) -> Interval:
        """e^t − 1, to full relative accuracy."""
        self.at.spend(1)
        return Interval(self.at, self.at.down.expm1(self.lo), self.at.up.expm1(self.hi))

    def log(self) -> Interval:
        """The natural logarithm, t > 0."""
        if not self.lo > 0:
            raise Undecided("the argument of a logarithm is not proved positive")
        self.at.spend(1)
        return Interval(self.at, self.at.down.log(self.lo), self.at.up.log(self.hi))

    def sqrt(self) -> Interval:
        """The square root, t ≥ 0."""
        if not self.lo >= 0:
            raise Undecided("the argument of a square root is not proved to be at least 0")
        self.at.spend(0)
        return Interval(self.at, self.at.down.sqrt(self.lo), self.at.up.sqrt(self.hi))

    def erf(self) -> Interval:
        """(2/√π) ∫₀ᵗ e^{−τ²} dτ."""
        self.at.spend(2)
        return Interval(self.at, self.at.down.erf(self.lo), self.at.up.erf(self.hi))

    def erfc(self) -> Interval:
        """1 − erf t, to full relative accuracy where the interval is narrow.

        MPFR may take a millisecond for it, so it is called for the lower end alone. From there on,
        erfc falls at a rate of (2/√π) e^{−t²} < 2e^{−t²}.
        """
        self.at.spend(2)
        down, top = self.at.down, self.at.up.erfc(self.lo)
        fall = 2 * (self.high - self.low) * (-self.squared()).exp()
        # step: erfc falls over a wide range [call 2/3: down.next_below(top)]
        return Interval(self.at, down.sub(down.next_below(top), fall.hi), top)

    def zeros_after_point(self) -> int:
        """How many binary digits after the point are 0: about −log₂ t, for t > 0; or 0."""
        if not self.lo > 0:
            raise Undecided("a number is not proved positive")
        return max(0, 1 - binary_exponent(self.lo))
