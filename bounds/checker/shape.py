"""Certificates of shape: how the loss bends on its whole domain, for every Δ of a range."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import reading
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind
from bounds.certify.checker.number import shown, told_number, told_point
from bounds.certify.checker.precision import Precision, Rational, Work
from bounds.certify.checker.reading import Ends
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker.alternation import Crossing, Mark, Run, sign_changes, stretches
from bounds.checker.ends import negative_from, negative_up_to
from bounds.checker.family import Box, Family
from bounds.checker.witness import Witness, read_witnesses

MOST_BITS = 2_000
LEAST_DELTA, MOST_DELTA = gmpy2.mpq(1, 1000), gmpy2.mpq(1000)

_LEAST_BITS = 96
_SPARE_BITS = 32
_MOST_CUTS = 16


@dataclass(frozen=True, slots=True)
class SliceEvidence:
    """For all Δ between two ends: marks from y = start to y = end, and the crossings they give."""

    delta: Ends
    pieces: tuple[Run, ...]
    crossings: tuple[Crossing, ...]
    witnesses: tuple[Witness | None, ...]


@dataclass(frozen=True, slots=True)
class ShapeClaim:
    """For all Δ between two ends, the loss bends as `shape` says, stretch by stretch."""

    delta: Ends
    shape: tuple[str, ...]
    bits: int
    slices: tuple[SliceEvidence, ...]


def read_shape(statement: Any, evidence: Any) -> ShapeClaim:
    """The claim of a shape.

    Raises:
        Rejected: it is malformed, or its slices or pieces leave a gap.
    """
    delta, shape = reading.statement_fields(statement, "delta", "shape")
    bits, slices = reading.fields(evidence, "the evidence of a shape", "bits", "slices")
    claim = ShapeClaim(
        delta=read_delta_range(delta),
        shape=read_stretches(shape),
        bits=reading.bits(bits, MOST_BITS),
        slices=reading.each(_slice, slices),
    )
    reading.require_cover("slices", claim.delta, [part.delta for part in claim.slices])
    if len(claim.slices) > 1 and any(low == high for low, high in (s.delta for s in claim.slices)):
        raise Rejected("a slice of a range of Delta is empty")
    return claim


def read_stretches(shape: Any) -> tuple[str, ...]:
    """How the loss bends, stretch by stretch."""
    return reading.each(reading.one_of("concave", "convex"), shape)


def read_delta_range(value: Any) -> Ends:
    """A range of Δ that is within reach."""
    low, high = reading.ends(value)
    if not LEAST_DELTA <= low <= high <= MOST_DELTA:
        raise Rejected(f"Delta must lie between {LEAST_DELTA} and {MOST_DELTA}")
    return low, high


def read_delta(value: Any) -> Rational:
    """One Δ that is within reach."""
    return read_delta_range([value, value])[0]


def _slice(value: Any) -> SliceEvidence:
    names = ("delta", "start", "end", "pieces", "crossings")
    delta, *rest = reading.fields_or_none(value, "a slice", *names, last="witnesses")
    return read_pieces(read_delta_range(delta), *rest)


def read_pieces(
    delta: Ends, start: Any, end: Any, pieces: Any, crossings: Any, witnesses: Any
) -> SliceEvidence:
    """The evidence for one range of Δ.

    Raises:
        Rejected: it is malformed, or the pieces leave a gap between start and end.
    """
    runs = reading.each(read_piece, pieces)
    part = SliceEvidence(
        delta=delta,
        pieces=runs,
        crossings=reading.each(_crossing, crossings),
        witnesses=read_witnesses(witnesses, len(runs)),
    )
    cover = [(piece.low, cast(Rational, piece.high)) for piece in part.pieces]
    reading.require_cover("pieces", (reading.number(start), reading.number(end)), cover)
    return part


def read_piece(value: Any) -> Run:
    """A mark on a range of y.

    Raises:
        Rejected: it is malformed.
    """
    if not (isinstance(value, list) and len(value) == 3):
        raise Rejected(f"a piece is [left, right, mark], not {shown(value)}")
    low, high = reading.ends(value[:2])
    if not 0 < low < high:
        raise Rejected(f"the piece {shown(value)} is not a range of positive numbers")
    return Run(cast(Mark, reading.one_of("+", "-", "/", "\\")(value[2])), low, high)


def _crossing(value: Any) -> Crossing:
    low, high, to_convex = reading.fields(value, "a crossing", "low", "high", "to_convex")
    if not isinstance(to_convex, bool):
        raise Rejected(f'"to_convex" is true or false, not {shown(to_convex)}')
    return Crossing(*reading.ends([low, high]), to_convex)


def replay_shape(claim: ShapeClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove a claim again, and tell after each piece how many of all are done.

    Raises:
        Rejected: an end, a piece or the conclusion is not proved.
    """
    # tails at arguments near Δ lose 2 log₂ Δ bits to the rounding of the arguments
    spare = _SPARE_BITS + 2 * int(claim.delta[1]).bit_length()
    at = Precision(max(_LEAST_BITS, claim.bits + spare), work)
    done, total = 0, sum(len(part.pieces) for part in claim.slices)
    for number, part in enumerate(claim.slices, start=1):
        name = f"slice {number}"
        # step: the shape is that of the crossings [false]
        if stretches(part.crossings) != claim.shape:
            raise Rejected("the crossings of a slice do not make the shape of the statement", name)
        for _ in _replay_slice(at, part, name):
            done += 1
            yield done, total


