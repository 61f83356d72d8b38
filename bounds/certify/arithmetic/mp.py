"""mpmath's arbitrary-precision floats, good to the working precision `mpmath.mp.prec`.

Not rigorous, never certified: good to the working precision up to the conditioning of the problem
and about log₂(1 + Δ²) bits, for Δ up to 10⁶. The primitives run with guard bits in a private
context, one a thread, so the caller's precision is read and never touched.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import mpmath

from bounds.certify.errors import DomainError
from bounds.certify.exact import read_exact

GUARD = 20
"""Bits to spare of the private context."""
_LOCAL = threading.local()


def _private(bits: int) -> Any:
    """This thread's own mpmath context, set to `bits`."""
    if not hasattr(_LOCAL, "context"):
        _LOCAL.context = mpmath.mp.clone()
    _LOCAL.context.prec = bits
    return _LOCAL.context


def magnitude(c: Any, t: Any) -> float:
    """About log₂|t|; −inf at 0."""
    return float(c.mag(t)) if t else -float("inf")


class MpArithmetic:
    """See `bounds.certify.arithmetic.Arithmetic`."""

    name = "mpf"

    def coerce(self, value: Any) -> Any:
        if isinstance(value, mpmath.mpf):
            return value
        exact = read_exact(value, "the argument")
        return mpmath.mpf(exact.numerator) / exact.denominator  # type: ignore[union-attr]

    def point(self, value: Any) -> Any:
        return value

    def finite(self, value: Any) -> bool:
        return bool(mpmath.isfinite(value))

    def require(self, condition: bool, message: str) -> None:
        if not condition:
            raise DomainError(message)

    def exp(self, t: Any) -> Any:
        return mpmath.exp(t)

    def expm1(self, t: Any) -> Any:
        return mpmath.expm1(t)

    def sqrt(self, t: Any) -> Any:
        return mpmath.sqrt(t)

    def root(self, t: Any, degree: int) -> Any:
        return mpmath.root(t, degree)

    def pi(self) -> Any:
        return +mpmath.pi

    def density(self, t: Any) -> Any:
        return mpmath.exp(-t * t / 2) / mpmath.sqrt(2 * mpmath.pi)

    def cdf(self, t: Any) -> Any:
        return self.guarded(_cdf, t)

    def quantile(self, p: Any) -> Any:
        return self.guarded(_quantile, p)

    def interval_mass(self, start: Any, width: Any) -> Any:
        return self.guarded(interval_mass, start, width)

    def central_quantile(self, mass: Any, tail: Any) -> Any:
        return self.guarded(_central_quantile, mass, tail)

    def guarded(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Evaluate with guard bits in the private context; round to the caller's precision."""
        c = _private(mpmath.mp.prec + GUARD)
        value = function(c, *(c.mpf(argument) for argument in arguments))
        return +mpmath.mpf(value)


def density(c: Any, t: Any) -> Any:
    """φ(t) in the context c."""
    return c.exp(-t * t / 2) / c.sqrt(2 * c.pi)


def _cdf(c: Any, t: Any) -> Any:
    return c.erfc(-t / c.sqrt(2)) / 2


def upper_tail_root(c: Any, tail: Any) -> Any:
    """The t with 1 − Φ(t) = tail, 0 < tail ≤ 1/2: Newton on the concave log of the tail."""
    t = c.sqrt(-2 * c.log(tail)) if tail < 0.1 else c.mpf(0)
    goal = c.log(tail)
    for _ in range(60):
        mass = _cdf(c, -t)
        step = (c.log(mass) - goal) * mass / density(c, t)
        t += step
        if abs(step) <= abs(t) * c.mpf(2) ** (-(c.prec // 2) - 4):
            break
    mass = _cdf(c, -t)
    return t + (mass - tail) / density(c, t)


def _quantile(c: Any, p: Any) -> Any:
    if p <= 0.5:
        return -upper_tail_root(c, p) if p < 0.5 else c.mpf(0)
    return upper_tail_root(c, 1 - p)


def _central_quantile(c: Any, mass: Any, tail: Any) -> Any:
    if tail < 0.5:
        return upper_tail_root(c, tail / 2)
    root = c.sqrt(2)
    t = mass * c.sqrt(c.pi / 2)
    for _ in range(60):  # Newton on a concave function, from the left
        step = (mass - c.erf(t / root)) / (2 * density(c, t))
        t += step
        if abs(step) <= abs(t) * c.mpf(2) ** (-(c.prec // 2) - 4):
            break
    return t + (mass - c.erf(t / root)) / (2 * density(c, t))


def interval_mass(c: Any, start: Any, width: Any) -> Any:
    """Φ(start + width) − Φ(start) in the context c, relative."""
    if width == 0:
        return c.mpf(0)
    lost = max(0.0, -magnitude(c, width) - max(0.0, magnitude(c, start)))
    if lost > c.prec:  # the density is the same all over so tiny a width, to the last bit
        return width * density(c, start + width / 2)
    before = c.prec
    c.prec = before + int(lost) + GUARD
    root = c.sqrt(2)
    a, b = start / root, (start + width) / root
    if a < 0 < b:
        value = (c.erf(b) + c.erf(-a)) / 2
    elif b <= 0:
        value = (c.erfc(-b) - c.erfc(-a)) / 2
    else:
        value = (c.erfc(a) - c.erfc(b)) / 2
    c.prec = before
    return value


MP = MpArithmetic()
"""The one instance."""
