"""Certificates of zeros: a system of terms has exactly one zero in a box of its unknowns.

Parameters are variables with a range of their own: then so it is for each of their values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bounds.certify.checker import reading
from bounds.certify.checker.derivative import derivative
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind, register_kind
from bounds.certify.checker.krawczyk import Vector, krawczyk_image
from bounds.certify.checker.number import told_range
from bounds.certify.checker.operations import Term
from bounds.certify.checker.precision import Precision, Work
from bounds.certify.checker.reading import Ends
from bounds.certify.checker.sign import MOST_BITS, read_ranges, told_ranges, told_term
from bounds.certify.checker.term import evaluate, read_term
from bounds.certify.checker.verdict import Rejected, Undecided

_SPARE_BITS = 64


@dataclass(frozen=True, slots=True)
class ZeroClaim:
    """For all parameters in their ranges, the system has exactly one zero in the box."""

    unknowns: tuple[tuple[str, Ends], ...]
    parameters: tuple[tuple[str, Ends], ...]
    system: tuple[Term, ...]
    bits: int


def read_zero(statement: Any, evidence: Any) -> ZeroClaim:
    """The claim of a zero.

    Raises:
        Rejected: it is malformed.
    """
    names = ("unknowns", "parameters", "system")
    unknowns, parameters, system = reading.statement_fields(statement, *names)
    (bits,) = reading.fields(evidence, "the evidence of a zero", "bits")
    box, given = read_ranges(unknowns), read_ranges(parameters)
    if not box or unknowns.keys() & parameters.keys():
        raise Rejected("a system has unknowns, and its parameters have other names")
    if not (isinstance(system, list) and len(system) == len(box)):
        raise Rejected("a system has as many terms as unknowns")
    return ZeroClaim(
        unknowns=box,
        parameters=given,
        system=tuple(read_term(term, {**unknowns, **parameters}) for term in system),
        bits=reading.bits(bits, MOST_BITS),
    )


def replay_zero(claim: ZeroClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove existence and uniqueness again; the proof is one piece.

    First every part of the system is shown to be defined on the whole box: Krawczyk's test asks for
    a function there, and the derivatives alone do not tell, since 0·u has the derivative 0.

    Raises:
        Rejected: they are not proved.
    """
    at = Precision(claim.bits + _SPARE_BITS, work)
    names = [name for name, _ in claim.unknowns]
    slopes = [[derivative(term, name) for name in names] for term in claim.system]
    # step: a zero is proved for all values of the parameters [call: Interval.enclosing(at, ends[0],
    #   ends[0])]
    given = {name: Interval.enclosing(at, *ends) for name, ends in claim.parameters}

    def place(point: Vector) -> dict[str, Interval]:
        return given | dict(zip(names, point, strict=True))

    def residual(point: Vector) -> list[Interval]:
        return [evaluate(term, place(point), at) for term in claim.system]

    def jacobian(point: Vector) -> list[list[Interval]]:
        return [[evaluate(term, place(point), at) for term in row] for row in slopes]

    sides = [ends for _, ends in claim.unknowns]
    box = [Interval.enclosing(at, *ends) for ends in sides]
    try:
        # step: the system is defined on the whole box [drop]
        residual(box)
    except Undecided as error:
        raise Rejected(
            f"the system is not proved to be defined in the box: {error}", "box"
        ) from None
    try:
        image = krawczyk_image(residual, jacobian, box)
    except Undecided as error:
        raise Rejected(f"exactly one zero in the box is not proved: {error}", "box") from None
    # step: the Krawczyk image lies inside the box [true 2/3]
    if not all(part.strictly_within(*side) for part, side in zip(image, sides, strict=True)):
        raise Rejected("exactly one zero in the box is not proved", "box")
    yield 1, 1


def _told_zero(claim: ZeroClaim) -> str:
    names = ", ".join(name for name, _ in claim.unknowns)
    box = " x ".join(told_range(*ends) for _, ends in claim.unknowns)
    system = " and ".join(f"{told_term(term)} = 0" for term in claim.system)
    return (
        f"{told_ranges(claim.parameters)}exactly one ({names}) in the box of the statement, which"
        f" lies in {box}, has {system}"
    )


register_kind("zero", Kind(read_zero, replay_zero, _told_zero))
