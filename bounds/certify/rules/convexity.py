"""Goals by functions that bend one way: the ends of a segment, and Jensen's inequality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

from bounds.certify.language.comparison import Comparison
from bounds.certify.language.derivative import NoDerivative, derivative
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import (
    ONE,
    ZERO,
    Expr,
    add,
    call,
    multiply,
    number,
    substitute,
    variable,
)
from bounds.certify.language.text import to_text
from bounds.certify.rules.along import proved, proved_as
from bounds.certify.rules.goal import Deadline, Goal, Node, Prover
from bounds.certify.rules.normal import TooLarge, is_zero, normal_expr
from bounds.certify.rules.program import compiled
from bounds.certify.rules.samples import bounds_of, looks, samples, without
from bounds.certify.rules.solving import polynomial_in

_ERRORS = (TooLarge, NoDerivative, ArithmeticError, ValueError, KeyError)
_MOST_PIECES = 4


# The ends of a segment


def chord(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Proofs by two bounds of a variable in which f is concave, one at least not a constant."""
    if goal.relation not in (">", ">=") or len(goal.names) < 2:
        return
    seen = samples(goal.domain)
    for name in goal.names:
        if goal.domain.ranges[name].integer:
            continue
        bounds = bounds_of(goal.domain, name)
        if bounds is None:
            continue
        pairs = [p for p in product(*bounds) if p[0].free or p[1].free]
        if not pairs:
            continue
        try:
            bend = normal_expr(-derivative(derivative(goal.f, name), name))
        except _ERRORS:
            continue
        if not is_zero(bend) and seen.sign(bend) not in (">", ">="):
            continue
        for low, high in pairs:
            node = _segment(goal, name, (low, high), bend, prove, deadline.deeper(0.6))
            if node is not None:
                yield node


def _segment(
    goal: Goal,
    name: str,
    curves: tuple[Expr, Expr],
    bend: Expr,
    prove: Prover,
    deadline: Deadline,
) -> Node | None:
    low, high = curves
    beside = without(goal.domain, name).with_constraint(Comparison(low, "<=", high))
    nodes: dict[str, Node] = {}
    for key, curve in (("low", low), ("high", high)):
        literal = substitute(goal.f, {name: curve})
        try:
            on = Goal(normal_expr(literal), goal.relation, beside)
        except _ERRORS:
            return None
        if looks(on) == "false":
            return None
        node = proved_as(literal, on, prove, deadline.part(0.4))
        if node is None:
            return None
        nodes[key] = node
    v = variable(name)
    ranges = {**beside.ranges, name: Range(None, None, True, True)}
    between = (Comparison(low, "<", v), Comparison(v, "<", high))
    domain = replace(beside, ranges=ranges, constraints=(*beside.constraints, *between))
    node = proved_as(None, Goal(bend, ">=", domain), prove, deadline)
    if node is None:
        return None
    return {
        "rule": "chord",
        "variable": name,
        "from": to_text(low),
        "to": to_text(high),
        **nodes,
        "bend": node,
    }


# Jensen's inequality


