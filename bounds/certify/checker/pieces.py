"""Rules for what is made of pieces: floor, sign, |u|, min and max, and equations by two bounds."""

from __future__ import annotations

from typing import Any

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import (
    BINDERS,
    ZERO,
    Node,
    number,
    rebuilt,
    substitute,
    variable,
)
from bounds.certify.checker.goal import RULES, Goal
from bounds.certify.checker.grammar import read_name
from bounds.certify.checker.moves import resolved, whole
from bounds.certify.checker.number import shown
from bounds.certify.checker.pattern import fields
from bounds.certify.checker.region import Region, Span
from bounds.certify.checker.verdict import Rejected


def _both(goal: Goal, rest: dict[str, Any]) -> None:
    """F = 0 from f ≥ 0 and f ≤ 0."""
    up, down = fields(rest, "up", "down")
    # step: two halves prove an equation alone [drop]
    goal.need("=")
    # step: an equation by two bounds: f is not below 0 [drop]
    goal.of(goal.f, ">=").prove(up)
    # step: nor above 0 [drop]
    goal.of(-goal.f, ">=").prove(down)


def _null(goal: Goal, rest: dict[str, Any]) -> None:
    """F = 0 from f² ≤ 0."""
    (proof,) = fields(rest, "proof")
    # step: a square that is 0 proves an equation alone [drop]
    goal.need("=")
    # step: f is 0 where its square is not above 0 [first product]
    goal.of(-(goal.f * goal.f), ">=").prove(proof)


def _either(goal: Goal, rest: dict[str, Any]) -> None:
    """With |u| replaced by u, and by −u: each on all of the region, as one of them is right."""
    text, up, down = fields(rest, "of", "up", "down")
    u = goal.defined(text)
    # step: whatever the sign of u is, both hold: with u [drop]
    goal.of(resolved(goal, goal.f, u, 1, strict=False)).prove(up)
    # step: and with −u [drop]
    goal.of(resolved(goal, goal.f, u, -1, strict=False)).prove(down)


def _order(goal: Goal, rest: dict[str, Any]) -> None:
    """The cases u > 0, u = 0 and u < 0; or u ≥ 0 and u < 0."""
    three = "at" in rest
    text, above, below = fields(rest, "of", "above", "below", *(("at",) if three else ()))[:3]
    u = goal.defined(text)
    # step: two cases leave no point out [true]
    up = goal.region.with_constraint((u, ">" if three else ">="))
    # step: where u is positive [drop]
    # step: where u may be 0, its sign is not 1 [value 6/8: True]
    goal.of(resolved(goal, goal.f, u, 1, strict=three), region=up).prove(above)
    down = goal.region.with_constraint((-u, ">"))
    # step: where it is negative [drop]
    goal.of(resolved(goal, goal.f, u, -1, strict=True), region=down).prove(below)
    if three:
        on = goal.region.with_constraint((u, "="))
        # step: where it is 0 [drop]
        goal.of(_without_sign(goal, u), region=on).prove(rest["at"])


def _without_sign(goal: Goal, u: Node) -> Node:
    """F where u = 0: |u| is u, and sign u is 0."""

    def go(e: Node) -> Node:
        if e.head in ("number", "variable") or e.head in BINDERS or not e.args:
            return e
        equal = goal.region.algebra.equal
        # step: the sign of u alone is 0 where u is [true 3/5]
        if e.head == "sign" and (equal(e.args[0], u) or equal(-e.args[0], u)):
            return ZERO
        return rebuilt(e, tuple(go(part) for part in e.args))

    return go(resolved(goal, goal.f, u, 1, strict=False))


def _floors(goal: Goal, rest: dict[str, Any]) -> None:
    """floor(u) = n with a whole number n, and u = n + s with s in [0, 1)."""
    text, count, part, proof = fields(rest, "of", "whole", "part", "proof")
    u = goal.defined(text)
    names = [str(read_name(new).args[0]) for new in (count, part)]
    # step: the whole number and the rest have two names [false 2/4]
    # step: that are new [true 4/4]
    if names[0] == names[1] or not goal.region.spans.keys().isdisjoint(names):
        raise Rejected(f"{shown(count)} and {shown(part)} are two names that are new")
    n, s = map(variable, names)
    inner = _replaced(goal.f, Node("floor", u), n)
    spans = {
        **goal.region.spans,
        names[0]: Span(integer=True),
        names[1]: Span(ZERO, number(gmpy2.mpq(1)), True, False),
    }
    constraints = (*goal.region.constraints, (u - n - s, "="))
    goal.of(inner, region=Region(spans, constraints, constants=goal.constants)).prove(proof)


def _floor_is(goal: Goal, rest: dict[str, Any]) -> None:
    """floor(u) = k with a whole number k, from k ≤ u < k + 1."""
    text, value, low, high, proof = fields(rest, "of", "value", "low", "high", "proof")
    u, k = goal.defined(text), goal.read(value)
    # step: floor u is a whole number [true 2/2]
    if not whole(goal, k):
        raise Rejected(f"{shown(value)} is not a whole number")
    # step: it is not above u [drop]
    goal.of(u - k, ">=").prove(low)
    # step: the next one is [drop]
    # step: strictly [constant 2/2: '>=']
    goal.of(k + 1 - u, ">").prove(high)
    goal.of(_replaced(goal.f, Node("floor", u), k)).prove(proof)


def _telescope(goal: Goal, rest: dict[str, Any]) -> None:
    """Σ g(k) for k from a to b is F(b) − F(a − 1), where F(k) − F(k − 1) = g(k) for all k ≥ a."""
    text, inner, proof = fields(rest, "sum", "as", "proof")
    total = goal.defined(text)
    if total.head != "sum":
        raise Rejected(f"{shown(text)} is not a sum")
    body, bound, low, high = total.args
    name = str(bound.args[0])
    # step: the index of a sum is no variable of the region [false]
    if name in goal.region.spans:
        raise Rejected(f"{shown(name)} is a variable of the region already")
    if low.head != "number":
        raise Rejected("a sum that telescopes begins with a number")
    # step: a sum that telescopes has a term [false]
    if goal.region.weak(high - low + 1) != 1:
        raise Rejected("the end of a sum may lie before its first term")
    f = goal.read(inner, name)
    step = f - substitute(f, {name: bound - 1}) - body
    spans = {**goal.region.spans, name: Span(low, None, True)}
    beyond = Region(spans, goal.region.constraints, constants=goal.constants)
    beyond.require(step)
    # step: the differences of the function are the terms [false 1/2]
    if not beyond.algebra.is_zero(step):
        raise Rejected("the differences are not the terms of the sum")
    # step: the first term counts [first sum 2/2]
    value = substitute(f, {name: high}) - substitute(f, {name: low - 1})
    goal.of(_replaced(goal.f, total, value)).prove(proof)


def _replaced(f: Node, target: Node, value: Node) -> Node:
    """An expression with another in place of one that stands in it, not below a bound variable."""

    def go(e: Node) -> Node:
        if e is target:
            return value
        if e.head in ("number", "variable") or e.head in BINDERS or not e.args:
            return e
        return rebuilt(e, tuple(go(part) for part in e.args))

    return go(f)


RULES.update(
    {
        "both": _both,
        "null": _null,
        "either": _either,
        "order": _order,
        "floors": _floors,
        "floor is": _floor_is,
        "telescope": _telescope,
    }
)
