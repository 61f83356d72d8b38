"""Goals in several variables, and what one variable's table of variations does not decide.

Each strategy turns a goal into smaller ones, down to goals in one variable, to cells, or to what
the constraints say. The cheap and telling ones come first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.derivative import NoDerivative
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import ZERO, Expr, substitute
from bounds.certify.language.text import to_text
from bounds.certify.rules.algebra import (
    apart,
    by_constraint,
    compact,
    contrary,
    degree_of,
    eliminated,
    factored,
    logarithms,
    multipliers,
    scaled,
    separated,
    squared,
    squares_completed,
)
from bounds.certify.rules.along import along, concave, proved, proved_as
from bounds.certify.rules.cells import by_cells
from bounds.certify.rules.convexity import chord, jensen
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.goal import Deadline, Goal, Node, Prover
from bounds.certify.rules.gram import gram
from bounds.certify.rules.lemmas import lemmas_given
from bounds.certify.rules.normal import TooLarge, is_zero, normal_expr
from bounds.certify.rules.obvious import by_parts, obvious
from bounds.certify.rules.peeled import peeled
from bounds.certify.rules.pieces import decided, heads, vanishing
from bounds.certify.rules.program import compiled
from bounds.certify.rules.samples import looks, samples, simplified
from bounds.certify.rules.single import bent_node, decider, resolved
from bounds.certify.rules.touch import touches

_ROUNDS = ((1, 0.06), (2, 0.15), (4, 0.5), (8, 1.0))
"""How many goals inside one another, and which share of the time that is left."""

Strategy: TypeAlias = Callable[[Goal, Prover, Deadline], Iterator[Node]]

_ERRORS = (TooLarge, NoDerivative, ArithmeticError, ValueError, KeyError)
_FEW_CELLS, _MANY_CELLS = 400, 20_000


def several(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Proofs of a goal, likeliest first.

    Args:
        goal: f rel 0, rel one of > >= !=.
        prove: proves the goals that it comes down to.
        deadline: when to stop.
    """
    if deadline.most is None:
        for most, share in _ROUNDS:
            part = deadline.within(max(1.0, share * deadline.left())).no_deeper_than(most)
            yield from several(goal, prove, part)
            if deadline.over():
                return
        return
    room = deadline.most - deadline.depth
    if room < 0 or deadline.over() or goal.relation == "=":
        return
    lemmas = frozenset(each["claim"] for each in lemmas_given())
    budget, key, memory = deadline.left(), (goal, room, lemmas), deadline.memory
    if goal in memory.busy or memory.failed.get(key, -1.0) >= 0.8 * budget:
        return
    memory.busy.add(goal)
    found = False
    try:
        for node in _several(simplified(goal), prove, deadline):
            found = True
            yield node
    finally:
        memory.busy.discard(goal)
    if not found:
        memory.failed[key] = budget


