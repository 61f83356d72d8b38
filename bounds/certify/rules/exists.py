"""Variables of which one value is enough: choices as functions of the others.

A choice is looked for among simple numbers, solutions of the equations that are claimed, turning
points, and the sides of the comparisons. It is tried in floats; what it needs is proved as goals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product

import numpy as np

from bounds.certify.language.comparison import Comparison
from bounds.certify.language.derivative import NoDerivative, derivative
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import Expr, call, number, raise_to, substitute, variable
from bounds.certify.language.statement import Statement
from bounds.certify.language.text import to_text
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.goal import Deadline, Goal, Node, OutOfTime, Prover
from bounds.certify.rules.normal import TooLarge, normal_expr
from bounds.certify.rules.points import simple_points
from bounds.certify.rules.samples import Samples
from bounds.certify.rules.single import comparison_goal
from bounds.certify.rules.solving import solved

_MOST_TRIED = 12
_SLACK = 1e-9
_GRID = tuple(Fraction(p, q) for q in (1, 2, 3, 4, 5, 8, 10) for p in range(-3 * q, 3 * q + 1))


def exists_proofs(statement: Statement, deadline: Deadline, prove: Prover) -> list[Node] | None:
    """One proof for each comparison, all with one choice; None where no choice is found.

    Args:
        statement: its domain has variables that need only exist.
        deadline: when to stop.
        prove: proves the goals that are left.
    """
    domain = statement.domain
    outer = outer_domain(domain)
    for choice in islice(_choices(statement, outer), _MOST_TRIED):
        deadline.check()
        nodes = _with(statement, choice, outer, deadline.within(0.3 * deadline.left()), prove)
        if nodes is not None:
            return nodes
    return None


def outer_domain(domain: Domain) -> Domain:
    """The domain of the variables that are for all."""
    ranges = {k: v for k, v in domain.ranges.items() if k not in domain.exists}
    constraints = tuple(c for c in domain.constraints if not c.free & set(domain.exists))
    return Domain(ranges, constraints)


def _with(
    statement: Statement,
    choice: Mapping[str, Expr],
    outer: Domain,
    deadline: Deadline,
    prove: Prover,
) -> list[Node] | None:
    domain = statement.domain
    inside: list[Node] = []
    for goal in _needs(domain, choice, outer):
        node = prove(goal, deadline)
        if node is None:
            return None
        inside.append(node)
    texts = {name: to_text(value) for name, value in choice.items()}
    nodes: list[Node] = []
    for comparison in statement.comparisons:
        goal = comparison_goal(comparison, outer)
        goal = replace(goal, f=substitute(goal.f, choice))
        node = prove(goal, deadline)
        if node is None:
            return None
        nodes.append({"rule": "exists", "with": texts, "inside": inside, "proof": node})
    return nodes


def _needs(domain: Domain, choice: Mapping[str, Expr], outer: Domain) -> Iterator[Goal]:
    for name in domain.exists:
        allowed, value = domain.ranges[name], choice[name]
        if allowed.low is not None:
            yield Goal(value - allowed.low, ">" if allowed.low_open else ">=", outer)
        if allowed.high is not None:
            yield Goal(allowed.high - value, ">" if allowed.high_open else ">=", outer)
    for constraint in domain.constraints:
        if constraint.free & set(domain.exists):
            goal = comparison_goal(constraint, outer)
            yield replace(goal, f=substitute(goal.f, choice))


def _choices(statement: Statement, outer: Domain) -> Iterator[Mapping[str, Expr]]:
    """Choices that hold at all sampled points, in floats."""
    domain = statement.domain
    place = dict(Samples(outer, 400).place) if outer.ranges else {}
    names = domain.exists
    pools = [_pool(statement, name) for name in names]
    checks = [*statement.comparisons, *(c for c in domain.constraints if c.free & set(names))]
    for values in product(*pools):
        choice = dict(zip(names, values, strict=True))
        if any(value.free & set(names) for value in values):
            continue
        if _holds(choice, domain, checks, place):
            yield choice


def _holds(
    choice: Mapping[str, Expr],
    domain: Domain,
    checks: list[Comparison],
    place: Mapping[str, np.ndarray],
) -> bool:
    for name, value in choice.items():
        allowed = domain.ranges[name]
        for end, sign in ((allowed.low, 1), (allowed.high, -1)):
            if end is not None and not _all(sign * (value - end), place, ">="):
                return False
        if allowed.integer and not (value.is_number and value.value.denominator == 1):
            return False
    for check in checks:
        goal = comparison_goal(check, domain)
        if not _all(substitute(goal.f, choice), place, goal.relation):
            return False
    return True


def _all(f: Expr, place: Mapping[str, np.ndarray], relation: str) -> bool:
    with np.errstate(all="ignore"):
        values = np.atleast_1d(np.asarray(evaluate_float(f, place), dtype=float))
    scale = _SLACK * (1 + np.abs(values))
    if relation == "=":
        return bool(np.all(np.abs(values) <= 1e-7))
    if relation == "!=":
        return True
    return bool(np.all(np.isfinite(values)) and np.all(values >= -scale))


def _pool(statement: Statement, name: str) -> list[Expr]:
    """What a variable may be chosen as, likeliest first."""
    domain = statement.domain
    allowed = domain.ranges[name]
    found: dict[Expr, None] = {}
    checks = [*statement.comparisons, *domain.constraints]
    for c in checks:
        if name not in c.free:
            continue
        difference = c.left - c.right
        equations = [difference]
        with suppress(NoDerivative, TooLarge, ZeroDivisionError):
            equations.append(normal_expr(derivative(difference, name)))
        for equation in equations:
            try:
                for root in solved(equation, name):
                    found[root] = None
            except (TooLarge, ZeroDivisionError, ValueError):
                continue
        for side in (c.left, c.right):
            if name not in side.free:
                found[side] = None
    for root in _lambert(checks, name):
        found[root] = None
    for value in (*simple_points(allowed), *(number(q) for q in _GRID)):
        if _inside(value, allowed):
            found[value] = None
    for other in domain.ranges:
        if other not in domain.exists:
            x = variable(other)
            half = number(Fraction(1, 2))
            found |= dict.fromkeys(
                e
                for third in domain.ranges
                if third not in (other, *domain.exists)
                for y in (variable(third),)
                for e in (x / y, x * y, x + y, half * (x + y), raise_to(x * y, half))
            )
            for e in (x, -x, 1 / x, half * x, 2 * x, 1 - x, x + 1, x * x, raise_to(x, half),
                      x * (1 - x), call("log", x), call("exp", x), call("exp", -x)):  # fmt: skip
                found[e] = None
    return list(found)


def _lambert(checks: list[Comparison], name: str) -> Iterator[Expr]:
    """The solution of t e^t = c."""
    t = variable(name)
    for c in checks:
        for left, right in ((c.left, c.right), (c.right, c.left)):
            if left is t * call("exp", t) and name not in right.free:
                yield call("lambertw", right)


def _inside(value: Expr, allowed: Range) -> bool:
    if not value.is_number:
        return True
    for end, sign, opened in (
        (allowed.low, 1, allowed.low_open),
        (allowed.high, -1, allowed.high_open),
    ):
        if end is not None and end.is_number:
            room = sign * (value.value - end.value)
            if room < 0 or (room == 0 and opened):
                return False
    return not allowed.integer or value.value.denominator == 1


def refuted_exists(
    statement: Statement, deadline: Deadline, prove: Prover
) -> tuple[Mapping[str, Expr], Node, Statement] | None:
    """A point of the other variables at which no value serves: the opposite, proved for all values.

    Only for one comparison and no constraint on what exists.
    """
    domain = statement.domain
    names = set(domain.exists)
    if len(statement.comparisons) != 1 or any(c.free & names for c in domain.constraints):
        return None
    opposite = statement.comparisons[0].negated
    outer = [name for name in domain.ranges if name not in names]
    inner = {name: domain.ranges[name] for name in domain.exists}
    pools = [simple_points(domain.ranges[name])[:6] for name in outer]
    for values in product(*pools):
        deadline.check()
        place = dict(zip(outer, values, strict=True))
        claim = opposite.at(place)
        goal = comparison_goal(claim, Domain(inner))
        try:
            node = prove(goal, deadline.within(0.4 * deadline.left()))
        except OutOfTime:
            return None
        if node is not None:
            return place, node, Statement((claim,), Domain(inner))
    return None
