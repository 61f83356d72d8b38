"""Where to start a proof: zeros in float64, to twelve digits or so. Nothing is proved here.

Where floats overflow, underflow or fail to settle, the start stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import erf, erfc, exp, isfinite, pi, sqrt

from bounds.certify.checker.interval import Interval

Balance = Callable[[float], tuple[float, float]]

_MOST_STEPS = 40
_ROOT2 = sqrt(2)


# equivalent mutants: floats that lead to where the last step of Newton's method proves the zero
def density(t: float) -> float:
    """φ(t)."""
    return exp(-t * t / 2) / sqrt(2 * pi)


# equivalent mutants: floats that lead to where the last step of Newton's method proves the zero
def tails(t: float) -> float:
    """T(t) = 2Φ(−t)."""
    return erfc(t / _ROOT2)


# equivalent mutants: floats that lead to where the last step of Newton's method proves the zero
def inner(t: float) -> float:
    """1 − T(t)."""
    return erf(t / _ROOT2)


# equivalent mutants: floats that lead to where the last step of Newton's method proves the zero
def steered(balance: Balance, start: Interval, ceiling: Interval) -> Interval:
    """A start nearer the zero of an increasing function, by Newton's method.

    Args:
        balance: t ↦ the function and its slope.
        start: where to start.
        ceiling: a point above the zero.
    """
    try:
        t, top = number(start), number(ceiling)
        for _ in range(_MOST_STEPS):
            value, slope = balance(t)
            moved = t - value / slope
            if not 0 < moved < top:
                moved = (t if moved <= 0 else t + top) / 2
            if abs(moved - t) <= 1e-13 * t:
                return point(start, moved)
            t = moved
    except (ArithmeticError, ValueError):
        pass
    return start


# equivalent mutants: floats that lead to where the last step of Newton's method proves the zero
def point(like: Interval, t: float) -> Interval:
    """A float as an interval."""
    if not (isfinite(t) and t > 0):
        raise ValueError("no start")
    return Interval.enclosing(like.at, Fraction(t), Fraction(t))


# equivalent mutants: floats that lead to where the last step of Newton's method proves the zero
def number(interval: Interval) -> float:
    """A float near the middle."""
    return float(interval.middle.lo)
