"""Exact numbers at the door: what a caller may pass for Δ, ε, c, and how it is read.

A number enters the certified engine either as the rational that it is (int, Fraction, Decimal,
a decimal or fraction in a string, a float or an mpf as the exact binary number that it is) or as a
ball, which stands for all of its points.
"""

from __future__ import annotations

import math
import numbers
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb, fmpq, fmpz

from bounds.certify.errors import InputError, shown

Exact: TypeAlias = Fraction | arb
"""A rational number, or a ball that stands for all of its points."""

_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,4})?", re.ASCII | re.IGNORECASE)
_RATIO = re.compile(r"-?\d+/\d+", re.ASCII)
_LONGEST_TEXT = 10_000


def _from_text(text: str, name: str) -> Fraction:
    stripped = text.strip().removeprefix("+")
    if len(stripped) > _LONGEST_TEXT:
        raise InputError(f"{name} has {len(stripped)} characters: pass at most {_LONGEST_TEXT}")
    if _RATIO.fullmatch(stripped):
        top, bottom = (fmpz(part) for part in stripped.split("/"))
        if bottom == 0:
            raise InputError(f"{name} = {text!r} divides by zero: pass a finite number")
        return Fraction(int(top), int(bottom))
    if _NUMBER.fullmatch(stripped):
        mantissa, _, power = stripped.lower().partition("e")
        whole, _, decimals = mantissa.partition(".")
        scale = int(power or 0) - len(decimals)
        return Fraction(int(fmpz(whole + decimals))) * Fraction(10) ** scale
    shown = stripped if len(stripped) <= 40 else stripped[:37] + "..."
    raise InputError(
        f"{name} = {shown!r} is not a number: pass a decimal such as 2.5 or a fraction such as 5/2"
    )


def _from_mpf(value: Any, name: str) -> Fraction:
    sign, mantissa, exponent, _ = value._mpf_
    if not mantissa and exponent:  # mpmath's inf and nan carry an empty mantissa
        raise InputError(f"{name} must be finite, not {value}")
    return (-1 if sign else 1) * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def read_exact(value: Any, name: str) -> Exact:
    """The exact number that `value` stands for: a Fraction, or the ball itself.

    Args:
        value: int, Fraction, Decimal, str ("2.5", "5/2", "1e-3"), float or mpf (each as the exact
            binary number that it is: the float 0.1 is not one tenth), or a ball (`flint.arb`).
        name: what the number is called in error messages.

    Raises:
        InputError: it is not a finite number of one of these types.
    """
    if isinstance(value, bool):
        raise InputError(f"{name} must be a number, not the truth value {value}")
    if isinstance(value, arb):
        if not value.is_finite():
            raise InputError(f"{name} must be finite, not the ball {value}")
        if value.is_exact():
            mantissa, exponent = value.man_exp()
            return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
        return value
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    if isinstance(value, fmpz):
        return Fraction(int(value))
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    if isinstance(value, str):
        return _from_text(value, name)
    if isinstance(value, Decimal):
        return _from_text(str(value), name)
    if hasattr(value, "_mpf_"):
        return _from_mpf(value, name)
    if isinstance(value, numbers.Integral):  # NumPy's integers
        return Fraction(int(value))
    if isinstance(value, float) or (
        isinstance(value, numbers.Real) and hasattr(value, "as_integer_ratio")  # NumPy's floats
    ):
        if not math.isfinite(value):
            raise InputError(f"{name} must be finite, not {value}")
        return Fraction(*value.as_integer_ratio())
    raise InputError(
        f"{name} must be an int, str, Fraction, Decimal, mpf, float or ball,"
        f" not {type(value).__name__}"
    )


def read_positive(value: Any, name: str) -> Exact:
    """Like `read_exact`, for a number that must be greater than zero.

    Raises:
        InputError: it is not a finite number, or is not surely positive.
    """
    exact = read_exact(value, name)
    if not exact > 0:
        raise InputError(
            f'{name} must be positive and exact: pass "2.5" or Fraction(5, 2), not {shown(value)}'
        )
    return exact


def read_rational(value: Any, name: str) -> Fraction:
    """Like `read_exact`, where a ball will not do.

    Raises:
        InputError: it is not a finite number, or is a ball.
    """
    return _one(read_exact(value, name), name)


def read_positive_rational(value: Any, name: str) -> Fraction:
    """Like `read_positive`, where a ball will not do.

    Raises:
        InputError: it is not a finite number above zero, or is a ball.
    """
    return _one(read_positive(value, name), name)


def read_whole(value: Any, name: str) -> int:
    """A whole number from 1.

    Raises:
        InputError: it is not one.
    """
    exact = read_exact(value, name)
    if not isinstance(exact, Fraction) or exact.denominator != 1 or exact < 1:
        raise InputError(f"{name} must be a whole number from 1, not {shown(value)}")
    return int(exact)


def _one(exact: Exact, name: str) -> Fraction:
    if not isinstance(exact, Fraction):
        raise InputError(f"{name} must be one number here, not a ball: pass a decimal or fraction")
    return exact


def read_list(values: Any, name: str) -> list[Any]:
    """The entries of a list, tuple, array or the like.

    Raises:
        InputError: it is a text, or has no entries to go through.
    """
    try:
        if not isinstance(values, str | bytes | bytearray):
            return list(values)
    except TypeError:
        pass
    raise InputError(f"{name} must be a list, not {type(values).__name__}: pass [1, 2]")


def to_ball(value: Exact) -> arb:
    """The narrowest ball around `value` at the working precision."""
    if isinstance(value, arb):
        return value
    return arb(fmpq(value.numerator, value.denominator))


def _digits(whole: int) -> str:
    """Through fmpz, as Python's int caps its digits."""
    return fmpz(whole).str()


def show_exact(value: Exact) -> str:
    """A decimal or fraction that `read_exact` reads back; a ball as flint shows it."""
    if isinstance(value, arb):
        return str(value)
    bottom, twos, fives = value.denominator, 0, 0
    if bottom == 1:
        return _digits(value.numerator)
    while bottom % 2 == 0:
        bottom, twos = bottom // 2, twos + 1
    while bottom % 5 == 0:
        bottom, fives = bottom // 5, fives + 1
    places = max(twos, fives)
    if bottom != 1 or places > 60:
        below = f"/{_digits(value.denominator)}" if value.denominator > 1 else ""
        return f"{_digits(value.numerator)}{below}"
    scaled = abs(value.numerator) * (10**places // value.denominator)
    digits = _digits(scaled).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def read_share(corrupted: Any) -> Fraction:
    """The corrupted share: "5%" is 1/20.

    Raises:
        InputError: it is no number, or not from 0 up to, but not including, 1.
    """
    text = corrupted.strip() if isinstance(corrupted, str) else corrupted
    percent = isinstance(text, str) and text.endswith("%")
    value = read_rational(text[:-1].strip() if percent else text, "the corrupted share")
    share = value / 100 if percent else value
    if not 0 <= share < 1:
        hint = f" (did you mean {show_exact(value)}%?)" if 1 <= value < 100 and not percent else ""
        raise InputError(
            f"the corrupted share must be from 0% to below 100%, not {show_exact(value):.40}"
            f"{'%' if percent else ''}{hint}"
        )
    return share
