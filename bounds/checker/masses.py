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
from bounds.certify.checker.memory import remembered
from bounds.certify.checker.normal import normal_density, two_tails, two_tails_beside
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
    # step: a mass is taken where it is least and where it is most [first call 1/2]
    return low.hull(function(x_most, delta_most))


@remembered
def _deficit_at(x: Interval, delta: Interval) -> Interval:
    """At one x; d(x) ~ φ(Δ)x²Δ where x is small."""

    def difference(x: Interval, delta: Interval) -> Interval:
        near, far = delta - x, delta + x
        return (two_tails(near) + two_tails_beside(far, near)) / 2 - two_tails(delta)

    lost = 2 * x.zeros_after_point() + 2 * delta.zeros_after_point()
    return _sharply(difference, x, delta, lost)


def deficit(x: Interval, delta: Interval) -> Interval:
    """d(x) = ρ − f(x), over all x > 0 of an interval, for one Δ (itself enclosed)."""
    return _over(_deficit_at, (x.low, delta), (x.high, delta))


def sinh_integral(x: Interval, delta: Interval) -> Interval:
    """S(x) = ∫₀ˣ e^{−t²/2} sinh(tΔ) dt, over all x > 0 and all Δ of two intervals."""

    def at(x: Interval, delta: Interval) -> Interval:
        return deficit(x, delta) / (2 * normal_density(delta))

    return _over(at, (x.low, delta.low), (x.high, delta.high))


@remembered
def _window_at(x: Interval, delta: Interval) -> Interval:
    """At one x and one Δ; f(x) ~ 2Δφ(x) where Δ is small."""

    def difference(x: Interval, delta: Interval) -> Interval:
        near, far = x - delta, x + delta
        return (two_tails(near) - two_tails_beside(far, near)) / 2

    return _sharply(difference, x, delta, delta.zeros_after_point())


def window(x: Interval, delta: Interval) -> Interval:
    """f(x) = Φ(x + Δ) − Φ(x − Δ), over all x > 0 and all Δ of two intervals."""
    return _over(_window_at, (x.high, delta.low), (x.low, delta.high))


@remembered
def shifted_mass(y: Interval, delta: Interval) -> Interval:
    """Φ(y − Δ) − Φ(−Δ), for one y > 0 and one Δ (both enclosed)."""

    def difference(y: Interval, delta: Interval) -> Interval:  # ~ φ(Δ)y where y is small
        return (two_tails(delta - y) - two_tails(delta)) / 2

    return _sharply(difference, y, delta, y.zeros_after_point())


def missed_mass(y: Interval, delta: Interval) -> Interval:
    """1 − [Φ(y − Δ) − Φ(−Δ)] = ½[T(y − Δ) + T(Δ)], for one y and one Δ (both enclosed)."""
    return (two_tails(y - delta) + two_tails(delta)) / 2
