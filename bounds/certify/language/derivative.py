"""Derivatives of expressions: one rule a function, for each of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

from bounds.certify.errors import InputError
from bounds.certify.language.expression import (
    MINUS_ONE,
    ONE,
    PI,
    ZERO,
    Expr,
    add,
    call,
    multiply,
    number,
    raise_to,
    substitute,
)

Rule: TypeAlias = Callable[..., tuple[Expr | None, ...]]

_HALF = number(1) / 2


def _root(t: Expr) -> Expr:
    return raise_to(t, _HALF)


def _gauss(t: Expr) -> Expr:
    """(2/√π) e^(−t²), the derivative of erf."""
    return 2 * call("exp", -(t * t)) / _root(PI)


def _phi(t: Expr) -> Expr:
    return call("phi", t)


RULES: dict[str, Rule] = {
    "exp": lambda t: (call("exp", t),),
    "expm1": lambda t: (call("exp", t),),
    "log": lambda t: (ONE / t,),
    "log1p": lambda t: (ONE / (1 + t),),
    "cbrt": lambda t: (ONE / (3 * call("cbrt", t) ** 2),),
    "sin": lambda t: (call("cos", t),),
    "cos": lambda t: (-call("sin", t),),
    "tan": lambda t: (1 + call("tan", t) ** 2,),
    "asin": lambda t: (ONE / _root(1 - t * t),),
    "acos": lambda t: (-ONE / _root(1 - t * t),),
    "atan": lambda t: (ONE / (1 + t * t),),
    "atan2": lambda y, x: (x / (x * x + y * y), -y / (x * x + y * y)),
    "sinh": lambda t: (call("cosh", t),),
    "cosh": lambda t: (call("sinh", t),),
    "tanh": lambda t: (1 - call("tanh", t) ** 2,),
    "asinh": lambda t: (ONE / _root(1 + t * t),),
    "acosh": lambda t: (ONE / (_root(t - 1) * _root(t + 1)),),
    "atanh": lambda t: (ONE / (1 - t * t),),
    "erf": lambda t: (_gauss(t),),
    "erfc": lambda t: (-_gauss(t),),
    "erfcx": lambda t: (2 * t * call("erfcx", t) - 2 / _root(PI),),
    "phi": lambda t: (-t * _phi(t),),
    "Phi": lambda t: (_phi(t),),
    "quantile": lambda p: (ONE / _phi(call("quantile", p)),),
    "mills": lambda t: (t * call("mills", t) - 1,),
    "gamma": lambda t: (call("gamma", t) * call("digamma", t),),
    "loggamma": lambda t: (call("digamma", t),),
    "digamma": lambda t: (call("polygamma", 1, t),),
    "polygamma": lambda n, t: (None, call("polygamma", n + 1, t)),
    "beta": lambda a, b: (
        call("beta", a, b) * (call("digamma", a) - call("digamma", a + b)),
        call("beta", a, b) * (call("digamma", b) - call("digamma", a + b)),
    ),
    "binomial": lambda n, k: (
        call("binomial", n, k) * (call("digamma", n + 1) - call("digamma", n - k + 1)),
        call("binomial", n, k) * (call("digamma", n - k + 1) - call("digamma", k + 1)),
    ),
    "gammap": lambda a, t: (None, raise_to(t, a - 1) * call("exp", -t) / call("gamma", a)),
    "gammaq": lambda a, t: (None, -raise_to(t, a - 1) * call("exp", -t) / call("gamma", a)),
    "betai": lambda t, a, b: (
        raise_to(t, a - 1) * raise_to(1 - t, b - 1) / call("beta", a, b),
        None,
        None,
    ),
    "lambertw": lambda t: (ONE / (t + call("exp", call("lambertw", t))),),
    "besselj": lambda n, t: (None, (call("besselj", n - 1, t) - call("besselj", n + 1, t)) / 2),
    "besseli": lambda n, t: (None, (call("besseli", n - 1, t) + call("besseli", n + 1, t)) / 2),
    "besselk": lambda n, t: (None, -(call("besselk", n - 1, t) + call("besselk", n + 1, t)) / 2),
    "hyp1f1": lambda a, b, t: (None, None, a / b * call("hyp1f1", a + 1, b + 1, t)),
    "hyp2f1": lambda a, b, c, t: (
        None,
        None,
        None,
        a * b / c * call("hyp2f1", a + 1, b + 1, c + 1, t),
    ),
}
"""The partial derivatives of each function at its arguments; None where there is no rule."""


class NoDerivative(InputError):
    """There is no rule for this derivative."""


@lru_cache(maxsize=20_000)
def derivative(f: Expr, name: str) -> Expr:
    """The derivative of an expression by one of its variables.

    Args:
        f: the expression.
        name: the variable.

    Raises:
        NoDerivative: a function in it has no rule for that argument.
    """
    if name not in f.free:
        return ZERO
    if f.head == "variable":
        return ONE
    if f.head == "+":
        return _sum(derivative(term, name) for term in f.args)
    if f.head == "*":
        return _sum(
            _product(*f.args[:i], derivative(factor, name), *f.args[i + 1 :])
            for i, factor in enumerate(f.args)
            if name in factor.free
        )
    if f.head == "^":
        return _power(f.args[0], f.args[1], name)
    if f.head == "integral":
        body, bound, low, high = f.args
        inner = (
            ZERO if name not in body.free else Expr("integral", derivative(body, name), *f.args[1:])
        )
        at_ends = [
            _product(sign, substitute(body, {bound.args[0]: end}), derivative(end, name))
            for sign, end in ((ONE, high), (MINUS_ONE, low))
        ]
        return _sum((inner, *at_ends))
    rule = RULES.get(f.head)
    if rule is None:
        raise NoDerivative(f"{f.head} has no derivative here")
    terms = []
    for argument, rate in zip(f.args, rule(*f.args), strict=True):
        if name in argument.free:
            if rate is None:
                raise NoDerivative(f"{f.head} has no derivative by this argument here: {argument}")
            terms.append(_product(rate, derivative(argument, name)))
    return _sum(terms)


def smooth_derivative(f: Expr, name: str) -> Expr:
    """The derivative of an expression that does not jump where the rules give it one.

    An angle atan2 jumps at the negative axis, where the slope of both branches is the same: it has
    no derivative here.

    Args:
        f: the expression.
        name: the variable.

    Raises:
        NoDerivative: a function in it has no rule for that argument, or may jump.
    """
    # step: an expression with an angle that may jump has no slope [false]
    if _may_jump(f):
        raise NoDerivative(f"atan2 in {f} may jump where it has a slope: use atan")
    return derivative(f, name)


@lru_cache(maxsize=20_000)
def _may_jump(f: Expr) -> bool:
    if f.head == "atan2" and f.free:
        return True
    return any(_may_jump(part) for part in f.args if isinstance(part, Expr))


def _power(base: Expr, exponent: Expr, name: str) -> Expr:
    slope = derivative(base, name)
    if name not in exponent.free:
        return _product(exponent, raise_to(base, exponent - 1), slope)
    through = _product(derivative(exponent, name), call("log", base))
    return multiply(
        raise_to(base, exponent), _sum((through, _product(exponent, slope, ONE / base)))
    )


def _sum(terms: Iterable[Expr]) -> Expr:
    return add(*(term for term in terms if term is not ZERO))


def _product(*factors: Expr) -> Expr:
    if ZERO in factors:
        return ZERO
    return multiply(*factors)
