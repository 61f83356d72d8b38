r"""Certificates of passages: the shape of the loss for every Δ of a range in which it changes once.

Let B = [y₁, y₂] be a box of y, and s a sign. For all Δ of the range it is proved that K has signs
and slopes on pieces up to y₁ and from y₂ on, as in a shape; that sK > 0 at y₁ and y₂; and on B,
that the second derivative of sK along the curve is positive and its derivative in Δ has one sign.
So the least value m(Δ) of sK on B is strictly monotone in Δ. At the end of the range that is to
have the two turns, sK < 0 at one y of B; at the other, sK > 0 on all of B. So m = 0 at exactly one
Δ*; on one side of it K changes its sign twice in B, on the other never, and at Δ* it touches 0.

Second derivatives come from duals of duals: a value and a slope that both carry a slope.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

from bounds.certify.checker import reading
from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind
from bounds.certify.checker.number import told_number
from bounds.certify.checker.precision import Precision, Rational, Work
from bounds.certify.checker.reading import Ends
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker.alternation import Crossing, Run, sign_changes, stretches
from bounds.checker.criterion import criterion, steepness
from bounds.checker.curve import radius_range, shift_range
from bounds.checker.ends import negative_from, negative_up_to
from bounds.checker.family import Family, slopes_along_delta, slopes_along_y
from bounds.checker.shape import (
    MOST_BITS,
    everywhere,
    proves,
    read_delta_range,
    read_piece,
    read_stretches,
    require_mark,
)
from bounds.checker.witness import Witness, read_witnesses

_LEAST_BITS = 96
_SPARE_BITS = 32


@dataclass(frozen=True, slots=True)
class PassageClaim:
    """For all Δ of a range: `before` up to one Δ*, `after` from there; both differ by two turns."""

    delta: Ends
    before: tuple[str, ...]
    after: tuple[str, ...]
    bits: int
    sign: Literal["+", "-"]
    box: Ends
    dip: Rational
    left: tuple[Run, ...]
    right: tuple[Run, ...]
    witnesses: tuple[Witness | None, ...]


def read_passage(statement: Any, evidence: Any) -> PassageClaim:
    """The claim of a passage.

    Raises:
        Rejected: it is malformed, or its pieces leave a gap.
    """
    delta, before, after = reading.statement_fields(statement, "delta", "before", "after")
    names = ("bits", "sign", "box", "dip", "left", "right")
    bits, sign, box, dip, left, right, witnesses = reading.fields_or_none(
        evidence, "the evidence of a passage", *names, last="witnesses"
    )
    runs = [reading.each(read_piece, pieces) for pieces in (left, right)]
    claim = PassageClaim(
        read_delta_range(delta),
        read_stretches(before),
        read_stretches(after),
        reading.bits(bits, MOST_BITS),
        cast(Literal["+", "-"], reading.one_of("+", "-")(sign)),
        reading.ends(box),
        reading.number(dip),
        runs[0],
        runs[1],
        read_witnesses(witnesses, len(runs[0]) + len(runs[1])),
    )
    for pieces in (claim.left, claim.right):
        if not pieces:
            raise Rejected("there are no pieces on one side of the box")
        cover = [(piece.low, cast(Rational, piece.high)) for piece in pieces]
        reading.require_cover("pieces", (cover[0][0], cover[-1][1]), cover)
    if not (
        claim.left[-1].high == claim.box[0] <= claim.dip <= claim.box[1] == claim.right[0].low
        and claim.delta[0] < claim.delta[1]
    ):
        raise Rejected("the box does not lie between the pieces, or the range of Delta is empty")
    return claim


def replay_passage(claim: PassageClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove a claim again, piece by piece.

    Raises:
        Rejected: a step is not proved.
    """
    at = Precision(max(_LEAST_BITS, claim.bits + _SPARE_BITS), work)
    low, high = claim.delta
    family = Family(Interval.enclosing(at, low, high), wide=True)
    start, end = claim.left[0].low, cast(Rational, claim.right[-1].high)
    first, last = Interval.enclosing(at, start, start).high, Interval.enclosing(at, end, end).low
    rising = _require_passage(claim, family, at)
    _require_shapes(claim, start, end, rising=rising)
    # step: a passage: K < 0 at its start [true 2/2]
    if not everywhere(family, lambda part: negative_up_to(first, part.delta)):
        raise Rejected("concavity up to the first piece is not proved", "start")
    pieces = [*claim.left, *claim.right]
    for number, (piece, witness) in enumerate(zip(pieces, claim.witnesses, strict=True), 1):
        if at.work.mine(number):
            # step: the mark of each piece of a passage is proved [drop]
            require_mark(family, piece, witness, f"piece {number}")
        yield number, len(pieces)
    # step: K < 0 at the end of a passage beyond which its other turns lie [true 2/2]
    if not everywhere(family, lambda part: negative_from(last, part.delta)):
        raise Rejected("concavity from the last piece on is not proved", "end")