def jensen(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Proofs that f is a multiple of Σ wᵢ φ(xᵢ) − φ(Σ wᵢ xᵢ)."""
    if goal.relation != ">=":
        return
    for phi, points, weights, scale in (*_of_one_function(goal), *_of_a_mean(goal.f)):
        node = _jensen(goal, phi, points, weights, scale, prove, deadline.deeper(0.6))
        if node is not None:
            yield node


_Mean = tuple[Expr, list[Expr], list[Expr], Fraction]
"""The function of t, the points, the weights, and the factor."""


def _of_one_function(goal: Goal) -> Iterator[_Mean]:
    """Terms in one variable each are values of one function, as is that of their mean."""
    terms = goal.f.args if goal.f.head == "+" else ()
    names = goal.names
    if len(names) < 2:
        return
    own = add(*(term for term in terms if term.free == {names[0]}))
    mixed = [term for term in terms if len(term.free) > 1]
    if not own.free or not mixed:
        return
    t = variable(_free_name(goal))
    for weights in _coefficients(mixed, names):
        scaled = substitute(own, {names[0]: t})
        points = [variable(name) for name in names]
        shares = [number(w) for w in weights]
        for scale in (1 / weights[0], Fraction(1)):
            phi = multiply(number(1 / (weights[0] * scale)), scaled)
            if _is_jensen(goal.f, phi, t, points, shares, scale):
                yield substitute(phi, {t.args[0]: variable("t")}), points, shares, scale
                return


def _free_name(goal: Goal) -> str:
    return next(f"t_{i}" for i in range(99) if f"t_{i}" not in goal.domain.ranges)


def _coefficients(mixed: list[Expr], names: tuple[str, ...]) -> Iterator[list[Fraction]]:
    """The rates of affine parts in which they add up to 1."""
    seen = set()
    for term in mixed:
        for part in compiled(term).nodes:
            if part in seen or part.free != set(names) or part.head not in ("+", "*"):
                continue
            seen.add(part)
            rates = _rates(part, names)
            if rates is not None and sum(rates) == 1 and min(rates) > 0:
                yield rates


def _rates(part: Expr, names: tuple[str, ...]) -> list[Fraction] | None:
    rates, rest = [], part
    for name in names:
        found = polynomial_in(rest, name)
        if found is None or len(found) != 2 or not found[1].is_number:
            return None
        rates.append(found[1].value)
        rest = found[0]
    return rates if is_zero(rest) else None


def _is_jensen(
    f: Expr, phi: Expr, t: Expr, points: list[Expr], weights: list[Expr], scale: Fraction
) -> bool:
    try:
        return is_zero(f - _gap(phi, t, points, weights, scale))
    except _ERRORS:
        return False


def _gap(phi: Expr, t: Expr, points: list[Expr], weights: list[Expr], scale: Fraction) -> Expr:
    name = t.args[0]
    mean = add(*(w * x for w, x in zip(weights, points, strict=True)))
    values = add(
        *(w * substitute(phi, {name: x}) for w, x in zip(weights, points, strict=True)),
        -substitute(phi, {name: mean}),
    )
    return multiply(number(scale), values)


def _of_a_mean(f: Expr) -> Iterator[_Mean]:
    """c·log(Σ wᵢ zᵢ) against logarithms whose coefficients are the weights."""
    terms = f.args if f.head == "+" else ()
    t = variable("t")
    logs = [found for term in terms if (found := _coefficient(term)) is not None]
    for scale, total in logs:
        if not scale.is_number or scale.value <= 0 or total.head != "+":
            continue
        pieces = list(total.args)
        own = [w for w, _ in logs if w.free]
        if not 2 <= len(pieces) <= _MOST_PIECES or len(own) < len(pieces):
            continue
        for weights in permutations(dict.fromkeys(own), len(pieces)):
            if not is_zero(add(*weights) - ONE):
                continue
            points = [z / w for z, w in zip(pieces, weights, strict=True)]
            shares = list(weights)
            if _is_jensen(f, -call("log", t), t, points, shares, scale.value):
                yield -call("log", t), points, shares, scale.value


def _coefficient(term: Expr) -> tuple[Expr, Expr] | None:
    """The factor of a logarithm, and its argument."""
    factors = term.args if term.head == "*" else (term,)
    found = [e for e in factors if e.head == "log"]
    if len(found) != 1:
        return None
    return multiply(*(e for e in factors if e is not found[0])), found[0].args[0]


def _jensen(
    goal: Goal,
    phi: Expr,
    points: list[Expr],
    weights: list[Expr],
    scale: Fraction,
    prove: Prover,
    deadline: Deadline,
) -> Node | None:
    t = variable("t")
    interval = _interval(goal, points)
    line = Domain({"t": replace(interval, low_open=True, high_open=True)})
    try:
        bend = Goal(normal_expr(derivative(derivative(phi, "t"), "t")), ">=", line)
    except _ERRORS:
        return None
    if looks(bend) == "false":
        return None
    found = proved_as(None, bend, prove, deadline.part(0.6))
    if found is None:
        return None
    positive, inside = [], []
    for w in weights:
        node = proved(goal.of(w, ">="), prove, deadline.part(0.5))
        if node is None:
            return None
        positive.append(node)
    for x in points:
        for end, opened, sign in (
            (interval.low, interval.low_open, 1),
            (interval.high, interval.high_open, -1),
        ):
            if end is None:
                continue
            gap = x - end if sign > 0 else end - x
            node = proved(goal.of(gap, ">" if opened else ">="), prove, deadline.part(0.5))
            if node is None:
                return None
            inside.append(node)
    low = "-inf" if interval.low is None else to_text(interval.low)
    high = "inf" if interval.high is None else to_text(interval.high)
    return {
        "rule": "jensen",
        "variable": t.args[0],
        "function": to_text(phi),
        "interval": f"{'(' if interval.low_open else '['}{low}, {high}"
        f"{')' if interval.high_open else ']'}",
        "points": [to_text(x) for x in points],
        "weights": [to_text(w) for w in weights],
        "scale": to_text(number(scale)),
        "inside": inside,
        "positive": positive,
        "bend": found,
    }


def _interval(goal: Goal, points: list[Expr]) -> Range:
    """Where the points are: the range of the variables, where they are these; else (0, ∞)."""
    ranges = [goal.domain.ranges[x.args[0]] for x in points if x.head == "variable"]
    if len(ranges) == len(points) and len(set(ranges)) == 1:
        return ranges[0]
    return Range(ZERO, None, True, True)
