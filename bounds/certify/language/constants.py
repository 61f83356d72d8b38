"""The order of two constants, such as the ends of ranges: by balls, at growing precision."""

from __future__ import annotations

from math import prod
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.language.expression import BINDERS, Expr

_METHODS = {
    "exp": "exp",
    "expm1": "expm1",
    "log": "log",
    "log1p": "log1p",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "asin": "asin",
    "acos": "acos",
    "atan": "atan",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "asinh": "asinh",
    "acosh": "acosh",
    "atanh": "atanh",
    "erf": "erf",
    "erfc": "erfc",
    "gamma": "gamma",
    "loggamma": "lgamma",
    "digamma": "digamma",
    "zeta": "zeta",
    "lambertw": "lambertw",
    "abs": "__abs__",
}
_PRECISIONS = (64, 256, 1024)


def order(left: Expr, right: Expr) -> int | None:
    """-1, 0 or 1 as left is below, equal to or above right; None where it is not known.

    They are equal only where they are the same expression or the same rational number.

    Raises:
        InputError: one of them is no real number.
    """
    if left is right:
        return 0
    if left.is_number and right.is_number:
        return (left.value > right.value) - (left.value < right.value)
    from flint import ctx

    for bits in _PRECISIONS:
        with ctx.workprec(bits):
            low, high = value_of(left), value_of(right)
            if low is None or high is None:
                return None
            if low < high:
                return -1
            if low > high:
                return 1
    check_real(left)
    check_real(right)
    return None


def check_real(constant: Expr) -> None:
    """Refuse what has no real value, such as sqrt(-1), as far as this is seen.

    Raises:
        InputError: it is no real number.
    """
    if constant.is_number:
        return
    from flint import ctx

    with ctx.workprec(_PRECISIONS[-1]):
        value = value_of(constant)
    if value is not None and not value.is_finite():
        raise InputError(f"{constant} is no real number: a domain needs real ends")


def value_of(constant: Expr) -> Any:
    """A ball of the constant at the working precision; None where a function is not known here."""
    from flint import arb

    return _ball(constant, arb)


def _ball(e: Expr, arb: Any) -> Any:
    if e.is_number:
        return arb(e.value.numerator) / arb(e.value.denominator)
    if e.head == "pi":
        return arb.pi()
    if e.head == "e":
        return arb.const_e()
    if e.head == "euler_gamma":
        return arb.const_euler()
    if e.head == "variable" or e.head in BINDERS:
        return None
    parts: list[Any] = [_ball(part, arb) for part in e.args]
    if any(part is None for part in parts):
        return None
    if e.head == "+":
        return sum(parts, arb(0))
    if e.head == "*":
        return prod(parts, start=arb(1))
    if e.head == "^":
        return _power(e, *parts)
    if e.head == "cbrt":
        return parts[0].root(3) if parts[0] >= 0 else -((-parts[0]).root(3))
    method = _METHODS.get(e.head)
    return getattr(parts[0], method)() if method is not None else None


def _power(e: Expr, base: Any, exponent: Any) -> Any:
    written = e.args[1]
    if written.is_number and written.value.denominator == 1:
        return base ** int(written.value)
    if written.is_number and written.value.denominator == 2:
        return base.sqrt() ** int(2 * written.value)
    return base**exponent
