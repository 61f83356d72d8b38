"""Certificates of zeros: a system of terms has exactly one zero in a box of its unknowns.

Parameters are variables with a range of their own: then so it is for each of their values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bounds.certify.checker.derivative import derivative
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.krawczyk import Vector, krawczyk_image
from bounds.certify.checker.precision import Precision, Rational
from bounds.certify.checker.term import Term, evaluate
from bounds.certify.checker.verdict import Rejected, Undecided

Ends = tuple[Rational, Rational]

_SPARE_BITS = 64


@dataclass(frozen=True, slots=True)
class ZeroClaim:
    """For all parameters in their ranges, the system has exactly one zero in the box."""

    unknowns: tuple[tuple[str, Ends], ...]
    parameters: tuple[tuple[str, Ends], ...]
    system: tuple[Term, ...]
    bits: int


def replay_zero(claim: ZeroClaim) -> Iterator[tuple[int, int]]:
    """Prove existence and uniqueness again; the proof is one piece.

    Raises:
        Rejected: they are not proved.
    """
    at = Precision(claim.bits + _SPARE_BITS)
    names = [name for name, _ in claim.unknowns]
    slopes = [[derivative(term, name) for name in names] for term in claim.system]
    given = {name: Interval.enclosing(at, *ends) for name, ends in claim.parameters}

    def place(point: Vector) -> dict[str, Interval]:
        return given | dict(zip(names, point, strict=True))

    def residual(point: Vector) -> list[Interval]:
        return [evaluate(term, place(point), at) for term in claim.system]

    def jacobian(point: Vector) -> list[list[Interval]]:
        return [[evaluate(term, place(point), at) for term in row] for row in slopes]

    sides = [ends for _, ends in claim.unknowns]
    try:
        box = [Interval.enclosing(at, *ends) for ends in sides]
        image = krawczyk_image(residual, jacobian, box)
    except Undecided as error:
        raise Rejected(f"exactly one zero in the box is not proved: {error}", "box") from None
    if not all(part.strictly_within(*side) for part, side in zip(image, sides, strict=True)):
        raise Rejected("exactly one zero in the box is not proved", "box")
    yield 1, 1
