"""How far an undecided statement is: what weaker statement is proved, and what would help.

A weaker statement is the same one on a part of the domain, or with a margin. Each is proved like
any statement, with a small part of the time; the place that is left out is where the two sides are
nearest to each other, as floats see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from bounds.certify.checker.enclose import missing
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.proof import check_goal
from bounds.certify.checker.verdict import Rejected
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Range
from bounds.certify.language.expression import Expr, number, substitute
from bounds.certify.language.statement import Statement
from bounds.certify.language.text import to_text
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.goal import Deadline, OutOfTime
from bounds.certify.rules.outcome import HELP, WEAKER
from bounds.certify.rules.points import grid, simple_points

Prove = Callable[[Statement, Deadline], bool]
"""Whether a statement is proved within the time; False says nothing."""

_MOST = 10.0
_TRIES = 8
_POINTS, _MOST_VARIABLES = 40, 6
_SIMPLE_POINTS = 20
_FARTHEST, _NEAREST = 100.0, 1e-3
_SHARES = (Fraction(1, 100), Fraction(1, 10), Fraction(1, 4))
_MARGINS = (Fraction(1, 10**6), Fraction(1, 1000), Fraction(1, 10))
_BOXES = (
    (Fraction(100), Fraction(0)),
    (Fraction(10), Fraction(1, 100)),
    (Fraction(3), Fraction(1, 10)),
)
"""Where infinite ends are cut, and what is cut off at open ends."""


@dataclass(frozen=True)
class Nearby:
    """What is known near an undecided statement.

    Attributes:
        weaker: statements that follow from it, and are proved.
        sentences: these and what would help, in words, without a full stop.
    """

    weaker: tuple[Statement, ...]
    sentences: tuple[str, ...]


def nearby(statement: Statement, prove: Prove, deadline: Deadline) -> Nearby:
    """What weaker statement than an undecided one is proved, and what would help.

    Args:
        statement: what was not decided.
        prove: proves a statement within a time, to the checker's satisfaction; it is given small
            parts of the time only.
        deadline: when to end, at most 10 seconds from now.
    """
    budget = deadline.within(_MOST)
    found: list[Statement] = []
    worst = _nearest(statement)
    for weaker_ones in (_smaller(statement, worst), _with_margin(statement)):
        for weaker in weaker_ones:
            if budget.over():
                break
            try:
                part = budget.within(budget.left() / _TRIES + 0.05)
                proved = prove(weaker, part)
            except OutOfTime:
                proved = False
            if proved:
                found.append(weaker)
                break
    told = [*(f"{WEAKER} {one}" for one in found), *_advice(statement, worst, deadline)]
    return Nearby(tuple(found), tuple(dict.fromkeys(told)))


# Where it is hardest


def _nearest(statement: Statement) -> tuple[dict[str, float], float] | None:
    """The point of a grid at which a comparison is nearest to failing, and by how much."""
    domain = statement.domain
    if domain.exists or not 0 < len(domain.ranges) <= _MOST_VARIABLES:
        return None
    pools = {}
    count = max(5, int(_POINTS ** (2 / len(domain.ranges))))
    for name, allowed in domain.ranges.items():
        pool = np.unique(np.asarray(grid(allowed), dtype=float))
        pool = pool[_inside(pool, allowed)]
        if not len(pool):
            return None
        pools[name] = pool[np.unique(np.linspace(0, len(pool) - 1, count).astype(int))]
    mesh = np.meshgrid(*pools.values(), indexing="ij")
    place = {name: values.ravel() for name, values in zip(pools, mesh, strict=True)}
    allowed_here = np.ones(len(mesh[0].ravel()), dtype=bool)
    for constraint in domain.constraints:
        if constraint.relation == "=":
            return None
        allowed_here &= _gap(constraint, place) > 0
    least: tuple[dict[str, float], float] | None = None
    for comparison in statement.comparisons:
        gap = np.where(allowed_here, _gap(comparison, place), np.nan)
        if not np.any(np.isfinite(gap)):
            continue
        at = int(np.nanargmin(gap))
        if least is None or gap[at] < least[1]:
            least = {name: float(values[at]) for name, values in place.items()}, float(gap[at])
    return least


def _inside(pool: Any, allowed: Range) -> Any:
    """Which values are in the range, neither far out nor close to an open end."""
    kept = np.isfinite(pool) & (np.abs(pool) <= _FARTHEST)
    for end, is_open, sign in (
        (allowed.low, allowed.low_open, 1),
        (allowed.high, allowed.high_open, -1),
    ):
        if end is not None:
            beyond = sign * (pool - float(evaluate_float(end, {})))
            kept &= beyond >= (_NEAREST if is_open else 0.0)
    return kept


def _gap(comparison: Comparison, place: Mapping[str, Any]) -> Any:
    """By how much a comparison holds, relative to its sides."""
    with np.errstate(all="ignore"):
        left, right = (
            np.asarray(evaluate_float(side, place)) for side in (comparison.left, comparison.right)
        )
        gap = right - left if comparison.relation in ("<", "<=") else left - right
        gap = np.abs(gap) if comparison.relation == "!=" else gap
        return gap / (1 + np.abs(left) + np.abs(right))


# Weaker statements


def _smaller(
    statement: Statement, worst: tuple[dict[str, float], float] | None
) -> Iterator[Statement]:
    """The same with less of one range: an end is cut off, or all on one side of the worst place."""
    domain = statement.domain
    names = [name for name in domain.ranges if name not in domain.exists]
    for far, cut in _BOXES:
        ranges = {
            name: _within(allowed, far, cut) if name in names else allowed
            for name, allowed in domain.ranges.items()
        }
        if ranges != domain.ranges:
            yield Statement(statement.comparisons, replace(domain, ranges=ranges))
    if worst is None:
        return
    for share in _SHARES:
        for name in names:
            for part in _beside(domain.ranges[name], worst[0][name], share):
                yield Statement(statement.comparisons, domain.with_range(name, part))


def _ends(allowed: Range) -> tuple[Fraction | None, Fraction | None]:
    """The ends as fractions nearby."""
    low, high = (
        None if end is None else Fraction(float(evaluate_float(end, {}))).limit_denominator(1000)
        for end in (allowed.low, allowed.high)
    )
    return low, high


def _within(allowed: Range, far: Fraction, cut: Fraction) -> Range:
    """The part of a range within a distance of 0, and a little away from its open ends."""
    if allowed.integer:
        return allowed
    low, high = _ends(allowed)
    bottom = max(-far, low + cut if low is not None and allowed.low_open else -far)
    top = min(far, high - cut if high is not None and allowed.high_open else far)
    if bottom >= top or (low is not None and low >= top) or (high is not None and high <= bottom):
        return allowed
    part = allowed
    if low is None or (allowed.low_open and cut):
        part = replace(part, low=number(bottom), low_open=False)
    if high is None or (allowed.high_open and cut):
        part = replace(part, high=number(top), high_open=False)
    return part


def _beside(allowed: Range, worst: float, share: Fraction) -> Iterator[Range]:
    """The parts of a range above and below a place, which is left out."""
    if allowed.integer:
        return
    low, high = _ends(allowed)
    width = 1 if low is None or high is None else high - low
    at = Fraction(worst).limit_denominator(1000)
    above, below = ((at + sign * share * width).limit_denominator(100) for sign in (1, -1))
    if (low is None or above > low) and (high is None or above < high):
        yield replace(allowed, low=number(above), low_open=False)
    if (high is None or below < high) and (low is None or below > low):
        yield replace(allowed, high=number(below), high_open=False)


def _with_margin(statement: Statement) -> Iterator[Statement]:
    """The same with a little added to the greater side, the least first."""
    for margin in _MARGINS:
        moved = []
        for c in statement.comparisons:
            if c.relation in ("<", "<="):
                moved.append(Comparison(c.left, "<", c.right + number(margin)))
            elif c.relation in (">", ">="):
                moved.append(Comparison(c.left + number(margin), ">", c.right))
            else:
                return
        yield Statement(tuple(moved), statement.domain)


# Advice


def _advice(
    statement: Statement, worst: tuple[dict[str, float], float] | None, deadline: Deadline
) -> Iterator[str]:
    """What would help, as far as it is seen."""
    unknown: set[str] = set()
    for comparison in statement.comparisons:
        for side in (comparison.left, comparison.right):
            try:
                unknown |= missing(read_expression(to_text(side)))
            except Rejected:
                continue
    for name in sorted(unknown):
        yield f"{HELP} a claim without {name}, of which the checker has no enclosure"
    yield from _equal_at_ends(statement)
    if worst is not None and abs(worst[1]) < 1e-3:
        place = ", ".join(f"{name} = {value:.6g}" for name, value in worst[0].items())
        yield f"{HELP} a domain without {place}, where the two sides seem to be nearest (by floats)"
    if deadline.left() < 1:
        yield f"{HELP} more time"


def _equal_at_ends(statement: Statement) -> Iterator[str]:
    """A strict comparison in one variable whose sides are equal at a simple point, or at an end."""
    if len(statement.domain.ranges) != 1 or statement.domain.constraints:
        return
    ((name, allowed),) = statement.domain.ranges.items()
    open_ends = [
        end
        for end, is_open in ((allowed.low, allowed.low_open), (allowed.high, allowed.high_open))
        if end is not None and is_open
    ]
    for c in statement.comparisons:
        if c.relation in ("<", ">"):
            for point in simple_points(allowed)[:_SIMPLE_POINTS]:
                if _is_zero(substitute(c.left - c.right, {name: point})):
                    weak = f"{c.left} {c.relation}= {c.right}"
                    yield f"{HELP} the claim {weak}, as the two sides are equal at {name} = {point}"
                    break
        for end in open_ends:
            if _is_zero(substitute(c.left - c.right, {name: end})):
                yield (
                    f"{HELP} a domain that does not reach {name} = {end}, where the two sides are"
                    " equal"
                )


def _is_zero(value: Expr) -> bool:
    return check_goal(to_text(value), "=", "", {"rule": "point"}, seconds=1).accepted
