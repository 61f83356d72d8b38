"""The signs of a function from those of its derivative, of its ends and of its turns.

Between the zeros of its derivative a function is strictly monotone. A turn is where the derivative
changes its sign; there the function has its greatest or least value nearby, whose sign is known
from a mark, or from a neighbour that is already on that side of 0.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Rejected


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known near a turn.

    Attributes:
        low, high: numbers, inside the interval, between which the turn shall lie.
        before, after: the strict signs of the derivative at low and at high; 0 where instead the
            derivative has a zero somewhere in [low, high], and the function is 0 at it.
        sign: the sign of the function on all of [low, high], or 0 at that zero.
    """

    low: Rational
    high: Rational
    before: int
    after: int
    sign: int


def walked(
    rises: list[int], left: int | None, right: int | None, marks: list[Mark | None]
) -> list[int]:
    """The pattern of a function.

    Args:
        rises: the pattern of its derivative.
        left: its sign near the left end; None where it is not known.
        right: its sign near the right end, or None.
        marks: one for each turn, in order, or None.

    Raises:
        Rejected: a sign that is needed is not known, or they contradict each other.
    """
    if left == 0 or right == 0:
        raise Rejected("a function that is not constant has no zeros near an end")
    turns = [k for k in range(len(rises) - 1) if rises[k] != rises[k + 1]]
    directions = [rises[0], *(rises[k + 1] for k in turns)]
    # step: each mark is at its own turn [drop]
    _place(rises, turns, marks)
    values: list[int | None] = [left, *(None if m is None else m.sign for m in marks), right]
    for _ in directions:
        if values[0] is None and _goes_on(values[1], -directions[0], end=not turns):
            values[0] = -directions[0]
        if values[-1] is None and _goes_on(values[-2], directions[-1], end=not turns):
            values[-1] = directions[-1]
        for k in range(1, len(turns) + 1):
            top = directions[k - 1]  # a greatest value after a rise, a least one after a fall
            if values[k] is None and any(
                _decides(values[j], top, end=j in (0, len(turns) + 1)) for j in (k - 1, k + 1)
            ):
                values[k] = top
    if None in values:
        raise Rejected("the sign at a turn is not known: it needs a cut")
    return _joined(directions, [v for v in values if v is not None])


def _goes_on(value: int | None, direction: int, *, end: bool) -> bool:
    """Whether a function has the sign of its direction after this value."""
    # step: beyond a turn with the other sign nothing is known of an end [true 1/6]
    return value == direction or (value == 0 and not end)


def _decides(neighbour: int | None, top: int, *, end: bool) -> bool:
    """Whether a greatest value (top = 1) is positive beside this neighbour; a least one negative.

    It is strictly greater than the function on either side, up to the next turn.
    """
    if neighbour is None:
        return False
    # step: a least value has no sign from a positive neighbour [true 1/6]
    return neighbour == top or (neighbour == 0 and not end)


def _joined(directions: list[int], values: list[int]) -> list[int]:
    pattern: list[int] = []
    for k, direction in enumerate(directions):
        start, stop = values[k], values[k + 1]
        if start and stop:
            if start != stop and (stop - start) * direction < 0:
                raise Rejected("the signs at the turns contradict the derivative")
            piece = [start] if start == stop else [start, stop]
        elif start or stop:
            piece = [start or stop]
            if (stop - start) * direction < 0:
                raise Rejected("the signs at the turns contradict the derivative")
        else:
            raise Rejected("the signs at the turns contradict the derivative")
        if pattern and start:
            piece = piece[1:]  # the value at the turn belongs to both pieces
        pattern += piece
    return pattern


def _place(rises: list[int], turns: list[int], marks: list[Mark | None]) -> None:
    """Prove that each mark is at its own turn.

    The pattern of the derivative has pieces 0 … n; boundary k is between pieces k and k + 1. The
    marks are in order, so each end lies in a piece that is not before those of the ends before it
    and has its sign there. If the least and the greatest possible place of a mark leave it only at
    its own boundary, it is there.
    """
    given = [(turn, mark) for turn, mark in zip(turns, marks, strict=True) if mark is not None]
    for (_, one), (_, other) in itertools.pairwise(given):
        # step: the marks are in order [true 2/2]
        if not one.high < other.low:
            raise Rejected("the cuts are not in order")
    last = len(rises) - 1
    least, place = [], 0
    for _, mark in given:
        if mark.before:
            first = _next(rises, place, mark.before)
            place = _next(rises, first, mark.after)
            least.append((first, place))
        else:
            least.append((place, place))
            place += 1
        if place > last:
            raise Rejected("the cuts do not fit the pattern of the derivative")
    most, place = [], last
    for _, mark in reversed(given):
        if mark.before:
            second = _previous(rises, place, mark.after)
            place = _previous(rises, second, mark.before)
            most.append((place, second))
        else:
            place -= 1
            most.append((place, place))
        if place < 0:
            raise Rejected("the cuts do not fit the pattern of the derivative")
    most.reverse()
    for (turn, mark), low, high in zip(given, least, most, strict=True):
        # step: a mark begins before its turn [last condition 1/3]
        # step: and ends after it [first condition 1/3]
        fits = high[0] <= turn and low[1] >= turn + 1 if mark.before else low[0] == high[0] == turn
        if not fits:
            raise Rejected("a cut may lie at another turn: more cuts are needed")


def _next(rises: list[int], place: int, sign: int) -> int:
    while place < len(rises) and rises[place] != sign:
        place += 1
    if place == len(rises):
        raise Rejected("the cuts do not fit the pattern of the derivative")
    return place


def _previous(rises: list[int], place: int, sign: int) -> int:
    while place >= 0 and rises[place] != sign:
        place -= 1
    if place < 0:
        raise Rejected("the cuts do not fit the pattern of the derivative")
    return place
