"""Numbers that depend on Δ alone, to as many digits as are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb

from bounds.certify.exact import Exact, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.critical.point import shown_digits

_GUARDS = (24, 96, 384, 1536, 6144)


def enclosed(
    compute: Callable[[arb], Mapping[str, arb]], delta: Exact, digits: int
) -> dict[str, Enclosure]:
    """Enclosures of the named numbers, at the least precision that gives the digits.

    Args:
        compute: the numbers, from Δ as a ball of the working precision.
        delta: Δ, exact or a ball (then with as many digits as it supports).
        digits: significant decimal digits.

    Raises:
        Inconclusive: a number is not enclosed so narrowly, or is not finite.
    """
    wanted = bits_for(digits)
    for guard in _GUARDS:
        with working_precision(wanted + guard):
            values = compute(to_ball(delta))
        poorest = min(value.rel_accuracy_bits() for value in values.values())
        if poorest >= wanted - 4 or isinstance(delta, arb):
            break
    return {
        name: Enclosure.of(value, shown_digits(value, digits, delta))
        for name, value in values.items()
    }
