"""What a printed decimal says: the truth lies within half a unit of its last digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def rounding_cell(printed: str) -> tuple[Fraction, Fraction]:
    """The closed interval of numbers that round to the printed decimal, as in "8.1e-6".

    Args:
        printed: a decimal; its last digit counts, zeros included.
    """
    number = Decimal(printed)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{printed!r} is not a finite decimal")
    half = Fraction(10) ** exponent / 2
    return Fraction(number) - half, Fraction(number) + half
