"""How near to 0 an algebraic number can be that is not 0.

Burnikel, Funke, Mehlhorn, Schirra and Schmitt (A separation bound for real algebraic expressions,
2009): a number made of whole numbers by + − · / and roots is U/L with algebraic integers U and L in
a field of degree D. If all conjugates of U are at most u and those of L at most l in absolute
value, then U = 0 or |U| ≥ u^(1 − D), as the product of the conjugates is a whole number other
than 0. So the number is 0 or at least 1/(u^(D − 1) l). The numbers 2 cos(rπ) with rational r are
algebraic integers, too: their conjugates are at most 2, and they lie in a field of roots of unity.
"""

from __future__ import annotations

from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import HALF, PI, Node
from bounds.certify.checker.identity import Algebra
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Undecided

MOST_BITS = 12_000
_MOST_DEGREE, _MOST_EXPONENT = 4_096, 64

Sizes: TypeAlias = "tuple[Rational, Rational]"
"""Upper bounds of log₂ u and log₂ l, at least 0."""


def separation(node: Node, algebra: Algebra) -> int:
    """B so that a constant is 0 or at least 2^(−B) in absolute value, where it is defined.

    Raises:
        Undecided: it is not made of what is known, or B is too large.
    """
    roots: dict[Node, int] = {}
    turns: set[int] = set()
    top, bottom = _sizes(node, algebra, roots, turns, {})
    unity = int(gmpy2.lcm(*turns)) if len(turns) > 1 else max(turns, default=1)
    # step: a cosine has conjugates [call: 1]
    degree = _totient(unity)
    # step: roots have conjugates [call: ()]
    for root in roots.values():
        degree *= root
    if degree > _MOST_DEGREE:
        raise Undecided("an algebraic number has too great a degree")
    # step: all but one of them are no greater than the bound [last sum 1/2]
    bits = top * (degree - 1) + bottom
    if bits > MOST_BITS:
        raise Undecided("an algebraic number may be very near to 0")
    return int(bits) + 1


def _sizes(
    node: Node, algebra: Algebra, roots: dict[Node, int], turns: set[int], memo: dict[Node, Sizes]
) -> Sizes:
    def go(part: Node) -> Sizes:
        if part not in memo:
            memo[part] = own(part)
        return memo[part]

    def own(part: Node) -> Sizes:
        head, args = part.head, part.args
        if head == "number":
            return _bits(args[0].numerator), _bits(args[0].denominator)
        if head == "+":
            top, bottom = go(args[0])
            for arg in args[1:]:
                u, low = go(arg)
                top, bottom = max(top + low, bottom + u) + 1, bottom + low
            return top, bottom
        if head == "*":
            pairs = [go(arg) for arg in args]
            return sum(u for u, _ in pairs), sum(low for _, low in pairs)
        if head == "^" and args[1].head == "number":
            return power(part, args[0], args[1].args[0])
        if head == "cbrt":
            return power(part, args[0], gmpy2.mpq(1, 3))
        if head in ("cos", "sin"):
            return turn(args[0] if head == "cos" else PI * HALF - args[0])
        if head == "tan":
            (u, low), (v, under) = turn(PI * HALF - args[0]), turn(args[0])
            return u + under, low + v
        raise Undecided("a constant is not algebraic by its form")

    def power(part: Node, base: Node, exponent: Rational) -> Sizes:
        times, root = abs(int(exponent.numerator)), int(exponent.denominator)
        if times > _MOST_EXPONENT or root > _MOST_EXPONENT:
            raise Undecided("an exponent is too large")
        u, low = go(base)
        if root > 1:
            roots[part] = root
            u, low = min(
                ((u + (root - 1) * low) / root, low), (u, ((root - 1) * u + low) / root), key=sum
            )
        return (low * times, u * times) if exponent < 0 else (u * times, low * times)

    def turn(angle: Node) -> Sizes:
        share = algebra.form(angle / PI).rational
        if share is None or share.denominator > _MOST_DEGREE:
            raise Undecided("an angle is no rational multiple of pi")
        turns.add(2 * int(share.denominator))
        return gmpy2.mpq(1), gmpy2.mpq(1)

    return go(node)


def _bits(value: int) -> Rational:
    """An upper bound of log₂ of a whole number, 0 for 0."""
    return gmpy2.mpq(int(abs(value)).bit_length())


def _totient(n: int) -> int:
    """The degree of the field of the n-th roots of unity."""
    return sum(1 for k in range(1, n + 1) if gmpy2.gcd(k, n) == 1)
