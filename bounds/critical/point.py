"""One inflection of the loss, located to any number of digits and proved to be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import Exact, show_exact
from bounds.certify.numbers.digits import to_digits
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.certify.results import Result
from bounds.certify.roots.krawczyk import (
    SPARE,
    RootProof,
    proved_root,
    refined_root,
    sharpened_root,
)
from bounds.critical.curve import require_on_curve
from bounds.critical.system import UNKNOWNS, InflectionSystem
from bounds.functions.loss import loss_of_shift
from bounds.functions.window import mass_deficit

Turn = Literal["concave to convex", "convex to concave"]

_SIGN_BITS = 96
_MANY_BITS = 4000  # from here on a step of third order takes less time


@dataclass(frozen=True, repr=False)
class Inflection(Result):
    """A point where the second derivative of the loss changes sign, with proof.

    Attributes:
        delta: Δ, exact or a ball (then every number holds for all of it).
        turn: how the loss bends before and after.
        eps: the adversarial mass ε at the point, relative to one component.
        radius: l(ε), in standard deviations.
        radius_of_estimate: l(ε̂), in standard deviations.
        estimate: ε̂, the server's largest estimate of ε.
        shift: g(ε̂), in standard deviations.
        loss: g(ε̂)²/(1 + g(ε̂)²).
        proof: existence and uniqueness in a box of (l(ε), l(ε̂), g(ε̂)).
    """

    delta: Exact
    turn: Turn
    eps: Enclosure
    radius: Enclosure
    radius_of_estimate: Enclosure
    estimate: Enclosure
    shift: Enclosure
    loss: Enclosure
    proof: RootProof

    @property
    def bits(self) -> int:
        """The working precision of the final evaluation."""
        return self.proof.bits


def locate(
    delta: Exact, start: Sequence[arb], digits: int, spare: int = 0, known: int = 0
) -> tuple[list[arb], Inflection]:
    """The inflection to which Newton's method leads from `start`, proved, to `digits` digits.

    Args:
        delta: Δ > 0, exact or a narrow ball.
        start: a guess of (l(ε), l(ε̂), g(ε̂)).
        digits: significant decimal digits of every number in the result.
        spare: bits of accuracy beyond these digits that the root is enclosed to.
        known: bits of the guess that are believed to be right; 0 for a rough guess.

    Returns:
        Enclosures of (l(ε), l(ε̂), g(ε̂)), and the inflection.

    Raises:
        Inconclusive: no box contracts, a number of the root is not positive, or the direction of
            the turn is not proved.
    """
    system = InflectionSystem(delta)
    statement = (
        "loss'' has exactly one zero with (l(eps), l(eps_hat), g(eps_hat)) in this box,"
        f" at Delta = {show_exact(delta)}"
    )
    guess, believed = start, known

    def at(bits: int) -> tuple[dict[str, arb], tuple[list[arb], list[list[arb]], RootProof]]:
        nonlocal guess, believed
        with working_precision(bits + SPARE):
            system.prepare()
            short = bits if bits < _MANY_BITS else 2 * bits // 3 + 16
            point = refined_root(system.residual, system.jacobian, guess, short, believed)
            value, eps_at_point = system.evaluate(point)
            found = proved_root(value, system.jacobian, point, short, UNKNOWNS, statement)
            root, slopes, _ = found
            if short < bits:
                root, slopes = sharpened_root(
                    value, system.jacobian, system.bends, point, root, bits
                )
            x, y, g = root
            guess, believed = root, bits_for(digits) + spare
            unit = system.unit()
            if isinstance(delta, arb):
                eps = mass_deficit(x, delta)
            else:  # by the mean value theorem: the slopes hold the mean of 1 + d′/φ(Δ)
                # step: ε moves with the root [first sum 1/3]
                eps = eps_at_point + unit * (slopes[0][0] - 1) * (x - point[0])
            return {
                "eps": eps,
                "radius": x,
                "radius_of_estimate": y,
                "estimate": eps + unit * x,
                "shift": g,
                "loss": loss_of_shift(g),
            }, (root, *found[1:])

    faces, (root, slopes, proof) = to_digits(at, digits, delta, spare=spare, first=0)
    # step: a point lies on the curve [drop]
    require_on_curve("the root", root)
    with working_precision(_SIGN_BITS):
        turn = _turn(slopes)
    return root, Inflection(delta=delta, turn=turn, proof=proof, **faces)


def _turn(slopes: list[list[arb]]) -> Turn:
    """The direction in which the criterion crosses 0, from its derivative along the curve.

    The first two rows of the Jacobian, over the box of the proof, give dx/dy and dg/dy.
    """
    first, second, criterion = slopes
    # step: along the curve in x [zero value 3/14]
    # step: and in g [zero value 9/14]
    along = criterion[1] - criterion[0] * first[1] / first[0] - criterion[2] * second[1] / second[2]
    # step: the criterion rises at a point [true]
    if along > 0:
        return "concave to convex"
    # step: or falls at a point [true]
    if along < 0:
        return "convex to concave"
    raise Inconclusive(f"the slope {along.str(5)} of the criterion at the root has no proved sign")
