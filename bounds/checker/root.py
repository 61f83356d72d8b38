r"""Certificates of roots: one inflection, isolated in a box, with its ε and its direction.

The unknowns are x, y, g. With masses in units of φ(Δ), they solve

    x + 2S(x) − 2S(y) = 0,    [Φ(g) − Φ(−g) − (Φ(y − Δ) − Φ(−Δ))]/φ(Δ) = 0,    K(x, y, g) = 0,

where for y ≥ Δ the first is x − (f(x) − f(y))/φ(Δ) = 0, and the masses in the second are taken from
their complements, T(g) = 2Φ(−g): the same functions, but for rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias, cast

from bounds.certify.checker import reading
from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind
from bounds.certify.checker.krawczyk import Vector, krawczyk_image
from bounds.certify.checker.normal import normal_density, two_tails
from bounds.certify.checker.number import read_number, told_point, told_range
from bounds.certify.checker.precision import Precision, Rational, Work
from bounds.certify.checker.reading import Ends
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker.criterion import criterion, steepness
from bounds.checker.family import slopes_along_y
from bounds.checker.masses import deficit, missed_mass, shifted_mass, sinh_integral, window
from bounds.checker.shape import read_delta

MOST_BITS = 200_000
_NUMBER = 2_000_000
_SPARE_BITS = 64

Turn: TypeAlias = Literal["concave to convex", "convex to concave"]


@dataclass(frozen=True, slots=True)
class RootClaim:
    """At this Δ, exactly one inflection (x, y, g) lies in `box`; it turns so, at ε in `eps`."""

    delta: Rational
    turn: Turn
    eps: Ends
    bits: int
    box: tuple[Ends, ...]


def read_root(statement: Any, evidence: Any) -> RootClaim:
    """The claim of a root.

    Raises:
        Rejected: it is malformed.
    """
    delta, turn, eps = reading.statement_fields(statement, "delta", "turn", "eps")
    bits, box = reading.fields(evidence, "the evidence of a root", "bits", "box")
    turn = cast(Turn, reading.one_of("concave to convex", "convex to concave")(turn))
    return RootClaim(read_delta(delta), turn, read_eps(eps), read_bits(bits), read_box(box))


_long_ends = partial(reading.ends, read=partial(read_number, size=_NUMBER))


def read_eps(eps: Any) -> Ends:
    """Two ends of ε, of as many digits as need be."""
    return _long_ends(eps)


def read_bits(bits: Any) -> int:
    """The precision of a root."""
    return reading.bits(bits, MOST_BITS)


def read_box(box: Any) -> tuple[Ends, ...]:
    """The ranges of x, y and g, all positive.

    Raises:
        Rejected: they are not.
    """
    sides = tuple(_long_ends(side) for side in reading.fields(box, "a box", "x", "y", "g"))
    if any(low <= 0 for low, _ in sides):
        raise Rejected("the box is not one of positive numbers", "box")
    return sides


def replay_root(claim: RootClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove a claim again; its proof is one piece.

    Raises:
        Rejected: existence and uniqueness, ε or the direction is not proved.
    """
    prove_root(claim, work)
    yield 1, 1


def prove_root(claim: RootClaim, work: Work | None = None) -> list[Interval]:
    """An enclosure of the inflection (x, y, g) that a claim is about, once the claim is proved.

    Raises:
        Rejected: existence and uniqueness, ε or the direction is not proved.
    """
    at = Precision(claim.bits + _SPARE_BITS + 2 * int(claim.delta).bit_length(), work)
    system = InflectionSystem(Interval.enclosing(at, claim.delta, claim.delta))
    try:
        root = system.image([Interval.enclosing(at, *side) for side in claim.box])
        # step: the image lies inside the box of a root [true 2/3]
        if not all(part.strictly_within(*side) for part, side in zip(root, claim.box, strict=True)):
            raise Rejected("exactly one root in the box is not proved", "box")
        if not system.eps(root).within(*claim.eps):
            root = system.image(root)  # narrower, down to rounding
            # step: the eps of a root lies between its ends [true 2/2]
            if not system.eps(root).within(*claim.eps):
                raise Rejected("the eps of the root is not proved to lie between its ends", "eps")
        rise = system.slope_along_curve(root)
    except Undecided as error:
        raise Rejected(f"the root is not proved: {error}", "box") from None
    # step: the turn of a root [true 2/5]
    if not (rise > 0 if claim.turn == "concave to convex" else rise < 0):
        raise Rejected(f"the turn is not proved to be from {claim.turn}", "turn")
    return root


def _told_root(claim: RootClaim) -> str:
    box = " x ".join(told_range(*side) for side in claim.box)
    return (
        f"at Delta = {told_point(claim.delta)} the loss has exactly one inflection whose"
        " (l(eps), l(eps_hat), g(eps_hat)) lies in the box of the evidence, which is within"
        f" {box}; there it turns from {claim.turn}, at an eps in {told_range(*claim.eps)}"
        " (which of its inflections this is, is not said)"
    )


ROOT = Kind(read_root, replay_root, _told_root)


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
