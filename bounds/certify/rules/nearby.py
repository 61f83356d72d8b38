"""How far an undecided statement is: what weaker statement is proved, and what would help.

A weaker statement is the same one on a part of the domain, or with a margin. Each is proved like
any statement, with a small part of the time; the place that is left out is where the two sides are
nearest to each other, as floats see it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

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
from bounds.certify.rules.points import grid, simple_points

Prove = Callable[[Statement, Deadline], bool]
"""Whether a statement is proved within the time; False says nothing."""

WEAKER, HELP = "proved, but weaker:", "would help:"
"""How the sentences begin."""

_MOST = 10.0
_TRIES = 8
_POINTS = 40
_SIMPLE_POINTS = 20
_SHARES = (Fraction(1, 100), Fraction(1, 10), Fraction(1, 4))
_MARGINS = (Fraction(1, 10**6), Fraction(1, 1000), Fraction(1, 10))
_FAR = (Fraction(100), Fraction(10))


def nearby(statement: Statement, prove: Prove, deadline: Deadline) -> tuple[str, ...]:
    """Sentences about an undecided statement: what weaker one is proved, and what would help.

    Args:
        statement: what was not decided.
        prove: proves a statement within a time, to the checker's satisfaction; it is given small
            parts of the time only.
        deadline: when to end, at most 10 seconds from now.

    Returns:
        The sentences, without a full stop; none is said of a weaker statement that is not proved.
    """
    budget = deadline.within(_MOST)
    told: list[str] = []
    worst = _nearest(statement)
    proved = False
    for make in (_smaller, _with_margin):
        for weaker in make(statement, worst):
            if budget.over():
                break
            try:
                part = budget.within(budget.left() / _TRIES + 0.05)
                proved = prove(weaker, part)
            except OutOfTime:
                proved = False
            if proved:
                told.append(f"{WEAKER} {weaker}")
                break
    told += _advice(statement, worst, deadline)
    return tuple(dict.fromkeys(told))


# Where it is hardest


def _nearest(statement: Statement) -> tuple[dict[str, float], float] | None:
    """The point of a grid at which a comparison is nearest to failing, and by how much."""
    domain = statement.domain
    if domain.exists or not domain.ranges:
        return None
    pools = {}
    count = max(5, int(_POINTS ** (2 / len(domain.ranges))))
    for name, allowed in domain.ranges.items():
        pool = np.unique(np.asarray(grid(allowed), dtype=float))
        pool = pool[np.isfinite(pool) & _inside(pool, allowed)]
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


def _inside(pool: object, allowed: Range) -> np.ndarray:
    values = np.asarray(pool)
    low = -math.inf if allowed.low is None else float(evaluate_float(allowed.low, {}))
    high = math.inf if allowed.high is None else float(evaluate_float(allowed.high, {}))
    return (values > low if allowed.low_open else values >= low) & (
        values < high if allowed.high_open else values <= high
    )


def _gap(comparison: Comparison, place: Mapping[str, object]) -> np.ndarray:
    """By how much a comparison holds, relative to its sides."""
    left, right = (
        np.asarray(evaluate_float(side, place)) for side in (comparison.left, comparison.right)
    )
    with np.errstate(all="ignore"):
        gap = right - left if comparison.relation in ("<", "<=") else left - right
        gap = np.abs(gap) if comparison.relation == "!=" else gap
        return gap / (1 + np.abs(left) + np.abs(right))


# Weaker statements


def _smaller(
    statement: Statement, worst: tuple[dict[str, float], float] | None
) -> Iterator[Statement]:
    """The same with less of one range: an end is cut off, or all on one side of the worst place."""
    domain = statement.domain
    for name, allowed in domain.ranges.items():
        if name in domain.exists:
            continue
        for low, high in _parts(allowed, None if worst is None else worst[0][name]):
            part = Range(low, high, low is None, high is None, allowed.integer)
            if low is allowed.low:
                part = replace(part, low_open=allowed.low_open)
            if high is allowed.high:
                part = replace(part, high_open=allowed.high_open)
            yield Statement(statement.comparisons, domain.with_range(name, part))


def _parts(allowed: Range, worst: float | None) -> Iterator[tuple[Expr | None, Expr | None]]:
    """Parts of a range, the largest first, that leave out the worst place or an infinite end."""
    low, high = (
        None if end is None else _simple(float(evaluate_float(end, {})))
        for end in (allowed.low, allowed.high)
    )
    if allowed.integer or (low is None) != (allowed.low is None) or (high is None) != (allowed.high is None):
        return
    for far in _FAR:
        bottom = far * -1 if low is None else low
        top = far if high is None else high
        if bottom >= top:
            continue
        if (low is None or high is None) and (worst is None or abs(worst) > far):
            yield (
                number(bottom) if low is None else allowed.low,
                number(top) if high is None else allowed.high,
            )
    if worst is None or not math.isfinite(worst):
        return
    width = 1 if low is None or high is None else high - low
    at = _simple(worst)
    if at is None:
        return
    for share in _SHARES:
        above, below = _rounded(at + share * width), _rounded(at - share * width)
        if high is None or above < high:
            yield number(above), allowed.high
        if low is None or below > low:
            yield allowed.low, number(below)


def _simple(value: float) -> Fraction | None:
    return Fraction(value).limit_denominator(1000) if math.isfinite(value) else None


def _rounded(value: Fraction) -> Fraction:
    return value.limit_denominator(100)


def _with_margin(
    statement: Statement, worst: tuple[dict[str, float], float] | None
) -> Iterator[Statement]:
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
