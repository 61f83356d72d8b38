"""Expressions on arrays of floats: for searching, never for proving."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from bounds.certify.language.expression import BINDERS, Expr
from bounds.certify.rules.goal import tick
from bounds.certify.rules.program import compiled

_ROOT_TWO_PI = math.sqrt(2 * math.pi)
_CONSTANTS = {"pi": math.pi, "e": math.e, "euler_gamma": float(np.euler_gamma)}


_LARGE = 600.0


class _Special:
    """The functions of scipy.special, which is imported where the first of them is used."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def f(*x: Any) -> Any:
            from scipy import special

            return getattr(special, name)(*x)

        return f


special = _Special()


def _positive(f: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x: np.where(x > 0, f(x), np.nan)


def _moderate(f: Callable[..., Any]) -> Callable[..., Any]:
    """The function where no argument is large: beyond, SciPy may sum for minutes."""

    def at(*x: Any) -> Any:
        arguments = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in x))
        small = np.all([np.abs(part) <= _LARGE for part in arguments], axis=0)
        return np.where(small, f(*(np.where(small, part, 0.5) for part in arguments)), np.nan)

    return at


def _lambertw(x: Any) -> Any:
    return np.where(x >= -1 / math.e, special.lambertw(x).real, np.nan)


def _binomial(n: Any, k: Any) -> Any:
    return np.exp(special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1))


def _polygamma(n: Any, x: Any) -> Any:
    value = special.polygamma(n.astype(int), np.where(x > 0, x, 1.0))  # SciPy is slow below 0
    return np.where(x > 0, value, np.nan)


def _zeta(x: Any) -> Any:
    return np.where(x > 1, special.zeta(np.where(x > 1, x, 2.0)), np.nan)


def _fold(f: Callable[..., Any]) -> Callable[..., Any]:
    def folded(*x: Any) -> Any:
        result = x[0]
        for other in x[1:]:
            result = f(result, other)
        return result

    return folded


def _bessel(f: Callable[..., Any]) -> Callable[..., Any]:
    return lambda n, x: np.where((x > 0) | (n == np.floor(n)), f(n, x), np.nan)


FLOATS: dict[str, Callable[..., Any]] = {
    "exp": np.exp,
    "expm1": np.expm1,
    "log": np.log,
    "log1p": np.log1p,
    "cbrt": np.cbrt,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "atan2": np.arctan2,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "atanh": np.arctanh,
    "erf": special.erf,
    "erfc": special.erfc,
    "erfcx": special.erfcx,
    "phi": lambda x: np.exp(-x * x / 2) / _ROOT_TWO_PI,
    "Phi": special.ndtr,
    "quantile": special.ndtri,
    "mills": lambda x: special.erfcx(x / math.sqrt(2)) * math.sqrt(math.pi / 2),
    "gamma": _positive(special.gamma),
    "loggamma": _positive(special.gammaln),
    "digamma": _positive(special.digamma),
    "polygamma": _polygamma,
    "beta": lambda a, b: np.exp(special.betaln(a, b)),
    "binomial": _binomial,
    "gammap": special.gammainc,
    "gammaq": special.gammaincc,
    "betai": lambda x, a, b: special.betainc(a, b, x),
    "lambertw": _lambertw,
    "besseli": _bessel(special.iv),
    "besselj": _bessel(special.jv),
    "besselk": _bessel(special.kv),
    "hyp1f1": _moderate(special.hyp1f1),
    "hyp2f1": _moderate(special.hyp2f1),
    "zeta": _zeta,
    "abs": np.abs,
    "min": _fold(np.minimum),
    "max": _fold(np.maximum),
    "floor": np.floor,
    "sign": np.sign,
}


@lru_cache(maxsize=32)
def _gauss(points: int) -> tuple[Any, Any]:
    return np.polynomial.legendre.leggauss(points)


_MOST_TERMS = 100
"""Longer sums are NaN."""


def _bound(node: Expr, place: dict[str, Any], shape: tuple[int, ...]) -> Any:
    """An integral by Gauss's rule or a finite sum; NaN where that makes no sense."""
    body, bound, low, high = node.args
    start = np.broadcast_to(evaluate_float(low, place), shape)
    end = np.broadcast_to(evaluate_float(high, place), shape)
    name = bound.args[0]
    total = np.zeros(shape)
    if node.head == "sum":
        known = np.isfinite(start) & np.isfinite(end) & (end - start < _MOST_TERMS)
        count = int(np.max(np.where(known, end - start, -1.0), initial=-1)) + 1
        for i in range(count):
            term = evaluate_float(body, {**place, name: start + i})
            total = total + np.where(start + i <= end, term, 0.0)
        return np.where(known, total, np.nan)
    nodes, weights = _gauss(40)
    half = (end - start) / 2
    for node_at, weight in zip(nodes, weights, strict=True):
        at = evaluate_float(body, {**place, name: start + half * (1 + node_at)})
        total = total + weight * at
    return total * half


def evaluate_float(expr: Expr, arrays: Mapping[str, Any]) -> Any:
    """The expression on arrays of floats, elementwise; NaN where it is not defined.

    Args:
        expr: an expression.
        arrays: for each of its variables a float or an array; the shapes are broadcast.

    Returns:
        An array of floats of the common shape. Nothing is raised and no warning is given for
        overflow, division by 0 or an argument outside the domain.
    """
    tick()
    program = compiled(expr)
    place = {name: np.asarray(value, dtype=float) for name, value in arrays.items()}
    shape = np.broadcast_shapes(*(value.shape for value in place.values()))
    values: list[Any] = []
    with np.errstate(all="ignore"):
        for node, arguments in program.steps:
            values.append(_apply(node, [values[j] for j in arguments], place, shape))
    return np.broadcast_to(values[-1], shape)


def _apply(node: Expr, x: list[Any], place: dict[str, Any], shape: tuple[int, ...]) -> Any:
    head = node.head
    if head == "number":
        return np.float64(_float(node))
    if head == "variable":
        return place[node.args[0]]
    if head == "+":
        return _fold(np.add)(*x)
    if head == "*":
        return _fold(np.multiply)(*x)
    if head == "^":
        exponent = node.args[1]
        if exponent.is_number and exponent.value.denominator == 1:
            return np.power(x[0], float(exponent.value))
        real = (x[0] >= 0) | (x[1] == np.floor(x[1]))
        return np.power(np.where(real, x[0], np.nan), x[1])
    if head in _CONSTANTS:
        return np.float64(_CONSTANTS[head])
    if head in BINDERS:
        return _bound(node, place, shape)
    f = FLOATS.get(head)
    return np.float64(np.nan) if f is None else f(*x)


def _float(node: Expr) -> float:
    try:
        return float(node.value)
    except OverflowError:
        return math.inf if node.value > 0 else -math.inf
