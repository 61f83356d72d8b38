"""Whether one expression is less than another for all values of the variables in a box.

The box is halved until ball arithmetic decides every part. A part whose middle proves the opposite
ends the search with an exact counterexample.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from flint import arb

from bounds.certify.certificates.seal import sealed
from bounds.certify.errors import DomainError, Inconclusive, InputError, shown
from bounds.certify.exact import read_exact, show_exact, to_ball
from bounds.certify.inequalities.term import Operand, Term, number
from bounds.certify.numbers.precision import working_precision
from bounds.certify.results import NoTruthValue

Range: TypeAlias = tuple[Fraction, Fraction]
Box: TypeAlias = dict[str, Range]

_POINT_BITS = (64, 128, 256, 512, 1024)
_PART_BITS = 64
_DEEPEST = 120


_ASK = "read .holds, or ask isinstance(outcome, Proved)"


@dataclass(frozen=True)
class Proved(NoTruthValue):
    """lesser < greater for all values of the variables in the box, ends included.

    Attributes:
        lesser, greater: the two sides.
        box: the range of each variable; a point where both ends are the same.
        bits: the working precision.
        splits: the subdivision (see `bounds.certify.checker.sign`).
    """

    lesser: Term
    greater: Term
    box: Box
    bits: int
    splits: str
    holds = True
    ask = _ASK

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __str__(self) -> str:
        where = f" for {_place(self.box)}" if self.box else ""
        return f"{self.lesser} < {self.greater}{where}"

    def certificate(self) -> dict[str, Any]:
        """The proof as a certificate for `bounds check`."""
        return sealed(
            "sign",
            {
                "variables": {
                    name: [show_exact(end) for end in ends] for name, ends in self.box.items()
                },
                "lesser": self.lesser.json(),
                "greater": self.greater.json(),
                "text": str(self),
            },
            {"bits": self.bits, "splits": self.splits},
        )


@dataclass(frozen=True)
class Counterexample(NoTruthValue):
    """An exact point of the box at which the opposite is proved: greater < lesser there.

    Attributes:
        point: the value of each variable.
        proof: the opposite inequality, proved at the point.
    """

    point: dict[str, Fraction]
    proof: Proved
    holds = False
    ask = _ASK

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __str__(self) -> str:
        return f"counterexample: {self.proof}"


def decide_less(
    lesser: Operand, greater: Operand, box: Mapping[str, Any] | None = None, most: int = 4000
) -> Proved | Counterexample:
    """Decide whether lesser < greater on the whole box, with proof either way.

    Args:
        lesser: one side, a term or an exact number.
        greater: the other side.
        box: for each variable an exact number, or a pair of exact numbers, its ends.
        most: the budget, in parts of the box.

    Returns:
        The proof or the counterexample. Neither has a truth value: read `holds`.

    Raises:
        Inconclusive: it is not decided; the message names what stopped the search (the budget, or
            how often a part may be halved), the part that is left, and why it is not decided there:
            a side that is not defined on all of it, or sides whose enclosures overlap.
        InputError: a variable has no range, a range is not exact or not in order, or the budget is
            no count.
    """
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise InputError(f"most is a number of parts, from 1, not {shown(most)}")
    if not isinstance(box, Mapping | None):
        raise InputError(
            f"a box gives each variable its range, as in {{'x': (0, 1)}}, not {shown(box)}"
        )
    left, right = (side if isinstance(side, Term) else number(side) for side in (lesser, greater))
    ranges = _read_box(box or {}, left.variables() | right.variables())
    if all(low == high for low, high in ranges.values()):
        return _at_point(left, right, ranges)
    refuted = _refuted_at_a_corner(left, right, ranges)
    return _over(left, right, ranges, most) if refuted is None else refuted


def prove_less(
    lesser: Operand, greater: Operand, box: Mapping[str, Any] | None = None, most: int = 4000
) -> Proved:
    """Like `decide_less`, where only a proof will do.

    Raises:
        Inconclusive: there is a counterexample, or the budget is spent.
    """
    outcome = decide_less(lesser, greater, box, most)
    # step: a counterexample is no proof [false]
    if isinstance(outcome, Counterexample):
        raise Inconclusive(f"not so: {outcome.proof}")
    return outcome


def _read_box(box: Mapping[str, Any], names: set[str]) -> Box:
    if nameless := [name for name in box if not isinstance(name, str)]:
        raise InputError(f"a variable is named by a text such as 'x', not {shown(nameless[0])}")
    if missing := names - set(box):
        raise InputError(f"the variable {min(missing)} has no range: pass a number or a pair")
    if unused := set(box) - names:
        raise InputError(f"the variable {min(unused)} is in neither side: leave it out")
    ranges: Box = {}
    for name, ends in sorted(box.items()):
        pair = ends if isinstance(ends, tuple) else (ends, ends)
        if len(pair) != 2:
            raise InputError(f"the range of {name} must be one exact number or a pair")
        low, high = (read_exact(end, f"an end of {name}") for end in pair)
        # step: a range goes up [true 5/5]
        if not (isinstance(low, Fraction) and isinstance(high, Fraction) and low <= high):
            raise InputError(f"the range of {name} must be exact, and go up: pass (low, high)")
        ranges[name] = (low, high)
    return ranges


def _compared(left: Term, right: Term, box: Box) -> bool | None:
    """True: less on the whole box; False: greater on the whole box; None: not decided."""
    try:
        place = _balls(box)
        a, b = left.at(place), right.at(place)
    except (DomainError, Inconclusive):
        return None
    # step: both sides are finite [true 2/4]
    if not (a.is_finite() and b.is_finite()):
        return None
    # step: a refutation is one [call: bool(a < b)]
    return _strictly(a, b)


def _balls(box: Box) -> dict[str, arb]:
    """Each range as a ball."""
    # step: a range is taken as a whole [first call 2/5]
    return {
        name: to_ball(low) if low == high else to_ball(low).union(to_ball(high))
        for name, (low, high) in box.items()
    }


def _strictly(a: arb, b: arb) -> bool | None:
    # step: less is strict [weak]
    if a < b:
        return True
    # step: greater is strict [weak]
    return False if a > b else None


def _at_point(left: Term, right: Term, box: Box) -> Proved | Counterexample:
    for bits in _POINT_BITS:
        with working_precision(bits):
            less = _compared(left, right, box)
        if less is not None:
            sides = (left, right) if less else (right, left)
            proof = Proved(*sides, box, bits, ".")
            return proof if less else Counterexample({n: e[0] for n, e in box.items()}, proof)
    where = f" at {_place(box)}" if box else ""
    raise Inconclusive(
        f"{left} and {right} are not told apart{where} with {_POINT_BITS[-1]} bits:"
        f" {_obstacle(left, right, box, _POINT_BITS[-1])}"
    )


def _obstacle(left: Term, right: Term, box: Box, bits: int = _PART_BITS) -> str:
    """Why the sides are not compared on a part, in words."""
    with working_precision(bits):
        for side in (left, right):
            try:
                finite = side.at(_balls(box)).is_finite()
            except (DomainError, Inconclusive) as why:
                return f"{side} is not defined on all of it ({why})"
            if not finite:
                return f"{side} is not finite, or not defined, on all of it"
    return "the enclosures of both sides overlap"


def _refuted_at_a_corner(left: Term, right: Term, box: Box) -> Counterexample | None:
    """A corner of the box, the simplest of its points, where the opposite is proved."""
    for corner in product(*box.values()):
        point = {name: (end, end) for name, end in zip(box, corner, strict=True)}
        with working_precision(_PART_BITS):
            refuted = _compared(left, right, point) is False
        if refuted:
            outcome = _at_point(left, right, point)
            return outcome if isinstance(outcome, Counterexample) else None
    return None


def _over(left: Term, right: Term, whole: Box, most: int) -> Proved | Counterexample:
    names = list(whole)
    width = {name: high - low or Fraction(1) for name, (low, high) in whole.items()}
    waiting = [(whole, 0)]
    splits: list[str] = []
    while waiting:
        box, depth = waiting.pop()
        with working_precision(_PART_BITS):
            less = _compared(left, right, box)
        if (less is None and len(splits) % 8 == 0) or less is False:
            middle = {name: ((low + high) / 2,) * 2 for name, (low, high) in box.items()}
            with working_precision(_PART_BITS):
                if _compared(left, right, middle) is False:
                    return _at_point(left, right, middle)
        if less:
            splits.append(".")
            continue
        # step: a part that is not decided is no proof [false 1/3]
        if len(splits) + len(waiting) >= most or depth >= _DEEPEST:
            spent = len(splits) + len(waiting) >= most
            limit = f"within {most} parts" if spent else f"by halving a part {depth} times"
            raise Inconclusive(
                f"{left} < {right} is not decided {limit}; what is left begins with {_place(box)}:"
                f" {_obstacle(left, right, box)}"
            )
        name = max(names, key=lambda name: (box[name][1] - box[name][0]) / width[name])
        low, high = box[name]
        middle_of = (low + high) / 2
        splits.append(str(names.index(name)))
        # step: both halves of a part [last list 1/5]
        # step: the other one too [first list 1/5]
        waiting += [
            ({**box, name: (middle_of, high)}, depth + 1),
            ({**box, name: (low, middle_of)}, depth + 1),
        ]
    return Proved(left, right, whole, _PART_BITS, "".join(splits))


def _place(box: Box) -> str:
    sides = (
        f"{name} = {show_exact(low)}"
        if low == high
        else f"{name} in [{show_exact(low)}, {show_exact(high)}]"
        for name, (low, high) in box.items()
    )
    return ", ".join(sides)
