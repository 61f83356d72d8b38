"""Goals made of pieces: floor by its whole number, equations case by case, and squares that are 0.

What is found here is checked by the rules of the checker's `pieces`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import reduce

import numpy as np

from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.domain import Range
from bounds.certify.language.expression import (
    BINDERS,
    ZERO,
    Expr,
    add,
    call,
    mapped,
    number,
    substitute,
    variable,
)
from bounds.certify.language.text import to_text
from bounds.certify.rules.algebra import by_constraint, eliminated, with_value
from bounds.certify.rules.along import proved_as
from bounds.certify.rules.goal import Deadline, Goal, Node, Prover
from bounds.certify.rules.gram import gram
from bounds.certify.rules.normal import TooLarge, is_zero, normal, normal_expr
from bounds.certify.rules.samples import samples, tightened
from bounds.certify.rules.single import bent_node, decider, swapped
from bounds.certify.rules.solving import polynomial_in

_MOST_LEVELS = 8
_MOST_STEPS = 6
"""How many values of a floor are told apart by themselves."""

_NEAR, _TINY = 0.05, 1e-9
_ERRORS = (TooLarge, ArithmeticError, ValueError, KeyError)


# Equations


def equation(goal: Goal, prove: Prover, deadline: Deadline, level: int = 0) -> Node | None:
    """That f = 0, in each case of abs, min, max and sign in it."""
    if is_zero(goal.f):
        return {"rule": "equal"}
    if level > _MOST_LEVELS or deadline.over():
        return None
    if "floor" in heads(goal.f):
        return next(floors(goal, prove, deadline, level), None)
    bent = bent_node(goal.f)
    if bent is None:
        return _plain(goal, prove, deadline, level)
    u = decider(bent)
    for c in goal.domain.constraints:
        scale = ratio(u, c.left - c.right)
        if scale is None or c.relation in ("=", "!="):
            continue
        up = (c.relation in (">", ">=")) == (scale > 0)
        node = equation(goal.of(decided(goal.f, u, 1 if up else -1)), prove, deadline, level + 1)
        if node is None or (bent.head == "sign" and c.relation not in ("<", ">")):
            continue
        sign = (">" if up else "<") if c.relation in ("<", ">") else (">=" if up else "<=")
        by = {"rule": "constraint"}
        return {"rule": "resolve", "of": to_text(u), "sign": sign, "by": by, "proof": node}
    cases: list[tuple[str, int, Relation]] = [("above", 1, ">="), ("below", -1, "<")]
    if "sign" in heads(goal.f):
        cases = [("above", 1, ">"), ("below", -1, "<"), ("at", 0, "=")]
    found: Node = {"rule": "order", "of": to_text(u)}
    for name, own, relation in cases:
        domain = goal.domain.with_constraint(Comparison(u, relation, ZERO))
        inner = Goal(decided(goal.f, u, own), "=", domain)
        node = equation(inner, prove, deadline, level + 1)
        if node is None:
            return None
        found[name] = node
    return found


def _plain(goal: Goal, prove: Prover, deadline: Deadline, level: int) -> Node | None:
    """An equation without cases, by what the constraints say."""
    if not goal.domain.constraints:
        return _squeezed(goal, prove, deadline) if level else None
    square = goal.of(normal_expr(-(goal.f * goal.f)), ">=")
    if (node := by_constraint(square)) is not None:
        return {"rule": "null", "proof": node}
    node = next(vanishing(goal, prove, deadline), None)
    node = node or _squeezed(goal, prove, deadline)
    if node is not None:
        return node
    node = next(gram(square, prove, deadline.deeper(0.3)), None)
    return None if node is None else {"rule": "null", "proof": node}


def _squeezed(goal: Goal, prove: Prover, deadline: Deadline) -> Node | None:
    """F = 0 from f ≥ 0 and f ≤ 0, by what the constraints say."""
    found: Node = {"rule": "both"}
    for name, f in (("up", normal_expr(goal.f)), ("down", normal_expr(-goal.f))):
        literal = goal.f if name == "up" else -goal.f
        node = proved_as(literal, goal.of(f, ">="), prove, deadline.deeper(0.4))
        if node is None:
            return None
        found[name] = node
    return found


def decided(f: Expr, u: Expr, sign: int, *, strict: bool = True) -> Expr:
    """The expression where u has a sign: |w|, min, max and sign w replaced by what they are.

    Args:
        f: the expression.
        u: an expression; what is replaced is a sign of a multiple of it.
        sign: 1, −1, or 0 where u is 0.
        strict: whether u is not 0, where the sign is not; sign w is left as it is, if it may be.
    """

    def side(w: Expr) -> int | None:
        scale = ratio(w, u)
        return None if scale is None else sign if scale > 0 else -sign

    def go(e: Expr) -> Expr:
        if e.head in BINDERS or e.head in ("number", "variable"):
            return e
        e = mapped(e, go)
        if e.head in ("min", "max"):
            return _chosen(e, side)
        found = side(e.args[0]) if e.head in ("abs", "sign") else None
        if found is None:
            return e
        if e.head == "sign":
            return number(found) if strict else e
        return e.args[0] if found >= 0 else -e.args[0]

    return go(f)


def ratio(w: Expr, u: Expr) -> Fraction | None:
    """The number c with w = c·u; None where there is none, or it is 0."""
    try:
        scale = normal_expr(w / u)
    except _ERRORS:
        return None
    return scale.value if scale.is_number and scale.value else None


def _chosen(e: Expr, side: Callable[[Expr], int | None]) -> Expr:
    args = list(e.args)
    for i, a in enumerate(args):
        for b in args[i + 1 :]:
            found = side(a - b)
            if found is not None:
                args.remove(b if (found >= 0) == (e.head == "max") else a)
                return args[0] if len(args) == 1 else call(e.head, *args)
    return e


def heads(f: Expr) -> frozenset[str]:
    """The heads that occur in an expression, outside of bound variables."""
    if f.head in BINDERS or f.head in ("number", "variable"):
        return frozenset((f.head,))
    return frozenset((f.head,)).union(*(heads(part) for part in f.args))


# Floors


def floors(goal: Goal, prove: Prover, deadline: Deadline, level: int = 0) -> Iterator[Node]:
    """floor(u) by the whole number that it is, or by a new one."""
    if level > _MOST_LEVELS or deadline.over():
        return
    try:
        found = [_Floor(goal, u) for u in dict.fromkeys(_floored(goal.f))]
    except _ERRORS:
        return
    found.sort(key=lambda floor: (floor.known is None, len(floor.rest.free)))
    if not found:
        return
    floor = found[0]
    if floor.known is None:
        node = _counted(goal, floor.rest, prove, deadline, level)
    elif floor.known[0] == floor.known[1]:
        node = _floor_is(goal, floor, floor.known[0], prove, deadline, level)
        if node is None and floor.edge is not None:
            node = _told_apart(goal, floor, floor.edge, prove, deadline, level)
    else:
        node = _told_apart(
            goal, floor, (floor.known[0] + floor.known[1] + 1) // 2, prove, deadline, level
        )
    if node is not None:
        yield node


class _Floor:
    """floor(u), u = a whole number + a rest.

    Attributes:
        u, whole, rest: these.
        known: the least and the greatest value of the floor of the rest, as numbers tell; None
            where there are many.
        edge: a whole number that the rest comes near to from below, or reaches.
    """

    def __init__(self, goal: Goal, u: Expr) -> None:
        self.u = u
        self.whole, self.rest = _parts(goal, u)
        self.edge: int | None = None
        self.known = self._values(goal)

    def _values(self, goal: Goal) -> tuple[int, int] | None:
        if self.rest.is_number:
            value = math.floor(self.rest.value)
            return value, value
        found = samples(tightened(goal.domain))
        if not found.count:
            return None
        values, _ = found.values(self.rest)
        values = values[np.isfinite(values)]
        if not values.size or np.ptp(values) > _MOST_STEPS:
            return None
        low, high = float(values.min()), float(values.max())
        if round(high) >= high > round(high) - _NEAR:
            self.edge = round(high)
        return math.floor(low + _TINY), math.floor(high - _TINY)


def _parts(goal: Goal, u: Expr) -> tuple[Expr, Expr]:
    """A sum as what is whole in it, and the rest."""
    u = normal_expr(u)
    terms = u.args if u.head == "+" else (u,)
    whole = [t for t in terms if _is_whole(goal, t)]
    return add(*whole), add(*(t for t in terms if t not in whole))


def _is_whole(goal: Goal, t: Expr) -> bool:
    if t.head == "number":
        return bool(t.value.denominator == 1)
    if t.head == "variable":
        return bool(goal.domain.ranges[t.args[0]].integer)
    return t.head == "*" and all(_is_whole(goal, part) for part in t.args)


def _floor_is(
    goal: Goal, floor: _Floor, known: int, prove: Prover, deadline: Deadline, level: int
) -> Node | None:
    u, value = floor.u, floor.whole + number(known)
    sides = []
    for gap, strict in ((u - value, False), (value + 1 - u, True)):
        side = goal.of(normal_expr(gap), ">" if strict else ">=")
        node = proved_as(gap, side, prove, deadline.deeper(0.3))
        if node is None:
            return None
        sides.append(node)
    inner = goal.of(swapped(goal.f, call("floor", u), value))
    node = _inner(inner, prove, deadline, level)
    if node is None:
        return None
    return {
        "rule": "floor is",
        "of": to_text(u),
        "value": to_text(value),
        "low": sides[0],
        "high": sides[1],
        "proof": node,
    }


def _told_apart(
    goal: Goal, floor: _Floor, at: int, prove: Prover, deadline: Deadline, level: int
) -> Node | None:
    """The cases that the rest is at least a whole number, and less."""
    u = normal_expr(floor.rest - number(at))
    found: Node = {"rule": "order", "of": to_text(u)}
    pieces: tuple[tuple[str, Relation, int], ...] = (("above", ">=", at), ("below", "<", at - 1))
    for name, relation, known in pieces:
        piece = replace(goal, domain=goal.domain.with_constraint(Comparison(u, relation, ZERO)))
        if at == floor.edge:
            node = _floor_is(piece, floor, known, prove, deadline, level + 1)
        else:
            node = _inner(piece, prove, deadline, level)
        if node is None:
            return None
        found[name] = node
    return found


def _counted(goal: Goal, rest: Expr, prove: Prover, deadline: Deadline, level: int) -> Node | None:
    """A variable v with g·v = n + s, where all floors have multiples of g·v in them."""
    n, s = _new(goal, "n"), _new(goal, "s")
    ranges = {
        **goal.domain.ranges,
        n: Range(None, None, True, True, True),
        s: Range(ZERO, number(1), False, True),
    }
    for name in sorted(rest.free):
        rates = [rate for u in _floored(goal.f) if (rate := _rate(u, name)) is not None]
        if _rate(rest, name) is None:
            continue
        scale = reduce(_common, rates)
        u = normal_expr(number(scale) * variable(name))
        gap = Comparison(u - variable(n) - variable(s), "=", ZERO)
        domain = replace(goal.domain, ranges=ranges, constraints=(*goal.domain.constraints, gap))
        inner = Goal(swapped(goal.f, call("floor", u), variable(n)), goal.relation, domain)
        value = normal_expr((variable(n) + variable(s)) / number(scale))
        node = _given(inner, name, value, gap, prove, deadline, level)
        if node is not None:
            return {"rule": "floors", "of": to_text(u), "whole": n, "part": s, "proof": node}
    return None


def _floored(f: Expr) -> list[Expr]:
    """The arguments of floor without another floor in them."""
    if f.head in BINDERS or f.head in ("number", "variable"):
        return []
    found = [u for part in f.args for u in _floored(part)]
    return [f.args[0]] if f.head == "floor" and not found else found


def _rate(u: Expr, name: str) -> Fraction | None:
    """The rate of a variable in what is affine in it with a rational number, other than 0."""
    coefficients = polynomial_in(u, name) if name in u.free else None
    if coefficients is None or len(coefficients) != 2 or not coefficients[1].is_number:
        return None
    return abs(coefficients[1].value)


def _common(a: Fraction, b: Fraction) -> Fraction:
    """The greatest number of which both are multiples."""
    bottom = math.lcm(a.denominator, b.denominator)
    return Fraction(math.gcd(int(a * bottom), int(b * bottom)), bottom)


def _given(
    goal: Goal,
    name: str,
    value: Expr,
    gap: Comparison,
    prove: Prover,
    deadline: Deadline,
    level: int,
) -> Node | None:
    """The goal with an expression in place of a variable, by a constraint."""
    literal = substitute(goal.f, {name: value})
    inner = replace(with_value(goal, name, value, gap), f=literal)
    node = _inner(inner, prove, deadline, level)
    if node is None:
        return None
    return {"rule": "eliminate", "variable": name, "as": to_text(value), "proof": node}


def _inner(goal: Goal, prove: Prover, deadline: Deadline, level: int) -> Node | None:
    """A goal with one floor less, or with a smaller domain."""
    if "floor" in heads(goal.f):
        return next(floors(goal, prove, deadline, level + 1), None)
    if goal.relation == "=":
        return equation(goal, prove, deadline, level + 1)
    real = {name: replace(r, integer=False) for name, r in goal.domain.ranges.items()}
    relaxed = Goal(normal_expr(goal.f), goal.relation, replace(goal.domain, ranges=real))
    node = proved_as(goal.f, relaxed, prove, deadline.deeper(0.5))
    if node is None:
        return None
    for name, allowed in goal.domain.ranges.items():
        if allowed.integer:
            node = {"rule": "relax", "variable": name, "proof": node}
    return node


def _new(goal: Goal, letter: str) -> str:
    names = (letter, *(f"{letter}_{i}" for i in range(1, 100)))
    return next(name for name in names if name not in goal.domain.ranges)


# Squares that are 0


def vanishing(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """What is 0 because a constraint says that its square is not above 0."""
    for c in goal.domain.constraints:
        for q in _squared_in(c):
            square = goal.of(normal_expr(-q * q), ">=")
            proof = by_constraint(square) or next(gram(square, prove, deadline.deeper(0.3)), None)
            if proof is None:
                continue
            rest = tuple(other for other in goal.domain.constraints if other is not c)
            if len(q.free) < len(c.free):
                rest = goal.domain.constraints
            equations = (Comparison(q, "=", ZERO), *rest)
            inner = replace(goal, domain=replace(goal.domain, constraints=equations))
            node = next(eliminated(inner, prove, deadline.deeper(0.6)), None)
            if node is not None:
                known = {f"{to_text(q)} = 0": {"rule": "null", "proof": proof}}
                yield {**node, "conditions": {**known, **node.get("conditions", {})}}
            return


def _squared_in(c: Comparison) -> Iterator[Expr]:
    """Expressions whose squares a constraint makes 0: a square, or a term of a sum of squares."""
    if c.relation not in ("=", "<=", ">=") or not c.free:
        return
    e = c.right - c.left if c.relation == ">=" else c.left - c.right
    try:
        constant, factors = normal(e).factored()
        if len(factors) == 1:
            base, power = factors[0]
            if power == 2 and (constant > 0 or c.relation == "="):
                yield base
            return
        whole = normal_expr(e)
    except _ERRORS:
        return
    terms = [_monomial(term) for term in (whole.args if whole.head == "+" else (whole,))]
    signs = {found[0] > 0 for found in terms if found is not None}
    if None in terms or len(signs) != 1 or (signs == {False} and c.relation != "="):
        return
    for found in terms:
        if found is not None and len(found[1]) == 1:
            yield variable(found[1][0])


def _monomial(term: Expr) -> tuple[Fraction, list[str]] | None:
    """The number and the variables of a product of even powers."""
    scale, names = Fraction(1), []
    for part in term.args if term.head == "*" else (term,):
        if part.is_number:
            scale *= part.value
            continue
        base, power = part.args if part.head == "^" else (part, None)
        if base.head != "variable" or power is None or not power.is_number or power.value % 2:
            return None
        names.append(base.args[0])
    return (scale, names) if names else None
