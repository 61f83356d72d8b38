"""Sums in closed form: a function whose differences are the terms.

Terms that are powers of a linear function of the index give polygamma functions, their logarithms
log Γ, whole powers of the index polynomials, and powers with the index as exponent geometric sums.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from bounds.certify.language.derivative import NoDerivative, derivative
from bounds.certify.language.expression import (
    ONE,
    ZERO,
    Expr,
    add,
    call,
    number,
    substitute,
    variable,
)
from bounds.certify.language.text import to_text
from bounds.certify.rules.goal import Goal, Node
from bounds.certify.rules.normal import TooLarge, is_zero, normal_expr
from bounds.certify.rules.program import compiled

_MOST_DEGREE = 8


def telescoped(goal: Goal) -> tuple[Expr, Expr, Goal] | None:
    """A sum in f, a function of its index whose differences are the terms, and f with that.

    None where no sum is of a kind that is known.
    """
    for node in compiled(goal.f).nodes:
        if node.head != "sum" or not node.args[2].is_number or not node.args[3].free:
            continue
        try:
            f = _sum_of(node.args[0], node.args[1].args[0])
            if f is None:
                continue
            _, written = telescope_value(node, f)
            return node, f, goal.of(normal_expr(written(goal.f)))
        except (TooLarge, NoDerivative, ArithmeticError):
            continue
    return None


def telescope_value(total: Expr, f: Expr) -> tuple[Expr, Callable[[Expr], Expr]]:
    """F(b) − F(a − 1), and what makes of an expression the same with that in place of the sum."""
    _, bound, low, high = total.args
    name = bound.args[0]
    value = substitute(f, {name: high}) - substitute(f, {name: low - 1})
    return value, lambda e: _with(e, total, value)


def telescope_node(total: Expr, f: Expr, rest: Goal, proof: Node) -> Node:
    """The node of a goal from a proof of what `telescoped` makes of it."""
    inner = proof
    if proof["rule"] != "equal":
        inner = {"rule": "rewrite", "as": to_text(rest.f), "proof": proof}
    return {"rule": "telescope", "sum": to_text(total), "as": to_text(f), "proof": inner}


def _with(f: Expr, total: Expr, value: Expr) -> Expr:
    if f is total:
        return value
    if f.head in ("number", "variable", "sum", "integral") or not f.args:
        return f
    args = [_with(part, total, value) for part in f.args]
    if f.head == "+":
        return add(*args)
    if f.head == "*":
        return math.prod(args, start=ONE)
    return args[0] ** args[1] if f.head == "^" else call(f.head, *args)


def _sum_of(body: Expr, name: str) -> Expr | None:
    """F with F(k) − F(k − 1) = g(k)."""
    terms = body.args if body.head == "+" else (body,)
    found = [_of_term(term, name) for term in terms]
    return None if None in found else add(*(part for part in found if part is not None))


def _of_term(term: Expr, name: str) -> Expr | None:
    factors = term.args if term.head == "*" else (term,)
    scale = math.prod((part for part in factors if name not in part.free), start=ONE)
    rest = [part for part in factors if name in part.free]
    if not rest:
        return scale * variable(name)
    if len(rest) > 1:
        return None
    (part,) = rest
    k = variable(name)
    if part.head == "variable":
        return scale * _polynomial(k, 1)
    if part.head == "log" and (line := _line(part.args[0], name)) is not None:
        slope, shift = line
        return scale * (call("log", slope) * k + call("loggamma", k + 1 + shift))
    if part.head != "^":
        return None
    base, exponent = part.args
    if base.head == "^" and base.args[1].is_number and exponent.is_number:  # 1/k^2 is (k^2)^(-1)
        base, exponent = base.args[0], base.args[1] * exponent
    if name not in base.free:
        line = _line(exponent, name)
        if line is None or line[0] is not ONE:
            return None
        return scale * base ** (exponent + 1) / (base - 1)
    if not exponent.is_number or exponent.value.denominator > 1:
        return None
    power = int(exponent.value)
    if 0 < power <= _MOST_DEGREE and base.head == "variable":
        return scale * _polynomial(k, power)
    line = _line(base, name)
    if line is None or not -_MOST_DEGREE <= power < 0:
        return None
    slope, shift = line
    m = -power - 1
    factor = number(Fraction((-1) ** m, math.factorial(m))) * slope**power
    inner = k + 1 + shift
    value = call("digamma", inner) if m == 0 else call("polygamma", number(m), inner)
    return scale * factor * value


def _line(u: Expr, name: str) -> tuple[Expr, Expr] | None:
    """(a, b) with u = a (k + b), a number a > 0 and a number b >= 0."""
    try:
        slope = normal_expr(derivative(u, name))
        if not slope.is_number or slope.value <= 0:
            return None
        start = normal_expr(substitute(u, {name: ZERO}))
    except (NoDerivative, TooLarge):
        return None
    if not start.is_number or not is_zero(slope * variable(name) + start - u):
        return None
    return slope, start / slope


def _polynomial(k: Expr, power: int) -> Expr:
    """The polynomial of degree power + 1 with S(k) − S(k − 1) = k^power and S(0) = 0."""
    left = [Fraction(0)] * power + [Fraction(1)]
    found = ZERO
    for degree in range(power + 1, 0, -1):
        c = left[degree - 1] / degree
        found = found + number(c) * k**degree
        for j in range(degree):  # k^d − (k − 1)^d = Σ over j < d of (−1)^(d − j + 1) C(d, j) k^j
            left[j] -= c * (-1) ** (degree - j + 1) * math.comb(degree, j)
    return found
