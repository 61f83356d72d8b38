"""Numbers of the checker and of its certificates, in mpmath at its working precision."""

from typing import Any

import mpmath

from bounds.certify.checker.precision import exact


def of(number: Any) -> Any:
    """A number of the checker."""
    fraction = exact(number)
    return mpmath.mpf(int(fraction.numerator)) / int(fraction.denominator)


def real(text: str) -> Any:
    """A rational in decimals, such as 6/5."""
    top, _, bottom = text.partition("/")
    return mpmath.mpf(top) / mpmath.mpf(bottom or 1)
