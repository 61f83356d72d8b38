"""Signs on unbounded ranges, by intervals whose ends may be infinite.

For what is far out: there sin, cos and atan stay between two numbers while a polynomial or an
exponential grows. An interval holds every value of the expression at real points of the range, so
an infinite end stands for "as large as one likes", and 0·∞ is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import Node
from bounds.certify.checker.precision import Mpfr, Precision

Pair: TypeAlias = "tuple[Mpfr, Mpfr]"
"""The ends of an interval, lower first; either may be infinite."""

_INF = gmpy2.inf()


class NotSeen(Exception):
    """This arithmetic has no enclosure for the expression here; that says nothing about it."""


def far_interval(node: Node, place: Mapping[str, Pair], at: Precision) -> Pair:
    """All values of an expression over a box that may be unbounded.

    Args:
        node: the expression, defined on the whole box (the caller has proved that).
        place: for each variable the ends of its range.
        at: the precision.

    Raises:
        NotSeen: a function in it is not known here, or is not monotone or bounded.
    """
    memo: dict[Node, Pair] = {}

    def go(e: Node) -> Pair:
        if e in memo:
            return memo[e]
        at.spend(1)
        value = memo[e] = _value(e, go, place, at)
        if gmpy2.is_nan(value[0]) or gmpy2.is_nan(value[1]) or not value[0] <= value[1]:
            raise NotSeen
        return value

    return go(node)


def far_sign(node: Node, place: Mapping[str, Pair], at: Precision) -> int | None:
    """The strict sign of an expression on such a box, or None where it is not seen."""
    try:
        low, high = far_interval(node, place, at)
    except NotSeen:
        return None
    return 1 if low > 0 else -1 if high < 0 else None


def far_not_negative(node: Node, place: Mapping[str, Pair], at: Precision) -> bool:
    """Whether an expression is seen to be at least 0 on such a box."""
    try:
        return bool(far_interval(node, place, at)[0] >= 0)
    except NotSeen:
        return False


def _value(e: Node, go: Callable[[Node], Pair], place: Mapping[str, Pair], at: Precision) -> Pair:
    head, args = e.head, e.args
    if head == "number":
        return at.below(args[0]), at.above(args[0])
    if head == "variable":
        return place[args[0]]
    if head == "pi":
        return at.down.const_pi(), at.up.const_pi()
    if head == "e":
        one = at.integer(1)
        return at.down.exp(one), at.up.exp(one)
    if head == "+":
        low, high = go(args[0])
        for part in args[1:]:
            a, b = go(part)
            low, high = _added(at.down, low, a), _added(at.up, high, b)
        return low, high
    if head == "*":
        total = go(args[0])
        for part in args[1:]:
            total = _multiplied(total, go(part), at)
        return total
    if head == "^" and args[1].head == "number":
        return _power(go(args[0]), args[1].args[0], at)
    if head in _RISING:
        low, high = go(args[0])
        down, up = getattr(at.down, _RISING[head]), getattr(at.up, _RISING[head])
        least, most = _LIMITS.get(head, (-_INF, _INF))
        return (
            least if low == -_INF else down(low),
            most if high == _INF else up(high),
        )
    if head in ("sin", "cos"):
        return at.integer(-1), at.integer(1)
    if head == "log":
        low, high = go(args[0])
        return (
            at.down.log(low) if low > 0 else -_INF,
            at.up.log(high) if 0 < high < _INF else _INF if high > 0 else _refused(),
        )
    if head == "atan":
        low, high = go(args[0])
        return (
            at.down.atan(low) if low > -_INF else at.down.minus(at.up.div(at.up.const_pi(), 2)),
            at.up.atan(high) if high < _INF else at.up.div(at.up.const_pi(), 2),
        )
    if head == "abs":
        low, high = go(args[0])
        zero = at.integer(0)
        if low >= 0:
            return low, high
        negated = (at.down.minus(high), at.up.minus(low))
        return negated if high <= 0 else (zero, max(negated[1], high))
    if head in ("Phi", "erfc"):
        low, high = go(args[0])
        return _tail(low, high, head, at)
    return _refused()


def _tail(low: Mpfr, high: Mpfr, head: str, at: Precision) -> Pair:
    """erfc(u) falls from 2 to 0; Φ(u) = erfc(−u/√2)/2 rises from 0 to 1."""
    zero, half = at.integer(0), gmpy2.mpfr(0.5)
    if head == "erfc":
        return (
            zero if high == _INF else at.down.erfc(high),
            at.integer(2) if low == -_INF else at.up.erfc(low),
        )
    two = at.integer(2)
    roots = at.down.sqrt(two), at.up.sqrt(two)

    def scaled(x: Mpfr, context: Any) -> Mpfr:
        # −x/√2, rounded as the context rounds
        y = context.minus(x)
        up = context is at.up
        root = roots[0] if (y > 0) == up else roots[1]
        return context.div(y, root)

    below = zero if low == -_INF else at.down.mul(at.down.erfc(scaled(low, at.up)), half)
    above = at.integer(1) if high == _INF else at.up.mul(at.up.erfc(scaled(high, at.down)), half)
    return below, above


def _refused() -> Any:
    raise NotSeen


_RISING = {"exp": "exp", "expm1": "expm1", "erf": "erf", "tanh": "tanh", "sinh": "sinh"}
_LIMITS: dict[str, tuple[Any, Any]] = {
    "exp": (gmpy2.mpfr(0), _INF),
    "expm1": (gmpy2.mpfr(-1), _INF),
    "erf": (gmpy2.mpfr(-1), gmpy2.mpfr(1)),
    "tanh": (gmpy2.mpfr(-1), gmpy2.mpfr(1)),
}


def _added(context: Any, a: Mpfr, b: Mpfr) -> Mpfr:
    """A sum of two lower (or two upper) ends: an end is infinite on its own side alone."""
    return context.add(a, b)


def _multiplied(x: Pair, y: Pair, at: Precision) -> Pair:
    ends = []
    for context in (at.down, at.up):
        products = [at.integer(0) if a == 0 or b == 0 else context.mul(a, b) for a in x for b in y]
        ends.append(min(products) if context is at.down else max(products))
    return ends[0], ends[1]


def _power(x: Pair, q: Any, at: Precision) -> Pair:
    low, high = x
    if q.denominator != 1:
        if q != gmpy2.mpq(1, 2):
            _refused()
        low = max(low, at.integer(0))
        return at.down.sqrt(low), at.up.sqrt(high) if high < _INF else _INF
    n = int(q)
    if n < 0:
        if low > 0 or high < 0:
            one = at.integer(1)
            inverse = (
                at.integer(0) if high == _INF else at.down.div(one, high),
                at.integer(0) if low == -_INF else at.up.div(one, low),
            )
            return _power(inverse, -q, at)
        _refused()
    if n > 64:
        _refused()
    if n % 2 == 0:
        zero = at.integer(0)
        if low < 0 < high:
            low, high = zero, max(at.up.minus(low), high)
        elif high <= 0:
            low, high = at.down.minus(high), at.up.minus(low)
    result: Pair = (at.integer(1), at.integer(1))
    if n % 2 == 0 or low >= 0:
        for _ in range(n):
            result = _multiplied(result, (low, high), at)
        return result
    return _odd(low, n, at.down), _odd(high, n, at.up)


def _odd(x: Mpfr, n: int, context: Any) -> Mpfr:
    """x^n for odd n, rounded as the context rounds: MPFR rounds powers correctly."""
    if x in (_INF, -_INF):
        return x
    return context.pow(x, n)
