"""Exact numbers from text: "p/q", decimals such as "0.5" and "1e-3", and dyadics "m*2^e"."""

from __future__ import annotations

import re
import reprlib

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Rejected

_RATIO = re.compile(r"([+-]?\d+)/(\d+)", re.ASCII)
_DECIMAL = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,9}))?", re.ASCII | re.IGNORECASE)
_DYADIC = re.compile(r"([+-]?\d+)\*2\^([+-]?\d{1,9})", re.ASCII)

_DIGITS = 30  # of a number too long to print
_MOST_DIGITS = 10_000  # where both ends of a range share that many
_SHORT = reprlib.Repr()  # a hostile value may be as large as the file
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 80


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


def told_number(number: Rational, *, up: bool, digits: int = _DIGITS) -> str:
    """A number as it is if that is short, else as a decimal, rounded up or down."""
    bits = number.numerator.bit_length() + number.denominator.bit_length()
    if bits <= 40:
        return str(number)
    size = number.numerator.num_digits(10) - number.denominator.num_digits(10)
    places = digits - size
    scaled = number * gmpy2.mpq(10) ** places
    whole = -(-scaled.numerator // scaled.denominator) if up else (
        scaled.numerator // scaled.denominator)  # fmt: skip
    if bits <= 130 and whole != scaled:
        return str(number)
    return _decimal(int(whole), -places)


def told_point(number: Rational) -> str:
    """One number as it is, or where it lies if it is long."""
    low, high = told_number(number, up=False), told_number(number, up=True)
    return low if low == high else f"(a number in [{low}, {high}])"


def _decimal(whole: int, power: int) -> str:
    """The number whole·10^power, with its point where readers look for it."""
    digits = str(abs(whole)).rstrip("0") or "0"
    power += len(str(abs(whole))) - 1  # of the first digit
    sign = "-" if whole < 0 else ""
    if -6 <= power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{digits}"
    if 0 <= power < len(digits):
        point = f".{digits[power + 1 :]}" if power + 1 < len(digits) else ""
        return f"{sign}{digits[: power + 1]}{point}"
    point = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{point}e{power}"


def told_range(low: Rational, high: Rational, *, inwards: bool = False) -> str:
    """[low, high] with all digits that both ends share, rounded outwards, or inwards."""
    digits = _shared(low, high)
    bottom = told_number(low, up=inwards, digits=digits)
    return f"[{bottom}, {told_number(high, up=not inwards, digits=digits)}]"


def _shared(low: Rational, high: Rational) -> int:
    """The digits that two numbers share, and three more; at least those of a long number."""
    if low == high or low * high <= 0:
        return _DIGITS
    ratio = max(abs(low), abs(high)) / abs(high - low)
    shared = ratio.numerator.num_digits(10) - ratio.denominator.num_digits(10)
    return min(max(_DIGITS, shared + 3), _MOST_DIGITS)


def shown(value: object) -> str:
    """A value for a message."""
    return cut(_SHORT.repr(value))


def cut(text: str, most: int = 60) -> str:
    """A text, or its beginning if it is long."""
    return text if len(text) <= most else text[: most - 3] + "..."
