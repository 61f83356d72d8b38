r"""For all Δ ≥ Δ₀ the root of the expansion is the first turn: the loss is concave before it.

Up to v = ¼ by the bound of `convexity.ends`, which in scaled units is, with σ = sinh(v)/v,

    2 e^{−g²/2 − v²τ/2 − v} (1 − v⁴σ²τ) > σ (1 + 2 sinh(v²σ))²;

from there by the sign of the criterion over boxes of (v, τ), as long as it is proved; and then, to
v = ¾ and beyond the box of the root, because the criterion increases along the curve, ω with it, so
that it is negative before the root and positive after it. Over a box, u lies between its values at
two corners: on the curve it increases with v and decreases with τ, as
(1 + s) ∂u/∂τ = −∫ᵤᵛ w² e^{−w²τ/2} sinh w dw.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.monotone import monotone_root
from bounds.critical.large_delta.expansion import Part, parts
from bounds.critical.large_delta.scaled import Coupled, sinh_integral, steepness

_BITS = 64
_FIRST = Fraction(1, 4)
ONLY_UP_TO = Fraction(3, 4)
"""The criterion has one zero with v up to here, and it rises through it."""
_WIDTH = arb(1) / 50


def prove_first_turn(start: Fraction = Fraction(4)) -> int:
    """Prove for every Δ ≥ `start` that the loss is concave up to the root and turns convex there.

    The root is that of `eps_cr_expansion`, which so is ε_cr; no other has l(ε̂)Δ ≤ 3/4.

    Args:
        start: Δ₀ ≥ 4, in standard deviations.

    Returns:
        The number of boxes that the proof took.

    Raises:
        Inconclusive: a sign is not proved.
    """
    return sum(turn_of_part(part) for part in parts(start))


def turn_of_part(part: Part) -> int:
    """The same for one part of the range of τ."""
    with working_precision(_BITS):
        v, end = to_ball(_FIRST), to_ball(ONLY_UP_TO)
        # step: the root lies before 3/4 [true 2/2]
        if not part.box[1] < end:
            raise Inconclusive(f"the root is not proved to lie before 3/4 for {_told(part)}")
        # step: the start before the first turn [true 2/2]
        if not _concave_up_to(v, part.tau, part.omega):
            raise Inconclusive(f"concavity near 0 is not proved for {_told(part)}")
        boxes, width, negative = 0, _WIDTH, True
        corner = radius_at(v, part.tau.upper())
        # step: up to 3/4 [value 2/2: _ / 2]
        while v < end:
            stop = (v + width).min(end)
            far = radius_at(stop, part.tau.lower())
            # step: u for every v and τ [first call 2/3]
            # step: v over the box [first call 3/3]
            value, rise = along(corner.union(far), v.union(stop), part)
            # step: and once not negative, rising up to 3/4 [false 1/4]
            if negative and not value < 0:
                negative = False  # from here on the criterion increases, up to the root
            boxes += 1
            # step: each box negative, or rising [true 3/3]
            if negative or rise > 0:
                v, corner = stop, radius_at(stop, part.tau.upper())
            elif width > _WIDTH / 64:
                width = width / 2
            else:
                raise Inconclusive(f"the sign before the root is not proved for {_told(part)}")
        return boxes


def along(u: arb, v: arb, part: Part) -> tuple[arb, arb]:
    """The criterion and its derivative along the curve, over a box, for all κ up to the part's."""
    system = Coupled(part.tau, arb(0).union(part.unit))
    (by_u, by_v), (rise_u, rise_v) = system.jacobian([u, v])
    return system.residual([u, v])[1], rise_v - rise_u * by_v / by_u


def _concave_up_to(v: arb, tau: arb, omega: arb) -> bool:
    """The bound above; g² is at most the radius of the ball that ω fills."""
    sigma = v.sinh() / v
    span = v * v * sigma
    past = 1 - span * span * tau
    # step: the start: g² [sum 2/2: -v * v * tau / 2]
    share = 2 * (-omega.abs_upper() / 2 - v * v * tau / 2 - v).exp() * past
    steep = 1 + 2 * span.sinh()
    # step: the start: the bound [zero product 1/2]
    return bool(past > 0 and share > sigma * steep * steep)


def radius_at(v: arb, tau: arb) -> arb:
    """The u on the curve at v and τ, narrow both."""
    goal = 2 * sinh_integral(v, tau)

    def balance(u: arb) -> tuple[arb, arb]:
        return u + 2 * sinh_integral(u, tau) - goal, 1 + steepness(u, tau)

    return monotone_root(balance, (goal / 2).min(v), v)


def _told(part: Part) -> str:
    return f"1/Delta^2 in {part.tau.str(5)}"
