"""Equations solved for a variable: what eliminates a constraint, or gives a curve of contact."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq

from bounds.certify.language.expression import Expr, call, number, raise_to, variable
from bounds.certify.rules.logarithm import expanded, two_products
from bounds.certify.rules.normal import Form, TooLarge, normal, normal_expr
from bounds.certify.rules.program import compiled

_MOST_LENGTH = 400
_ERRORS = (TooLarge, ZeroDivisionError, OverflowError, ValueError, KeyError)


def solved(equation: Expr, name: str) -> list[Expr]:
    """The solutions of equation = 0 for a variable, where each is a short explicit expression.

    Factors of degree 1 and 2 in the variable are solved; those in which the variable occurs inside
    another function are not. The solutions are guesses to be proved: a square root in them may have
    no real value.
    """
    try:
        _, factors = normal(equation).factored()
    except _ERRORS:
        return []
    roots: list[Expr] = []
    for factor, power in factors:
        if power > 0 and name in factor.free:
            coefficients = polynomial_in(factor, name)
            if coefficients is not None:
                roots += _roots(coefficients)
                continue
            for attempt in (_inside_out, _logarithm):
                inner = attempt(factor, name)
                if inner is not None:
                    roots += solved(inner, name)
                    break
    return [root for root in roots if len(str(root)) <= _MOST_LENGTH]


def _inside_out(factor: Expr, name: str) -> Expr | None:
    """a·exp(u) + b = 0 as u − log(−b/a) = 0, and a·log(u) + b = 0 as u − exp(−b/a) = 0."""
    form = normal(factor)
    at = [i for i, kernel in enumerate(form.kernels) if name in kernel.free]
    if len(at) != 1 or form.kernels[at[0]].head not in ("exp", "log"):
        return None
    kernel = form.kernels[at[0]]
    stand_in = variable("_kernel")
    coefficients = polynomial_in(_replaced(form, at[0], stand_in), "_kernel")
    if coefficients is None or len(coefficients) != 2:
        return None
    value = tidy(-coefficients[0] / coefficients[1])
    if kernel.head == "log":
        return kernel.args[0] - call("exp", value)
    if value.is_number and value.value <= 0:
        return None
    right = number(0) if value.is_number and value.value == 1 else call("log", value)
    return kernel.args[0] - right


def _logarithm(factor: Expr, name: str) -> Expr | None:
    """A product equal to a product, as the difference of their logarithms."""
    try:
        sides = two_products(factor)
    except _ERRORS:
        return None
    if sides is None or not any(side.head in ("*", "exp", "^") for side in sides):
        return None
    difference = normal_expr(expanded(sides[1]) - expanded(sides[0]))
    heads = {node.head for node in compiled(difference).nodes if name in node.free}
    return difference if heads <= {"log", "variable", "+", "*"} else None


def _replaced(form: Form, index: int, other: Expr) -> Expr:
    kernels = tuple(other if i == index else kernel for i, kernel in enumerate(form.kernels))
    return Form(kernels, form.num, form.den).expr()


def polynomial_in(e: Expr, name: str) -> list[Expr] | None:
    """The coefficients, lowest first, of a polynomial in one variable; None where it is not one."""
    try:
        form = normal(e)
    except _ERRORS:
        return None
    at = [i for i, kernel in enumerate(form.kernels) if name in kernel.free]
    if len(at) != 1 or form.kernels[at[0]].head != "variable":
        return None
    index = at[0]
    if any(powers[index] for powers in form.den.to_dict()):
        return None
    parts: dict[int, list[Expr]] = {}
    for powers, coefficient in form.num.to_dict().items():
        term = number(1)
        for i, kernel in enumerate(form.kernels):
            if i != index and powers[i]:
                term = term * _power(kernel, int(powers[i]))
        scale = number(_rational(coefficient))
        parts.setdefault(int(powers[index]), []).append(scale * term)
    below = number(1)
    if form.den != 1:
        below = Form(form.kernels, form.den, form.den / form.den).expr()
    degree = max(parts, default=0)
    result = []
    for k in range(degree + 1):
        total = number(0)
        for term in parts.get(k, []):
            total = total + term
        result.append(total / below if below != number(1) else total)
    return result


def _power(kernel: Expr, n: int) -> Expr:
    if kernel.head == "^" and kernel.args[1].is_number:
        return raise_to(kernel.args[0], number(kernel.args[1].value * n))
    return raise_to(kernel, number(n))


def _rational(coefficient: Any) -> Fraction:
    q = fmpq(coefficient)
    return Fraction(int(q.p), int(q.q))


def _roots(coefficients: list[Expr]) -> list[Expr]:
    if len(coefficients) == 2:
        return [tidy(-coefficients[0] / coefficients[1])]
    if len(coefficients) == 3:
        c, b, a = coefficients
        half = number(1) / 2
        if b == number(0):
            root = raise_to(tidy(-c / a), half)
            return [root, -root]
        root = raise_to(tidy(b * b - 4 * a * c), half)
        return [tidy((-b + root) / (2 * a)), tidy((-b - root) / (2 * a))]
    return []


def tidy(e: Expr) -> Expr:
    """The normal form where it is shorter."""
    try:
        other = normal_expr(e)
    except _ERRORS:
        return e
    return other if len(str(other)) < len(str(e)) else e
