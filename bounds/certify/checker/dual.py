"""Automatic differentiation: an enclosure of a function, and of its derivatives.

A Dual is a value with its derivatives in one or more directions, after Clifford's numbers a + bε
with ε² = 0. Arithmetic on it follows the rules of calculus, so a function written once gives both.
"""

from __future__ import annotations

from typing import TypeAlias

from bounds.certify.checker.interval import Interval

Slopes: TypeAlias = tuple[Interval, ...]
Term: TypeAlias = "Dual | int"


def _combined(a: Slopes, by: Interval, b: Slopes, of: Interval) -> Slopes:
    """a·by + b·of, direction by direction; () is zero in all of them."""
    if not b:
        return tuple(slope * by for slope in a)
    if not a:
        return tuple(slope * of for slope in b)
    return tuple(s * by + t * of for s, t in zip(a, b, strict=True))


class Dual:
    """A value and its slopes, one for each direction; no slopes mean a constant."""

    __slots__ = ("slopes", "value")

    def __init__(self, value: Interval, *slopes: Interval) -> None:
        self.value, self.slopes = value, slopes

    def __neg__(self) -> Dual:
        return Dual(-self.value, *(-slope for slope in self.slopes))

    def __add__(self, other: Term) -> Dual:
        if isinstance(other, int):
            return Dual(self.value + other, *self.slopes)
        if self.slopes and other.slopes:
            slopes: Slopes = tuple(s + t for s, t in zip(self.slopes, other.slopes, strict=True))
        else:
            slopes = self.slopes or other.slopes
        return Dual(self.value + other.value, *slopes)

    __radd__ = __add__

    def __sub__(self, other: Term) -> Dual:
        return self + (-other)

    def __rsub__(self, other: int) -> Dual:
        return -self + other

    def __mul__(self, other: Term) -> Dual:
        if isinstance(other, int):
            return Dual(self.value * other, *(slope * other for slope in self.slopes))
        slopes = _combined(self.slopes, other.value, other.slopes, self.value)
        return Dual(self.value * other.value, *slopes)

    __rmul__ = __mul__

    def __truediv__(self, other: Term) -> Dual:
        if isinstance(other, int):
            return Dual(self.value / other, *(slope / other for slope in self.slopes))
        return self * (1 / other)

    def __rtruediv__(self, other: int) -> Dual:
        value = other / self.value
        return self._through(value, -value / self.value)

    def _through(self, value: Interval, slope: Interval) -> Dual:
        """The chain rule: a function with this value and slope at self."""
        return Dual(value, *(slope * inner for inner in self.slopes))

    def squared(self) -> Dual:
        """t²."""
        return self._through(self.value.squared(), 2 * self.value)

    def exp(self) -> Dual:
        """e^t."""
        value = self.value.exp()
        return self._through(value, value)

    def expm1(self) -> Dual:
        """e^t − 1."""
        value = self.value.expm1()
        return self._through(value, self.value.exp()) if self.slopes else Dual(value)
