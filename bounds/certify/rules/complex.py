"""Expressions at complex balls, as FLINT's certified quadrature asks for them.

A function that is not analytic on the whole ball gives a ball that is not finite, and the
quadrature then goes by smaller ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import acb, arb, ctx

from bounds.certify.language.expression import CONSTANTS, Expr
from bounds.certify.rules.balls import constant


def _nowhere() -> acb:
    return acb(arb.nan(), arb.nan())


def _off_the_cut(z: acb) -> bool:
    return bool(z.real > 0) or not z.imag.contains(0)


def _log(z: acb, analytic: bool) -> acb:
    return z.log() if not analytic or _off_the_cut(z) else _nowhere()


def _sqrt(z: acb, analytic: bool) -> acb:
    return z.sqrt() if not analytic or _off_the_cut(z) else _nowhere()


def _phi(z: acb, _: bool) -> acb:
    return (-z * z / 2).exp() / (2 * arb.pi()).sqrt()


def _Phi(z: acb, _: bool) -> acb:  # noqa: N802 - Φ, not φ
    return (-z / arb(2).sqrt()).erfc() / 2


def _absolute(z: acb, analytic: bool) -> acb:
    return z.real_abs(analytic=analytic)


ANALYTIC: dict[str, Callable[[acb, bool], acb]] = {
    "exp": lambda z, _: z.exp(),
    "expm1": lambda z, _: z.expm1(),
    "log": _log,
    "log1p": lambda z, analytic: _log(1 + z, analytic),
    "sin": lambda z, _: z.sin(),
    "cos": lambda z, _: z.cos(),
    "tan": lambda z, _: z.tan(),
    "sinh": lambda z, _: z.sinh(),
    "cosh": lambda z, _: z.cosh(),
    "tanh": lambda z, _: z.tanh(),
    "erf": lambda z, _: z.erf(),
    "erfc": lambda z, _: z.erfc(),
    "phi": _phi,
    "Phi": _Phi,
    "abs": _absolute,
    "atan": lambda z, a: z.atan() if not a or abs(z.imag) < 1 else _nowhere(),
    "asinh": lambda z, a: z.asinh() if not a or abs(z.imag) < 1 else _nowhere(),
    "atanh": lambda z, a: z.atanh() if not a or abs(z.real) < 1 else _nowhere(),
    "asin": lambda z, a: z.asin() if not a or abs(z.real) < 1 else _nowhere(),
    "acos": lambda z, a: z.acos() if not a or abs(z.real) < 1 else _nowhere(),
    "gamma": lambda z, _: z.gamma(),
    "loggamma": lambda z, a: z.lgamma() if not a or _off_the_cut(z) else _nowhere(),
    "digamma": lambda z, _: z.digamma(),
}


def at_complex(e: Expr, place: Mapping[str, acb], analytic: bool) -> acb:
    """The value at complex balls; not finite where it is not, or not known to be, analytic."""
    memo: dict[Expr, acb] = {}

    def go(node: Expr) -> acb:
        if node in memo:
            return memo[node]
        value = at(node)
        memo[node] = value
        return value

    def at(node: Expr) -> acb:
        head = node.head
        if head == "number":
            return acb(constant("number", node.value, ctx.prec))
        if head in CONSTANTS:
            return acb(constant(head, None, ctx.prec))
        if head == "variable":
            return place[node.args[0]]
        if head in ("+", "*"):
            result = go(node.args[0])
            for part in node.args[1:]:
                result = result + go(part) if head == "+" else result * go(part)
            return result
        if head == "^":
            base, exponent = node.args
            if exponent.is_number and exponent.value.denominator == 1:
                return go(base) ** int(exponent.value)
            if exponent.is_number and exponent.value.denominator == 2:
                return _sqrt(go(base), analytic) ** exponent.value.numerator
            return (go(exponent) * _log(go(base), analytic)).exp()
        f = ANALYTIC.get(head)
        return f(go(node.args[0]), analytic) if f is not None else _nowhere()

    return go(e)
