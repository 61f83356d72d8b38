"""Through a fold: the shape of the loss for every Δ of the gap that the regimes leave around it.

Away from a box B of y around the fold, the criterion K is surveyed as ever, for all Δ of the gap.
At both ends of B it has one sign s. Over B and all these Δ, the second derivative of sK along the
curve is proved positive and its derivative in Δ to have one sign. So the least value of sK on B,
m(Δ), is strictly monotone, and the fold itself is where m = 0: on one side of it K has two zeros in
B, which it crosses, on the other none, and at the fold it touches 0 without a change of sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flint import arb

from bounds.certify.arithmetic.ball import hull
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.curve import Slice, bend_along, slope_in_delta
from bounds.critical.ends import near_end, near_zero
from bounds.critical.family import shape_of
from bounds.critical.fold import Fold
from bounds.critical.subdivision import Crossing, Mark, between, crossings, merged
from bounds.functions.shift import median_shift_at

_BITS = 64
_POWERS = (6, 7, 8, 9, 10)
"""Half-widths of B, as negative powers of 2, in units of the fold's y."""


@dataclass(frozen=True)
class Passage:
    """The shape of the loss on both sides of a fold, for every Δ of a gap but the fold itself.

    Attributes:
        low, high: the ends of the gap.
        before: the shape for every Δ from `low` up to the fold.
        after: the shape for every Δ from the fold up to `high`. At the fold the loss bends as on
            the side with fewer stretches.
        sign: the sign s of the criterion at both ends of the box B.
        box: the ends of B, places y = l(ε̂).
    """

    low: Fraction
    high: Fraction
    before: tuple[str, ...]
    after: tuple[str, ...]
    sign: Mark
    box: tuple[arb, arb]


def pass_through(fold: Fold, low: Fraction, high: Fraction) -> Passage:
    """Prove the shape for every Δ from `low` to `high`, a gap with one fold in it.

    Raises:
        Inconclusive: the gap is too wide, or does not surely hold the fold.
    """
    told = f"Delta from {show_exact(low)} to {show_exact(high)}"
    # step: the fold lies above the gap's lower end [true 3/4]
    # step: and below its upper end [true 4/4]
    if not (low < fold.delta.low.fraction() and fold.delta.high.fraction() < high):
        raise Inconclusive(f"the fold does not lie in {told}")
    for power in _POWERS:
        with working_precision(_BITS):
            # step: the gap is taken as a whole [first call 2/4]
            region = Slice(hull(to_ball(low), to_ball(high)))
            y = fold.radius_of_estimate.ball().mid()
            ends = (y - y * arb(2) ** -power).mid(), (y + y * arb(2) ** -power).mid()
            sides = _sides(region, *ends)
            # step: a proof is not skipped [false]
            if sides is None:
                continue
            left, sign, right = sides
            rising = _moves(region, *ends, sign)
        if rising is not None:
            break
    else:
        raise Inconclusive(f"the passage through the fold is not proved for {told}")
    two = [Crossing(*ends, to_convex=sign == "-"), Crossing(*ends, to_convex=sign == "+")]
    few, many = shape_of([*left, *right]), shape_of([*left, *two, *right])
    before, after = (many, few) if rising else (few, many)
    return Passage(low, high, before, after, sign, ends)


def _sides(
    region: Slice, low: arb, high: arb
) -> tuple[list[Crossing], Mark, list[Crossing]] | None:
    """The sign changes before and after the box, and the sign at both its ends."""
    sign = _sign_at(region, low)
    # step: the sign at the right end of the box [false 3/3]
    if sign is None or sign != _sign_at(region, high):
        return None
    first, last = near_zero(region.delta), near_end(region.delta)
    # step: pieces before the box [call 2/2: ()]
    before = [("-", arb(0), first), *between(region, first, low), (sign, low, low)]
    # step: pieces after the box [call 1/2: ()]
    after = [(sign, high, high), *between(region, high, last), ("-", last, arb.pos_inf())]
    return crossings(merged(before)), sign, crossings(merged(after))


def _sign_at(region: Slice, y: arb) -> Literal["+", "-"] | None:
    """The sign of the criterion at y for all Δ, by the mean value theorem in Δ."""
    here, delta = region.station(y), region.delta
    x, g = region.radius_box(here, here), median_shift_at(y, delta)
    # step: the sign at an end is that for every Δ [first sum 1/2]
    value = here.criterion + slope_in_delta(x, y, g, delta) * (delta - delta.mid())
    if not value.is_finite():
        return None
    return "+" if value > 0 else "-" if value < 0 else None


def _moves(region: Slice, low: arb, high: arb, sign: Mark) -> bool | None:
    """Whether the least value of sK in the box rises with Δ; None if no more is proved."""
    # step: the box as a whole [first call]
    delta, y = region.delta, low.union(high)
    x = region.radius_box(region.station(low), region.station(high))
    g = median_shift_at(y, delta)
    s = 1 if sign == "+" else -1
    bend, drift = s * bend_along(x, y, g, delta), s * slope_in_delta(x, y, g, delta)
    # step: the bend has the sign of s [true 5/5]
    if not (bend.is_finite() and drift.is_finite() and bend > 0):
        return None
    # step: the least value rises with Δ [true]
    if drift > 0:
        return True
    # step: or falls with Δ [true]
    return False if drift < 0 else None
