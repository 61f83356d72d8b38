"""Decimals of a constant, rounded as asked, each proved to be the right one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from flint import arb, fmpq, fmpz

from bounds.certify.errors import Inconclusive, shown
from bounds.certify.language.expression import Expr, number, substitute
from bounds.certify.numbers.enclosure import leading_power, placed
from bounds.certify.quantities.proving import ball, is_zero
from bounds.certify.quantities.values import require_value
from bounds.certify.rules.conditions import conditions
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.numeric import precision

Rounding: TypeAlias = Literal["nearest", "down", "up", "significant"]
ROUNDINGS: tuple[Rounding, ...] = ("nearest", "down", "up", "significant")
"""To the nearest decimal (a tie goes up), down, up, and to significant digits (the nearest)."""

_BITS = (64, 192, 768, 3072)
_HALF = fmpq(1, 2)


class Formula:
    """An expression to be rounded at many places.

    Args:
        expression: with variables.
    """

    def __init__(self, expression: Expr) -> None:
        self.expression = expression
        self._clipped = any(
            node.head in ("^", "asin", "acos", "acosh", "lambertw", "gammap", "gammaq", "betai")
            for node, *_ in conditions(expression)
        )

    def scaled(self, place: Mapping[str, Expr], power: int, rounding: Rounding) -> int:
        """The whole number that value·10^(-power) is rounded to.

        Raises:
            DomainError: it has no value there.
            Inconclusive: it is too near to the middle between two, or to a whole number.
        """
        if self._clipped:
            require_value(substitute(self.expression, place))
        whole = _ROUNDED["nearest" if rounding == "significant" else rounding]
        for bits in _BITS:
            with precision(bits + max(0, -power) * 4):
                value = self._ball(place) * _ten(-power)
                if not value.is_finite() and bits >= 768:
                    require_value(substitute(self.expression, place))
                    raise Inconclusive(f"{self._told(place)} has no enclosure here")
                found = whole(value)
                if found is not None:
                    return int(found)
        return self._exactly(place, power, rounding)

    def leading(self, place: Mapping[str, Expr]) -> int | None:
        """The power of ten of the first digit of the value; None where it is 0.

        Raises:
            DomainError, Inconclusive: there is no value, or it is too near to a power of ten.
        """
        from bounds.certify.numbers.enclosure import dyadic_ends

        for bits in _BITS:
            with precision(bits):
                value = self._ball(place)
            if value.is_finite() and not value.contains(0):
                low, high = dyadic_ends(value)
                if leading_power(low) == leading_power(high):
                    return leading_power(low)
        constant = substitute(self.expression, place)
        if is_zero(constant):
            return None
        low, high = dyadic_ends(value)
        for power in {leading_power(low), leading_power(high)}:
            for sign in (1, -1):
                if is_zero(constant - number(sign * Fraction(10) ** power)):
                    return power
        raise Inconclusive(f"the first digit of {self._told(place)} is not decided")

    def _ball(self, place: Mapping[str, Expr]) -> arb:
        balls = {
            name: ball(value.value) if value.is_number else evaluate(value, {})
            for name, value in place.items()
        }
        return evaluate(self.expression, balls)

    def _exactly(self, place: Mapping[str, Expr], power: int, rounding: Rounding) -> int:
        """Where balls do not decide: the value is a whole number of units, or of half ones."""
        with precision(_BITS[-1]):
            value = self._ball(place) * _ten(-power)
            doubled = (2 * value + arb(_HALF)).floor().unique_fmpz()
        if doubled is not None:
            halves = int(doubled)
            exact = Fraction(halves, 2) * Fraction(10) ** power
            if is_zero(substitute(self.expression, place) - number(exact)):
                if halves % 2 == 0:
                    return halves // 2
                return halves // 2 + (rounding != "down")
        raise Inconclusive(f"the last digit of {self._told(place)} is not decided")

    def _told(self, place: Mapping[str, Expr]) -> str:
        return shown(str(substitute(self.expression, place)))


def _ten(power: int) -> fmpq:
    return fmpq(fmpz(10) ** power) if power >= 0 else fmpq(1, fmpz(10) ** -power)


_ROUNDED: dict[str, Callable[[arb], fmpz | None]] = {
    "nearest": lambda x: (x + _HALF).floor().unique_fmpz(),
    "down": lambda x: x.floor().unique_fmpz(),
    "up": lambda x: x.ceil().unique_fmpz(),
}


def rounded(
    formula: Formula, place: Mapping[str, Expr], digits: int, rounding: Rounding
) -> tuple[str, int, int]:
    """The decimal text of a value, with its whole number of units and the power of the unit.

    Args:
        formula: the expression.
        place: a constant for each variable.
        digits: digits after the point; for "significant", all digits from the first that is not 0.
        rounding: how.
    """
    power = -digits
    if rounding == "significant":
        lead = formula.leading(place)
        if lead is None:
            return "0", 0, 0
        power = lead - digits + 1
    units = formula.scaled(place, power, rounding)
    if rounding == "significant" and len(str(abs(units))) > digits:  # 9.99 became 10.0
        power, units = power + 1, units // 10
    return decimal(units, power), units, power


def decimal(units: int, power: int) -> str:
    """The number units·10^power as text, with all its digits after the point."""
    if units == 0:
        return "0." + "0" * -power if power < 0 else "0"
    if -400 < power <= 0 and power > -60:
        digits = str(abs(units)).rjust(1 - power, "0")
        whole, part = (digits[:power], digits[power:]) if power else (digits, "")
        sign = "-" if units < 0 else ""
        if len(whole) > 1 or whole != "0" or len(part) - len(part.lstrip("0")) < 5:
            return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"
    return placed(str(units), power)