def _several(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    if (node := by_constraint(goal)) is not None:
        yield node
    if not goal.f.free:
        yield {"rule": "point"}
        return
    seen = obvious(goal.f, goal.domain)
    if seen is not None and (seen == ">" or seen == goal.relation):
        yield {"rule": "obvious"}
    yield from by_parts(goal, deadline)
    if goal.domain.constraints:
        yield from vanishing(goal, prove, deadline)
    look = looks(goal)
    if look == "false":
        return
    if len(goal.names) > 1 or goal.domain.constraints:
        yield from peeled(goal, prove, deadline.part(0.7))
    if (bent := bent_node(goal.f)) is not None:
        yield from _cases(goal, bent, prove, deadline)
        return
    yield from _closure(goal, prove, deadline)
    if any(c.relation == "=" for c in goal.domain.constraints):
        yield from eliminated(goal, prove, deadline)
    if (node := squares_completed(goal)) is not None:
        yield node
    names = goal.f.free.union(*(c.free for c in goal.domain.constraints))
    ranges = [goal.domain.ranges[name] for name in names]
    finite = all(r.low is not None and r.high is not None for r in ranges)
    if finite and look != "zero":
        quick = by_cells(goal, deadline.within(0.5), _FEW_CELLS)
        if quick.node is not None:
            yield quick.node
        elif quick.refuting:
            return
    later = deadline.most != _ROUNDS[0][0]
    strategies: tuple[Strategy, ...] = (factored, gram, logarithms)
    if finite and later:
        strategies += (touches,)
    strategies += (squared,)
    if goal.domain.constraints and later:
        strategies += (contrary, multipliers)
    if degree_of(goal) is not None:
        strategies = (factored, gram, scaled, squared, along, logarithms)
    elif len(goal.names) > 1 or goal.domain.constraints:
        strategies += (along, separated)
    if later and not finite and degree_of(goal) is None:
        strategies += (compact,)
    if along in strategies and _compares(goal):
        first = (logarithms, apart, along)
        strategies = (*first, *(s for s in strategies if s not in first))
    for strategy in (concave, jensen, *strategies, chord):
        try:
            yield from strategy(goal, prove, deadline)
        except _ERRORS:
            continue
    if finite:
        result = by_cells(goal, deadline.within(0.7 * deadline.left()), _MANY_CELLS)
        if result.node is not None:
            yield result.node


def _closure(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """At the ends of ranges by continuity, where a root or a power begins at 0 there."""
    if goal.relation != ">=" or not heads(goal.f).isdisjoint({"sign", "floor", "atan2", "sum"}):
        return
    bases = [
        node.args[0]
        for node in compiled(goal.f).nodes
        if node.head == "^" and not (node.args[1].is_number and node.args[1].value.denominator == 1)
    ]
    bound = frozenset[str]().union(*(c.free for c in goal.domain.constraints))
    opened = {
        name: replace(allowed, low_open=True, high_open=True)
        for name, allowed in goal.domain.ranges.items()
        if not (allowed.integer or allowed.is_point or name in bound)
        and any(_vanishes_at_an_end(base, name, goal.domain) for base in bases)
    }
    if not opened:
        return
    domain = replace(goal.domain, ranges={**goal.domain.ranges, **opened})
    node = proved(replace(goal, domain=domain), prove, deadline.part(0.6))
    if node is not None:
        yield {"rule": "closure", "variables": list(opened), "proof": node}


def _vanishes_at_an_end(base: Expr, name: str, domain: Domain) -> bool:
    """Whether floats say that an expression is 0 at a closed end of a variable."""
    if name not in base.free:
        return False
    allowed, place = domain.ranges[name], samples(domain).place
    ends = ((allowed.low, allowed.low_open), (allowed.high, allowed.high_open))
    with np.errstate(all="ignore"):
        for end, opened in ends:
            if end is not None and not opened:
                value = evaluate_float(base, {**place, name: evaluate_float(end, {})})
                if np.any(np.abs(value) < 1e-12):
                    return True
    return False


def _compares(goal: Goal) -> bool:
    """Whether f vanishes where two variables that a constraint orders are equal."""
    for c in goal.domain.constraints:
        if c.relation in ("<", "<=", ">", ">=") and c.left.head == c.right.head == "variable":
            at = substitute(goal.f, {c.left.args[0]: c.right})
            try:
                if is_zero(at):
                    return True
            except _ERRORS:
                continue
    return False


def _cases(goal: Goal, bent: Expr, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """abs, min, max and sign, by the sign of what they turn at."""
    u = decider(bent)
    if _is_least(goal.f, bent):
        yield from _either(goal, bent, prove, deadline)
    sign = samples(goal.domain).sign(u)
    if sign in (">", ">=", "<", "<="):
        up = sign[0] == ">"
        try:
            target = u if up else normal_expr(-u)
        except (TooLarge, ZeroDivisionError):
            return
        by = proved_as(u if up else -u, goal.of(target, ">="), prove, deadline.deeper(0.3))
        inner = proved(goal.of(_taken(goal.f, bent, 1 if up else -1)), prove, deadline.deeper(0.6))
        if by is not None and inner is not None:
            yield {
                "rule": "resolve",
                "of": to_text(u),
                "sign": ">=" if up else "<=",
                "by": by,
                "proof": inner,
            }
        return
    nodes = []
    for positive in (True, False):
        c = _ordered(u, ">=" if positive else "<=")
        inner_goal = Goal(
            _taken(goal.f, bent, 1 if positive else -1),
            goal.relation,
            goal.domain.with_constraint(c),
        )
        if inner_goal.relation == ">=" and is_zero(inner_goal.f):
            nodes.append({"rule": "equal"})
            continue
        found = proved(inner_goal, prove, deadline.deeper(0.5))
        if found is None:
            return
        nodes.append(found)
    yield {
        "rule": "cases",
        "of": to_text(u),
        "nonnegative": nodes[0],
        "nonpositive": nodes[1],
    }


def _taken(f: Expr, bent: Expr, sign: int) -> Expr:
    """The expression where u has a sign, as the checker takes it: all that u decides at once."""
    if "sign" in heads(f):
        return resolved(f, bent, sign)
    return decided(f, decider(bent), sign)


def _ordered(u: Expr, relation: Relation) -> Comparison:
    """U relation 0; for a difference of variables, how these are ordered."""
    if u.head == "+" and len(u.args) == 2:
        a, b = u.args[0], -u.args[1]
        if a.head == b.head == "variable":
            return Comparison(a, relation, b)
    return Comparison(u, relation, ZERO)


def _either(goal: Goal, bent: Expr, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """−|u| is the least of u and −u: both are proved, whatever the sign of u is."""
    nodes = []
    for sign in (1, -1):
        inner = goal.of(_taken(goal.f, bent, sign))
        if looks(inner) == "false":
            return
        found = proved_as(inner.f, goal.of(normal_expr(inner.f)), prove, deadline.deeper(0.4))
        if found is None:
            return
        nodes.append(found)
    yield {"rule": "either", "of": to_text(decider(bent)), "up": nodes[0], "down": nodes[1]}


def _is_least(f: Expr, bent: Expr) -> bool:
    """Whether f has −c·|u| or c·min(u, v) as a term, with a number c > 0."""
    wanted = -1 if bent.head == "max" or bent.head == "abs" else 1
    for term in f.args if f.head == "+" else (f,):
        factors = term.args if term.head == "*" else (term,)
        scale = math.prod(part.value for part in factors if part.is_number)
        if bent in factors and len(factors) <= 2:
            return scale * wanted > 0
    return False
