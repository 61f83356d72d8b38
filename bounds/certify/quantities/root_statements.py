"""All roots of an equation as one statement, for a certificate.

Each part of the range has a variable of its own: on the pieces outside the boxes the difference of
the sides has one sign; at the two ends around a simple root it has opposite signs, and in the box
its derivative has one sign; at an exact root it is 0. With continuity, which the derivative gives,
the roots are those, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import ZERO, Expr, number, variable
from bounds.certify.language.functions import can_be_variable
from bounds.certify.language.statement import Statement
from bounds.certify.quantities.proving import CERTIFIED_DIGITS, at, decimal_above, decimal_below
from bounds.certify.quantities.results import Root
from bounds.certify.rules.outcome import Outcome

MOST_COMPARISONS = 64
"""As many as the checker takes in one statement."""


@dataclass(frozen=True)
class Found:
    """A root and the part of the range that it takes.

    Attributes:
        root: as it is told.
        low, high: the ends of its box; an exact point where only the point itself is taken.
        is_point: whether only the point is taken.
        reaches: -1 or 1 where the box begins or ends with the range.
        inner: the narrow interval of a simple root, with opposite signs at its ends.
        slope: the sign of the derivative in the box of a simple root.
    """

    root: Root
    low: Expr
    high: Expr
    is_point: bool
    reaches: int = 0
    inner: tuple[Fraction, Fraction] | None = None
    slope: int = 0


def roots_statement(
    f: Expr, slope: Expr | None, name: str, found: Sequence[Found], proofs: Sequence[Outcome]
) -> Statement | None:
    """The statement that an expression has exactly the roots that were found.

    Args:
        f: the difference of the sides.
        slope: its derivative, if it is known.
        name: the variable.
        found: the roots, none of them a cluster.
        proofs: for each piece outside them the statement that f has one sign there.

    Returns:
        The statement; None where it has too many comparisons, or an end is too near to its box.
    """
    made, ranges = list[Comparison](), dict[str, Range]()
    fresh = _names(name)
    for proof in proofs:
        (comparison,), (piece,) = (
            proof.statement.comparisons,
            proof.statement.domain.ranges.values(),
        )
        own = next(fresh)
        ranges[own] = piece
        made.append(Comparison(at(comparison.left, name, variable(own)), comparison.relation, ZERO))
    for one in found:
        ends = _ends(one)
        if ends is None and one.root.exact is None:
            return None
        if one.root.exact is not None:
            made.append(Comparison(at(f, name, one.root.exact), "=", ZERO))
        else:
            assert ends is not None
            signs: tuple[Relation, Relation] = ("<", ">") if one.slope > 0 else (">", "<")
            for end, sign in zip(ends, signs, strict=True):
                made.append(Comparison(at(f, name, number(end)), sign, ZERO))
        if one.is_point:
            continue
        assert slope is not None
        own = next(fresh)
        ranges[own] = Range(one.low, one.high, False, False)
        rate = at(slope, name, variable(own))
        made.append(Comparison(rate, ">" if one.slope > 0 else "<", ZERO))
    if not 0 < len(made) <= MOST_COMPARISONS:
        return None
    used = frozenset().union(*(c.free for c in made))
    return Statement(tuple(made), Domain({key: r for key, r in ranges.items() if key in used}))


def _names(name: str) -> Iterator[str]:
    """Names for the variables of the parts: x1, x2, ..."""
    k = 0
    while True:
        k += 1
        own = f"{name}{k}" if not name[-1].isdigit() else f"{name}_{k}"
        if can_be_variable(own):
            yield own


def _ends(one: Found) -> tuple[Fraction, Fraction] | None:
    """Decimals around a simple root, inside its box."""
    if one.inner is None:
        return None
    low = decimal_below(one.inner[0], CERTIFIED_DIGITS)
    high = decimal_above(one.inner[1], CERTIFIED_DIGITS)
    box = one.root.box
    return (low, high) if box[0] <= low < high <= box[1] else one.inner
