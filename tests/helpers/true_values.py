"""True values of the language's functions, from FLINT's balls at 400 bits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gmpy2
from flint import acb, arb, ctx, fmpq

BITS = 400


def ball(number: Any) -> arb:
    """An exact number as a ball."""
    number = gmpy2.mpq(number)
    return arb(fmpq(int(number.numerator), int(number.denominator)))


def _root2() -> arb:
    return arb(2).sqrt()


def _phi(t: arb) -> arb:
    return (-t * t / 2).exp() / (2 * arb.pi()).sqrt()


def _cdf(t: arb) -> arb:
    return (-t / _root2()).erfc() / 2


def _power(base: arb, exponent: arb) -> arb:
    return base**exponent


def _atan2(y: arb, x: arb) -> arb:
    return arb.atan2(y, x)


def _binomial(n: arb, k: arb) -> arb:
    return ((n + 1).lgamma() - (k + 1).lgamma() - (n - k + 1).lgamma()).exp()


def _polygamma(n: arb, t: arb) -> arb:
    return acb(t).polygamma(acb(n)).real


def _k(order: arb, t: arb) -> arb:
    return t.bessel_k(order)


VALUES: dict[str, Callable[..., Any]] = {
    "exp": arb.exp, "expm1": arb.expm1, "log": arb.log, "log1p": arb.log1p,
    "cbrt": lambda t: t.root(3) if t > 0 else (arb(0) if t == 0 else -((-t).root(3))),
    "sin": arb.sin, "cos": arb.cos, "tan": arb.tan, "asin": arb.asin, "acos": arb.acos,
    "atan": arb.atan, "atan2": _atan2, "sinh": arb.sinh, "cosh": arb.cosh, "tanh": arb.tanh,
    "asinh": arb.asinh, "acosh": arb.acosh, "atanh": arb.atanh, "erf": arb.erf, "erfc": arb.erfc,
    "erfcx": lambda t: (t * t).exp() * t.erfc(), "phi": _phi, "Phi": _cdf,
    "mills": lambda t: _cdf(-t) / _phi(t),
    "quantile": lambda p: _root2() * (2 * p - 1).erfinv(),
    "lambertw": arb.lambertw, "gamma": arb.gamma, "loggamma": arb.lgamma, "digamma": arb.digamma,
    "polygamma": _polygamma, "zeta": arb.zeta, "abs": abs, "floor": arb.floor, "sign": arb.sgn,
    "min": arb.min, "max": arb.max,
    "beta": lambda a, b: (a.lgamma() + b.lgamma() - (a + b).lgamma()).exp(),
    "binomial": _binomial,
    "gammap": lambda a, t: arb.gamma_lower(t, a, 1),
    "gammaq": lambda a, t: arb.gamma_upper(t, a, 1),
    "betai": lambda t, a, b: arb.beta_lower(t, a, b, 1),
    "besseli": lambda n, t: t.bessel_i(n), "besselj": lambda n, t: t.bessel_j(n),
    "besselk": _k, "hyp1f1": lambda a, b, t: t.hypgeom_1f1(a, b),
    "hyp2f1": lambda a, b, c, t: t.hypgeom_2f1(a, b, c), "^": _power,
}  # fmt: skip


def true_value(head: str, *arguments: Any) -> arb:
    """The value at exact numbers, as a ball that is far narrower than what is tested."""
    for bits in (BITS, 4 * BITS):
        with ctx.workprec(bits):
            found = VALUES[head](*map(ball, arguments))
            if (
                found.is_finite()
                and found.rad() <= abs(found.mid()) * arb(2) ** -200 + arb(2) ** -300
            ):
                return found
    raise ValueError(f"{head} at {arguments}: no value")


def contains(interval: Any, value: arb) -> bool:
    """Whether an interval may hold the value of a ball: false only by proof."""
    with ctx.workprec(4 * BITS):
        low, high = ball(interval.lo), ball(interval.hi)
        return not (value < low or value > high)