def _require_shapes(claim: PassageClaim, start: Rational, end: Rational, *, rising: bool) -> None:
    """Reject shapes that do not follow from the marks, the sign, and how the least value moves."""
    at_box = [Run(claim.sign, place, place) for place in claim.box]
    left = sign_changes([Run("-", 0, start), *claim.left, at_box[0]])
    right = sign_changes([at_box[1], *claim.right, Run("-", end, None)])
    two = [Crossing(*claim.box, to_convex=claim.sign == turn) for turn in ("-", "+")]
    few, many = stretches([*left, *right]), stretches([*left, *two, *right])
    # step: the shapes of a passage are those of its marks [false 1/2]
    if (claim.before, claim.after) != ((many, few) if rising else (few, many)):
        raise Rejected("the shapes are not those that the marks of the pieces prove", "shapes")


def _require_passage(claim: PassageClaim, family: Family, at: Precision) -> bool:
    """Whether the least value of sK rises with Δ, once all that is said of the box is proved."""
    sides = [Interval.enclosing(at, place, place) for place in claim.box]
    for side in sides:
        # step: K has the sign of a passage at both ends of the box [true 2/2]
        if not proves(family, claim.sign, side):
            raise Rejected("the sign at the ends of the box is not proved", "box")
    y, delta = sides[0].hull(sides[1]), family.delta
    s = 1 if claim.sign == "+" else -1
    try:
        bend, drift = (s * rate for rate in _rates(y, delta))
    except Undecided as error:
        raise Rejected(f"the box is too wide: {error}", "box") from None
    # step: a passage: K bends upward in the box [true 2/2]
    if not bend > 0:
        raise Rejected("the bend of the criterion in the box is not proved", "box")
    # step: a passage: K moves one way with Delta [true 2/4]
    if not (drift > 0 or drift < 0):
        raise Rejected("the criterion is not proved to move one way with Delta", "box")
    rising = drift > 0
    many, few = claim.delta if rising else claim.delta[::-1]
    dip = Interval.enclosing(at, claim.dip, claim.dip)
    opposite: Literal["+", "-"] = "-" if claim.sign == "+" else "+"
    # step: two turns at one end of a passage [true 2/2]
    if not proves(_thin(many, at), opposite, dip):
        raise Rejected("two turns at one end of the range are not proved", "dip")
    # step: no turn at the other end of a passage [true 2/2]
    if not proves(_thin(few, at), claim.sign, y):
        raise Rejected("no turn at the other end of the range is not proved", "box")
    return rising


def _thin(delta: Rational, at: Precision) -> Family:
    return Family(Interval.enclosing(at, delta, delta), wide=False)


def _rates(y: Interval, delta: Interval) -> tuple[Interval, Interval]:
    """K_yy along the curves, and K_Δ at fixed y, over a box."""
    x, g = radius_range(y, delta), shift_range(y, delta)
    one, zero = y * 0 + 1, y * 0
    x_y, g_y = slopes_along_y(x, y, g, delta)
    line = Dual(y, one)
    x_line, g_line, fixed = Dual(x, x_y), Dual(g, g_y), Dual(delta)
    # the slopes themselves, with their own slopes along y
    x_slope = steepness(line, fixed) / (1 + steepness(x_line, fixed))
    g_slope = ((g_line.squared() - (line - fixed).squared()) / 2).exp() / 2
    twice = criterion(
        _nested(x_line, x_slope), _nested(line, Dual(one, zero)), _nested(g_line, g_slope),
        _nested(fixed),
    )  # fmt: skip
    bend = cast(Dual, twice.slopes[0]).slopes[0]
    x_delta, g_delta = slopes_along_delta(x, y, g, delta)
    moved = criterion(Dual(x, x_delta), Dual(y, zero), Dual(g, g_delta), Dual(delta, one))
    return bend, moved.slopes[0]


def _nested(value: Dual, *slopes: Dual) -> Dual:
    """A dual whose value and slope are duals: the rules of arithmetic are the same."""
    return Dual(cast(Interval, value), *cast(tuple[Interval, ...], slopes))


def _told(claim: PassageClaim) -> str:
    low, high = claim.delta
    return (
        f"between Delta = {told_number(low, up=False)} and {told_number(high, up=True)} there is"
        f" exactly one Delta* where the shape of the loss changes: it is {', '.join(claim.before)}"
        f" for every Delta from the first up to it, and {', '.join(claim.after)} for every Delta"
        " from there to the second, from eps = 0 to eps_max"
    )


PASSAGE = Kind(read_passage, replay_passage, _told, shared=True)
