"""Signs that are seen at once: from the signs of the parts, on an open interval."""

from __future__ import annotations

from functools import lru_cache

from bounds.certify.language.expression import Expr
from bounds.certify.rules.numeric import Span, constant_sign, precision

_ALL = frozenset((-1, 0, 1))
_PLUS, _MINUS, _ZERO = frozenset((1,)), frozenset((-1,)), frozenset((0,))
_POSITIVE = {"exp", "phi", "Phi", "mills", "erfcx", "erfc", "cosh", "gamma", "beta", "binomial"}
_ODD = {"sinh", "tanh", "atan", "asinh", "erf", "expm1", "log1p", "cbrt", "asin", "atanh"}


def one_sign(f: Expr, name: str, span: Span) -> int | None:
    """The sign of f on the whole open interval, where its form shows it."""
    signs = _signs(f, name, span)
    return next(iter(signs)) if signs in (_PLUS, _MINUS) else None


def not_negative(f: Expr, name: str, span: Span) -> bool:
    """Whether the form of f shows that it is nowhere negative."""
    return -1 not in _signs(f, name, span)


@lru_cache(maxsize=50_000)
def _signs(f: Expr, name: str, span: Span) -> frozenset[int]:
    if name not in f.free:
        if f.free:
            return _ALL
        if f.is_number and f.value == 0:
            return _ZERO
        sign = constant_sign(f)
        return _ALL if sign is None else frozenset((sign,))
    if f.head == "variable":
        return _of_variable(span)
    if f.head == "+":
        total = _signs(f.args[0], name, span)
        for part in f.args[1:]:
            total = _sum(total, _signs(part, name, span))
        return total
    if f.head == "*":
        total = _PLUS
        for part in f.args:
            total = frozenset(a * b for a in total for b in _signs(part, name, span))
        return total
    if f.head == "^":
        base, q = f.args
        own = _signs(base, name, span)
        if not q.is_number or q.value.denominator > 1:
            return _PLUS if own == _PLUS else frozenset((0, 1)) if 0 in own else _PLUS
        if q.value % 2 == 0:
            return frozenset(a * a for a in own)
        return own
    if f.head in _POSITIVE:
        return _PLUS
    if f.head in _ODD:
        return _signs(f.args[0], name, span)
    if f.head in ("besseli", "besselk") and f.args[0].is_number and f.args[0].value >= 0:
        return _PLUS if _signs(f.args[1], name, span) == _PLUS else _ALL
    if f.head in ("hyp1f1", "hyp2f1"):
        return _of_series(f, -1 not in _signs(f.args[-1], name, span))
    if f.head == "polygamma" and f.args[0].is_number and f.args[0].value >= 1:
        return _PLUS if f.args[0].value % 2 else _MINUS
    if f.head == "abs":
        return frozenset(a * a for a in _signs(f.args[0], name, span))
    return _ALL


def _of_series(f: Expr, not_left: bool) -> frozenset[int]:
    """Hypergeometric functions: of positive terms, or a mean of what is positive."""
    *orders, _ = f.args
    if not all(order.is_number for order in orders):
        return _ALL
    *tops, bottom = (order.value for order in orders)
    if not_left and min(tops) >= 0:
        return _PLUS
    if f.head == "hyp1f1":
        return _PLUS if 0 <= tops[0] <= bottom else _ALL
    return _PLUS if any(0 < top <= bottom for top in tops) else _ALL


def _sum(a: frozenset[int], b: frozenset[int]) -> frozenset[int]:
    result: set[int] = set()
    for x in a:
        for y in b:
            result |= (
                {x + y} if abs(x + y) < 2 and (x == 0 or y == 0) else {x} if x == y else {-1, 0, 1}
            )
    return frozenset(result)


@lru_cache(maxsize=1024)
def _of_variable(span: Span) -> frozenset[int]:
    with precision(128):
        low, high = span.ends()
        if low is not None and (low >= 0):
            return _PLUS
        if high is not None and (high <= 0):
            return _MINUS
    return _ALL
