"""The window's integral and its inverses in mpmath's floats: good to the working precision.

Not rigorous, never certified: up to the conditioning of the problem and about log₂(1 + Δ²) bits,
for Δ up to 10⁶.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bounds.certify.arithmetic.mp import (
    GUARD,
    MP,
    density,
    interval_mass,
    magnitude,
    upper_tail_root,
)
from bounds.certify.errors import Inconclusive

_FARTHEST_DELTA = 10**6


def sinh_integral(x: Any, delta: Any) -> Any:
    """See `bounds.functions.primitives`."""
    _within_range(delta)
    return MP.guarded(_sinh_integral, x, delta)


def solve_deficit(eps: Any, delta: Any) -> Any:
    """See `bounds.functions.primitives`."""
    _within_range(delta)
    return MP.guarded(_solve_deficit, eps, delta)


def solve_window(mass: Any, delta: Any) -> Any:
    """See `bounds.functions.primitives`."""
    _within_range(delta)
    return MP.guarded(_solve_window, mass, delta)


def _within_range(delta: Any) -> None:
    """Refuse a Δ whose log₂(1 + Δ²) lost bits would leave nothing."""
    MP.require(
        delta <= _FARTHEST_DELTA,
        "Delta is above 10^6, too far for mpmath's root finder: pass a ball of many bits",
    )


def _sinh_integral(c: Any, x: Any, delta: Any) -> Any:
    x = abs(x)
    if x == 0:
        return c.mpf(0)
    rate = magnitude(c, delta)
    if 2 * (magnitude(c, x) + rate) < -c.prec:  # sinh(tΔ) is tΔ to the last bit
        return -delta * c.expm1(-x * x / 2)
    lost = max(0.0, -2 * magnitude(c, x) - rate - max(0.0, rate))
    before = c.prec
    c.prec = before + int(lost) + GUARD
    root = c.sqrt(2)
    tails = c.erfc((delta - x) / root) + c.erfc((delta + x) / root)
    value = (tails / 2 - c.erfc(delta / root)) / (2 * density(c, delta))
    c.prec = before
    return value


def _solve_deficit(c: Any, eps: Any, delta: Any) -> Any:
    if eps == 0:
        return c.mpf(0)
    rho = interval_mass(c, -delta, 2 * delta)
    if eps > rho / 2:
        return _solve_window(c, rho - eps, delta)
    goal = eps / (2 * density(c, delta))
    x = 2 * c.asinh(c.sqrt(goal * delta / 2)) / delta

    def newton(x: Any) -> Any:
        value = _sinh_integral(c, x, delta)
        rate = c.exp(-x * x / 2) * c.sinh(x * delta)
        # on a log-log scale, where small roots are ordinary
        step = c.log(goal / value) * value / (x * rate)
        return x * (c.exp(step) if abs(step) < 40 else 2)

    return _iterate(c, newton, x)


def _solve_window(c: Any, mass: Any, delta: Any) -> Any:
    rho = interval_mass(c, -delta, 2 * delta)
    if mass >= rho / 2:
        return _solve_deficit(c, max(rho - mass, c.mpf(0)), delta)
    x = max(delta + upper_tail_root(c, min(mass, c.mpf(0.5))), delta)

    def newton(x: Any) -> Any:
        held = interval_mass(c, x - delta, 2 * delta)
        rate = 2 * density(c, delta) * c.exp(-x * x / 2) * c.sinh(x * delta)
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
