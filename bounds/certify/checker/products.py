"""Sums of logarithms and of angles of algebraic numbers, by products.

Σ nⱼ log aⱼ is 0 where Π aⱼ^nⱼ is 1. The angle of c + is with c = √(1 − a²), s = a is asin a, and so
on; Σ nⱼ θⱼ + rπ is a multiple of π where the product of the numbers (cⱼ + i sⱼ)^nⱼ and e^(irπ) is
real, and 0 where it is less than π besides. Machin's formula 4 atan(1/5) − atan(1/239) = π/4 is
such a sum.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import HALF, PI, Node, call, number
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Undecided

MOST_FACTORS = 64
"""The most factors of a product, and the largest exponent."""

Pair: TypeAlias = "tuple[Node, Node]"
Terms: TypeAlias = "list[tuple[Rational, Node]]"

_ONE = number(1)


def _root(node: Node) -> Node:
    return node**HALF


_ANGLES: dict[str, Callable[..., Pair]] = {
    "atan": lambda a: (_ONE, a),
    "asin": lambda a: (_root(1 - a * a), a),
    "acos": lambda a: (a, _root(1 - a * a)),
    "atan2": lambda y, x: (x, y),
}
"""The numbers c + is of which functions are the angles."""

_LOGARITHMS: dict[str, Callable[[Node], Node]] = {
    "log": lambda a: a,
    "log1p": lambda a: 1 + a,
    "asinh": lambda a: a + _root(a * a + 1),
    "acosh": lambda a: a + _root(a * a - 1),
}
"""The numbers of which functions are the logarithms."""


def is_zero_sum(
    node: Node, rational: Callable[[Node], Rational | None], sign: Callable[[Node], int]
) -> bool:
    """Whether a defined constant is a sum of logarithms and angles that is 0; False proves nothing.

    Args:
        node: the constant.
        rational: the value of a node that is rational by its form.
        sign: the certified sign of a constant.
    """
    angles: Terms = []
    logarithms: Terms = []
    turn = gmpy2.mpq(0)
    for factor, leaf in _terms(node, gmpy2.mpq(1), rational):
        if leaf is PI:
            turn += factor
        elif leaf.head in _ANGLES:
            angles.append((factor, leaf))
        elif leaf.head in _LOGARITHMS:
            logarithms.append((factor, _LOGARITHMS[leaf.head](leaf.args[0])))
        elif leaf.head == "atanh":
            (a,) = leaf.args
            logarithms += [(factor / 2, 1 + a), (-factor / 2, 1 - a)]
        else:
            return False
    return _product_is_one(logarithms, sign) and _angles_cancel(angles, turn, sign)


def _terms(node: Node, factor: Rational, rational: Callable[[Node], Rational | None]) -> Terms:
    if node.head == "+":
        return [term for arg in node.args for term in _terms(arg, factor, rational)]
    if node.head == "*":
        left = []
        for arg in node.args:
            value = rational(arg)
            if value is None:
                left.append(arg)
            else:
                factor = factor * value
        if len(left) == 1:
            return _terms(left[0], factor, rational)
    return [(factor, node)]


def _whole(terms: Terms) -> tuple[int, list[int]]:
    """A common denominator, and the factors times it."""
    common = 1
    for factor, _ in terms:
        common = int(gmpy2.lcm(common, factor.denominator))
    powers = [int(factor * common) for factor, _ in terms]
    if max(common, sum(map(abs, powers))) > MOST_FACTORS:
        raise Undecided("a product has too many factors")
    return common, powers


def _product_is_one(terms: Terms, sign: Callable[[Node], int]) -> bool:
    if not terms:
        return True
    _, powers = _whole(terms)
    total = _ONE
    for power, (_, base) in zip(powers, terms, strict=True):
        total = total * base ** number(power)
    # step: the product of the powers is 1 [true]
    return sign(total - 1) == 0


def _angles_cancel(terms: Terms, turn: Rational, sign: Callable[[Node], int]) -> bool:
    if not terms:
        return bool(turn == 0)
    common, powers = _whole(terms)
    rest = number(turn * common) * PI
    x, y = call("cos", rest), call("sin", rest)
    total = rest
    for power, (_, leaf) in zip(powers, terms, strict=True):
        c, s = _ANGLES[leaf.head](*leaf.args)
        s = s if power > 0 else -s
        for _ in range(abs(power)):
            x, y = x * c - y * s, x * s + y * c
        total = total + power * leaf
    # step: the product of the numbers is real [true 2/4]
    # step: the sum of the angles is more than minus pi [true 3/4]
    # step: the sum of the angles is less than pi [true 4/4]
    return sign(y) == 0 and sign(total + PI) > 0 and sign(PI - total) > 0
