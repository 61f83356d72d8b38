"""Where an expression is defined, and where it is analytic: the conditions of each function.

A condition compares an expression with 0. Under an integral or a sum it is asked for all values of
the bound variable between the ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import (
    BINDERS,
    HALF,
    ONE,
    E,
    Node,
    call,
    parts_of,
    raise_to,
    substitute,
    variable,
)
from bounds.certify.checker.verdict import Rejected, Undecided

Needs: TypeAlias = "list[tuple[Node, str] | tuple[Node, str, Node]]"
Bounds: TypeAlias = "tuple[tuple[str, Node, Node], ...]"


@dataclass(frozen=True, slots=True)
class Condition:
    """node relation 0, for all values of the bound variables between their ends.

    Attributes:
        node: what is compared with 0.
        relation: ">", ">=" or "!=".
        bound: (name, low, high) of the bound variables that occur in it.
        exponent: where this is positive, node ≥ 0 is enough: 0^a = 0 for a > 0.
    """

    node: Node
    relation: str
    bound: Bounds = ()
    exponent: Node | None = None


def _orders(order: Node, x: Node) -> Needs:
    whole = order.head == "number" and order.args[0].denominator == 1
    # step: a Bessel function of a broken order is asked for beyond 0 [true]
    return [] if whole else [(x, ">")]


def _power(base: Node, exponent: Node) -> Needs:
    if exponent.head != "number":
        # step: a power that is not a number is of a positive base [true]
        return [] if base is E else [(base, ">", exponent)]
    value = exponent.args[0]
    if value.denominator == 1:
        # step: a negative power is of what is not 0 [false]
        return [(base, "!=")] if value < 0 else []
    # step: a power of a base that may be 0 is not negative [true]
    return [(base, ">=" if value > 0 else ">")]


def _polygamma(order: Node, u: Node) -> Needs:
    value = order.args[0] if order.head == "number" else gmpy2.mpq(-1)
    if value.denominator != 1 or not 0 <= value <= 40:
        raise Rejected("the order of a polygamma function is a whole number from 0 to 40")
    # step: a polygamma function is asked for beyond 0 [list 1/2: []]
    return [(u, ">")]


_NEEDS: dict[str, Callable[..., Needs]] = {
    "^": _power,
    "log": lambda u: [(u, ">")],
    "log1p": lambda u: [(ONE + u, ">")],
    "tan": lambda u: [(call("cos", u), "!=")],
    "asin": lambda u: [(ONE - u, ">="), (ONE + u, ">=")],
    "acos": lambda u: [(ONE - u, ">="), (ONE + u, ">=")],
    "acosh": lambda u: [(u - 1, ">=")],
    "atanh": lambda u: [(ONE - u, ">"), (ONE + u, ">")],
    "atan2": lambda y, x: [(y**2 + x**2, "!=")],
    "quantile": lambda p: [(p, ">"), (ONE - p, ">")],
    "gamma": lambda u: [(u, ">")],
    "loggamma": lambda u: [(u, ">")],
    "digamma": lambda u: [(u, ">")],
    "polygamma": _polygamma,
    "beta": lambda p, q: [(p, ">"), (q, ">")],
    "binomial": lambda n, k: [(n + 1, ">"), (k + 1, ">"), (n - k + 1, ">")],
    "gammap": lambda s, x: [(s, ">"), (x, ">=")],
    "gammaq": lambda s, x: [(s, ">"), (x, ">=")],
    "betai": lambda x, p, q: [(x, ">="), (ONE - x, ">="), (p, ">"), (q, ">")],
    "lambertw": lambda u: [(u + raise_to(E, -ONE), ">=")],
    "besseli": _orders,
    "besselj": _orders,
    "besselk": lambda _, x: [(x, ">")],
    "hyp1f1": lambda _, q, __: [(q, ">")],
    "hyp2f1": lambda _, __, r, x: [(r, ">"), (ONE - x, ">")],
    "zeta": lambda u: [(u - 1, ">")],
}
"""What the arguments of each function must fulfil."""

_STRICT: dict[str, Callable[..., Needs]] = {
    "abs": lambda u: [(u, "!=")],
    "sign": lambda u: [(u, "!=")],
    "floor": lambda u: [(call("sin", Node("pi") * u), "!=")],
    "cbrt": lambda u: [(u, "!=")],
    "min": lambda *args: _different(args),
    "max": lambda *args: _different(args),
    "atan2": lambda y, x: [(raise_to(x**2 + y**2, HALF) + x, ">")],
}
"""What they must fulfil besides, for the function to be analytic there."""


def _different(args: tuple[Node, ...]) -> Needs:
    return [(a - b, "!=") for k, a in enumerate(args) for b in args[k + 1 :]]


@lru_cache(maxsize=5_000)
def conditions(node: Node, *, analytic: bool = False) -> tuple[Condition, ...]:
    """What must hold for an expression to be defined, or analytic in all of its variables.

    Raises:
        Rejected: an order is not a number where it must be.
    """
    found: dict[Condition, None] = {}
    for part in _unbound_parts(node):
        for condition in _own(part, analytic):
            found[condition] = None
    return tuple(found)


def _unbound_parts(node: Node) -> list[Node]:
    """The parts of a node, without what stands under integrals and sums."""
    seen: dict[Node, None] = {}
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen[part] = None
        if part.head in BINDERS:
            waiting.extend(part.args[2:])
        elif part.head not in ("number", "variable"):
            waiting.extend(part.args)
    return list(seen)


def _own(part: Node, analytic: bool) -> list[Condition]:
    if part.head in BINDERS:
        if analytic and part.head == "sum" and any(end.free for end in part.args[2:]):
            raise Rejected("a sum with variable ends is not analytic in them")
        return _under(part)
    needs = _NEEDS[part.head](*part.args) if part.head in _NEEDS else []
    if analytic:
        needs = [(node, ">" if relation == ">=" else relation) for node, relation, *_ in needs]
        if part.head in _STRICT:
            needs = [*needs, *_STRICT[part.head](*part.args)]
    return [
        Condition(node, relation, exponent=rest[0] if rest else None)
        for node, relation, *rest in needs
    ]


def _under(part: Node) -> list[Condition]:
    """The conditions under an integral or a sum, its variable renamed to what no text can have."""
    body, bound, low, high = part.args
    name = f"under'{_depth(part)}"
    place = {bound.args[0]: variable(name)}
    # step: what stands under an integral is defined [call 6/6: ()]
    return [
        Condition(
            substitute(inner.node, place),
            inner.relation,
            (
                (name, low, high),
                *((n, substitute(a, place), substitute(b, place)) for n, a, b in inner.bound),
            ),
            None if inner.exponent is None else substitute(inner.exponent, place),
        )
        for inner in conditions(body)
    ]


def _depth(node: Node) -> int:
    """How many integrals and sums are inside one another."""
    if node.head in ("number", "variable"):
        return 0
    inner = max((_depth(arg) for arg in node.args), default=0)
    return inner + (node.head in BINDERS)


def fulfilled(sign: int, relation: str) -> bool:
    """Whether a number of this sign fulfils a comparison with 0."""
    return {
        ">": sign > 0, ">=": sign >= 0, "<": sign < 0, "<=": sign <= 0, "!=": sign != 0,
        "=": sign == 0,
    }[relation]  # fmt: skip


def strict_at(node: Node, place: Mapping[str, Node], constants: Constants) -> None:
    """Prove that an expression is analytic at a point.

    Raises:
        Undecided: it is not proved.
    """
    for condition in conditions(node, analytic=True):
        if condition.bound:
            raise Undecided("an integral is not proved to be analytic at a point")
        if not fulfilled(constants.sign(substitute(condition.node, place)), condition.relation):
            raise Undecided("a function is not analytic at a point")


def whole(node: Node, integers: frozenset[str]) -> bool:
    """Whether an expression has whole values where these variables have."""
    if node.head == "number":
        return bool(node.args[0].denominator == 1)
    if node.head == "variable":
        return node.args[0] in integers
    if node.head in ("+", "*"):
        return all(whole(arg, integers) for arg in node.args)
    return node.head == "floor"


def require_whole_ends(node: Node, integers: frozenset[str]) -> None:
    """Reject sums that do not run from a whole number to a whole number."""
    for part in parts_of(node):
        # step: a sum runs between whole numbers [false 1/5]
        if part.head == "sum" and not all(whole(end, integers) for end in part.args[2:]):
            raise Rejected("a sum runs from a whole number to a whole number")
