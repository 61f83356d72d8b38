r"""Where the chord from the corner (ε_c, 1) touches the loss, as a root without inverses.

Unknowns: x = l(ε), y = l(ε̂), g = g(ε̂), as for inflections. Tangency is L + L′·(ε_c − ε) = 1, with
L = g²/(1 + g²) and L′ = 2g/(1 + g²)² · (1 + 1/s(x))/(2φ(g)q(yΔ)). Times (1 + g²), this is

    t(x, y, g) = g (1 + 1/s(x)) (ε_c − d(x))/(φ(g) q(yΔ)) − (1 + g²) = 0.

Where L is concave the left side of the first form decreases with ε: there t has at most one zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flint import arb

from bounds.certify.arithmetic import Value
from bounds.certify.arithmetic.ball import BALL
from bounds.certify.exact import Exact, to_ball
from bounds.critical.curve import Station, station
from bounds.critical.system import InflectionSystem
from bounds.functions.normal import density
from bounds.functions.primitives.ball import sinh_integral
from bounds.functions.shift import coth, decay
from bounds.functions.window import mass_deficit, relative_steepness

UNKNOWNS = ("l(eps)", "l(eps_hat)", "g(eps_hat)")


def tangency(x: arb, y: arb, g: arb, delta: arb, corner: arb) -> arb:
    """T(x, y, g): positive where the loss is still too steep to aim at the corner."""
    return aim_at(x, y, g, delta, corner) - (1 + g * g)


def aim_at(x: Value, y: Value, g: Value, delta: Value, corner: Value) -> Value:
    """The first term of t(x, y, g), in any arithmetic."""
    rise = 1 + 1 / relative_steepness(x, delta)
    return g * rise * (corner - mass_deficit(x, delta)) / (density(g) * decay(y * delta))


def slope(x: Value, share: Value, g: Value, delta: Value) -> Value:  # L′
    """L′(ε) = g/(1 + g²)² · (1 + 1/s(x))/(φ(g) q), in terms of x, q = 1 − e^{−2yΔ} and g."""
    rise = 1 + 1 / relative_steepness(x, delta)
    square = 1 + g * g
    return g * rise / (square * square * density(g) * share)


@dataclass(frozen=True)
class TangentSystem:
    """The system for one Δ; `corner` gives ε_c at the working precision."""

    delta: Exact
    corner: Callable[[arb], arb]

    def residual(self, point: Sequence[arb]) -> list[arb]:
        """The left-hand sides at (x, y, g)."""
        delta = to_ball(self.delta)
        x, y, g = point
        # relative however small: for large Δ the contact lies at x of order φ(Δ)/Δ²
        estimate = x + 2 * sinh_integral(x, delta) - 2 * sinh_integral(y, delta)
        masses = BALL.interval_mass(-g, 2 * g) - BALL.interval_mass(-delta, y)
        return [
            estimate,
            masses / density(delta),
            tangency(x, y, g, delta, self.corner(delta)),
        ]

    def jacobian(self, point: Sequence[arb]) -> list[list[arb]]:
        """The derivatives of the residual, row by row."""
        x, y, g = point
        delta = to_ball(self.delta)
        corner = self.corner(delta)
        steepness = relative_steepness(x, delta)
        aim = aim_at(x, y, g, delta, corner)
        past = x - delta * coth(x * delta)  # (log s)′ = −past
        gap = corner - mass_deficit(x, delta)
        by_x = aim * (past / (1 + steepness) - density(delta) * steepness / gap)
        share = decay(y * delta)
        by_y = -aim * 2 * delta * (1 - share) / share
        by_g = aim * (1 / g + g) - 2 * g
        definitions = InflectionSystem(self.delta).jacobian(point)[:2]
        return [*definitions, [by_x, by_y, by_g]]


def near_tangent(delta: arb, corner: arb, top: arb) -> Station | None:
    """A point of the curve close to the tangent, by bisection of y on (0, top]; None if outside."""

    def at(y: arb) -> Station:
        above = 2 * sinh_integral(y, delta) * (1 + arb(2) ** -20)  # x + 2S(x) = 2S(y)
        return station(y, delta, above.min(y / 2).mid())

    def before(point: Station) -> bool:
        return bool(tangency(point.x, point.y, point.g, delta, corner) > 0)

    high = at(top)
    if before(high):
        return None
    # where sinh and g are linear, x = πφ(Δ)ε_c/(4Δ²) and y² = x/Δ
    low = at(((density(delta) / delta).sqrt() / delta / 8).min(top / 2).mid())
    while not before(low):
        high, low = low, at((low.y / 8).mid())
    for _ in range(14):
        middle = at((low.y * high.y).sqrt().mid())
        low, high = (middle, high) if before(middle) else (low, middle)
    return high
