"""The partial derivatives of every function at balls, from its arguments and its value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from flint import arb

from bounds.certify.language.expression import Expr
from bounds.certify.rules.balls import BALLS, nowhere, rational_power, zeta_derivative

Slope = Callable[[arb, arb], arb]


def _root_two_over_pi() -> arb:
    return 2 / arb.pi().sqrt()


def _half(x: arb) -> arb:
    return rational_power(x, Fraction(-1, 2))


def _inverse(x: arb) -> arb:
    return rational_power(x, Fraction(-1))


def _sign(x: arb, _: arb) -> arb:
    return arb(1) if x > 0 else arb(-1) if x < 0 else arb(0, 1)


def _flat(x: arb, value: arb) -> arb:
    return arb(0) if value.is_exact() and not x.contains_integer() else nowhere()


_UNARY: dict[str, Slope] = {
    "exp": lambda _x, v: v,
    "expm1": lambda _x, v: v + 1,
    "log": lambda x, _v: _inverse(x),
    "log1p": lambda x, _v: _inverse(1 + x),
    "cbrt": lambda _x, v: _inverse(3 * rational_power(v, Fraction(2))),
    "sin": lambda x, _v: BALLS["cos"](x),
    "cos": lambda x, _v: -BALLS["sin"](x),
    "tan": lambda _x, v: 1 + rational_power(v, Fraction(2)),
    "asin": lambda x, _v: _half(1 - rational_power(x, Fraction(2))),
    "acos": lambda x, _v: -_half(1 - rational_power(x, Fraction(2))),
    "atan": lambda x, _v: _inverse(1 + rational_power(x, Fraction(2))),
    "sinh": lambda x, _v: BALLS["cosh"](x),
    "cosh": lambda x, _v: BALLS["sinh"](x),
    "tanh": lambda _x, v: 1 - rational_power(v, Fraction(2)),
    "asinh": lambda x, _v: _half(1 + rational_power(x, Fraction(2))),
    "acosh": lambda x, _v: _half(rational_power(x, Fraction(2)) - 1),
    "atanh": lambda x, _v: _inverse(1 - rational_power(x, Fraction(2))),
    "erf": lambda x, _v: _root_two_over_pi() * BALLS["exp"](-rational_power(x, Fraction(2))),
    "erfc": lambda x, _v: -_root_two_over_pi() * BALLS["exp"](-rational_power(x, Fraction(2))),
    "erfcx": lambda x, v: 2 * x * v - _root_two_over_pi(),
    "phi": lambda x, v: -x * v,
    "Phi": lambda x, _v: BALLS["phi"](x),
    "quantile": lambda _x, v: _inverse(BALLS["phi"](v)),
    "mills": lambda x, v: x * v - 1,
    "gamma": lambda x, v: v * BALLS["digamma"](x),
    "loggamma": lambda x, _v: BALLS["digamma"](x),
    "digamma": lambda x, _v: BALLS["polygamma"](arb(1), x),
    "lambertw": lambda _x, v: _inverse(BALLS["exp"](v) * (1 + v)),
    "zeta": lambda x, _v: zeta_derivative(x),
    "abs": _sign,
    "sign": lambda x, _v: arb(0) if not x.contains(0) else nowhere(),
    "floor": _flat,
}


def _product(values: Sequence[arb], needed: Sequence[bool]) -> list[arb | None]:
    count = len(values)
    after = [arb(1)] * count
    for i in range(count - 2, -1, -1):
        after[i] = after[i + 1] * values[i + 1]
    result: list[arb | None] = []
    before = arb(1)
    for i, value in enumerate(values):
        result.append(before * after[i] if needed[i] else None)
        before = before * value
    return result


def _chosen(x: Sequence[arb], smallest: bool) -> list[arb]:
    """Of min or max: 1 where the argument is surely the one, [0, 1] where it may be."""
    result = []
    for i, own in enumerate(x):
        others = [other for j, other in enumerate(x) if j != i]
        if all(own < other if smallest else own > other for other in others):
            result.append(arb(1))
        elif any(own > other if smallest else own < other for other in others):
            result.append(arb(0))
        else:
            result.append(arb(0.5, 0.5))
    return result


def _several(head: str, x: Sequence[arb], v: arb) -> list[arb | None]:
    """The partial derivatives of a function of several arguments; None where none is known."""
    if head in ("min", "max"):
        return list(_chosen(x, head == "min"))
    if head == "atan2":
        square = rational_power(x[0], Fraction(2)) + rational_power(x[1], Fraction(2))
        return [x[1] * _inverse(square), -x[0] * _inverse(square)]
    if head == "beta":
        psi = BALLS["digamma"]
        both = psi(x[0] + x[1])
        return [v * (psi(x[0]) - both), v * (psi(x[1]) - both)]
    if head == "binomial":
        psi = BALLS["digamma"]
        rest = psi(x[0] - x[1] + 1)
        return [v * (psi(x[0] + 1) - rest), v * (rest - psi(x[1] + 1))]
    if head == "polygamma":
        return [None, BALLS["polygamma"](x[0] + 1, x[1])]
    if head in ("gammap", "gammaq"):
        a, t = x
        density = BALLS["exp"]((a - 1) * BALLS["log"](t) - t - BALLS["loggamma"](a))
        return [None, density if head == "gammap" else -density]
    if head == "betai":
        t, a, b = x
        density = BALLS["exp"]((a - 1) * BALLS["log"](t) + (b - 1) * BALLS["log"](1 - t))
        return [density * _inverse(BALLS["beta"](a, b)), None, None]
    if head in ("besseli", "besselj", "besselk"):
        f, (n, t) = BALLS[head], x
        below, above = f(n - 1, t), f(n + 1, t)
        if head == "besselj":
            return [None, (below - above) / 2]
        return [None, (below + above) / (2 if head == "besseli" else -2)]
    if head == "hyp1f1":
        a, b, t = x
        return [None, None, a / b * BALLS[head](a + 1, b + 1, t)]
    if head == "hyp2f1":
        a, b, c, t = x
        return [None, None, None, a * b / c * BALLS[head](a + 1, b + 1, c + 1, t)]
    return [None] * len(x)


def partials(
    node: Expr, x: Sequence[arb], value: arb, needed: Sequence[bool]
) -> Sequence[arb | None]:
    """The derivative of one node by each argument that is needed, at balls.

    Args:
        node: the node.
        x: its arguments' balls.
        value: its own.
        needed: for each argument, whether its derivative is asked for.

    Returns:
        A ball for each argument that is needed, not finite where no derivative is known, and None
        for the others.
    """
    head = node.head
    if head == "+":
        return [arb(1) if need else None for need in needed]
    if head == "*":
        return _product(x, needed)
    if head == "^":
        exponent = node.args[1]
        if exponent.is_number:
            q = exponent.value
            slope = rational_power(x[0], q - 1) * (arb(q.numerator) / q.denominator)
            return [slope if q != 0 else arb(0), None]
        by_base = x[1] * value * _inverse(x[0]) if needed[0] else None
        return [by_base, value * BALLS["log"](x[0]) if needed[1] else None]
    unary = _UNARY.get(head)
    if unary is not None:
        return [unary(x[0], value)]
    known = _several(head, x, value)
    return [
        None if not need else nowhere() if slope is None else slope
        for need, slope in zip(needed, known, strict=True)
    ]
