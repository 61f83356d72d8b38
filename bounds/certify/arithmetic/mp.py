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

from bounds.certify.errors import DomainError, Inconclusive
from bounds.certify.exact import read_exact

_GUARD = 20
_FARTHEST_DELTA = 10**6
_LOCAL = threading.local()


def _private(bits: int) -> Any:
    """This thread's own mpmath context, set to `bits`."""
    if not hasattr(_LOCAL, "context"):
        _LOCAL.context = mpmath.mp.clone()
    _LOCAL.context.prec = bits
    return _LOCAL.context


def _magnitude(c: Any, t: Any) -> float:
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

    def pi(self) -> Any:
        return +mpmath.pi

    def cdf(self, t: Any) -> Any:
        return self._guarded(_cdf, t)

    def quantile(self, p: Any) -> Any:
        return self._guarded(_quantile, p)

    def interval_mass(self, start: Any, width: Any) -> Any:
        return self._guarded(_interval_mass, start, width)

    def central_quantile(self, mass: Any, tail: Any) -> Any:
        return self._guarded(_central_quantile, mass, tail)

    def sinh_integral(self, x: Any, delta: Any) -> Any:
        self._within_reach(delta)
        return self._guarded(_sinh_integral, x, delta)

    def solve_deficit(self, eps: Any, delta: Any) -> Any:
        self._within_reach(delta)
        return self._guarded(_solve_deficit, eps, delta)

    def solve_window(self, mass: Any, delta: Any) -> Any:
        self._within_reach(delta)
        return self._guarded(_solve_window, mass, delta)

    def _within_reach(self, delta: Any) -> None:
        """Refuse a Δ whose log₂(1 + Δ²) lost bits would leave nothing."""
        self.require(
            delta <= _FARTHEST_DELTA,
            "Delta is above 10^6, too far for mpmath's root finder: pass a ball of many bits",
        )

    def _guarded(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Evaluate with guard bits in the private context; round to the caller's precision."""
        c = _private(mpmath.mp.prec + _GUARD)
        value = function(c, *(c.mpf(argument) for argument in arguments))
        return +mpmath.mpf(value)


def _density(c: Any, t: Any) -> Any:
    return c.exp(-t * t / 2) / c.sqrt(2 * c.pi)


def _cdf(c: Any, t: Any) -> Any:
    return c.erfc(-t / c.sqrt(2)) / 2


def _upper_tail_root(c: Any, tail: Any) -> Any:
    """The t with 1 − Φ(t) = tail, 0 < tail ≤ 1/2: Newton on the concave log of the tail."""
    t = c.sqrt(-2 * c.log(tail)) if tail < 0.1 else c.mpf(0)
    goal = c.log(tail)
    for _ in range(60):
        mass = _cdf(c, -t)
        step = (c.log(mass) - goal) * mass / _density(c, t)
        t += step
        if abs(step) <= abs(t) * c.mpf(2) ** (-(c.prec // 2) - 4):
            break
    mass = _cdf(c, -t)
    return t + (mass - tail) / _density(c, t)


def _quantile(c: Any, p: Any) -> Any:
    if p <= 0.5:
        return -_upper_tail_root(c, p) if p < 0.5 else c.mpf(0)
    return _upper_tail_root(c, 1 - p)


def _central_quantile(c: Any, mass: Any, tail: Any) -> Any:
    if tail < 0.5:
        return _upper_tail_root(c, tail / 2)
    root = c.sqrt(2)
    t = mass * c.sqrt(c.pi / 2)
    for _ in range(60):  # Newton on a concave function, from the left
        step = (mass - c.erf(t / root)) / (2 * _density(c, t))
        t += step
        if abs(step) <= abs(t) * c.mpf(2) ** (-(c.prec // 2) - 4):
            break
    return t + (mass - c.erf(t / root)) / (2 * _density(c, t))


def _interval_mass(c: Any, start: Any, width: Any) -> Any:
    if width == 0:
        return c.mpf(0)
    lost = max(0.0, -_magnitude(c, width) - max(0.0, _magnitude(c, start)))
    before = c.prec
    c.prec = before + int(lost) + _GUARD
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


def _sinh_integral(c: Any, x: Any, delta: Any) -> Any:
    x = abs(x)
    if x == 0:
        return c.mpf(0)
    rate = _magnitude(c, delta)
    lost = max(0.0, -2 * _magnitude(c, x) - rate - max(0.0, rate))
    before = c.prec
    c.prec = before + int(lost) + _GUARD
    root = c.sqrt(2)
    tails = c.erfc((delta - x) / root) + c.erfc((delta + x) / root)
    value = (tails / 2 - c.erfc(delta / root)) / (2 * _density(c, delta))
    c.prec = before
    return value


def _solve_deficit(c: Any, eps: Any, delta: Any) -> Any:
    if eps == 0:
        return c.mpf(0)
    rho = _interval_mass(c, -delta, 2 * delta)
    if eps > rho / 2:
        return _solve_window(c, rho - eps, delta)
    goal = eps / (2 * _density(c, delta))
    x = 2 * c.asinh(c.sqrt(goal * delta / 2)) / delta

    def newton(x: Any) -> Any:
        value = _sinh_integral(c, x, delta)
        rate = c.exp(-x * x / 2) * c.sinh(x * delta)
        # on a log-log scale, where small roots are ordinary
        step = c.log(goal / value) * value / (x * rate)
        return x * (c.exp(step) if abs(step) < 40 else 2)

    return _iterate(c, newton, x)


def _solve_window(c: Any, mass: Any, delta: Any) -> Any:
    rho = _interval_mass(c, -delta, 2 * delta)
    if mass >= rho / 2:
        return _solve_deficit(c, max(rho - mass, c.mpf(0)), delta)
    x = max(delta + _upper_tail_root(c, min(mass, c.mpf(0.5))), delta)

    def newton(x: Any) -> Any:
        held = _interval_mass(c, x - delta, 2 * delta)
        rate = 2 * _density(c, delta) * c.exp(-x * x / 2) * c.sinh(x * delta)
        moved = x + c.log(held / mass) * held / rate
        return min(max(moved, x / 4), 2 * x + 4)

    return _iterate(c, newton, x)


def _iterate(c: Any, newton: Callable[[Any], Any], x: Any) -> Any:
    for _ in range(300):
        moved = newton(x)
        close = abs(moved - x) <= x * c.mpf(2) ** (-(c.prec // 2) - 4)
        x = moved
        if close:
            return newton(x)
    raise Inconclusive(f"Newton's method did not settle near {c.nstr(x, 10)}: raise mpmath.mp.prec")


MP = MpArithmetic()
"""The one instance."""
