"""A goal in several variables by the slope in one of them.

On a line along v, f falls down to a curve v = c(others) and rises from there; so f is at least what
it is on the curve. The slope is factored, and the curve is one of its zeros, another variable, or
an end. Pinsker's inequality is of this kind: the slope in q has the factor q − p.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.derivative import NoDerivative, derivative
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import (
    BINDERS,
    ONE,
    ZERO,
    Expr,
    mapped,
    substitute,
    variable,
)
from bounds.certify.language.text import to_text
from bounds.certify.rules.conditions import conditions, real_powers
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.goal import Deadline, Goal, Node, Prover
from bounds.certify.rules.normal import TooLarge, is_zero, normal_expr
from bounds.certify.rules.program import compiled
from bounds.certify.rules.samples import bounds_of, samples, simplified, unlinked, without
from bounds.certify.rules.solving import solved

_ERRORS = (TooLarge, NoDerivative, ZeroDivisionError, OverflowError, ValueError, KeyError)
_ALLOWED = 1e-9


def along(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Proofs by the slope in one of the variables, the likeliest variable first."""
    found = []
    for name in goal.names:
        if goal.domain.ranges[name].integer:
            continue
        bounds = bounds_of(goal.domain, name)
        if bounds is None:
            continue
        try:
            slope = derivative(goal.f, name)
            slope = normal_expr(slope)
        except _ERRORS:
            continue
        for curve in _curves(goal, name, slope, bounds):
            sides = _sides(goal.domain, name, slope, curve, bounds)
            if sides is not None:
                found.append((_effort(slope), len(to_text(curve)), name, slope, curve, sides))
    found.sort(key=lambda item: (item[0], item[1], item[2]))
    for k, (_, _, name, slope, curve, sides) in enumerate(found[:6]):
        part = deadline.deeper(1 / (len(found[:6]) - k))
        node = _node(goal, name, slope, curve, sides, bounds_of(goal.domain, name), prove, part)
        if node is not None:
            yield node


def _effort(e: Expr) -> int:
    """How hard a slope looks: what is not algebra counts most."""
    heads = [node.head for node in compiled(e).nodes if node.free]
    hard = sum(1 for h in heads if h not in ("variable", "+", "*", "^"))
    return 40 * hard + len(heads)


def _curves(goal: Goal, name: str, slope: Expr, bounds: Any) -> Iterator[Expr]:
    """Where f may be smallest along the variable."""
    seen = set()
    others = [n for n in goal.domain.ranges if n != name and n in goal.f.free]
    for curve in (
        *bounds[0],
        *bounds[1],
        *(variable(n) for n in others),
        *(ONE - variable(n) for n in others),
        *solved(slope, name),
        ZERO,
        ONE,
    ):
        if curve not in seen and name not in curve.free:
            seen.add(curve)
            yield curve


