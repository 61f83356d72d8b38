"""Certificates of signs: an inequality between two terms, over a box of their variables.

The evidence is a subdivision, written as it is walked: a letter of `splits` is "." for a part on
which the inequality is proved as it stands, or the number (in alphabetic order) of the variable
whose range is halved: first comes the lower half, then the upper. So the parts cover the box.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.number import cut
from bounds.certify.checker.precision import Precision, Rational
from bounds.certify.checker.term import Term, evaluate
from bounds.certify.checker.verdict import Rejected, Undecided

Ends = tuple[Rational, Rational]

_SPARE_BITS = 32
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class SignClaim:
    """For all values of the variables between their ends, lesser < greater."""

    variables: tuple[tuple[str, Ends], ...]
    lesser: Term
    greater: Term
    bits: int
    splits: str


def replay_sign(claim: SignClaim) -> Iterator[tuple[int, int]]:
    """Prove the inequality again, part by part.

    Raises:
        Rejected: it is not proved on a part, or the subdivision does not end with the box.
    """
    at = Precision(claim.bits + _SPARE_BITS)
    names = [name for name, _ in claim.variables]
    waiting = [(tuple(ends for _, ends in claim.variables), 0)]
    total = len(claim.splits)
    for done, letter in enumerate(claim.splits, 1):
        if not waiting:
            raise Rejected("the subdivision goes on after its end", f"split {done}")
        box, depth = waiting.pop()
        if letter == ".":
            place = dict(zip(names, box, strict=True))
            if not _holds(claim, place, at):
                raise Rejected("the inequality is not proved on a part", _told(place))
        else:
            if depth >= _DEEPEST:
                raise Rejected("the subdivision is too deep", f"split {done}")
            if int(letter) >= len(names):
                raise Rejected("a variable is split that is not there", f"split {done}")
            lower, upper = _halves(box, int(letter))
            waiting += [(upper, depth + 1), (lower, depth + 1)]
        yield done, total
    if waiting:
        raise Rejected("the subdivision ends before the box is covered", f"split {total}")


def _holds(claim: SignClaim, place: dict[str, Ends], at: Precision) -> bool:
    try:
        over = {name: Interval.enclosing(at, *ends) for name, ends in place.items()}
        return evaluate(claim.lesser, over, at) < evaluate(claim.greater, over, at)
    except Undecided:
        return False


def _halves(box: tuple[Ends, ...], number: int) -> tuple[tuple[Ends, ...], tuple[Ends, ...]]:
    low, high = box[number]
    middle = (low + high) / 2
    before, after = box[:number], box[number + 1 :]
    return (*before, (low, middle), *after), (*before, (middle, high), *after)


def _told(place: dict[str, Ends]) -> str:
    sides = (
        f"{name} in [{cut(str(low))}, {cut(str(high))}]" for name, (low, high) in place.items()
    )
    return ", ".join(sides)
