r"""Certificates of roots: one inflection, isolated in a box, with its ε and its direction.

The unknowns are x, y, g. With masses in units of φ(Δ), they solve

    x + 2S(x) − 2S(y) = 0,    [Φ(g) − Φ(−g) − (Φ(y − Δ) − Φ(−Δ))]/φ(Δ) = 0,    K(x, y, g) = 0,

where for y ≥ Δ the first is x − (f(x) − f(y))/φ(Δ) = 0, and the masses in the second are taken from
their complements, T(g) = 2Φ(−g): the same functions, but for rounding.
"""

from __future__ import annotations

from collections.abc import Iterator

from bounds.certify.checker.claims import RootClaim
from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.krawczyk import Vector, krawczyk_image
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker.criterion import criterion, steepness
from bounds.checker.curve import normal_density
from bounds.checker.family import slopes_along_y
from bounds.checker.masses import (
    deficit,
    missed_mass,
    shifted_mass,
    sinh_integral,
    two_tails,
    window,
)

_SPARE_BITS = 64


def replay_root(claim: RootClaim) -> Iterator[tuple[int, int]]:
    """Prove a claim again; its proof is one piece.

    Raises:
        Rejected: existence and uniqueness, ε or the direction is not proved.
    """
    at = Precision(claim.bits + _SPARE_BITS + 2 * int(claim.delta).bit_length())
    system = InflectionSystem(Interval.enclosing(at, claim.delta, claim.delta))
    if any(low <= 0 for low, _ in claim.box):
        raise Rejected("the box is not one of positive numbers", "box")
    try:
        root = system.image([Interval.enclosing(at, *side) for side in claim.box])
        if not all(part.strictly_within(*side) for part, side in zip(root, claim.box, strict=True)):
            raise Rejected("exactly one root in the box is not proved", "box")
        if not system.eps(root).within(*claim.eps):
            root = system.image(root)  # narrower, down to rounding
            if not system.eps(root).within(*claim.eps):
                raise Rejected("the eps of the root is not proved to lie between its ends", "eps")
        rise = system.slope_along_curve(root)
    except Undecided as error:
        raise Rejected(f"the root is not proved: {error}", "box") from None
    if not (rise > 0 if claim.turn == "concave to convex" else rise < 0):
        raise Rejected(f"the turn is not proved to be from {claim.turn}", "turn")
    yield 1, 1


class InflectionSystem:
    """The system above for one Δ, enclosed."""

    def __init__(self, delta: Interval) -> None:
        self.delta = delta

    def image(self, box: Vector) -> list[Interval]:
        """The Krawczyk image of a box, which holds every root that the box holds."""
        return krawczyk_image(self.residual, self.jacobian, box)

    def eps(self, point: Vector) -> Interval:
        """ε = d(x)."""
        return deficit(point[0], self.delta)

    def residual(self, point: Vector) -> list[Interval]:
        """The left-hand sides at a point (x, y, g)."""
        (x, y, g), delta = point, self.delta
        unit = normal_density(delta)
        if y < delta:
            estimate = x + 2 * (sinh_integral(x, delta) - sinh_integral(y, delta))
            central = (g / Interval.power_of_two(g.at, 1).sqrt()).erf()
            masses = central - shifted_mass(y, delta)
        else:
            estimate = x - (window(x, delta) - window(y, delta)) / unit
            masses = missed_mass(y, delta) - two_tails(g)
        return [estimate, masses / unit, criterion(x, y, g, delta)]

    def jacobian(self, box: Vector) -> list[list[Interval]]:
        """The derivatives of the left-hand sides, over a box."""
        (x, y, g), delta = box, self.delta
        zero = x * 0
        one = zero + 1
        k = criterion(
            Dual(x, one, zero, zero),
            Dual(y, zero, one, zero),
            Dual(g, zero, zero, one),
            Dual(delta),
        )
        # φ(y − Δ)/φ(Δ) = e^{y(Δ − y/2)} and 2φ(g)/φ(Δ) = 2e^{(Δ² − g²)/2}
        flow = (y * (delta - y / 2)).exp()
        central = 2 * ((delta.squared() - g.squared()) / 2).exp()
        return [
            [1 + steepness(x, delta), -steepness(y, delta), zero],
            [zero, -flow, central],
            [*k.slopes],
        ]

    def slope_along_curve(self, box: Vector) -> Interval:
        """dK/dy along the curve through the root, over a box that holds it."""
        (x, y, g), delta = box, self.delta
        x_slope, g_slope = slopes_along_y(x, y, g, delta)
        k = criterion(Dual(x, x_slope), Dual(y, y * 0 + 1), Dual(g, g_slope), Dual(delta))
        return k.slopes[0]
