"""Goals taken apart by algebra: constraints, factors, separate sums, changes of variables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from bounds.certify.checker.sums import DECREASING, INCREASING
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.derivative import NoDerivative, derivative
from bounds.certify.language.domain import Range
from bounds.certify.language.expression import (
    ZERO,
    Expr,
    add,
    call,
    multiply,
    number,
    raise_to,
    substitute,
    variable,
)
from bounds.certify.language.text import to_text
from bounds.certify.rules.along import definedness, proved, proved_as
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.goal import Deadline, Goal, Node, Prover, Relation
from bounds.certify.rules.logarithm import arguments, compared, expanded, is_product, two_products
from bounds.certify.rules.normal import Form, TooLarge, is_zero, normal, normal_expr
from bounds.certify.rules.program import compiled
from bounds.certify.rules.samples import looks, samples
from bounds.certify.rules.solving import polynomial_in
from bounds.certify.rules.touch import contacts

_ERRORS = (TooLarge, NoDerivative, ZeroDivisionError, OverflowError, ValueError, KeyError)
_UPWARDS: dict[str, Relation] = {">": ">", ">=": ">=", "<": ">", "<=": ">=", "!=": "!="}
_IMPLIES = {">": (">",), ">=": (">", ">=", "=")}


def by_constraint(goal: Goal) -> Node | None:
    """The goal is one of the constraints, or an end of a range."""
    if goal.relation not in _IMPLIES:
        return None
    for c in known_signs(goal):
        if c.relation in _IMPLIES[goal.relation] and _positive_multiple(goal.f, c.left - c.right):
            return {"rule": "constraint"}
    return None


def known_signs(goal: Goal) -> list[Comparison]:
    """The constraints and the ends of ranges, all with > or >= (or =)."""
    result = []
    for c in goal.domain.constraints:
        result.append(c.turned if c.relation in ("<", "<=") else c)
        if c.relation == "=":
            result.append(Comparison(c.right, "=", c.left))
    for name, allowed in goal.domain.ranges.items():
        v = variable(name)
        if allowed.low is not None:
            result.append(Comparison(v, ">" if allowed.low_open else ">=", allowed.low))
        if allowed.high is not None:
            result.append(Comparison(allowed.high, ">" if allowed.high_open else ">=", v))
    return result


def _positive_multiple(f: Expr, g: Expr) -> bool:
    if f.free != g.free:
        return False
    try:
        ratio = normal_expr(f / g)
    except _ERRORS:
        return False
    return ratio.is_number and ratio.value > 0


def eliminated(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """An equality constraint that gives one variable as a function of the others."""
    for c in goal.domain.constraints:
        if c.relation != "=":
            continue
        for name in sorted(c.free, key=lambda n: (n not in goal.f.free, n))[:2]:
            coefficients = polynomial_in(_numerator(c.left - c.right), name)
            if coefficients is None or len(coefficients) != 2 or goal.domain.ranges[name].integer:
                continue
            if samples(replace(goal.domain, constraints=())).sign(coefficients[1]) not in (
                ">",
                "<",
            ):
                continue
            value = normal_expr(-coefficients[0] / coefficients[1])
            inner = with_value(goal, name, value, c)
            literal = substitute(goal.f, {name: value})
            node = proved_as(literal, inner, prove, deadline.deeper(0.5))
            if node is None:
                continue
            found: Node = {"rule": "eliminate", "variable": name, "as": to_text(value)}
            scale = normal_expr((variable(name) - value) / (c.left - c.right))
            if not scale.is_number:
                found["by"] = to_text(scale)
            yield {**found, "proof": node}


def _numerator(e: Expr) -> Expr:
    """An expression without its denominator, where there is a normal form."""
    try:
        form = normal(e)
    except _ERRORS:
        return e
    return Form(form.kernels, form.num, form.den / form.den).expr()


def with_value(goal: Goal, name: str, value: Expr, used: Comparison | None = None) -> Goal:
    """The goal with an expression in place of a variable, its range read as constraints."""
    allowed = goal.domain.ranges[name]
    constraints = [c.at({name: value}) for c in goal.domain.constraints if c is not used]
    if allowed.low is not None:
        constraints.append(Comparison(value, ">" if allowed.low_open else ">=", allowed.low))
    if allowed.high is not None:
        constraints.append(Comparison(value, "<" if allowed.high_open else "<=", allowed.high))
    ranges = {k: v for k, v in goal.domain.ranges.items() if k != name}
    domain = replace(goal.domain, ranges=ranges, constraints=tuple(constraints))
    return Goal(normal_expr(substitute(goal.f, {name: value})), goal.relation, domain)


def factored(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """A product whose factors have signs."""
    if goal.relation not in (">", ">=", "!="):
        return
    try:
        constant, factors = normal(goal.f).factored()
    except _ERRORS:
        return
    if not factors or (len(factors) == 1 and factors[0][1] == 1):
        return
    found = samples(goal.domain)
    parts: list[Node] = []
    sign = 1 if constant > 0 else -1
    if constant != 1:
        parts.append(
            {
                "of": to_text(number(constant)),
                "power": 1,
                "sign": ">" if constant > 0 else "<",
                "proof": {"rule": "point"},
            }
        )
    jobs = []
    for f, power in factors:
        relation = found.sign(f)
        strict = goal.strict or power < 0
        if relation is None and power % 2 == 0 and not strict:
            parts.append({"of": to_text(f), "power": power, "sign": ">="})
            continue
        if relation is None and power % 2 == 0:
            relation = "!="
        if relation is None or relation == "=":
            return
        if strict and relation in (">=", "<="):
            relation = relation[0]
        if not strict and relation in (">", "<"):
            relation += "="
        if relation[0] == "<" and power % 2:
            sign = -sign
        jobs.append((f, power, relation))
    if sign < 0 and goal.relation != "!=":
        return
    jobs.sort(key=lambda job: len(to_text(job[0])))
    for k, (f, power, relation) in enumerate(jobs):
        down = relation[0] == "<"
        inner = Goal(normal_expr(-f) if down else f, _UPWARDS[relation], goal.domain)
        literal = -f if down else f
        node = proved_as(literal, inner, prove, deadline.deeper(1 / (len(jobs) - k)))
        if node is None:
            return
        parts.append({"of": to_text(f), "power": power, "sign": relation, "proof": node})
    yield {"rule": "factor", "factors": parts}


def separated(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """A sum of functions of different variables, each at least its smallest value."""
    if goal.relation not in (">", ">=") or goal.domain.constraints:
        return
    try:
        terms = normal_expr(goal.f)
    except _ERRORS:
        return
    groups: list[tuple[set[str], list[Expr]]] = []
    constant: list[Expr] = []
    for term in terms.args if terms.head == "+" else (terms,):
        if not term.free:
            constant.append(term)
            continue
        names, parts = set(term.free), [term]
        for group in [g for g in groups if g[0] & names]:
            groups.remove(group)
            names |= group[0]
            parts = group[1] + parts
        groups.append((names, parts))
    if len(groups) < 2:
        return
    least = [_least(goal.of(add(*parts))) for _, parts in groups]
    if any(value is None for value in least):
        return
    total = float(evaluate_float(add(*constant), {})) + sum(
        value for value in least if value is not None
    )
    slack = max(total, 0.0) / (len(groups) + 1)
    if total < -1e-9:
        return
    parts_out: list[Node] = []
    rest = add(*constant)
    for (_, parts), value in zip(groups, least, strict=True):
        assert value is not None
        shift = _round_below(value, slack)
        piece = add(*parts, number(-shift))
        rest = add(rest, number(shift))
        node = proved(goal.of(piece, ">="), prove, deadline.deeper(1 / len(groups)))
        if node is None:
            return
        parts_out.append({"of": to_text(piece), "sign": ">=", "proof": node})
    rest = normal_expr(rest)
    strict = goal.strict
    if not (rest.is_number and rest.value == 0):
        node = {"rule": "point"}
        parts_out.append({"of": to_text(rest), "sign": ">" if strict else ">=", "proof": node})
    elif strict:
        return
    yield {"rule": "sum", "parts": parts_out}


def _round_below(value: float, slack: float) -> Fraction:
    """A simple rational number that is at most the value, and not far below."""
    for digits in (1, 2, 4, 8, 16, 100, 1000, 10**6, 10**9):
        q = Fraction(value).limit_denominator(digits)
        if abs(float(q) - value) < 1e-9 or value - slack <= float(q) <= value:
            return q
    return Fraction(value) - Fraction(slack) / 2


def _least(goal: Goal) -> float | None:
    """The smallest value of f that a search in floats finds."""
    from scipy.optimize import minimize_scalar

    found = samples(goal.domain)
    if not found.count:
        return None
    names = [n for n in goal.domain.ranges if n in goal.f.free]
    value, _ = found.values(goal.f)
    value = np.where(np.isfinite(value), value, np.inf)
    i = int(np.argmin(value))
    place = {n: float(found.place[n][i]) for n in names}
    best = float(value[i])
    from bounds.certify.rules.points import ends_of

    for _ in range(4):
        for name in names:
            low, high = ends_of(goal.domain.ranges[name]).floats
            low = max(low, place[name] - abs(place[name]) - 1)
            high = min(high, place[name] + abs(place[name]) + 1)

            def at(x: float, name: str = name) -> float:
                v = float(evaluate_float(goal.f, {**place, name: x}))
                return v if np.isfinite(v) else 1e300

            result = minimize_scalar(
                at, bounds=(low, high), method="bounded", options={"xatol": 1e-12}
            )
            for x in (float(result.x), low, high, float(round(result.x, 6))):
                if low <= x <= high and at(x) < best:
                    best, place[name] = at(x), x
    return best if np.isfinite(best) else None


def apart(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """A sum that falls into functions of one variable each, if it is divided by a product."""
    if goal.relation not in (">", ">=") or len(goal.names) != 2:
        return
    x, y = map(variable, goal.names)
    if _is_apart(goal.f):
        return
    for scale in (x * y, x, y, 1 / x, 1 / y, 1 / (x * y)):
        try:
            inner = normal_expr(goal.f / scale)
        except _ERRORS:
            continue
        inner = add(*(normal_expr(t) for t in inner.args)) if inner.head == "+" else inner
        if not _is_apart(inner) or samples(goal.domain).sign(scale) != ">":
            continue
        node = proved(goal.of(inner), prove, deadline.deeper(0.8))
        if node is not None:
            positive = {"of": to_text(scale), "power": 1, "sign": ">", "proof": {"rule": "obvious"}}
            rest = {"of": to_text(inner), "power": 1, "sign": goal.relation, "proof": node}
            yield {"rule": "factor", "factors": [positive, rest]}
        return


def _is_apart(f: Expr) -> bool:
    return all(len(term.free) < 2 for term in (f.args if f.head == "+" else (f,)))


def degree_of(goal: Goal) -> Fraction | None:
    """The degree of f, if it seems homogeneous, on positive half-lines with no other constraint."""
    names = goal.names
    if len(names) < 2 or not all(_positive_line(goal.domain.ranges[n]) for n in names):
        return None
    if not all(goal.domain.ranges[n].low_open for n in names):
        return None
    if goal.domain.constraints and _order(goal) is None:
        return None
    point = {n: 1.0 + 0.37 * i for i, n in enumerate(names)}
    with np.errstate(all="ignore"):
        values = [
            float(evaluate_float(goal.f, {n: s * x for n, x in point.items()})) for s in (1, 2, 4)
        ]
    if not all(np.isfinite(values)) or not values[0]:
        return None
    ratios = [values[1] / values[0], values[2] / values[1]]
    if ratios[0] <= 0 or abs(ratios[0] - ratios[1]) > 1e-9 * ratios[0]:
        return None
    return Fraction(float(np.log2(ratios[0]))).limit_denominator(24)


def _order(goal: Goal) -> tuple[str, str, bool] | None:
    """The smaller and the larger variable, and if strictly, of a goal in two that are ordered."""
    if len(goal.names) != 2 or len(goal.domain.constraints) != 1:
        return None
    (c,) = goal.domain.constraints
    if c.relation in (">", ">="):
        c = c.turned
    sides = c.left, c.right
    if c.relation not in ("<", "<=") or any(side.head != "variable" for side in sides):
        return None
    return c.left.args[0], c.right.args[0], c.relation == "<"


def scaled(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """A homogeneous goal: its variables as multiples of one, or of the largest one."""
    if (order := _order(goal)) is not None:
        smaller, larger, strict = order
        node = _multiples(goal, larger, {smaller: []}, prove, deadline.deeper(0.8), strict=strict)
        if node is not None:
            yield node
        return
    first, *others = goal.names
    ordered = len(goal.names) <= _MOST_ORDERED
    algebraic = all(n.head in _ALGEBRA for n in compiled(goal.f).nodes if n.free)
    for by_largest in (True, False) if algebraic and len(others) > 1 else (False, True):
        node = None
        if by_largest and ordered:
            node = _by_largest(goal, first, {}, others, prove, deadline.deeper(0.7))
        elif not by_largest:
            node = _multiples(goal, first, None, prove, deadline.deeper(0.5))
        if node is not None:
            yield node


_MOST_ORDERED = 4
_ALGEBRA = ("variable", "+", "*", "^")


def _by_largest(
    goal: Goal,
    most: str,
    below: dict[str, list[str]],
    left: list[str],
    prove: Prover,
    deadline: Deadline,
) -> Node | None:
    """By cases, which variable is the largest: the others are multiples of it in (0, 1].

    `below` has for each smaller variable the variables between the largest one and it.
    """
    if not left:
        return _multiples(goal, most, below, prove, deadline)
    other, *rest = left
    half = deadline.within(deadline.left() / 2)
    up = _by_largest(goal, most, {**below, other: []}, rest, prove, half)
    if up is None:
        return None
    longer = {most: [], **{name: [most, *path] for name, path in below.items()}}
    down = _by_largest(goal, other, longer, rest, prove, deadline)
    if down is None:
        return None
    return {"rule": "cases", "of": f"{most} - {other}", "nonnegative": up, "nonpositive": down}


def _multiples(
    goal: Goal,
    scale: str,
    below: dict[str, list[str]] | None,
    prove: Prover,
    deadline: Deadline,
    *,
    strict: bool = False,
) -> Node | None:
    """V = s·w for all variables but s; f splits off a power of s.

    Where `below` is given, s is the largest variable, and it says by which others this is known;
    strict, if it is strictly the largest.
    """
    bounded = below is not None
    others = [n for n in goal.names if n != scale]
    if below is not None:
        others.sort(key=lambda n: -len(below[n]))
    s = variable(scale)
    place: dict[str, Expr] = {}
    nodes: list[Node] = []
    ranges = {scale: goal.domain.ranges[scale]}
    for name in others:
        new = fresh(goal, name)
        v, w = variable(name), variable(new)
        inside: list[Node] = [_quotient(to_text(v), scale, True)]
        if bounded:
            assert below is not None
            chain = [scale, *below[name], name]
            inside.append(_quotient(to_text(s - v), scale, strict, _descending(chain)))
        nodes.append(
            {
                "rule": "change",
                "variable": name,
                "new": new,
                "as": to_text(s * w),
                "inverse": to_text(v / s),
                "range": ("(0, 1)" if strict else "(0, 1]") if bounded else "(0, inf)",
                "inside": inside,
            }
        )
        place[name] = s * w
        ranges[new] = Range(ZERO, number(1) if bounded else None, True, strict or not bounded)
    domain = replace(goal.domain, ranges=ranges, constraints=())
    try:
        inner = Goal(normal_expr(substitute(goal.f, place)), goal.relation, domain)
    except _ERRORS:
        return None
    found = _without_scale(goal, scale, place, ranges, prove, deadline.deeper(0.5))
    if found is None:
        found = proved_as(substitute(goal.f, place), inner, prove, deadline)
    if found is None:
        return None
    for node in reversed(nodes):
        node["proof"] = found
        found = node
    return found


def _without_scale(
    goal: Goal,
    scale: str,
    place: dict[str, Expr],
    ranges: dict[str, Range],
    prove: Prover,
    deadline: Deadline,
) -> Node | None:
    """F(s, sw, ...) = s^d F(1, w, ...), where the second factor has a variable less."""
    degree = degree_of(goal)
    if degree is None:
        return None
    s = variable(scale)
    one = substitute(
        goal.f, {scale: number(1), **{name: normal_expr(e / s) for name, e in place.items()}}
    )
    rest = {name: allowed for name, allowed in ranges.items() if name != scale}
    try:
        inner = Goal(
            normal_expr(one), goal.relation, replace(goal.domain, ranges=rest, constraints=())
        )
    except _ERRORS:
        return None
    node = proved_as(one, inner, prove, deadline)
    if node is None:
        return None
    size = {"of": to_text(raise_to(s, number(degree))), "power": 1, "sign": ">", "proof": _OBVIOUS}
    whole = Goal(
        substitute(goal.f, place),
        goal.relation,
        replace(goal.domain, ranges=ranges, constraints=()),
    )
    return {
        "rule": "factor",
        "factors": [size, {"of": to_text(one), "power": 1, "sign": goal.relation, "proof": node}],
        "conditions": definedness(whole, prove, deadline),
    }


_OBVIOUS: Node = {"rule": "obvious"}


def _descending(chain: list[str]) -> Node:
    """The first variable is at least the last one, by constraints between neighbours."""
    steps = [
        {"of": f"{a} - {b}", "sign": ">=", "proof": {"rule": "constraint"}}
        for a, b in pairwise(chain)
    ]
    return {"rule": "sum", "parts": steps} if len(steps) > 1 else {"rule": "constraint"}


def _quotient(top: str, bottom: str, strict: bool, proof: Node | None = None) -> Node:
    """v/s > 0, where a range or a constraint says so of both."""
    sign = ">" if strict else ">="
    return {
        "rule": "factor",
        "factors": [
            {"of": top, "power": 1, "sign": sign, "proof": proof or {"rule": "constraint"}},
            {"of": bottom, "power": -1, "sign": ">", "proof": {"rule": "constraint"}},
        ],
    }


def compact(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """An algebraic goal whose variables go to infinity, on the unit interval: v = w/(1 − w).

    The whole line is cut at 0 first. What is left is a polynomial over powers of 1 − w.
    """
    try:
        form = normal(goal.f)
    except _ERRORS:
        return
    if any(kernel.head != "variable" for kernel in form.kernels if kernel.free):
        return
    for name in goal.names:
        allowed = goal.domain.ranges[name]
        if allowed.integer or (allowed.low is not None and allowed.high is not None):
            continue
        if allowed.low is None and allowed.high is None:
            yield from _cut_at_zero(goal, name, prove, deadline)
        else:
            yield from _to_unit(goal, name, prove, deadline)
        return


def _cut_at_zero(goal: Goal, name: str, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    below = Range(None, ZERO, True, False)
    above = Range(ZERO, None, False, True)
    nodes = []
    for k, piece in enumerate((below, above)):
        part = replace(goal, domain=goal.domain.with_range(name, piece))
        node = proved(part, prove, deadline.deeper(0.5 + 0.4 * k))
        if node is None:
            return
        nodes.append(node)
    yield {"rule": "split", "variable": name, "at": ["0"], "pieces": nodes}


def _to_unit(goal: Goal, name: str, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    allowed = goal.domain.ranges[name]
    up = allowed.low is not None
    end, is_open = (allowed.low, allowed.low_open) if up else (allowed.high, allowed.high_open)
    assert end is not None
    new = fresh(goal, name)
    w, v = variable(new), variable(name)
    distance = v - end if up else end - v
    step = w / (1 - w)
    value = end + step if up else end - step
    grown = {"rule": "rewrite", "as": to_text(1 / (1 + distance)), "proof": {"rule": "obvious"}}
    ranges = {k: r for k, r in goal.domain.ranges.items() if k != name}
    ranges[new] = Range(ZERO, number(1), is_open, True)
    constraints = tuple(c.at({name: value}) for c in goal.domain.constraints)
    domain = replace(goal.domain, ranges=ranges, constraints=constraints)
    inner = Goal(normal_expr(substitute(goal.f, {name: value})), goal.relation, domain)
    literal = substitute(goal.f, {name: value})
    node = proved_as(literal, inner, prove, deadline.deeper(0.9))
    if node is not None:
        yield {
            "rule": "change",
            "variable": name,
            "new": new,
            "as": to_text(value),
            "inverse": to_text(distance / (1 + distance)),
            "range": f"{'(' if is_open else '['}0, 1)",
            "inside": [_quotient_of(distance, is_open), grown],
            "proof": node,
        }


def _quotient_of(distance: Expr, strict: bool) -> Node:
    """t/(1 + t) > 0 for t > 0."""
    sign = ">" if strict else ">="
    return {
        "rule": "factor",
        "factors": [
            {"of": to_text(distance), "power": 1, "sign": sign, "proof": {"rule": "constraint"}},
            {"of": to_text(1 + distance), "power": -1, "sign": ">", "proof": {"rule": "obvious"}},
        ],
    }


def _positive_line(allowed: Range) -> bool:
    zero = allowed.low is not None and allowed.low.is_number and allowed.low.value == 0
    return zero and allowed.high is None and not allowed.integer


def fresh(goal: Goal, name: str) -> str:
    """A name for a new variable."""
    taken = set(goal.domain.ranges) | set(goal.f.free)
    k = 1
    while f"{name}_{k}" in taken:
        k += 1
    return f"{name}_{k}"


def squares_completed(goal: Goal) -> Node | None:
    """A polynomial of degree 2, as a sum of squares (Lagrange's reduction), exactly."""
    if goal.relation not in (">", ">="):
        return None
    try:
        form = normal(goal.f)
    except _ERRORS:
        return None
    if form.den != 1 or any(k.head != "variable" for k in form.kernels):
        return None
    names = [k.args[0] for k in form.kernels]
    rest: dict[tuple[int, ...], Fraction] = {
        tuple(int(p) for p in powers): _fraction(c) for powers, c in form.num.to_dict().items()
    }
    if not rest or max(sum(powers) for powers in rest) > 2:
        return None
    terms: list[list[Any]] = []
    for i, _ in enumerate(names):
        unit = tuple(1 if j == i else 0 for j in range(len(names)))
        double = tuple(2 * u for u in unit)
        a = rest.get(double, Fraction(0))
        linear = {p: c for p, c in rest.items() if p[i] == 1 and p != double}
        if a < 0 or (a == 0 and linear):
            return None
        if a == 0:
            continue
        root = {unit: Fraction(1)}
        for powers, c in linear.items():
            root[tuple(p - u for p, u in zip(powers, unit, strict=True))] = c / (2 * a)
        terms.append([a, root])
        for p, x in root.items():
            for q, y in root.items():
                key = tuple(u + v for u, v in zip(p, q, strict=True))
                rest[key] = rest.get(key, Fraction(0)) - a * x * y
        rest = {k: v for k, v in rest.items() if v}
    if any(any(k) for k in rest):
        return None
    constant = next(iter(rest.values()), Fraction(0))
    if constant < 0 or (constant == 0 and goal.strict):
        return None
    node: Node = {
        "rule": "sos",
        "terms": [[str(a), to_text(polynomial(root, names))] for a, root in terms],
    }
    if constant:
        node["plus"] = {"rule": "point"}
    return node


def _fraction(coefficient: Any) -> Fraction:
    from flint import fmpq

    q = fmpq(coefficient)
    return Fraction(int(q.p), int(q.q))


def polynomial(terms: dict[tuple[int, ...], Fraction], names: list[str]) -> Expr:
    """The expression of a polynomial."""
    parts = []
    for powers, c in terms.items():
        factors = [
            raise_to(variable(n), number(p)) for n, p in zip(names, powers, strict=True) if p
        ]
        parts.append(multiply(number(c), *factors))
    return add(*parts) if parts else ZERO


def squared(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """A square root against the rest: squares of both sides, the greater one not negative."""
    if goal.relation not in (">", ">="):
        return
    try:
        form = normal(goal.f)
    except _ERRORS:
        return
    ring = form.num.context()
    found = samples(goal.domain)
    for i, kernel in enumerate(form.kernels):
        if kernel.head != "^" or kernel.args[1].value != Fraction(1, 2):
            continue
        terms = form.num.to_dict()
        if max(powers[i] for powers in terms) != 1 or any(p[i] for p in form.den.to_dict()):
            continue
        with_root, without_root = (
            Form(
                form.kernels,
                ring.from_dict({p: c for p, c in terms.items() if p[i] == n}),
                form.den,
            ).expr()
            for n in (1, 0)
        )
        for left, right in ((-with_root, without_root), (-without_root, with_root)):
            try:
                left, right = normal_expr(left), normal_expr(right)
                grown = normal_expr(right * right - left * left)
            except _ERRORS:
                continue
            if found.sign(right) not in (">", ">=", "="):
                continue
            if found.sign(grown) not in ((">",) if goal.strict else (">", ">=", "=")):
                continue
            positive = proved(goal.of(right, ">="), prove, deadline.deeper(0.4))
            node = positive and proved_as(None, goal.of(grown), prove, deadline.deeper(0.9))
            if node is not None:
                left, right = _as_written(goal.f, left, right)
                yield {
                    "rule": "map",
                    "map": "square",
                    "left": to_text(left),
                    "right": to_text(right),
                    "positive": positive,
                    "proof": node,
                }


def _as_written(f: Expr, left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """The two sides as f has them: a root of a product is not taken apart, which needs signs."""
    terms = f.args if f.head == "+" else (f,)
    rooted = [any(n.head == "^" for n in compiled(term).nodes) for term in terms]
    parts = [
        add(*(term for term, has in zip(terms, rooted, strict=True) if has is side))
        for side in (True, False)
    ]
    for up, down in (parts, parts[::-1]):
        if is_zero(up - right) and is_zero(down + left):
            return -down, up
    return left, right


def logarithms(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """A product against a product: the logarithms of both sides."""
    if goal.relation not in (">", ">="):
        return
    try:
        sides = two_products(goal.f)
    except _ERRORS:
        return
    if sides is None or not any(map(is_product, sides)):
        return
    left, right = sides
    grown = expanded(right) - expanded(left)
    node = proved(goal.of(grown), prove, deadline.deeper(0.7))
    if node is not None:
        yield compared("log", left, right, grown, node)


def inverted(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Two values of one monotone function: their arguments are compared."""
    sides = _two_values(goal.f) if goal.relation in (">", ">=") else None
    if sides is None:
        return
    left, right = sides
    grown = arguments(left, right)
    node = proved(goal.of(grown), prove, deadline.deeper(0.8))
    if node is not None:
        yield compared("inverse", left, right, grown, node)


def exponentials(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """A sum of whole multiples of logarithms: the exponentials of its two sides."""
    if goal.relation not in (">", ">="):
        return
    sides: tuple[list[Expr], list[Expr]] = ([], [])
    for term in goal.f.args if goal.f.head == "+" else (goal.f,):
        factor, rest = (term.args[0].value, term.args[1:]) if _scaled(term) else (1, (term,))
        if len(rest) != 1 or rest[0].head not in ("log", "log1p") or abs(factor) > 8:
            return
        if Fraction(factor).denominator != 1:
            return
        sides[factor > 0].append(term if factor > 0 else -term)
    left, right = (add(*side) for side in sides)
    try:
        grown = normal_expr(call("exp", right) - call("exp", left))
    except _ERRORS:
        return
    node = proved(goal.of(grown), prove, deadline.deeper(0.8))
    if node is not None:
        yield compared("exp", left, right, grown, node)


def _scaled(term: Expr) -> bool:
    return term.head == "*" and term.args[0].is_number


def _two_values(f: Expr) -> tuple[Expr, Expr] | None:
    """A and B with f = B − A, where both are values of one monotone function."""
    if f.head != "+" or len(f.args) != 2:
        return None
    right, minus = f.args if f.args[1].head == "*" else f.args[::-1]
    left = -minus
    same = left.head == right.head and left.head in (*INCREASING, *DECREASING)
    return (left, right) if same else None


def multipliers(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """F = λ·g + h with a constraint g and h of the right sign without it (Lagrange's multiplier).

    λ is read off at a point of equality, where the gradients of f and of g are parallel.
    """
    if goal.relation not in (">", ">="):
        return
    for c in goal.domain.constraints:
        if c.relation == "!=" or not c.free & goal.f.free:
            continue
        g = c.right - c.left if c.relation in ("<", "<=") else c.left - c.right
        for scale in _multipliers(goal, c, g, deadline):
            if c.relation != "=" and scale.is_number and scale.value < 0:
                continue
            try:
                rest = normal_expr(goal.f - scale * g)
            except _ERRORS:
                continue
            kept = tuple(other for other in goal.domain.constraints if other is not c)
            inner = replace(goal.of(rest), domain=replace(goal.domain, constraints=kept))
            if looks(inner) == "false":
                continue
            node = proved(inner, prove, deadline.deeper(0.5))
            if node is not None:
                known = {"of": to_text(scale * g), "sign": ">=", "proof": {"rule": "constraint"}}
                part = {"of": to_text(rest), "sign": goal.relation, "proof": node}
                yield {"rule": "sum", "parts": [known, part]}


def contrary(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """A constraint that fails wherever the goal does: y³ + y > 0 only where y > 0."""
    if goal.relation not in (">", ">="):
        return
    fails = Comparison(goal.f, "<=" if goal.relation == ">" else "<", ZERO)
    for c in goal.domain.constraints:
        if c.relation == "!=" or not c.free & goal.f.free:
            continue
        g = c.right - c.left if c.relation in ("<", "<=") else c.left - c.right
        kept = tuple(other for other in goal.domain.constraints if other is not c)
        domain = replace(goal.domain, constraints=(*kept, fails))
        relation: Relation = ">=" if c.relation in (">", "<") else ">"
        for named in (g, -g) if c.relation == "=" else (g,):
            inner = Goal(named if c.relation == "=" else -g, relation, domain)
            if looks(inner) == "false":
                continue
            node = proved(inner, prove, deadline.deeper(0.5))
            if node is not None:
                yield {"rule": "contrary", "constraint": to_text(named), "proof": node}
                break


def _multipliers(goal: Goal, c: Comparison, g: Expr, deadline: Deadline) -> Iterator[Expr]:
    kept = tuple(other for other in goal.domain.constraints if other is not c)
    active = (*kept, Comparison(c.left, "=", c.right))
    weak = Goal(goal.f, ">=", replace(goal.domain, constraints=active))
    for place in contacts(weak, deadline.within(1.0)):
        for name in sorted(g.free & goal.f.free):
            try:
                below = normal_expr(substitute(derivative(g, name), place))
                above = normal_expr(substitute(derivative(goal.f, name), place))
                if is_zero(below) or below.free or above.free:
                    continue
                yield normal_expr(above / below)
            except _ERRORS:
                continue
            break
