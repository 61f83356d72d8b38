r"""The curve y ↦ (x, g) that ε runs through, at one Δ.

x = x(y) solves  d(x) + φ(Δ)x = d(y),  that is  x + 2S(x) = 2S(y),  and g = g(y) solves
Φ(g) − Φ(−g) = Φ(y − Δ) − Φ(−Δ).  Both exist, are unique, lie in (0, y) and increase with y:

    dx/dy = s(y)/(1 + s(x)),    dg/dy = φ(y − Δ)/(2φ(g)) = ½ e^{(g² − (y − Δ)²)/2}.

As y → ∞ they tend to x_max, where φ(Δ)x = f(x), and to g_max, where 2Φ(−g) = Φ(−Δ).

Below, y is a point, Δ a point or an enclosure of one, and results enclose the one x or g.
"""

from __future__ import annotations

from math import log

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.inverse import SlopeNear, zero_of_increasing
from bounds.certify.checker.normal import (
    central_half_width,
    normal_density,
    outer_half_width,
    two_tails,
)
from bounds.certify.checker.steer import Balance, density, number, steered, tails
from bounds.checker.criterion import steepness
from bounds.checker.masses import missed_mass, shifted_mass, sinh_integral, window


def radius(y: Interval, delta: Interval) -> Interval:
    """x(y), from the log of the ratio of both sides of its equation.

    It is below 2S(y), below y, and below 2Δ: there f(x) = ∫ φ from Δ to 3Δ < 2Δφ(Δ) = φ(Δ)x.
    """
    ceiling = _least(y, 2 * delta.high)
    if not y < delta:
        return _window_balance(window(y, delta), delta, ceiling)
    goal = 2 * sinh_integral(y, delta)

    def balance(x: Interval) -> tuple[Interval, SlopeNear]:
        side = x + 2 * sinh_integral(x, delta)

        def slope(near: Interval) -> Interval:
            rate = 1 + steepness(near, delta)
            return rate / (side + rate * (near - x))

        return (side / goal).log(), slope

    start = steered(_sides_apart(goal, delta), _least(ceiling, goal.high), ceiling)
    return zero_of_increasing(balance, start, ceiling)


def radius_limit(delta: Interval) -> Interval:
    """x_max."""
    return _window_balance(delta * 0, delta, 2 * delta.high)


def _window_balance(held: Interval, delta: Interval, ceiling: Interval) -> Interval:
    """The x with held + φ(Δ)x = f(x): the same equation, without cancellation where y is large."""
    unit = normal_density(delta)

    def balance(x: Interval) -> tuple[Interval, SlopeNear]:
        side, mass = held + unit * x, window(x, delta)

        def slope(near: Interval) -> Interval:
            rate, move = unit * steepness(near, delta), near - x
            return unit / (side + unit * move) + rate / (mass - rate * move)

        return (side / mass).log(), slope

    start = steered(_masses_apart(held, delta), ceiling, ceiling)
    return zero_of_increasing(balance, start, ceiling)


def _sides_apart(goal: Interval, delta: Interval) -> Balance:
    """Log of (x + 2S(x))/goal in floats, with its slope."""
    d, wanted = number(delta), number(goal)
    unit, beyond = density(d), tails(d)

    def balance(x: float) -> tuple[float, float]:
        side = x + ((tails(d - x) + tails(d + x)) / 2 - beyond) / unit
        rate = 1 + (density(x - d) - density(x + d)) / unit
        return log(side / wanted), rate / side

    return balance


def _masses_apart(held: Interval, delta: Interval) -> Balance:
    """Log of (held + φ(Δ)x)/f(x) in floats, with its slope."""
    d, other = number(delta), number(held)
    unit = density(d)

    def balance(x: float) -> tuple[float, float]:
        side, mass = other + unit * x, (tails(x - d) - tails(x + d)) / 2
        return log(side / mass), unit / side + (density(x - d) - density(x + d)) / mass

    return balance


def shift(y: Interval, delta: Interval) -> Interval:
    """g(y); at most y/2, as no window of its mass is shorter than the central one."""
    held = shifted_mass(y, delta)
    if not held * 2 < 1:
        return outer_half_width(missed_mass(y, delta), y)
    return central_half_width(held, y)


def shift_limit(delta: Interval) -> Interval:
    """g_max, which is between Δ and Δ + 1."""
    return outer_half_width(two_tails(delta) / 2, delta.high + 1)


def _least(a: Interval, b: Interval) -> Interval:
    return b if b < a else a


def radius_range(y: Interval, delta: Interval) -> Interval:
    """x(y) over all y and Δ of two intervals: x increases with both.

    Where the equation holds, (1 + s(x)) ∂x/∂Δ = 2 ∫ₓʸ t e^{−t²/2} cosh(tΔ) dt > 0.
    """
    # step: x reaches its value at the greatest y and Delta [first call 1/3]
    # step: x begins at its value at the least y and Delta [last call 1/3]
    return radius(y.low, delta.low).hull(radius(y.high, delta.high))


def shift_range(y: Interval, delta: Interval) -> Interval:
    """g(y) over all y and Δ of two intervals.

    The mass of [−Δ, y − Δ] increases with y. As Δ grows, it increases up to Δ = y/2, where the
    window is central, and decreases from there.
    """
    # step: g is taken at the least Delta [value 4/7: delta.high]
    # step: g is taken at the greatest Delta [value 6/7: delta.low]
    low = [shift(y.low, end) for end in (delta.low, delta.high)]
    return low[0].hull(low[1]).hull(shift(y.high, most_central(y, delta.low, delta.high)))


def most_central(y: Interval, least: Interval, most: Interval) -> Interval:
    """The Δ of a range at which the mass of [−Δ, y − Δ] is greatest, at the greatest y."""
    # step: g is greatest where the window is central [call 1/2: least]
    return min(max(y.high / 2, least), most)
