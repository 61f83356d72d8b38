"""Values of expressions to many digits, and where they are not defined.

This finds mistakes in the problems; it proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mpmath import mp, mpf

from benchmarks.decide.reader import Comparison, Node


class Undefined(ArithmeticError):
    """The expression has no real value at this point."""


def _check(condition: Any, name: str) -> None:
    if not condition:
        raise Undefined(name)


def _mills(x: Any) -> Any:
    return mp.sqrt(mp.pi / 2) * mp.exp(x * x / 2) * mp.erfc(x / mp.sqrt(2))


def _quantile(p: Any) -> Any:
    _check(0 < p < 1, "quantile")
    with mp.extradps(10 + int(-mp.log10(min(p, 1 - p)))):
        return -mp.sqrt(2) * mp.erfinv(1 - 2 * p)


def _binomial(n: Any, k: Any) -> Any:
    _check(n > -1 and k > -1 and n - k > -1, "binomial")
    return mp.binomial(n, k)


def _gamma_ratio(a: Any, x: Any, upper: bool) -> Any:
    _check(a > 0 and x >= 0, "incomplete gamma")
    return mp.gammainc(a, x, mp.inf, True) if upper else mp.gammainc(a, 0, x, True)


def _betai(x: Any, a: Any, b: Any) -> Any:
    _check(a > 0 and b > 0 and 0 <= x <= 1, "betai")
    return mp.betainc(a, b, 0, x, True)


def _guarded(f: Callable[..., Any], name: str, where: Callable[..., bool]) -> Callable[..., Any]:
    def value(*args: Any) -> Any:
        _check(where(*args), name)
        return f(*args)

    return value


def _bessel(f: Callable[..., Any]) -> Callable[..., Any]:
    return _guarded(f, "Bessel", lambda n, x: x > 0 or mp.isint(n))


def _positive(x: Any) -> bool:
    return x > 0


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": mp.exp, "expm1": mp.expm1, "log": _guarded(mp.log, "log", _positive),
    "log1p": _guarded(mp.log1p, "log1p", lambda x: x > -1),
    "sqrt": _guarded(mp.sqrt, "sqrt", lambda x: x >= 0),
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "sin": mp.sin, "cos": mp.cos, "tan": _guarded(mp.tan, "tan", lambda x: abs(mp.cos(x)) > mp.eps),
    "asin": _guarded(mp.asin, "asin", lambda x: abs(x) <= 1),
    "acos": _guarded(mp.acos, "acos", lambda x: abs(x) <= 1),
    "atan": mp.atan, "atan2": _guarded(mp.atan2, "atan2", lambda y, x: bool(x or y)),
    "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh, "asinh": mp.asinh,
    "acosh": _guarded(mp.acosh, "acosh", lambda x: x >= 1),
    "atanh": _guarded(mp.atanh, "atanh", lambda x: abs(x) < 1),
    "erf": mp.erf, "erfc": mp.erfc, "erfcx": lambda x: mp.exp(x * x) * mp.erfc(x),
    "phi": lambda x: mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi),
    "Phi": lambda x: mp.erfc(-x / mp.sqrt(2)) / 2,
    "quantile": _quantile, "mills": _mills,
    "gamma": _guarded(mp.gamma, "gamma", _positive),
    "loggamma": _guarded(mp.loggamma, "loggamma", _positive),
    "digamma": _guarded(mp.digamma, "digamma", _positive),
    "polygamma": _guarded(mp.psi, "polygamma", lambda _, x: x > 0),
    "beta": _guarded(mp.beta, "beta", lambda a, b: a > 0 and b > 0),
    "binomial": _binomial,
    "gammap": lambda a, x: _gamma_ratio(a, x, False),
    "gammaq": lambda a, x: _gamma_ratio(a, x, True), "betai": _betai,
    "lambertw": _guarded(lambda x: mp.re(mp.lambertw(x)), "lambertw", lambda x: x >= -mp.exp(-1)),
    "besseli": _bessel(mp.besseli), "besselj": _bessel(mp.besselj),
    "besselk": _guarded(mp.besselk, "besselk", lambda _, x: x > 0),
    "hyp1f1": mp.hyp1f1, "hyp2f1": _guarded(mp.hyp2f1, "hyp2f1", lambda *args: args[3] < 1),
    "zeta": _guarded(mp.zeta, "zeta", lambda s: s > 1),
    "abs": abs, "min": min, "max": max, "floor": mp.floor, "sign": mp.sign,
}  # fmt: skip

CONSTANTS: dict[str, Callable[[], Any]] = {
    "pi": lambda: +mp.pi, "e": lambda: +mp.e, "euler_gamma": lambda: +mp.euler,
}  # fmt: skip


def _power(base: Any, exponent: Any) -> Any:
    if mp.isint(exponent):
        _check(base != 0 or exponent >= 0, "a power of 0")
    else:
        _check(base > 0 or (base == 0 and exponent > 0), "a real power")
    return base**exponent


def value(node: Node, at: Mapping[str, Any]) -> Any:
    """The value at a point, in the working precision of mpmath.

    Raises:
        Undefined: Outside the domain of a function, or a division by zero.
    """
    if node.op == "number":
        return mpf(node.value.numerator) / node.value.denominator
    if node.op == "variable":
        return at[str(node.value)]
    if node.op == "constant":
        return CONSTANTS[str(node.value)]()
    if node.op == "integral":
        body, bound, low, high = node.args
        name = str(bound.value)
        return mp.quad(lambda t: value(body, {**at, name: t}), [value(low, at), value(high, at)])
    if node.op == "sum":
        body, bound, low, high = node.args
        first, last = int(value(low, at)), int(value(high, at))
        terms = (value(body, {**at, str(bound.value): mpf(k)}) for k in range(first, last + 1))
        return mp.fsum(terms)
    args = [value(part, at) for part in node.args]
    if node.op == "negative":
        return -args[0]
    if node.op in FUNCTIONS:
        return FUNCTIONS[node.op](*args)
    if node.op == "/":
        _check(args[1] != 0, "division by zero")
        return args[0] / args[1]
    if node.op == "^":
        return _power(*args)
    a, b = args
    return a + b if node.op == "+" else a - b if node.op == "-" else a * b


def gap(part: Comparison, at: Mapping[str, Any]) -> tuple[Any, Any]:
    """By how much the comparison holds (negative: it fails), and the size of its sides."""
    left, right = value(part.left, at), value(part.right, at)
    difference = left - right if part.relation[0] == ">" else right - left
    if part.relation == "=":
        difference = -abs(difference)
    elif part.relation == "!=":
        difference = abs(difference)
    return difference, max(abs(left), abs(right))


_DIGITS = (25, 60, 400)


def holds(part: Comparison, at: Callable[[], Mapping[str, Any]]) -> bool:
    """Whether the comparison holds at a point, with more digits where the sides are close.

    The sign of the gap is believed when twice the digits give the same gap to within a tenth of it.
    Sides that no number of digits tells apart count as equal; an equation is asked the most digits
    at once, since sides of which all small terms are lost agree at few digits, too.

    Raises:
        Undefined: Where a side has no value.
    """
    for digits in _DIGITS[-1:] if part.relation == "=" else _DIGITS:
        with mp.workdps(digits):
            rough = gap(part, at())[0]
        with mp.workdps(2 * digits):
            fine = gap(part, at())[0]
            if abs(fine - rough) < abs(fine) / 10:
                return bool(fine > 0)
    return part.relation not in ("<", ">", "!=")
