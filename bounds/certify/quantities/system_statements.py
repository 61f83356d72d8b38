"""All roots of a system as statements, for certificates.

Each part of the box has variables of its own. Outside the boxes of the roots one function has one
sign on each part. In the box of a root a combination g = Y f, with a rational matrix Y, has

    g_i < 0 where x_i is at its lower end and g_i > 0 where it is at its upper end of a narrow box,
    w_i ∂g_i/∂x_i > Σ_{j ≠ i} ± w_j ∂g_i/∂x_j on the whole box, for all signs.

So g is 0 somewhere in the narrow box, by the theorem of Poincaré and Miranda. It is 0 only once in
the box: of two zeros take the i for which |a_i − b_i|/w_i is greatest; then g_i(a) = g_i(b)
contradicts the last line. That line makes the Jacobian of g regular at the root, and with it Y,
so the zeros of g are those of f. At an exact root the functions are 0, in place of the first line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import ZERO, Expr, number, substitute, variable
from bounds.certify.language.statement import Statement
from bounds.certify.quantities.proving import CERTIFIED_DIGITS, decimal_above, decimal_below
from bounds.certify.quantities.root_statements import MOST_COMPARISONS

Box: TypeAlias = tuple[tuple[Fraction, Fraction], ...]

MOST_VARIABLES = 16
"""As many as the checker takes in one statement."""
_MOST_PARTS, _LEAST = 1_024, Fraction(1, 64)


@dataclass(frozen=True)
class Held:
    """A root of a system.

    Attributes:
        box: where it is the only one.
        near: a narrow box around it.
        exact: the numbers that it is, if they are known.
        inverse: about the inverse of the Jacobian.
    """

    box: Box
    near: Box
    exact: Mapping[str, Fraction] | None
    inverse: tuple[tuple[Fraction, ...], ...]


def system_statements(
    functions: Sequence[Expr],
    slopes: Sequence[Sequence[Expr]],
    names: Sequence[str],
    whole: Box,
    held: Sequence[Held],
    sign_on: Callable[[Box], tuple[int, int] | None],
) -> list[Statement] | None:
    """Statements from which it follows that a system has exactly these roots in a box.

    Args:
        functions: what is to be 0.
        slopes: their derivatives by each variable.
        names: the variables.
        whole: the box.
        held: its roots.
        sign_on: a function with one sign on a part, by its place, and that sign; or None.

    Returns:
        The statements; None where a part has no sign, or there are too many.
    """
    facts = list[_Fact]()
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        if any(_lies_in(part, one.box) for one in held):
            continue
        found = sign_on(part)
        if found is not None:
            place, sign = found
            facts.append(_Fact(Comparison(functions[place], ">" if sign > 0 else "<", ZERO), part))
        else:
            waiting += _halves(part, whole, held)
        if len(waiting) + len(facts) > _MOST_PARTS:
            return None
    for one in held:
        # step: the narrow box around a root lies in the box that holds one [false 1/2]
        if not _lies_in(_near(one), one.box):
            return None
        facts += _facts_at(one, functions, slopes, names)
    return list(_joined(facts, names)) or None


@dataclass(frozen=True)
class _Fact:
    """A comparison that holds on a part."""

    comparison: Comparison
    part: Box


def _halves(part: Box, whole: Box, held: Sequence[Held]) -> list[Box]:
    """Two parts of a part: cut at the side of a root's box if one crosses it, or in the middle."""
    sizes = [
        (high - low) / (top - bottom)
        for (low, high), (bottom, top) in zip(part, whole, strict=True)
    ]
    for i in sorted(range(len(part)), key=lambda k: -sizes[k]):
        low, high = part[i]
        for one in held:
            if all(a < d and c < b for (a, b), (c, d) in zip(part, one.box, strict=True)):
                for end in one.box[i]:
                    if low < end < high and _is_small(part, one.box):
                        return _cut(part, i, end)
    widest = max(range(len(part)), key=lambda k: sizes[k])
    low, high = part[widest]
    return _cut(part, widest, (low + high) / 2)


def _is_small(part: Box, box: Box) -> bool:
    """Whether a part is not much larger than the box of a root that it meets."""
    return all(b - a <= 4 * (d - c) for (a, b), (c, d) in zip(part, box, strict=True))


def _cut(part: Box, i: int, at: Fraction) -> list[Box]:
    low, high = part[i]
    return [(*part[:i], side, *part[i + 1 :]) for side in ((low, at), (at, high))]


def _lies_in(inner: Box, outer: Box) -> bool:
    return all(a >= c and b <= d for (a, b), (c, d) in zip(inner, outer, strict=True))


def _facts_at(
    one: Held, functions: Sequence[Expr], slopes: Sequence[Sequence[Expr]], names: Sequence[str]
) -> Iterator[_Fact]:
    """What proves that a box holds exactly one root, which lies in a narrow one."""
    count = range(len(names))
    if one.exact is not None:
        place = {name: number(q) for name, q in one.exact.items()}
        for f in functions:
            yield _Fact(Comparison(substitute(f, place), "=", ZERO), one.box)
    near = _near(one)
    longest = max(high - low for low, high in one.box)
    widths = [max(_LEAST, _short((high - low) / longest)) for low, high in one.box]
    for i in count:
        row = one.inverse[i]
        if one.exact is None:
            g = sum((number(row[k]) * functions[k] for k in count), ZERO)
            for end, relation in zip(near[i], ("<", ">"), strict=True):
                at_end = substitute(g, {names[i]: number(end)})
                yield _Fact(Comparison(at_end, relation, ZERO), near)  # type: ignore[arg-type]
        rates = [sum((number(row[k]) * slopes[k][j] for k in count), ZERO) for j in count]
        others = [j for j in count if j != i]
        for signs in product((1, -1), repeat=len(others)):
            total = number(widths[i]) * rates[i]
            for j, sign in zip(others, signs, strict=True):
                total += number(sign * widths[j]) * rates[j]
            yield _Fact(Comparison(total, ">", ZERO), one.box)


def _short(q: Fraction) -> Fraction:
    """A number near q that is written with few digits; any positive w_i do."""
    return q.limit_denominator(64)


def _near(one: Held) -> Box:
    """The narrow box, its ends rounded outwards to decimals."""
    return tuple(
        (decimal_below(low, CERTIFIED_DIGITS), decimal_above(high, CERTIFIED_DIGITS))
        for low, high in one.near
    )


def _joined(facts: Sequence[_Fact], names: Sequence[str]) -> Iterator[Statement]:
    """Statements of several facts; each part has variables of its own."""
    comparisons, ranges = list[Comparison](), dict[str, Range]()
    parts: dict[Box, int] = {}
    for fact in facts:
        if len(ranges) + len(names) > MOST_VARIABLES or len(comparisons) >= MOST_COMPARISONS:
            yield Statement(tuple(comparisons), Domain(ranges))
            comparisons, ranges, parts = [], {}, {}
        k = parts.setdefault(fact.part, len(parts) + 1)
        comparisons.append(fact.comparison.at({name: variable(_own(name, k)) for name in names}))
        for name, (low, high) in zip(names, fact.part, strict=True):
            if name in fact.comparison.free:
                ranges[_own(name, k)] = Range(number(low), number(high), False, False)
    if comparisons:
        yield Statement(tuple(comparisons), Domain(ranges))


def _own(name: str, k: int) -> str:
    return f"{name}_{k}" if name[-1].isdigit() else f"{name}{k}"
