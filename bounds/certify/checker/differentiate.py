"""Derivatives of expressions, by rules that hold wherever an expression is analytic."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from bounds.certify.checker.expression import (
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Node,
    add,
    call,
    multiply,
    number,
    parts_of,
    raise_to,
    sqrt,
    substitute,
)
from bounds.certify.checker.verdict import Rejected

_KEPT = 20_000


@lru_cache(maxsize=_KEPT)
def derivative(node: Node, name: str) -> Node:
    """The partial derivative by a variable.

    It is the derivative wherever the expression is analytic: where every condition of `defined`
    holds strictly.

    Raises:
        Rejected: there is no rule: for abs, min, max, floor, sign, zeta, sums, and orders.
    """
    if name not in node.free:
        return ZERO
    head, args = node.head, node.args
    if head == "variable":
        return ONE
    if head == "+":
        return _total(derivative(arg, name) for arg in args)
    if head == "*":
        return _of_product(args, name)
    if head == "^":
        return _of_power(node, name)
    if head == "integral":
        return _of_integral(node, name)
    if head in _RATES:
        rate, inner = _RATES[head](args[0]), derivative(args[0], name)
        return ZERO if inner is ZERO else multiply(rate, inner)
    if head in _PARTIALS:
        terms = []
        for arg, partial in zip(args, _PARTIALS[head](*args), strict=True):
            inner = derivative(arg, name)
            if inner is ZERO:
                continue
            if partial is None:
                raise Rejected(f"there is no rule for the derivative of {head} by this argument")
            terms.append(multiply(partial, inner))
        return _total(terms)
    raise Rejected(f"there is no rule for the derivative of {head}")


def derivatives(node: Node, name: str, order: int) -> list[Node]:
    """The expression and its derivatives up to an order."""
    found = [node]
    for _ in range(order):
        found.append(derivative(found[-1], name))
    return found


def _total(terms: object) -> Node:
    return add(*(term for term in terms if term is not ZERO))  # type: ignore[attr-defined]


def _of_product(args: tuple[Node, ...], name: str) -> Node:
    terms = []
    for place, arg in enumerate(args):
        inner = derivative(arg, name)
        if inner is not ZERO:
            terms.append(multiply(*args[:place], inner, *args[place + 1 :]))
    return _total(terms)


def _of_power(node: Node, name: str) -> Node:
    base, exponent = node.args
    terms = []
    inner, outer = derivative(base, name), derivative(exponent, name)
    if inner is not ZERO and exponent is not ZERO:
        terms.append(multiply(exponent, raise_to(base, exponent + MINUS_ONE), inner))
    if outer is not ZERO:
        terms.append(multiply(node, call("log", base), outer))
    return _total(terms)


def _of_integral(node: Node, name: str) -> Node:
    body, bound, low, high = node.args
    require_no_jump(body)
    variable = bound.args[0]
    terms = []
    for end, sign in ((high, ONE), (low, MINUS_ONE)):
        inner = derivative(end, name)
        if inner is not ZERO:
            terms.append(multiply(sign, substitute(body, {variable: end}), inner))
    if name in body.free and name != variable:
        rate = derivative(body, name)
        if rate is not ZERO:
            terms.append(Node("integral", rate, bound, low, high))
    return _total(terms)


def require_no_jump(body: Node) -> None:
    """Reject what stands under an integral or a sum if it may jump where its slope is continuous.

    That is atan2 at its cut. By itself it is analytic elsewhere, but under an integral or a sum
    nothing says where it is not.

    Raises:
        Rejected: it has an atan2 in it.
    """
    # step: an integral of atan2 has no rule, as it may jump [false 1/2]
    if any(part.head == "atan2" for part in parts_of(body)):
        raise Rejected("there is no rule for the derivative of an integral or a sum with atan2")


def _inverse(node: Node) -> Node:
    return raise_to(node, MINUS_ONE)


_HALF_DOWN = number(-1) / number(2)

_RATES: dict[str, Callable[[Node], Node]] = {
    "exp": lambda u: call("exp", u),
    "expm1": lambda u: call("exp", u),
    "log": _inverse,
    "log1p": lambda u: _inverse(ONE + u),
    "cbrt": lambda u: multiply(ONE / number(3), raise_to(call("cbrt", u), number(-2))),
    "sin": lambda u: call("cos", u),
    "cos": lambda u: -call("sin", u),
    "tan": lambda u: raise_to(call("cos", u), number(-2)),
    "asin": lambda u: raise_to(ONE - u**2, _HALF_DOWN),
    "acos": lambda u: -raise_to(ONE - u**2, _HALF_DOWN),
    "atan": lambda u: _inverse(ONE + u**2),
    "sinh": lambda u: call("cosh", u),
    "cosh": lambda u: call("sinh", u),
    "tanh": lambda u: raise_to(call("cosh", u), number(-2)),
    "asinh": lambda u: raise_to(ONE + u**2, _HALF_DOWN),
    "acosh": lambda u: raise_to(u**2 - 1, _HALF_DOWN),
    "atanh": lambda u: _inverse(ONE - u**2),
    "erf": lambda u: TWO / sqrt(PI) * call("exp", -(u**2)),
    "erfc": lambda u: -(TWO / sqrt(PI) * call("exp", -(u**2))),
    "erfcx": lambda u: TWO * u * call("erfcx", u) - TWO / sqrt(PI),
    "phi": lambda u: -(u * call("phi", u)),
    "Phi": lambda u: call("phi", u),
    "quantile": lambda u: _inverse(call("phi", call("quantile", u))),
    "mills": lambda u: u * call("mills", u) - 1,
    "gamma": lambda u: call("gamma", u) * call("digamma", u),
    "loggamma": lambda u: call("digamma", u),
    "digamma": lambda u: call("polygamma", 1, u),
    "lambertw": lambda u: call("exp", -call("lambertw", u)) / (ONE + call("lambertw", u)),
}
"""Derivatives of the functions of one argument."""


def _beta(p: Node, q: Node) -> list[Node | None]:
    value, both = call("beta", p, q), call("digamma", p + q)
    return [value * (call("digamma", p) - both), value * (call("digamma", q) - both)]


def _binomial(n: Node, k: Node) -> list[Node | None]:
    value, rest = call("binomial", n, k), call("digamma", n - k + 1)
    return [
        value * (call("digamma", n + 1) - rest),
        value * (rest - call("digamma", k + 1)),
    ]


def _gamma_density(order: Node, x: Node) -> Node:
    return raise_to(x, order - 1) * call("exp", -x) / call("gamma", order)


def _beta_density(x: Node, p: Node, q: Node) -> Node:
    return raise_to(x, p - 1) * raise_to(ONE - x, q - 1) / call("beta", p, q)


def _bessel(head: str, below: int, above: int) -> Callable[[Node, Node], list[Node | None]]:
    def partials(order: Node, x: Node) -> list[Node | None]:
        lower, upper = call(head, order - 1, x), call(head, order + 1, x)
        return [None, (below * lower + above * upper) / 2]

    return partials


_PARTIALS: dict[str, Callable[..., list[Node | None]]] = {
    "atan2": lambda y, x: [x / (x**2 + y**2), -(y / (x**2 + y**2))],
    "polygamma": lambda n, u: [None, call("polygamma", n + 1, u)],
    "beta": _beta,
    "binomial": _binomial,
    "gammap": lambda s, x: [None, _gamma_density(s, x)],
    "gammaq": lambda s, x: [None, -_gamma_density(s, x)],
    "betai": lambda x, p, q: [_beta_density(x, p, q), None, None],
    "besseli": _bessel("besseli", 1, 1),
    "besselj": _bessel("besselj", 1, -1),
    "besselk": _bessel("besselk", -1, -1),
    "hyp1f1": lambda p, q, x: [None, None, p / q * call("hyp1f1", p + 1, q + 1, x)],
    "hyp2f1": lambda p, q, r, x: [
        None, None, None, p * q / r * call("hyp2f1", p + 1, q + 1, r + 1, x)
    ],
}  # fmt: skip
"""Partial derivatives of the functions of several arguments; None where there is no rule."""
