"""Signs of sums that the ranges of their terms do not show.

A sum is affine in a bounded variable, as 1 − p + p e^s is in p; or it compares two values of one
monotone function, as log x − log y does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bounds.certify.checker.expression import ONE, ZERO, Node, add, multiply
from bounds.certify.checker.verdict import Undecided


class Signs(Protocol):
    """What a region sees of expressions; its spans are ranges of variables with ends."""

    @property
    def spans(self) -> Mapping[str, Any]:
        """The range of each variable."""

    def sign(self, node: Node) -> int | None:
        """The strict sign of an expression on the region, where one is seen."""

    def weak(self, node: Node) -> int | None:
        """1 where an expression is at least 0 on the region, −1 where it is at most 0."""


INCREASING = frozenset(
    ("exp", "expm1", "log", "log1p", "cbrt", "asin", "atan", "sinh", "tanh", "asinh", "acosh",
     "atanh", "erf", "Phi", "quantile", "lambertw")
)  # fmt: skip
"""Functions that increase strictly on all of their domain, which is an interval."""
DECREASING = frozenset(("acos", "erfc", "erfcx", "mills"))
"""Functions that decrease strictly on all of their domain, which is an interval."""


def by_ends(region: Signs, node: Node) -> int | None:
    """The sign of a sum that is affine in a variable between two ends, from its signs at both.

    Args:
        region: where.
        node: the sum.

    Returns:
        1 or −1 where it has this strict sign; None where none is seen.
    """
    if len(node.free) < 2:
        return None
    for name in sorted(node.free & region.spans.keys()):
        span = region.spans[name]
        if span.low is None or span.high is None or (parts := _affine(node, name)) is None:
            continue
        low, high = (add(parts[0], _product(parts[1], end)) for end in (span.low, span.high))
        signs = region.sign(low), region.sign(high)
        # step: an affine function has one sign at both ends [first condition 1/2]
        if signs[0] and signs[0] == signs[1]:
            return signs[0]
        # step: at an end that belongs to the range an affine function is not 0 [true 3/5]
        if signs[0] and not span.high_closed and region.weak(high) == signs[0]:
            return signs[0]
        if signs[1] and not span.low_closed and region.weak(low) == signs[1]:
            return signs[1]
    return None


def _affine(node: Node, name: str) -> tuple[Node, Node] | None:
    """The a and b with node = a + b·v, made of parts of the node; None where it is not so."""
    if name not in node.free:
        return node, ZERO
    if node.head == "variable":
        return ZERO, ONE
    if node.head == "+":
        pairs = [_affine(arg, name) for arg in node.args]
        found = [pair for pair in pairs if pair is not None]
        if len(found) < len(pairs):
            return None
        return add(*(a for a, _ in found)), add(*(b for _, b in found))
    if node.head != "*":
        return None
    having = [arg for arg in node.args if name in arg.free]
    inner = _affine(having[0], name)
    # step: a product of two functions of a variable is not affine in it [first condition 1/3]
    if inner is None or len(having) > 1:
        return None
    others = [arg for arg in node.args if name not in arg.free]
    return _product(inner[0], *others), _product(inner[1], *others)


def _product(*factors: Node) -> Node:
    """A product, which is 0 where a factor is."""
    return ZERO if ZERO in factors else multiply(*factors)


def by_values(region: Signs, node: Node) -> int | None:
    """The sign of g(u) − g(v) for a monotone g, from that of u − v; None where none is seen."""
    if len(node.args) != 2:
        return None
    first, second = node.args
    plus, minus = (second, -first) if first.head == "*" else (first, -second)
    if plus.head != minus.head or plus.head not in INCREASING | DECREASING:
        return None
    try:
        sign = region.sign(plus.args[0] - minus.args[0])
    except Undecided:
        return None
    # step: a decreasing function has the contrary sign [first choice]
    return sign if plus.head in INCREASING or sign is None else -sign
