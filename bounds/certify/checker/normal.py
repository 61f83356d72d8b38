r"""The standard normal distribution, to full relative accuracy in its tails.

T(t) = 2Φ(−t) = erfc(t/√2) is the mass of both tails. Its inverses, and Φ⁻¹(p), which solves
Φ(t) = p, are zeros of increasing functions on a log scale.
"""

from __future__ import annotations

from math import log

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.inverse import SlopeNear, zero_of_increasing
from bounds.certify.checker.memory import remembered
from bounds.certify.checker.steer import density, inner, number, steered, tails
from bounds.certify.checker.verdict import Undecided

_FARTHEST = 1e9  # tails beyond have no double, nor has their ratio


@remembered
def normal_density(t: Interval) -> Interval:
    """φ(t)."""
    return (-t.squared() / 2).exp() / (2 * Interval.pi(t.at)).sqrt()


@remembered
def two_tails(t: Interval) -> Interval:
    """T(t) = 2Φ(−t), the mass of both tails beyond t."""
    return (t / Interval.power_of_two(t.at, 1).sqrt()).erfc()


def central_mass(g: Interval) -> Interval:
    """1 − T(g), the mass from −g to g."""
    return (g / Interval.power_of_two(g.at, 1).sqrt()).erf()


def two_tails_beside(t: Interval, other: Interval) -> Interval:
    """T(t), t > 0, as the smaller term of a sum with T(other): no finer than the sum needs."""
    far, near = (min(max(float(end.lo), 0.0), _FARTHEST) for end in (t, other))
    below = far**2 - near**2  # twice the log of their ratio, or so
    return two_tails(t.to(t.at.coarser(int(below * 0.72)))).to(t.at)


def cdf(t: Interval) -> Interval:
    """Φ(t), relative in both tails: it increases."""
    return (two_tails(-t.low) / 2).hull(two_tails(-t.high) / 2)


def quantile(p: Interval) -> Interval:
    """Φ⁻¹(p), 0 < p < 1, for one p."""
    if p * 2 > 1:
        return -quantile(1 - p)
    if not p > 0:
        raise Undecided("the argument of a quantile is not proved to lie between 0 and 1")
    held = 1 - 2 * p
    if not held > 0:
        raise Undecided("a quantile so close to the median is not proved")
    if held * 2 < 1:
        return -central_half_width(held, held * 4)
    return -outer_half_width(2 * p, (-2 * (2 * p).log()).sqrt() + 1)


def central_half_width(held: Interval, ceiling: Interval) -> Interval:
    """The g with mass `held` between −g and g."""

    def balance(g: Interval) -> tuple[Interval, SlopeNear]:
        side = central_mass(g)

        def slope(near: Interval) -> Interval:
            rate = 2 * normal_density(near)
            return rate / (side + rate * (near - g))

        return (side / held).log(), slope

    start = held * (Interval.pi(held.at) / 2).sqrt()  # where erf(g/√2) < 2gφ(0) = held
    wanted = number(held)

    # equivalent mutants: floats that lead to where the last step of Newton's method proves the zero
    def roughly(g: float) -> tuple[float, float]:
        side = inner(g)
        return log(side / wanted), 2 * density(g) / side

    return zero_of_increasing(balance, steered(roughly, start, ceiling), ceiling)


def outer_half_width(mass: Interval, ceiling: Interval) -> Interval:
    """The g with mass T(g) beyond ±g, as T(g) < e^{−g²/2} below √(−2 log mass)."""

    def balance(g: Interval) -> tuple[Interval, SlopeNear]:
        side = two_tails(g)

        def slope(near: Interval) -> Interval:
            rate = 2 * normal_density(near)
            return rate / (side - rate * (near - g))

        return (mass / side).log(), slope

    start, wanted = (-2 * mass.log()).sqrt(), number(mass)

    # equivalent mutants: floats that lead to where the last step of Newton's method proves the zero
    def roughly(g: float) -> tuple[float, float]:
        side = tails(g)
        return log(wanted / side), 2 * density(g) / side

    return zero_of_increasing(balance, steered(roughly, start, ceiling), ceiling)
