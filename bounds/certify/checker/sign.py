"""Certificates of signs: an inequality between two terms, over a box of their variables.

The evidence is a subdivision, written as it is walked: a letter of `splits` is "." for a part on
which the inequality is proved as it stands, or the number (in alphabetic order) of the variable
whose range is halved: first comes the lower half, then the upper. So the parts cover the box.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bounds.certify.checker import reading
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind, register_kind
from bounds.certify.checker.number import cut, told_range
from bounds.certify.checker.operations import Term
from bounds.certify.checker.precision import Precision, Work
from bounds.certify.checker.reading import Ends
from bounds.certify.checker.term import evaluate, read_name, read_term, told
from bounds.certify.checker.verdict import Rejected, Undecided

MOST_BITS, MOST_VARIABLES, MOST_SPLITS = 2_000, 10, 1_000_000

_SPARE_BITS = 32
_DEEPEST = 200
_LONGEST = 2_000  # characters of a term in a message


@dataclass(frozen=True, slots=True)
class SignClaim:
    """For all values of the variables between their ends, lesser < greater."""

    variables: tuple[tuple[str, Ends], ...]
    lesser: Term
    greater: Term
    bits: int
    splits: str


def read_sign(statement: Any, evidence: Any) -> SignClaim:
    """The claim of a sign.

    Raises:
        Rejected: it is malformed.
    """
    names = ("variables", "lesser", "greater")
    variables, lesser, greater = reading.statement_fields(statement, *names)
    bits, splits = reading.fields(evidence, "the evidence of a sign", "bits", "splits")
    ranges = read_ranges(variables)
    if not (isinstance(splits, str) and 0 < len(splits) <= MOST_SPLITS):
        raise Rejected(f'"splits" is a text of at most {MOST_SPLITS} characters')
    if set(splits) - set(".0123456789"):
        raise Rejected('"splits" consists of dots and digits')
    return SignClaim(
        variables=ranges,
        lesser=read_term(lesser, variables),
        greater=read_term(greater, variables),
        bits=reading.bits(bits, MOST_BITS),
        splits=splits,
    )


def read_ranges(variables: Any) -> tuple[tuple[str, Ends], ...]:
    """Names with their ranges, in alphabetic order."""
    if not isinstance(variables, dict) or len(variables) > MOST_VARIABLES:
        raise Rejected(f"variables are an object of at most {MOST_VARIABLES} names")
    return tuple((read_name(name), reading.ends(variables[name])) for name in sorted(variables))


def replay_sign(claim: SignClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove the inequality again, part by part.

    Raises:
        Rejected: it is not proved on a part, or the subdivision does not end with the box.
    """
    at = Precision(claim.bits + _SPARE_BITS, work)
    names = [name for name, _ in claim.variables]
    waiting = [(tuple(ends for _, ends in claim.variables), 0)]
    total = len(claim.splits)
    for done, letter in enumerate(claim.splits, 1):
        if not waiting:
            raise Rejected("the subdivision goes on after its end", f"split {done}")
        box, depth = waiting.pop()
        if letter == ".":
            place = dict(zip(names, box, strict=True))
            # step: a sign is proved on each part [false 1/4]
            if at.work.mine(done) and not _holds(claim, place, at):
                raise Rejected("the inequality is not proved on a part", cut(_box(place), 300))
        else:
            if depth >= _DEEPEST:
                raise Rejected("the subdivision is too deep", f"split {done}")
            if int(letter) >= len(names):
                raise Rejected("a variable is split that is not there", f"split {done}")
            lower, upper = _halves(box, int(letter))
            waiting += [(upper, depth + 1), (lower, depth + 1)]
        yield done, total
    # step: the parts cover the box [false]
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
    # step: both halves together are the whole [value 6/8: high]
    return (*before, (low, middle), *after), (*before, (middle, high), *after)


def _box(place: dict[str, Ends]) -> str:
    return ", ".join(f"{name} in {told_range(*ends)}" for name, ends in place.items())


def told_term(term: Term) -> str:
    """A term in plain text; of a long one the beginning, with its length."""
    text = told(term)
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}... (the beginning of {len(text):,} characters)"


def told_ranges(variables: tuple[tuple[str, Ends], ...]) -> str:
    """For which values of the variables something is proved."""
    parts = (f"{name} in {told_range(*ends, inwards=True)}" for name, ends in variables)
    return f"for all {', '.join(parts)}: " if variables else ""


def _told_sign(claim: SignClaim) -> str:
    sides = f"{told_term(claim.lesser)} < {told_term(claim.greater)}"
    return f"{told_ranges(claim.variables)}{sides}"


register_kind("sign", Kind(read_sign, replay_sign, _told_sign, shared=True))
