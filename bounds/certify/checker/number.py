"""Exact numbers from text: "p/q", decimals such as "0.5" and "1e-3", and dyadics "m*2^e"."""

from __future__ import annotations

import re

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Rejected

_RATIO = re.compile(r"([+-]?\d+)/(\d+)", re.ASCII)
_DECIMAL = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,9}))?", re.ASCII | re.IGNORECASE)
_DYADIC = re.compile(r"([+-]?\d+)\*2\^([+-]?\d{1,9})", re.ASCII)


def read_number(text: object, size: int) -> Rational:
    """The exact number that a text stands for.

    Args:
        text: the text, of at most `size` characters.
        size: the greatest exponent, of 10 or 2, that is let in: 1e999999999 is short to write.

    Raises:
        Rejected: it is not such a text.
    """
    if not isinstance(text, str):
        raise Rejected(f"{shown(text)} is not an exact number in a string")
    if len(text) > size:
        raise Rejected(f"the number {shown(text)} has more than {size} characters")
    if found := _RATIO.fullmatch(text):
        top, bottom = (gmpy2.mpz(part) for part in found.groups())
        if bottom == 0:
            raise Rejected(f"{shown(text)} divides by zero")
        return gmpy2.mpq(top, bottom)
    if found := _DYADIC.fullmatch(text):
        return _scaled(gmpy2.mpz(found[1]), 2, int(found[2]), size)
    if found := _DECIMAL.fullmatch(text):
        sign, whole, part, power = found[1], found[2], found[3] or "", found[4] or "0"
        return _scaled(gmpy2.mpz(sign + whole + part), 10, int(power) - len(part), size)
    raise Rejected(f"{shown(text)} is not an exact number")


def _scaled(mantissa: Rational, base: int, power: int, size: int) -> Rational:
    if abs(power) > size:
        raise Rejected(f"an exponent of {power} is out of reach: at most {size}")
    scale = gmpy2.mpz(base) ** abs(power)
    return gmpy2.mpq(mantissa * scale) if power >= 0 else gmpy2.mpq(mantissa, scale)


def shown(value: object) -> str:
    """A value for a message."""
    return cut(repr(value))


def cut(text: str) -> str:
    """A text, or its beginning if it is long."""
    return text if len(text) <= 60 else text[:57] + "..."
