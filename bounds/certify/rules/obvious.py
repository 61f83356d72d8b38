"""Signs that are seen from how an expression is written, in any number of variables."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bounds.certify.checker.proof import check_goal
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import CONSTANTS, Expr
from bounds.certify.language.text import to_text
from bounds.certify.rules.goal import Deadline, Goal, Node
from bounds.certify.rules.points import ends_of

Signs = frozenset[int]
_ALL: Signs = frozenset((-1, 0, 1))
_PLUS: Signs = frozenset((1,))
_POSITIVE = {"exp", "phi", "Phi", "mills", "erfcx", "erfc", "gamma", "beta", "binomial", "zeta"}
_ODD = {"sinh", "tanh", "atan", "asinh", "erf", "cbrt", "expm1", "log1p", "sign", "asin", "atanh"}


def obvious(e: Expr, domain: Domain) -> str | None:
    """The relation > >= < or <= to 0 that the signs of the parts give the whole; else None."""
    signs = _signs(e, domain, {})
    if 1 not in signs:
        return "<=" if 0 in signs else "<"
    if -1 not in signs:
        return ">=" if 0 in signs else ">"
    return None


def by_parts(goal: Goal, deadline: Deadline) -> Iterator[Node]:
    """Proofs by bounds of the parts, as the checker finds them: Φ(x) + Φ(y) < 2.

    Args:
        goal: f > 0 or f >= 0, in any number of variables; asked once in a search.
        deadline: of the search.
    """
    key = ("parts", goal)
    if goal.relation not in (">", ">=") or key in deadline.memory.failed:
        return
    text, domain = to_text(goal.f), str(goal.domain)
    for rule in ("obvious", "bounded"):
        if check_goal(text, goal.relation, domain, {"rule": rule}, seconds=0.1).accepted:
            yield {"rule": rule}
    deadline.memory.failed[key] = math.inf


def _signs(e: Expr, domain: Domain, memo: dict[Expr, Signs]) -> Signs:
    known = memo.get(e)
    if known is None:
        known = memo[e] = _of(e, domain, memo)
    return known


def _of(e: Expr, domain: Domain, memo: dict[Expr, Signs]) -> Signs:
    head = e.head
    if head == "number":
        return frozenset(((e.value > 0) - (e.value < 0),))
    if head in CONSTANTS or head in _POSITIVE:
        return _PLUS
    if head == "variable":
        return _of_variable(e.args[0], domain)
    if head == "abs":
        inner = _signs(e.args[0], domain, memo)
        return frozenset(abs(s) for s in inner)
    if head == "cosh":
        return _PLUS
    if head in _ODD:
        return _signs(e.args[0], domain, memo)
    if head in ("+", "*"):
        result = _signs(e.args[0], domain, memo)
        for part in e.args[1:]:
            other = _signs(part, domain, memo)
            result = _sum(result, other) if head == "+" else _product(result, other)
        return result
    if head == "^":
        return _power(e, domain, memo)
    return _ALL


def _of_variable(name: str, domain: Domain) -> Signs:
    if name not in domain.ranges:
        return _ALL
    allowed = domain.ranges[name]
    low, high = ends_of(allowed).floats
    found = set()
    if high > 0:
        found.add(1)
    if low < 0:
        found.add(-1)
    inside = low < 0 < high
    at_low = low == 0 and not allowed.low_open
    at_high = high == 0 and not allowed.high_open
    if inside or at_low or at_high:
        found.add(0)
    return frozenset(found)


def _sum(a: Signs, b: Signs) -> Signs:
    result = set()
    for s in a:
        for t in b:
            result |= {-1, 0, 1} if s * t < 0 else {s or t}
    return frozenset(result)


def _product(a: Signs, b: Signs) -> Signs:
    return frozenset(s * t for s in a for t in b)


def _power(e: Expr, domain: Domain, memo: dict[Expr, Signs]) -> Signs:
    base, exponent = e.args
    signs = _signs(base, domain, memo)
    if exponent.is_number:
        q = exponent.value
        if q < 0:
            signs = signs - {0}
        if q.denominator == 1:
            return frozenset(s ** abs(q.numerator) for s in signs) if q else _PLUS
        return signs - {-1}
    return _PLUS
