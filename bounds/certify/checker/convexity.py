"""Rules for functions that bend one way: least at an end of a segment, and Jensen's inequality."""

from __future__ import annotations

from typing import Any

from bounds.certify.checker.differentiate import derivative
from bounds.certify.checker.expression import (
    ONE,
    Node,
    add,
    multiply,
    substitute,
    variable,
)
from bounds.certify.checker.goal import RULES, Goal, continuous
from bounds.certify.checker.grammar import read_expression, read_name
from bounds.certify.checker.interval_text import read_interval
from bounds.certify.checker.moves import is_said
from bounds.certify.checker.number import shown
from bounds.certify.checker.pattern import fields, parts
from bounds.certify.checker.region import Constraint, Region, Span
from bounds.certify.checker.tighten import tightened
from bounds.certify.checker.verdict import Rejected


def _chord(goal: Goal, rest: dict[str, Any]) -> None:
    """On each line along v, f is concave between two curves that bound v, and has its sign on both.

    The region may have more constraints on v. All of the segment between the curves is looked at.
    """
    name, first, last, low, high, bend = fields(
        rest, "variable", "from", "to", "low", "high", "bend"
    )
    goal.need(">", ">=")
    name = goal.variable(name)
    if goal.region.spans[name].integer:
        raise Rejected(f"the variable {name} is not real")
    # step: a function that is least at an end does not jump [true 2/2]
    if not continuous(goal.f):
        raise Rejected("the expression may jump")
    v = variable(name)
    beside = goal.region.with_spans({name: None})
    curves = goal.read(first), goal.read(last)
    gaps = v - curves[0], curves[1] - v
    for curve, gap in zip(curves, gaps, strict=True):
        if name in curve.free:
            raise Rejected("a curve is a function of the other variables")
        # step: the region lies between the two curves [true 2/2]
        if not is_said(goal.region, gap):
            raise Rejected("the region does not say that it lies between the curves")
    beside = beside.with_constraint((curves[1] - curves[0], ">="))
    for curve in curves:
        beside.require(curve)
    for curve, proof in zip(curves, (low, high), strict=True):
        # step: the function has its sign at both ends of the segment [drop]
        goal.of(substitute(goal.f, {name: curve}), region=beside).prove(proof)
    inside = tightened(_between(beside, name, gaps))
    inside.require(goal.f, analytic=True)
    rate = derivative(derivative(goal.f, name), name)
    # step: between them it is concave [drop]
    goal.of(-rate, ">=", inside).prove(bend)


def _between(beside: Region, name: str, gaps: tuple[Node, Node]) -> Region:
    """The points between the two curves, on lines through the region."""
    between: tuple[Constraint, ...] = tuple((gap, ">") for gap in gaps)
    spans = {**beside.spans, name: Span()}
    return Region(spans, (*beside.constraints, *between), constants=beside.constants)


def _jensen(goal: Goal, rest: dict[str, Any]) -> None:
    """F = c·(Σ wᵢ φ(xᵢ) − φ(Σ wᵢ xᵢ)) + a rest, with φ convex on an interval that has all xᵢ."""
    names = (
        "variable", "function", "interval", "points", "weights", "scale", "inside", "positive",
        "bend", *(("rest",) if "rest" in rest else ()),
    )  # fmt: skip
    name, text, interval, points, weights, scale, inside, positive, bend, *others = fields(
        rest, *names
    )
    goal.need(">", ">=")
    t = str(read_name(name).args[0])
    phi = read_expression(text)
    if phi.free - {t}:
        raise Rejected(f"the convex function has other variables than {t}")
    span = read_interval(interval, goal.constants)
    _convex(goal, phi, t, span, bend)
    x, w = ([goal.defined(each) for each in parts(given, "expressions")]
            for given in (points, weights))  # fmt: skip
    if len(x) != len(w):
        raise Rejected("there is one weight for each point")
    # step: the weights of a mean add up to 1 [true 2/2]
    if not goal.region.algebra.equal(add(*w), ONE):
        raise Rejected("the weights do not add up to 1")
    _all_proved(goal, [(weight, ">=") for weight in w], positive)
    _all_proved(goal, [need for point in x for need in _within(point, span)], inside)
    c = goal.constant(scale)
    # step: Jensen's inequality is taken times a positive number [false]
    if goal.constants.sign(c) != 1:
        raise Rejected("the factor of Jensen's inequality is positive")
    mean = add(*(multiply(a, b) for a, b in zip(w, x, strict=True)))
    gap = add(*(multiply(a, substitute(phi, {t: b})) for a, b in zip(w, x, strict=True)))
    gap = multiply(c, gap - substitute(phi, {t: mean}))
    if others:
        # step: what is left beside Jensen's inequality is proved [drop]
        goal.of(goal.f - gap).prove(others[0])
        return
    # step: Jensen's inequality may be an equation [drop]
    goal.need(">=")
    goal.need_equal(gap, "a multiple of what Jensen's inequality says")


def _convex(goal: Goal, phi: Node, t: str, span: Span, bend: object) -> None:
    """Prove that a function of t is convex on an interval, with the ends that belong to it."""
    # step: a convex function does not jump at an end of its interval [true 2/2]
    if not continuous(phi):
        raise Rejected("the convex function may jump")
    Region({t: span}, constants=goal.constants).require(phi)
    opened = Region({t: span.opened}, constants=goal.constants)
    opened.require(phi, analytic=True)
    # step: the function of Jensen's inequality is convex [drop]
    goal.of(derivative(derivative(phi, t), t), ">=", opened).prove(bend)


def _within(point: Node, span: Span) -> list[Constraint]:
    """What says that a point lies in an interval."""
    needs = []
    if span.low is not None:
        needs.append((point - span.low, ">=" if span.low_closed else ">"))
    if span.high is not None:
        needs.append((span.high - point, ">=" if span.high_closed else ">"))
    return needs


def _all_proved(goal: Goal, needs: list[Constraint], proofs: object) -> None:
    if not isinstance(proofs, list) or len(proofs) != len(needs):
        raise Rejected(f"{len(needs)} goals are to be proved here, not {shown(proofs)}")
    for (node, relation), proof in zip(needs, proofs, strict=True):
        # step: the weights are not negative, and the points lie in the interval [drop]
        goal.of(node, relation).prove(proof)


RULES.update({"chord": _chord, "jensen": _jensen})
