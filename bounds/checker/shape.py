"""Certificates of shape: how the loss bends on its whole domain, for every Δ of a range."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bounds.certify.checker.claims import ShapeClaim, SliceEvidence
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker.alternation import Mark, Run, sign_changes, stretches
from bounds.checker.ends import negative_from, negative_up_to
from bounds.checker.family import Family

_LEAST_BITS = 96
_SPARE_BITS = 32
_MOST_CUTS = 16


def replay_shape(claim: ShapeClaim) -> Iterator[tuple[int, int]]:
    """Prove a claim again, and tell after each piece how many of all are done.

    Raises:
        Rejected: an end, a piece or the conclusion is not proved.
    """
    # tails at arguments near Δ lose 2 log₂ Δ bits to the rounding of the arguments
    spare = _SPARE_BITS + 2 * int(claim.delta[1]).bit_length()
    at = Precision(max(_LEAST_BITS, claim.bits + spare))
    done, total = 0, sum(len(part.pieces) for part in claim.slices)
    for number, part in enumerate(claim.slices, start=1):
        name = f"slice {number}"
        if stretches(part.crossings) != claim.shape:
            raise Rejected("the crossings of a slice do not make the shape of the statement", name)
        for _ in _replay_slice(at, part, name):
            done += 1
            yield done, total


def _replay_slice(at: Precision, part: SliceEvidence, name: str) -> Iterator[None]:
    low, high = part.delta
    start, end = part.pieces[0].low, part.pieces[-1].high
    if sign_changes([Run("-", 0, start), *part.pieces, Run("-", end, None)]) != [*part.crossings]:
        raise Rejected("the crossings are not those that the marks of the pieces prove", name)
    family = Family(Interval.enclosing(at, low, high), wide=low < high)
    first, last = Interval.enclosing(at, start, start).high, Interval.enclosing(at, end, end).low
    if not _everywhere(family, lambda part: negative_up_to(first, part.delta)):
        raise Rejected("concavity up to the first piece is not proved", f"{name}, start")
    for number, piece in enumerate(part.pieces, start=1):
        ends = Interval.enclosing(at, piece.low, piece.high)
        if not _proves(family, piece.mark, ends):
            place = f"{name}, piece {number}: {ends} {piece.mark}"
            raise Rejected("the mark of a piece is not proved", place)
        yield
    if not _everywhere(family, lambda part: negative_from(last, part.delta)):
        raise Rejected("concavity from the last piece on is not proved", f"{name}, end")


def _everywhere(family: Family, holds: Callable[[Family], bool], cuts: int = _MOST_CUTS) -> bool:
    """Whether a statement is proved for all Δ, of the whole family or of all its parts."""
    try:
        if holds(family):
            return True
    except Undecided:
        pass
    if not (family.wide and cuts):
        return False
    return all(_everywhere(half, holds, cuts - 1) for half in family.halves)


def _proves(family: Family, mark: Mark, y: Interval, cuts: int = _MOST_CUTS) -> bool:
    """Whether a mark is proved on a closed range of y, whole or cut in two again and again.

    A mark that holds on all parts holds on the whole, as they share their ends. Cuts are at the
    geometric mean: pieces that start near 0 are short. Where Δ is wide, it is cut in turn with y.
    """
    try:
        if family.shows(mark, family.station(y.low), family.station(y.high)):
            return True
    except Undecided:
        pass
    if not cuts:
        return False
    if family.wide and cuts % 2:
        return all(_proves(half, mark, y, cuts - 1) for half in family.halves)
    middle = (y.low * y.high).sqrt().middle
    parts = (y.low.hull(middle), middle.hull(y.high))
    return all(_proves(family, mark, part, cuts - 1) for part in parts)
