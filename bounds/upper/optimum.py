r"""The adversary's exact optimum against the one-component loss, for k → ∞: its concave envelope.

With a large number of components the adversary may give any distribution of masses with mean κ, so
his best value is the least concave function above the loss L, at κ. L is concave up to its first
turn; near the corner (ε_c, 1), where a component is lost for good, the envelope must be straight:

    envelope = L on [0, ε_t],  1 − σ(ε_c − ε) on [ε_t, ε_c],  1 beyond.

That the chord lies above L on all of [ε_t, ε_c] is proved in three steps: by concavity as far as it
is proved, then piece by piece (L increases: its value at the end of a piece is compared with the
chord at the start), then by `sight` up to the corner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import arb, ctx

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import Exact, show_exact, to_ball
from bounds.certify.numbers.digits import shown_digits, to_digits
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits, working_precision
from bounds.certify.results import Result
from bounds.certify.roots.krawczyk import RootProof, certified_root
from bounds.critical.curve import Station, radius_of_estimate_inverse, require_on_curve
from bounds.critical.domain import read_delta, survey
from bounds.critical.ends import near_end, near_zero
from bounds.critical.regimes import regime_of
from bounds.critical.whole_domain import inflections
from bounds.functions.estimate import mass_estimate
from bounds.functions.loss import loss_of_shift
from bounds.functions.shift import decay
from bounds.functions.window import central_mass, mass_deficit
from bounds.upper.extended import estimate_at, loss_above, loss_up_to, shift_of_mass, sight
from bounds.upper.prices import (
    destruction_price,
    destruction_shortfall,
    full_price,
    full_shortfall,
)
from bounds.upper.tangent import UNKNOWNS, TangentSystem, near_tangent, slope

_BITS = 64
_MOST_PIECES = 20_000


@dataclass(frozen=True, repr=False)
class Envelope(Result):
    """The concave envelope of the one-component loss on its extended domain, for one Δ.

    Attributes:
        delta: Δ, exact or a ball.
        corner: ε_c, the cheapest mass at which the bound on a component's loss is 1.
        lost_by: how a component is lost at ε_c: "full confusion" or "destruction".
        tangent: ε_t, where the chord to the corner touches the loss.
        loss_at_tangent: the loss there.
        slope: σ of the chord.
        intercept: 1 − σ ε_c, so that the chord is σκ + intercept.
        contact: l(ε), l(ε̂) and g(ε̂) at the point of contact.
        proof: existence and uniqueness of the point of contact in a box.
        pieces: how many pieces the comparison of chord and loss took.
    """

    delta: Exact
    corner: Enclosure
    lost_by: str
    tangent: Enclosure
    loss_at_tangent: Enclosure
    slope: Enclosure
    intercept: Enclosure
    contact: tuple[Enclosure, Enclosure, Enclosure]
    proof: RootProof
    pieces: int

    def at(self, mass: arb) -> arb:
        """The envelope at a mass ε ≥ 0 relative to one component, as a ball."""
        tangent, corner = self.tangent.ball(), self.corner.ball()
        delta = to_ball(self.delta)
        if mass < tangent:
            return loss_above(mass_estimate(mass, delta), delta)
        chord = self.slope.ball() * mass + self.intercept.ball()
        if mass > tangent and mass < corner:
            return chord
        if mass >= corner:
            return arb(1)
        if mass > tangent:  # at the corner, within its rounding
            return chord.min(arb(1)).union(arb(1))
        return chord.union(self.loss_at_tangent.ball())


def corner_of(delta: arb) -> tuple[arb, str]:
    """ε_c: the lower of the prices of full confusion and of destruction."""
    confused, destroyed = full_shortfall(delta), destruction_shortfall(delta)
    if confused > destroyed:
        return 1 - confused, "full confusion"
    if destroyed > confused:
        return 1 - destroyed, "destruction"
    raise Inconclusive(f"the prices of full confusion and destruction agree at Delta = {delta}")


def envelope(delta: Any, digits: int = 15) -> Envelope:
    """The concave envelope of the loss, with proof of the chord.

    Args:
        delta: Δ, 1/64 to 64, in standard deviations, exact or a ball.
        digits: significant decimal digits of every number in the result.

    Raises:
        InputError: Δ is not such a number, or digits is not a count.
        Inconclusive: the chord is not proved, Δ is where the picture changes, or above 64.

    Paper: in place of "the former … the latter" after Lemma 6.
    """
    exact, digits = read_delta(delta), read_digits(digits)
    if not to_ball(exact) <= 64:
        raise Inconclusive("beyond Delta = 64 the contact lies below 10^-2600: it is not sought")
    return _remembered(exact, digits) if isinstance(exact, Fraction) else _proved(exact, digits)


def _proved(exact: Exact, digits: int) -> Envelope:
    with working_precision(_BITS):
        ball = to_ball(exact)
        corner, lost_by = corner_of(ball)
        start, top = _contact(exact, corner)
        guess = [start.x, start.y, start.g]
    price = full_price if lost_by == "full confusion" else destruction_price
    system = TangentSystem(exact, _once(price))
    statement = f"the chord to the corner touches the loss once, at Delta = {show_exact(exact)}"

    def at(bits: int) -> tuple[dict[str, arb], tuple[list[arb], RootProof, dict[str, arb]]]:
        root, _, proof = certified_root(
            system.residual, system.jacobian, guess, bits, UNKNOWNS, statement
        )
        with working_precision(bits + 24):
            x, y, g = root
            ball = to_ball(exact)
            eps, at_tangent = mass_deficit(x, ball), loss_of_shift(g)
            sigma = slope(x, decay(y * ball), g, ball)
            values = {
                "corner": system.corner(ball),
                "tangent": eps,
                "loss_at_tangent": at_tangent,
                "slope": sigma,
                "intercept": at_tangent - sigma * eps,
            }
        return values, (root, proof, values)

    faces, (root, proof, values) = to_digits(at, digits, exact, first=16)
    # step: the contact lies on the curve [drop]
    require_on_curve("the point of contact", root)
    # step: the contact lies on the concave stretch [true 2/2]
    if not root[1] < top:
        raise Inconclusive("the point of contact is not proved to lie on the concave stretch")
    with working_precision(_BITS):
        pieces = _chord_above(to_ball(exact), values, top)
    places = [Enclosure.of(value, shown_digits(value, digits, exact)) for value in root]
    return Envelope(
        delta=exact,
        lost_by=lost_by,
        contact=(places[0], places[1], places[2]),
        proof=proof,
        pieces=pieces,
        **faces,
    )


_remembered = lru_cache(maxsize=64)(_proved)  # one Δ serves many c/k


def concave_tops(delta: Exact) -> Iterator[arb]:
    """Growing values of y = l(ε̂) up to each of which the loss is proved concave.

    The first is cheap, and serves where the contact lies near ε = 0; the last is the first turn, or
    close to the end of the domain where there is none.

    Raises:
        Inconclusive: the shape of the loss is not proved at this Δ.
    """
    ball = to_ball(delta)
    yield near_zero(ball)
    if isinstance(delta, Fraction) and regime_of(delta) is not None:  # the shape is a theorem
        turns = [point.radius_of_estimate.ball() for point in inflections(delta, 8).points]
        yield turns[0].lower() if turns else near_end(ball)
    else:
        _, changes = survey(delta)
        yield changes[0].low if changes else near_end(ball)


def _contact(delta: Exact, corner: arb) -> tuple[Station, arb]:
    ball = to_ball(delta)
    for top in concave_tops(delta):
        start = near_tangent(ball.mid(), corner.mid(), top)
        if start is not None:
            return start, top
    raise Inconclusive(
        "the chord to the corner does not touch the first concave stretch of the loss at"
        f" Delta = {show_exact(delta):.40}"
    )


def _chord_above(delta: arb, line: dict[str, arb], top: arb) -> int:
    """Prove the chord above the loss from y = `top` to the corner; the number of pieces it took.

    Raises:
        Inconclusive: on some piece it is not proved.
    """
    sigma, intercept = line["slope"], line["intercept"]
    x = radius_of_estimate_inverse(top, delta).lower()
    mass = estimate_at(x, delta)
    shift = shift_of_mass(mass, delta)  # of each place once: at the end of a piece, then as a start
    step, pieces = x / 8, 0
    while True:
        here = mass_deficit(x, delta)
        chord = sigma * here + intercept
        # step: up to the corner by sight [true 3/3]
        if here > line["corner"] or sigma * sight(_surely(shift, mass, delta)) < 1:
            return pieces
        ahead = (x + step).mid()
        # step: the loss at the end of a piece, the chord at its start [value 1/2: x]
        mass_ahead = estimate_at(ahead, delta)
        shift_ahead = shift_of_mass(mass_ahead, delta)
        # step: the chord is above the loss, piece by piece [true]
        if loss_up_to(shift_ahead) < chord:
            x, mass, shift = ahead, mass_ahead, shift_ahead
            step, pieces = step * arb("1.5"), pieces + 1
        else:
            step = step / 2
        if step < x * arb(2) ** -30 or pieces > _MOST_PIECES:
            raise Inconclusive(
                f"the chord is not proved above the loss at l(eps) = {x.str(8)}, Delta = {delta}"
            )


def _surely(shift: arb, mass: arb, delta: arb) -> arb:
    """A lower bound of g at a mass, from what `shift_of_mass` gives: exact but where ρ may be."""
    rho = central_mass(delta)
    return shift if mass < rho or mass > rho else arb(0)


def _once(price: Callable[[arb], arb]) -> Callable[[arb], arb]:
    """A price at one Δ, found once for each working precision."""
    known: dict[int, arb] = {}

    def at(delta: arb) -> arb:
        if ctx.prec not in known:
            known[ctx.prec] = price(delta)
        return known[ctx.prec]

    return at