def told_shape(shape: tuple[str, ...]) -> str:
    """How the loss bends, in words."""
    return f"{', '.join(shape)}, in this order, from eps = 0 to eps_max"


def _told(claim: ShapeClaim) -> str:
    low, high = claim.delta
    if low == high:
        where = f"at Delta = {told_point(low)}"
    else:
        where = f"for every Delta from {told_number(low, up=True)} to {told_number(high, up=False)}"
    return f"{where} the loss is {told_shape(claim.shape)}"


SHAPE = Kind(read_shape, replay_shape, _told, shared=True)


def _replay_slice(at: Precision, part: SliceEvidence, name: str) -> Iterator[None]:
    low, high = part.delta
    start, end = part.pieces[0].low, part.pieces[-1].high
    # step: the crossings are those of the marks [condition: sign_changes([Run('-', 0, start),
    #   *part.pieces, Run('-', end, None)]) == None]
    if sign_changes([Run("-", 0, start), *part.pieces, Run("-", end, None)]) != [*part.crossings]:
        raise Rejected("the crossings are not those that the marks of the pieces prove", name)
    family = Family(Interval.enclosing(at, low, high), wide=low < high)
    first, last = Interval.enclosing(at, start, start).high, Interval.enclosing(at, end, end).low
    mine, count = at.work.mine, len(part.pieces)
    # step: K < 0 up to the first piece [false 1/4]
    if mine(0) and not everywhere(family, lambda part: negative_up_to(first, part.delta)):
        raise Rejected("concavity up to the first piece is not proved", f"{name}, start")
    for number, (piece, witness) in enumerate(zip(part.pieces, part.witnesses, strict=True), 1):
        if mine(number):
            require_mark(family, piece, witness, f"{name}, piece {number}")
        yield
    # step: K < 0 from the last piece on [false 1/4]
    if mine(count + 1) and not everywhere(family, lambda part: negative_from(last, part.delta)):
        raise Rejected("concavity from the last piece on is not proved", f"{name}, end")


def require_mark(family: Family, piece: Run, witness: Witness | None, place: str) -> None:
    """Reject a piece whose mark is not proved, or whose witness is not.

    Where there is no witness, x and g are searched for.
    """
    y = Interval.enclosing(family.delta.at, piece.low, cast(Rational, piece.high))
    box = None
    if witness is not None:
        box = family.witnessed(witness, y)
        if box is None:
            raise Rejected("the witness of a piece is not proved", place)
    # step: the mark of each piece is proved [true 2/2]
    if not proves(family, piece.mark, y, box):
        raise Rejected("the mark of a piece is not proved", f"{place}: {y} {piece.mark}")


def everywhere(family: Family, holds: Callable[[Family], bool], cuts: int = _MOST_CUTS) -> bool:
    """Whether a statement is proved for all Δ, of the whole family or of all its parts."""
    try:
        if holds(family):
            return True
    except Undecided:
        pass
    if not (family.wide and cuts):
        return False
    # step: an end is proved for both halves of Delta [call 1/2: everywhere(family.halves[0], holds,
    #   cuts - 1)]
    return all(everywhere(half, holds, cuts - 1) for half in family.halves)


def proves(
    family: Family, mark: Mark, y: Interval, box: Box | None = None, cuts: int = _MOST_CUTS
) -> bool:
    """Whether a mark is proved on a closed range of y, whole or cut in two again and again.

    The box, if there is one, is proved to hold x and g on the whole range.

    A mark that holds on all parts holds on the whole, as they share their ends. Cuts are at the
    geometric mean: pieces that start near 0 are short. Where Δ is wide, it is cut in turn with y.
    """
    try:
        if family.shows(mark, family.station(y.low), family.station(y.high), box):
            return True
    except Undecided:
        pass
    if not cuts:
        return False
    if family.wide and cuts % 2:
        # step: a mark is proved for both halves of Delta [call 1/2: proves(family.halves[0], mark,
        #   y, None, cuts - 1)]
        return all(proves(half, mark, y, None, cuts - 1) for half in family.halves)
    middle = (y.low * y.high).sqrt().middle
    parts = (y.low.hull(middle), middle.hull(y.high))
    # step: a mark is proved on both halves of y [call 1/2: proves(family, mark, parts[0], None,
    #   cuts - 1)]
    return all(proves(family, mark, part, None, cuts - 1) for part in parts)