def _sides(
    domain: Domain, name: str, slope: Expr, curve: Expr, bounds: Any
) -> tuple[bool, bool] | None:
    """Whether the region goes below and above the curve, where the slope has the right signs."""
    found = samples(domain)
    if not found.count:
        return None
    value, scale = found.values(slope)
    with np.errstate(all="ignore"):
        at = np.broadcast_to(evaluate_float(curve, found.place), (found.count,))
        v = found.place[name]
        known = np.isfinite(value) & np.isfinite(at)
        if np.count_nonzero(known) < 0.2 * found.count:
            return None
        value, scale, at, v = value[known], scale[known], at[known], v[known]
        noise = _ALLOWED * scale + 1e-300
        wide = 1e-12 * np.abs(at)
        wrong = ((v < at - wide) & (value > noise)) | ((v > at + wide) & (value < -noise))
        where = np.flatnonzero(known)[wrong]
        order = np.argsort(np.abs(value[wrong]) / (scale[wrong] + 1e-300))
        for i in {*where[order[-4:]].tolist(), *where[:: max(1, where.size // 4)].tolist()}:
            if found.exact_sign(slope * (variable(name) - curve), i) == -1:
                return None
        inside = all(
            np.all(evaluate_float(low, found.place)[known] <= at + 1e-9 * (1 + np.abs(at)))
            for low in bounds[0]
        ) and all(
            np.all(evaluate_float(high, found.place)[known] >= at - 1e-9 * (1 + np.abs(at)))
            for high in bounds[1]
        )
    if not inside:
        return None
    return curve not in bounds[0], curve not in bounds[1]


def _node(
    goal: Goal,
    name: str,
    slope: Expr,
    curve: Expr,
    sides: tuple[bool, bool],
    bounds: Any,
    prove: Prover,
    deadline: Deadline,
) -> Node | None:
    v = variable(name)
    rest = without(goal.domain, name)
    literal = substitute(goal.f, {name: curve})
    try:
        on = Goal(normal_expr(_without_empty(literal)), goal.relation, rest)
    except _ERRORS:
        return None
    strictly = goal.relation == ">" and not all(sides) and is_zero(on.f)
    if strictly:  # f is 0 on a bound that is left out, and leaves it strictly
        on = on.of(on.f, ">=")
    on_node = proved_as(literal, on, prove, deadline.part(0.4))
    if on_node is None:
        return None
    node: Node = {"rule": "along", "variable": name, "curve": to_text(curve), "on": on_node}
    if strictly:
        node["strict"] = True
    halves: tuple[tuple[bool, str, int, Relation], ...] = (
        (sides[0], "below", -1, "<="),
        (sides[1], "above", 1, ">="),
    )
    for wanted, key, sign, relation in halves:
        if not wanted:
            continue
        # where the curve is a bound of v, R says it already
        more = (Comparison(v, relation, curve),) if all(sides) else ()
        side = replace(goal.domain, constraints=(*goal.domain.constraints, *more))
        target = normal_expr(slope if sign > 0 else -slope)
        part = deadline.part(0.6)
        wanted_goal = Goal(target, ">" if strictly else ">=", side)
        found = proved_as(None, wanted_goal, prove, part)
        if found is None and len(goal.names) == 1 and (inner := _opened(side, name)) is not side:
            # the slope may have no value at an end, where none is needed
            found = proved_as(None, replace(wanted_goal, domain=inner), prove, part)
        if found is None:
            return None
        node[key] = found
    node["inside"] = []
    if all(sides):
        for end in bounds[0]:
            gap = Goal(normal_expr(curve - end), ">=", rest)
            found = proved_as(curve - end, gap, prove, deadline)
            if found is None:
                return None
            node["inside"].append(found)
        for end in bounds[1]:
            gap = Goal(normal_expr(end - curve), ">=", rest)
            found = proved_as(end - curve, gap, prove, deadline)
            if found is None:
                return None
            node["inside"].append(found)
    return node


def concave(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Proofs by the ends of a variable in which f is concave: an end has a variable less."""
    if goal.relation not in (">", ">=") or len(goal.names) < 2:
        return
    seen = samples(goal.domain)
    found = []
    for name in goal.names:
        allowed = goal.domain.ranges[name]
        if allowed.integer or allowed.low_open or allowed.high_open or allowed.is_point:
            continue
        if allowed.low is None or allowed.high is None:
            continue
        if any(name in c.free for c in goal.domain.constraints):
            continue
        try:
            bend = normal_expr(-derivative(derivative(goal.f, name), name))
        except _ERRORS:
            continue
        if is_zero(bend) or seen.sign(bend) in (">", ">="):
            found.append((not is_zero(bend), len(to_text(bend)), name, bend))
    for _, _, name, bend in sorted(found, key=lambda item: item[:3]):
        nodes: dict[str, Node] = {}
        allowed = goal.domain.ranges[name]
        for key, end in (("low", allowed.low), ("high", allowed.high)):
            assert end is not None
            literal = substitute(goal.f, {name: end})
            try:
                on = Goal(normal_expr(literal), goal.relation, without(goal.domain, name))
            except _ERRORS:
                break
            node = proved_as(literal, on, prove, deadline.deeper(0.3))
            if node is None:
                break
            nodes[key] = node
        if len(nodes) < 2:
            continue
        inner = replace(goal.of(bend, ">="), domain=_opened(goal.domain, name))
        node = proved_as(None, inner, prove, deadline.deeper(0.6))
        if node is not None:
            yield {"rule": "concave", "variable": name, **nodes, "bend": node}


def _without_empty(e: Expr) -> Expr:
    """The expression with 0 in place of an integral whose two ends are one."""
    if e.head == "integral" and is_zero(e.args[2] - e.args[3]):
        return ZERO
    return e if e.head in BINDERS or e.head in ("number", "variable") else mapped(e, _without_empty)


def _opened(domain: Domain, name: str) -> Domain:
    """The domain without the ends of a range; itself where there are none."""
    allowed = domain.ranges[name]
    if allowed.is_point or (allowed.low_open and allowed.high_open):
        return domain
    return domain.with_range(name, replace(allowed, low_open=True, high_open=True))


_BY_NORMAL_FORM = {"equal", "constraint", "factor", "sum", "sos", "gram", "rewrite", "map", "point"}
"""Rules that look at an expression by its normal form, however it is written."""


def proved_as(literal: Expr | None, goal: Goal, prove: Prover, deadline: Deadline) -> Node | None:
    """A node for a goal that the checker meets written in another way.

    Args:
        literal: how the checker has it; None where it makes it by itself, as a derivative.
        goal: the same in a simpler form.
        prove: proves the goal.
        deadline: when to stop.
    """
    node = proved(goal, prove, deadline)
    if node is None or literal is goal.f or node["rule"] in _BY_NORMAL_FORM:
        return node
    return {"rule": "rewrite", "as": to_text(goal.f), "proof": node}


def proved(goal: Goal, prove: Prover, deadline: Deadline) -> Node | None:
    """A node for a goal whose expression may be simplified to what the checker sees as the same."""
    if goal.relation == ">=" and goal.f.is_number and goal.f.value == 0:
        return {"rule": "equal"}
    if goal.relation in (">", ">=") and goal.f.is_number:
        return {"rule": "point"} if goal.f.value > 0 else None
    if deadline.most is not None and deadline.depth > deadline.most:
        return None
    goal = simplified(goal)
    if len(goal.f.free) < len(goal.domain.ranges):
        node = prove(unlinked(goal), deadline.part(0.5))
        if node is not None:
            return _forgetful(node, goal)
        if len(goal.f.free) == 1 and all(len(c.free) == 2 for c in goal.domain.constraints):
            return None  # the range of the variable says what the constraints say of it
    return prove(goal, deadline)


def _forgetful(node: Node, goal: Goal) -> Node:
    """The node, on the range of its variables alone where it needs what is proved there.

    A constraint with other variables would keep the checker from taking that as a fact.
    """
    linked = any(c.free - goal.f.free for c in goal.domain.constraints)
    if not linked or not _has_conditions(node):
        return node
    gone = [name for name in goal.domain.ranges if name not in goal.f.free]
    return {"rule": "forget", "variables": gone, "proof": node}


def _has_conditions(node: object) -> bool:
    """Whether a proof proves first that something in it is defined."""
    if isinstance(node, dict):
        return "conditions" in node or any(map(_has_conditions, node.values()))
    return isinstance(node, list) and any(map(_has_conditions, node))


def definedness(goal: Goal, prove: Prover, deadline: Deadline) -> dict[str, Node]:
    """Proofs of what must hold for f to be defined on a domain, by the comparisons that they prove.

    What is not proved is left out: the checker may see it by itself.
    """
    needed: dict[str, Node] = {}
    seen = samples(goal.domain)
    asked = list(conditions(goal.f))
    for part, base, exponent in real_powers(goal.f):
        if seen.sign(exponent) == ">" and seen.sign(base) != ">":
            asked = [condition for condition in asked if condition != (part, base, ">")]
            asked += [(part, base, ">="), (part, exponent, ">")]
    for _, argument, relation in asked:
        if relation == "=" or not argument.free:
            continue
        if relation == "!=":  # a strict sign serves on every part of the domain
            sign = seen.sign(argument)
            if sign in (">", "<"):
                relation = ">"
                argument = argument if sign == ">" else normal_expr(-argument)
        own = prove(goal.of(argument, relation), deadline.part(0.3))
        if own is not None and own["rule"] != "equal":
            needed[f"{to_text(argument)} {relation} 0"] = own
    return needed
