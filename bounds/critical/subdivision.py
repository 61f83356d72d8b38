"""The sign of the criterion along a whole curve, piece by piece, with nothing left out.

Each piece of y is proved to carry one sign, or to be strictly monotone. A run of monotone pieces
between opposite signs holds exactly one root; between equal signs, none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.critical.curve import Piece, Slice
from bounds.critical.ends import near_end, near_zero

Mark = Literal["+", "-", "/", "\\"]
"""What is proved of a piece: positive, negative, strictly increasing, strictly decreasing."""

_MOST_PIECES = 20_000


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces with the same mark, from y = low to y = high."""

    mark: Mark
    low: arb
    high: arb
    pieces: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """Exactly one sign change of the criterion, for l(ε̂) between `low` and `high`."""

    low: arb
    high: arb
    to_convex: bool


def _mark(piece: Piece | None) -> Mark | None:
    if piece is None:
        return None
    value, trend = piece.value, piece.trend
    # step: a value that is no number has no mark [false]
    if value.is_nan():
        return None
    # step: positive is strict [weak]
    if value > 0:
        return "+"
    # step: negative is strict [weak]
    if value < 0:
        return "-"
    # step: a slope is a finite number [true 2/2]
    if not trend.is_finite():
        return None
    # step: increasing is strict [weak]
    if trend > 0:
        return "/"
    # step: decreasing is strict [weak]
    if trend < 0:
        return "\\"
    return None


def pieces(region: Slice, cuts: Iterable[arb] = ()) -> Iterator[tuple[Mark, arb, arb]]:
    """Marked pieces from the proved start to the proved end of the curve, left to right.

    Args:
        region: Δ, or all Δ of a range.
        cuts: exact places where pieces may end, tried first: whatever they are, each piece is
            proved.

    Raises:
        Inconclusive: a piece shrinks below 2⁻³⁰ of its place, or there are too many.
    """
    low, end = near_zero(region.delta), near_end(region.delta)
    yield "-", arb(0), low
    yield from between(region, low, end, cuts)
    yield "-", end, arb.pos_inf()


def between(
    region: Slice, low: arb, end: arb, cuts: Iterable[arb] = ()
) -> Iterator[tuple[Mark, arb, arb]]:
    """Marked pieces from y = low to y = end, left to right; `cuts` as in `pieces`.

    Raises:
        Inconclusive: a piece shrinks below 2⁻³⁰ of its place, or there are too many.
    """
    left = region.station(low)
    step = (low / 4).mid()
    count = 0
    ahead = iter(cuts)
    while left.y < end:
        target = min(next((cut for cut in ahead if cut > left.y), left.y + step), end)
        right = region.station(target.mid(), left.x)
        # step: a piece is the one that is told [value 3/3: left]
        mark = _mark(region.piece(left, right))
        # step: a piece without a mark is cut [false]
        if mark is None:
            ahead = iter(())
            step = ((right.y - left.y) / 2).mid()
            # step: a piece too small ends the proof [condition: _ and left.y.rad() > 9]
            if step < left.y * arb(2) ** -30:
                raise Inconclusive(
                    f"no sign or slope is proved at l(eps_hat) = {left.y.str(10, radius=False)} for"
                    f" Delta = {region.delta.str(8)}: a double root may lie there"
                )
            continue
        yield mark, left.y, right.y
        left, step = right, (step * arb(1.5)).mid()
        count += 1
        if count > _MOST_PIECES:
            raise Inconclusive(f"more than {_MOST_PIECES} pieces at Delta = {region.delta.str(8)}")


def merged(found: Iterable[tuple[Mark, arb, arb]]) -> list[Run]:
    """Neighbouring pieces with the same mark, put together."""
    result: list[Run] = []
    for mark, low, high in found:
        if result and result[-1].mark == mark:
            result[-1] = Run(mark, result[-1].low, high, result[-1].pieces + 1)
        else:
            result.append(Run(mark, low, high, 1))
    return result


def runs(region: Slice) -> list[Run]:
    """The whole curve as runs of pieces with the same mark."""
    return merged(pieces(region))


def crossings(found: list[Run]) -> list[Crossing]:
    """All sign changes that a complete list of runs proves, in order of ε.

    Raises:
        Inconclusive: two monotone runs meet, so that a sign between them is missing.
    """
    result = []
    for before, run, after in zip(found, found[1:], found[2:], strict=False):
        if run.mark in "+-":
            # step: opposite signs do not meet [false]
            if before.mark in "+-":  # neighbouring pieces share an end, where both signs would hold
                raise AssertionError("adjacent pieces cannot be proved of opposite sign")
            continue
        # step: a sign stands before a monotone run [false 2/3]
        # step: a sign stands after it [false 3/3]
        if before.mark not in "+-" or after.mark not in "+-":
            raise Inconclusive(
                f"two monotone runs meet at l(eps_hat) = {run.low.str(10, radius=False)}"
            )
        # step: and the signs differ [true]
        if before.mark != after.mark:
            result.append(Crossing(run.low, run.high, to_convex=after.mark == "+"))
    return result
