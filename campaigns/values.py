"""Values of the common language's texts at a point, by mpmath and fractions; no engine is asked.

A campaign that knows whether a statement is true must not know it from what it tests: this reader
is Python's own, and the values are mpmath's at 80 digits, or exact fractions.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import mpmath

MP = mpmath.mp.clone()
_DIGITS = (80, 130)
MP.dps = _DIGITS[0]
_NOTHING = MP.mpf(10) ** -60
"""Below this, in proportion to what is compared, two values are not told apart."""
_SURE, _LOST, _HARDLY = 1000, 20, MP.mpf(10) ** -50
_MOST_POWER, _MOST_EXPONENT = 400, 10**6

Value = Any
"""An exact `Fraction`, or a number of `MP`."""


class Undefined(Exception):
    """A function has no value here."""


class Unclear(Exception):
    """Too close, or too large, for this arithmetic."""


def value(text: str, place: Mapping[str, str]) -> Value:
    """The value of an expression at a point whose coordinates are texts, too.

    Raises:
        Undefined: the expression has none there.
        Unclear: it is beyond this arithmetic.
    """
    return _walk(_parsed(text), {name: value(at, {}) for name, at in place.items()})


def compare(left: str, right: str, place: Mapping[str, str]) -> int:
    """The sign of right - left: 1, -1, or 0 where the two are equal, or not told apart.

    It is believed where 80 and 130 digits agree on it.

    Raises:
        Undefined: a side has no value there.
        Unclear: it is beyond this arithmetic.
    """
    a, b = value(left, place), value(right, place)
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return (b > a) - (b < a)
    rough = _real(b) - _real(a)
    with MP.workdps(_DIGITS[1]):
        a, b = _real(value(left, place)), _real(value(right, place))
        fine = b - a
        if abs(fine) <= _NOTHING * max(1, abs(a), abs(b)):
            return 0
        if abs(fine) > _SURE * abs(fine - rough):
            return 1 if fine > 0 else -1
    raise Unclear("the digits do not suffice")


def holds(left: str, relation: str, right: str, place: Mapping[str, str]) -> bool:
    """Whether a comparison holds at a point; values that are not told apart count as equal."""
    return _HOLDS[relation](compare(left, right, place), 0)


_HOLDS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.gt, "<=": operator.ge, ">": operator.lt, ">=": operator.le,
    "=": operator.eq, "!=": operator.ne,
}  # fmt: skip


@lru_cache(maxsize=4096)
def _parsed(text: str) -> ast.expr:
    return ast.parse(text.replace("^", "**"), mode="eval").body


def _real(a: Value) -> Any:
    return MP.mpf(a.numerator) / a.denominator if isinstance(a, Fraction) else a


def _zero(a: Value) -> bool:
    """Whether it is 0; a number that is hardly more is not judged."""
    if a != 0 and not isinstance(a, Fraction) and abs(a) < _HARDLY:
        raise Unclear("0, or hardly more")
    return bool(a == 0)


def _walk(node: ast.expr, place: Mapping[str, Value]) -> Value:
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value))
    if isinstance(node, ast.Name):
        if node.id in place:
            return place[node.id]
        return {"pi": MP.pi, "e": MP.e, "euler_gamma": MP.euler}[node.id] * MP.mpf(1)
    if isinstance(node, ast.UnaryOp):
        inner = _walk(node.operand, place)
        return -inner if isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.BinOp):
        a, b = _walk(node.left, place), _walk(node.right, place)
        if isinstance(node.op, ast.Pow):
            return _power(a, b, _is_number(node.right))
        return _combined(node.op, a, b)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _function(node.func.id, [_walk(part, place) for part in node.args])
    raise ValueError(f"{ast.dump(node)} is not in the language")


def _combined(op: ast.operator, a: Value, b: Value) -> Value:
    if not (isinstance(a, Fraction) and isinstance(b, Fraction)):
        a, b = _real(a), _real(b)
    if isinstance(op, ast.Add):
        return _sum(a, b)
    if isinstance(op, ast.Sub):
        return _sum(a, -b)
    if isinstance(op, ast.Mult):
        return a * b
    if _zero(b):
        raise Undefined("a division by 0")
    return a / b


def _sum(a: Value, b: Value) -> Value:
    """The sum; where nearly all digits are lost, as much as may be wrong."""
    if isinstance(a, Fraction):
        return a + b
    size = max(abs(a), abs(b)) * MP.mpf(10) ** (_LOST - MP.dps)
    return size if abs(a + b) < size else a + b


def _is_number(node: ast.expr) -> bool:
    return not any(isinstance(part, ast.Name | ast.Call) for part in ast.walk(node))


def _power(a: Value, b: Value, plain: bool) -> Value:
    if plain and isinstance(b, Fraction) and b.denominator == 1:
        if b < 0 and _zero(a):
            raise Undefined("a division by 0")
        if isinstance(a, Fraction) and abs(b) <= _MOST_POWER:
            return a ** int(b)
        return _real(a) ** int(b)
    if _zero(a) and plain and b > 0:
        return Fraction(0)
    if _zero(a) or a < 0:
        raise Undefined("a power of what is not positive")
    return _finite(_exp(_real(b) * MP.log(_real(a))))


def _exp(x: Any) -> Any:
    if abs(x) > _MOST_EXPONENT:
        raise Unclear("beyond reach")
    return MP.exp(x)


def _finite(a: Any) -> Any:
    if not isinstance(a, MP.mpf) or not MP.isfinite(a):
        raise Unclear("not finite, or complex")
    return a


def _above(low: int, open_end: bool = True) -> Callable[[Value], None]:
    def require(x: Value) -> None:
        if (x < low and not _zero(x - low)) or (open_end and _zero(x - low)):
            raise Undefined("an argument out of the domain")

    return require


def _between(low: int, high: int, open_ends: bool) -> Callable[[Value], None]:
    def require(x: Value) -> None:
        _above(low, open_ends)(x)
        _above(-high, open_ends)(-x)

    return require


_NEEDS: dict[str, Callable[[Value], None]] = {
    "log": _above(0), "log1p": _above(-1), "sqrt": _above(0, False),
    "quantile": _between(0, 1, True),
    "asin": _between(-1, 1, False), "acos": _between(-1, 1, False), "atanh": _between(-1, 1, True),
    "acosh": _above(1, False), "gamma": _above(0), "loggamma": _above(0), "digamma": _above(0),
    "zeta": _above(1),
}  # fmt: skip

_EXACT: dict[str, Callable[..., Value]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "floor": lambda x: Fraction(math.floor(x)),
    "sign": lambda x: Fraction(0) if _zero(x) else Fraction(1 if x > 0 else -1),
}

_HALF = MP.mpf(1) / 2
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": _exp,
    "expm1": lambda x: MP.expm1(x) if abs(x) < _MOST_EXPONENT else _exp(x),
    "log": MP.log,
    "log1p": MP.log1p,
    "sqrt": lambda x: MP.sqrt(max(x, 0)),
    "cbrt": lambda x: MP.sign(x) * MP.cbrt(abs(x)),
    "sin": MP.sin, "cos": MP.cos, "tan": MP.tan, "atan": MP.atan,
    "asin": lambda x: MP.asin(max(-1, min(1, x))),
    "acos": lambda x: MP.acos(max(-1, min(1, x))),
    "sinh": lambda x: (_exp(x) - _exp(-x)) / 2 if abs(x) > 1 else MP.sinh(x),
    "cosh": lambda x: (_exp(x) + _exp(-x)) / 2,
    "tanh": MP.tanh, "asinh": MP.asinh, "atanh": MP.atanh,
    "acosh": lambda x: MP.acosh(max(1, x)),
    "erf": MP.erf,
    "erfc": MP.erfc,
    "erfcx": lambda x: _exp(x * x) * MP.erfc(x),
    "phi": lambda x: _exp(-x * x / 2) / MP.sqrt(2 * MP.pi),
    "Phi": lambda x: MP.erfc(-x / MP.sqrt(2)) / 2,
    "mills": lambda x: MP.sqrt(MP.pi / 2) * _exp(x * x / 2) * MP.erfc(x / MP.sqrt(2)),
    "quantile": lambda p: MP.sqrt(2) * MP.erfinv(2 * p - 1),
    "gamma": MP.gamma,
    "loggamma": MP.loggamma,
    "digamma": MP.digamma,
    "zeta": MP.zeta,
    "lambertw": MP.lambertw,
    "besseli": MP.besseli,
    "beta": MP.beta,
    "binomial": lambda n, k: MP.gamma(n + 1) / (MP.gamma(k + 1) * MP.gamma(n - k + 1)),
}  # fmt: skip


def _function(name: str, arguments: list[Value]) -> Value:
    if name in _EXACT:
        if not all(isinstance(a, Fraction) for a in arguments):
            arguments = [_real(a) for a in arguments]
        return _EXACT[name](*arguments)
    if name in _NEEDS:
        _NEEDS[name](arguments[0])
    if name == "tan" and _zero(MP.cos(_real(arguments[0]))):
        raise Undefined("tan at a pole")
    if name == "binomial" and not all(
        a > 0 for a in (arguments[0] + 1, arguments[1] + 1, arguments[0] - arguments[1] + 1)
    ):
        raise Undefined("a binomial of what is too small")
    if name == "lambertw" and _real(arguments[0]) < -MP.exp(-1):
        raise Undefined("lambertw below -1/e")
    try:
        return _finite(_FUNCTIONS[name](*(_real(a) for a in arguments)))
    except (OverflowError, ArithmeticError, ValueError, MP.NoConvergence, TypeError) as reason:
        raise Unclear(f"{name}: {reason}") from None
