"""Rules for periodic functions and for floor: the real line comes down to a finite range."""

from __future__ import annotations

from typing import Any

from bounds.certify.checker.expression import BINDERS, ZERO, Node, rebuilt, substitute, variable
from bounds.certify.checker.goal import RULES, Goal
from bounds.certify.checker.grammar import read_name
from bounds.certify.checker.number import shown
from bounds.certify.checker.pattern import fields
from bounds.certify.checker.region import Region, Span
from bounds.certify.checker.verdict import Rejected


def _period(goal: Goal, rest: dict[str, Any]) -> None:
    """f(v + p) = f(v) for a constant p > 0 and every real v: v from 0 to p is enough.

    What the region says of v does not matter, if f is defined for all v.
    """
    name, by, proof = fields(rest, "variable", "by", "proof")
    name = goal.variable(name)
    period = goal.constant(by)
    # step: it is positive [false]
    if goal.constants.sign(period) != 1:
        raise Rejected("a period is a positive number")
    # step: no constraint has the variable that is shifted [call: goal.region.constraints]
    others = tuple(c for c in goal.region.constraints if name not in c[0].free)
    spans = {**goal.region.spans, name: Span()}
    line = Region(spans, others, constants=goal.constants)
    line.require(goal.f)
    moved = substitute(goal.f, {name: variable(name) + period})
    # step: a period is one [true 2/2]
    # step: for every real number [value 2/5: goal.region]
    if not line.algebra.equal(goal.f, moved):
        raise Rejected("the expression is not shown to have this period")
    one = line.with_spans({name: Span(ZERO, period, True, True)})
    goal.of(goal.f, region=one).prove(proof)


def _floor(goal: Goal, rest: dict[str, Any]) -> None:
    """floor(u) = u − s for some s in [0, 1): it is enough to prove it for all of these s."""
    text, new, proof = fields(rest, "of", "new", "proof")
    u = goal.read(text)
    name = str(read_name(new).args[0])
    # step: the part beyond the whole number is a new variable [false]
    if name in goal.region.spans:
        raise Rejected(f"{shown(new)} is a variable of the region already")
    target, s = Node("floor", u), variable(name)

    def go(e: Node) -> Node:
        if e is target:
            return u - s
        if e.head in ("number", "variable") or e.head in BINDERS or not e.args:
            return e
        return rebuilt(e, tuple(go(part) for part in e.args))

    inner = go(goal.f)
    if name not in inner.free:
        raise Rejected(f"floor({shown(text)}) does not occur in the expression")
    region = goal.region
    spans = {**region.spans, name: Span(ZERO, Node("number", _ONE), True, False)}
    inside = Region(spans, region.constraints, constants=region.constants)
    goal.of(inner, region=inside).prove(proof)


_ONE = (ZERO + 1).args[0]

RULES["period"] = _period
RULES["floor"] = _floor
