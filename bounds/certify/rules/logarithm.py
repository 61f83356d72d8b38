"""What an inequality between positive products becomes when logarithms are taken."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.checker.sums import DECREASING
from bounds.certify.language.expression import (
    ONE,
    ZERO,
    Expr,
    add,
    call,
    multiply,
    number,
    raise_to,
)
from bounds.certify.language.text import to_text
from bounds.certify.rules.goal import Node
from bounds.certify.rules.normal import Form, normal


def expanded(e: Expr) -> Expr:
    """Log e, of a product the sum of logarithms: for factors that are all positive."""
    if e.is_number and e.value == 1:
        return ZERO
    if e.head == "*":
        return add(*map(expanded, e.args))
    if e.head == "^":
        return multiply(e.args[1], expanded(e.args[0]))
    if e.head == "exp":
        return e.args[0]
    if e.head == "e":
        return ONE
    if e.head == "gamma":
        return call("loggamma", e.args[0])
    if e.head == "beta":
        a, b = e.args
        return call("loggamma", a) + call("loggamma", b) - call("loggamma", a + b)
    if e.head == "binomial":
        n, k = e.args
        return call("loggamma", n + 1) - call("loggamma", k + 1) - call("loggamma", n - k + 1)
    if e.head == "phi":
        t = e.args[0]
        return -(t * t) / 2 - call("log", 2 * Expr("pi")) / 2
    return call("log", e)


def two_products(f: Expr) -> tuple[Expr, Expr] | None:
    """A, B with f = (B − A)·(something positive or not), where f's numerator has two terms."""
    form = normal(f)
    terms = form.num.to_dict()
    if len(terms) != 2:
        return None
    ctx = form.num.context()
    sides = [
        Form(form.kernels, ctx.from_dict({powers: c}), ctx.constant(1)).expr()
        for powers, c in terms.items()
    ]
    denominator = Form(form.kernels, form.den, ctx.constant(1)).expr()
    first, second = (side / denominator if form.den != 1 else side for side in sides)
    if _sign(first) < 0:
        first, second = second, first
    if _sign(first) < 0 or _sign(second) > 0:
        return None
    return -second, first


def _sign(product: Expr) -> int:
    factors = product.args if product.head == "*" else (product,)
    value = Fraction(1)
    for factor in factors:
        if factor.is_number:
            value *= factor.value
    return 1 if value > 0 else -1


def is_product(e: Expr) -> bool:
    """Whether taking its logarithm makes it simpler."""
    if e.head == "*":
        return any(map(is_product, e.args))
    return e.head in ("exp", "gamma", "beta", "binomial", "phi") or (
        e.head == "^"
        and (not e.args[1].is_number or e.args[1].value.denominator > 1 or abs(e.args[1].value) > 2)
    )


def half_power(e: Expr) -> Expr:
    """The square root."""
    return raise_to(e, number(Fraction(1, 2)))


def arguments(left: Expr, right: Expr) -> Expr:
    """What has the sign of B − A for two values of one monotone function."""
    a, b = left.args[0], right.args[0]
    return a - b if left.head in DECREASING else b - a


def compared(kind: str, left: Expr, right: Expr, grown: Expr, inner: Node) -> Node:
    """The proof of B − A by a monotone map of both sides, from the proof of what it comes down to.

    Args:
        kind: the map.
        left: A.
        right: B.
        grown: what is compared with 0 after the map, in the form in which it is proved.
        inner: its proof.
    """
    return {
        "rule": "map",
        "map": kind,
        "left": to_text(left),
        "right": to_text(right),
        "proof": {"rule": "rewrite", "as": to_text(grown), "proof": inner},
    }
