"""Enclosures: two exact ends with the truth between them, and their decimal faces.

Ends are dyadic rationals. A decimal face is rounded outwards: the lower end down, the upper up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import arb, ctx, fmpz

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.numbers.precision import bits_for, working_precision

_SHORT = 12


@dataclass(frozen=True, slots=True)
class Dyadic:
    """The number mantissa · 2^exponent, exactly."""

    mantissa: int
    exponent: int

    def __float__(self) -> float:
        return float(self.fraction()) if abs(self.exponent) < 20_000 else float(str(self))

    def fraction(self) -> Fraction:
        """The same number as a Fraction."""
        return Fraction(self.mantissa) * Fraction(2) ** self.exponent

    def __str__(self) -> str:
        return decimal_text(self, 17, up=False)

    def __repr__(self) -> str:
        return f"<Dyadic about {self}>"


def exact_text(value: Dyadic) -> str:
    """mantissa*2^exponent, exactly (through fmpz: Python's int caps its digits)."""
    return f"{fmpz(value.mantissa).str()}*2^{value.exponent}"


_DYADIC = re.compile(r"(-?\d{1,60})\*2\^(-?\d{1,5})", re.ASCII)


def read_place(text: object) -> arb:
    """The exact number that `exact_text` wrote, as a ball, whatever the working precision.

    Raises:
        ValueError: it is no such text, or has a mantissa of more than 60 digits.
    """
    found = _DYADIC.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError("no text of the form mantissa*2^exponent")
    return arb((fmpz(found[1]), int(found[2])))


_FINEST = 2**17
"""A radius is rounded up to so many binary places below the middle: 1 + exp(-10^20) has more."""


def dyadic_ends(ball: arb) -> tuple[Dyadic, Dyadic]:
    """The ends of a finite ball, whatever the working precision.

    They are exact, but where the radius is smaller than the middle by 131,072 binary places: there
    it is rounded up.
    """
    mantissa, exponent = ball.mid().man_exp()
    middle, shift = int(mantissa), int(exponent)
    if ball.is_exact():
        end = Dyadic(middle, shift)
        return end, end
    mantissa, exponent = ball.rad().man_exp()
    spread, spread_shift = int(mantissa), int(exponent)
    if middle and spread_shift + spread.bit_length() < shift - _FINEST:
        spread, spread_shift = 1, shift - _FINEST
    least = min(shift, spread_shift) if middle else spread_shift
    centre = middle << (shift - least) if middle else 0
    half = spread << (spread_shift - least)
    # step: the lower end [first sum 1/2]
    # step: the upper end [first sum 2/2]
    return Dyadic(centre - half, least), Dyadic(centre + half, least)


@lru_cache(maxsize=64)
def _ten_to(power: int) -> fmpz:
    return fmpz(10) ** power


def _scaled(value: Dyadic, power: int, *, up: bool) -> fmpz:
    """Value · 10^power, rounded to an integer, down or up."""
    top = fmpz(value.mantissa)
    if value.exponent > 0:
        top <<= value.exponent
    halvings = max(0, -value.exponent)
    if power >= 0:
        top *= _ten_to(power)
        return -(-top >> halvings) if up else top >> halvings
    bottom = _ten_to(-power) << halvings
    return -(-top // bottom) if up else top // bottom


def leading_power(value: Dyadic) -> int:
    """The p with 10^p ≤ |value| < 10^(p+1); 0 for 0."""
    if value.mantissa == 0:
        return 0
    bits = value.mantissa.bit_length() + value.exponent  # 2^(bits − 1) ≤ |value| < 2^bits
    least, most = _tens_in(bits - 1, up=False), _tens_in(bits, up=True)
    while least < most:  # one step, if any, for numbers of ordinary size
        power = (least + most + 1) // 2
        size = Dyadic(abs(value.mantissa), value.exponent)
        if _scaled(size, -power, up=False) >= 1:
            least = power
        else:
            most = power - 1
    return least


def _tens_in(bits: int, *, up: bool) -> int:
    """The greatest p with 10^p ≤ 2^bits, rounded down or up where 12 digits do not tell."""
    log_of_two = 30102999567 if up == (bits >= 0) else 30102999566
    return bits * log_of_two // 10**11


def placed(digits: str, power: int) -> str:
    """The integer `digits` times 10^power, in plain or scientific notation."""
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    lead = len(digits) - 1 + power
    if digits.strip("0") == "":
        return "0"
    if lead >= -5 and power <= 0:
        padded = digits.rjust(1 - power, "0")
        whole, part = (padded[:power], padded[power:]) if power else (padded, "")
        return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{sign}{mantissa}e{lead:+03d}"


def decimal_text(value: Dyadic, digits: int, *, up: bool, power: int | None = None) -> str:
    """`value` to `digits` significant digits, rounded down or up; never to the nearest.

    Args:
        value: the exact number.
        digits: significant digits, counted from 10^power.
        up: round towards +∞ rather than −∞.
        power: the power of ten of the first digit; by default that of the value itself.
    """
    lead = leading_power(value) if power is None else power
    last = lead - digits + 1
    return placed(_scaled(value, -last, up=up).str(), last)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A certified number: the truth lies between `low` and `high`, both ends included.

    Attributes:
        low, high: the exact ends.
        digits: the number of significant digits that its decimal face shows.
    """

    low: Dyadic
    high: Dyadic
    digits: int

    @classmethod
    def of(cls, ball: arb, digits: int) -> Enclosure:
        """The enclosure that a finite ball is.

        Raises:
            InputError: it is no ball.
            Inconclusive: the ball is not finite, or is too wide for `digits` digits.
        """
        if not isinstance(ball, arb):
            raise InputError(f"an enclosure is made of a ball, not of a {type(ball).__name__}")
        # step: the ball is finite [true 2/2]
        if not ball.is_finite():
            raise Inconclusive("an evaluation ended in a ball that is not finite: raise the digits")
        # step: it carries its digits [false]
        if (
            ball.rel_accuracy_bits() < bits_for(digits) - 12
        ):  # then the faces differ by 1 or 2 units
            raise Inconclusive(
                f"the enclosure {ball.str(10)} is too wide for {digits} digits: its precision was"
                " disturbed (by another thread?) or the arguments are themselves balls this wide"
            )
        return cls(*dyadic_ends(ball), digits)

    def _power(self) -> int:
        if self.low.mantissa > 0:
            return leading_power(self.high)
        return max(leading_power(self.low), leading_power(self.high))

    def decimals(self, digits: int | None = None) -> tuple[str, str]:
        """The ends as decimals, rounded outwards, to `digits` significant digits."""
        shown = digits or self.digits
        power = self._power()
        # step: a lower face is rounded down [constant 1/2: True]
        # step: an upper face is rounded up [constant 2/2: False]
        return (
            decimal_text(self.low, shown, up=False, power=power),
            decimal_text(self.high, shown, up=True, power=power),
        )

    def ball(self) -> arb:
        """A ball that holds the whole enclosure, at no less than its own precision."""
        with working_precision(max(ctx.prec, bits_for(self.digits) + 64)):
            ends = (
                arb(fmpz(end.mantissa)) * arb(2) ** end.exponent for end in (self.low, self.high)
            )
            # step: the ball holds both ends [first call 1/3]
            return next(ends).union(next(ends))

    def __contains__(self, number: Any) -> bool:
        from bounds.certify.exact import read_exact

        exact = read_exact(number, "the number")
        if isinstance(exact, arb):
            low, high = (end.fraction() for end in dyadic_ends(exact))
        else:
            low = high = exact
        # step: a number inside is above the lower end [true 2/3]
        # step: and below the upper [true 3/3]
        return self.low.fraction() <= low and high <= self.high.fraction()

    def __float__(self) -> float:
        """The middle, rounded: no longer certified."""
        return (float(self.low) + float(self.high)) / 2

    def __str__(self) -> str:
        low, high = self.decimals()
        return f"[{low}, {high}]"

    def __repr__(self) -> str:
        low, high = self.decimals(min(self.digits, _SHORT))
        return f"<Enclosure [{low}, {high}] of {self.digits} digits>"

    def _repr_html_(self) -> str:
        return f"<code>{self}</code>"
