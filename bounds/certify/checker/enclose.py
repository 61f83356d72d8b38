"""All values of an expression over a box, enclosed: the checker's door to its enclosures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bounds.certify.checker import quadrature
from bounds.certify.checker.expression import CONSTANTS, Node, parts_of
from bounds.certify.checker.expression import FUNCTIONS as LANGUAGE
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, Rational, Work
from bounds.certify.checker.program import (
    ADDED,
    FUNCTIONS,
    MISSING,
    Missing,
    Place,
    add_enclosure,
    compiled,
)
from bounds.certify.checker.verdict import Undecided

__all__ = ["ADDED", "MISSING", "Missing", "add_enclosure", "enclose", "missing", "sign_at"]

BITS = (64, 128, 256)
"""The precisions that are tried, one after the other."""

quadrature.register()


def enclose(node: Node, place: Place, at: Precision, *, defined: bool = False) -> Interval:
    """The range of an expression over a box, or more.

    Args:
        node: the expression.
        place: the range of each of its variables, at the precision `at`.
        at: the precision.
        defined: whether the caller has proved that every part of the expression is defined at all
            points that are meant; then a root of [−10⁻²⁰, 1] is one of [0, 1].

    Raises:
        Undecided: a part is not proved to be defined over the whole box, or not to be finite.
        Missing: there is no enclosure of a function.
    """
    return compiled(node).run(place, at, defined)[0]


def missing(node: Node) -> frozenset[str]:
    """The functions of an expression that the checker does not enclose by itself."""
    heads = {part.head for part in parts_of(node)}
    return frozenset(heads & set(LANGUAGE)) - set(FUNCTIONS) - {"integral", "sum"} - set(CONSTANTS)


def sign_at(
    node: Node,
    place: Mapping[str, tuple[Rational, Rational]],
    bits: Sequence[int] = BITS,
    work: Work | None = None,
    *,
    defined: bool = False,
) -> int | None:
    """The one strict sign of an expression over a box: 1 or −1; None where it is not proved.

    Args:
        node: the expression.
        place: the exact ends of each variable.
        bits: the precisions to try.
        work: what may still be spent.
        defined: see `enclose`.
    """
    for precision in bits:
        at = Precision(precision, work)
        try:
            over = {name: Interval.enclosing(at, *ends) for name, ends in place.items()}
            value = enclose(node, over, at, defined=defined)
        except Undecided:
            continue
        if value > 0:
            return 1
        if value < 0:
            return -1
    return None
