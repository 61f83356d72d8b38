r"""Masses of the standard normal distribution, and the integral S, to full relative accuracy.

With T(t) = 2Φ(−t) = erfc(t/√2), and for x, y, Δ > 0:

    d(x) = ρ − f(x)           = ½[T(Δ − x) + T(Δ + x)] − T(Δ)
    f(x) = Φ(x+Δ) − Φ(x−Δ)    = ½[T(x − Δ) − T(x + Δ)]
    Φ(y−Δ) − Φ(−Δ)            = ½[T(Δ − y) − T(Δ)]
    S(x) = d(x)/(2φ(Δ))       = √(π/2) e^{Δ²/2} d(x)

The differences cancel where x, y or Δ is small, so they are taken at a higher precision. Over
intervals, the extreme values are at ends:

    d, S increase in x; S increases in Δ; f decreases in x and increases in Δ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.normal import two_tails
from bounds.certify.checker.verdict import Undecided

Ends: TypeAlias = tuple[Interval, Interval]

_GUARD = 16


def _sharply(
    function: Callable[[Interval, Interval], Interval], x: Interval, delta: Interval, lost: int
) -> Interval:
    """A function of x and Δ evaluated with `lost` bits to spare."""
    if lost > 4 * x.at.bits + 2000:
        raise Undecided("a number is too small for this precision")
    sharp = x.at.finer(lost + _GUARD)
    return function(x.to(sharp), delta.to(sharp)).to(x.at)


def _over(function: Callable[[Interval, Interval], Interval], least: Ends, most: Ends) -> Interval:
    """The range of a function, from where it is least to where it is most."""
    (x, delta), (x_most, delta_most) = least, most
    low = function(x, delta)
    if x.lo == x_most.lo and delta.lo == delta_most.lo:
        return low
    return low.hull(function(x_most, delta_most))


def deficit(x: Interval, delta: Interval) -> Interval:
    """d(x) = ρ − f(x), over all x > 0 of an interval, for one Δ (itself enclosed)."""

    def difference(x: Interval, delta: Interval) -> Interval:
        return (two_tails(delta - x) + two_tails(delta + x)) / 2 - two_tails(delta)

    def at(x: Interval, delta: Interval) -> Interval:  # d(x) ~ φ(Δ)x²Δ where x is small
        lost = 2 * x.zeros_after_point() + 2 * delta.zeros_after_point()
        return _sharply(difference, x, delta, lost)

    return _over(at, (x.low, delta), (x.high, delta))


def sinh_integral(x: Interval, delta: Interval) -> Interval:
    """S(x) = ∫₀ˣ e^{−t²/2} sinh(tΔ) dt, over all x > 0 and all Δ of two intervals."""

    def at(x: Interval, delta: Interval) -> Interval:
        return (Interval.pi(x.at) / 2).sqrt() * (delta.squared() / 2).exp() * deficit(x, delta)

    return _over(at, (x.low, delta.low), (x.high, delta.high))


def window(x: Interval, delta: Interval) -> Interval:
    """f(x) = Φ(x + Δ) − Φ(x − Δ), over all x > 0 and all Δ of two intervals."""

    def difference(x: Interval, delta: Interval) -> Interval:
        return (two_tails(x - delta) - two_tails(x + delta)) / 2

    def at(x: Interval, delta: Interval) -> Interval:  # f(x) ~ 2Δφ(x) where Δ is small
        return _sharply(difference, x, delta, delta.zeros_after_point())

    return _over(at, (x.high, delta.low), (x.low, delta.high))


def shifted_mass(y: Interval, delta: Interval) -> Interval:
    """Φ(y − Δ) − Φ(−Δ), for one y > 0 and one Δ (both enclosed)."""

    def difference(y: Interval, delta: Interval) -> Interval:  # ~ φ(Δ)y where y is small
        return (two_tails(delta - y) - two_tails(delta)) / 2

    return _sharply(difference, y, delta, y.zeros_after_point())


def missed_mass(y: Interval, delta: Interval) -> Interval:
    """1 − [Φ(y − Δ) − Φ(−Δ)] = ½[T(y − Δ) + T(Δ)], for one y and one Δ (both enclosed)."""
    return (two_tails(y - delta) + two_tails(delta)) / 2
