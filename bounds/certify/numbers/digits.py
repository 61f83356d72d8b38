"""The one loop that raises the precision until the digits that were asked for are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from flint import arb

from bounds.certify.exact import Exact
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, working_precision

Extra = TypeVar("Extra")

_GUARDS = (24, 96, 384, 1536, 6144, 24576)
_EXACT = Fraction(0)


def least_bits(digits: int) -> int:
    """Bits of relative accuracy that `to_digits` never goes below, for an exact argument."""
    return bits_for(digits) - 4


# equivalent mutants: how many digits are shown; Enclosure.of refuses more than the ball supports
def shown_digits(ball: arb, digits: int, source: Exact) -> int:
    """The digits to show: as asked, or as many as an argument that is itself a ball supports."""
    if not isinstance(source, arb):
        return digits
    return max(1, min(digits, (int(ball.rel_accuracy_bits()) - 8) * 30103 // 100000))


# equivalent mutants: with how many bits is tried, and how often; only Enclosure.of makes an
#  enclosure, and it refuses balls that are too wide for their digits
def to_digits(
    compute: Callable[[int], tuple[Mapping[str, arb], Extra]],
    digits: int,
    source: Exact = _EXACT,
    *,
    spare: int = 0,
    first: int = _GUARDS[0],
) -> tuple[dict[str, Enclosure], Extra]:
    """Enclosures of the named numbers, at the least precision that gives the digits.

    Args:
        compute: the numbers, and what comes with them, from the bits to work with.
        digits: significant decimal digits of every number.
        source: what the numbers come from: if it is a ball, they have the digits that it supports.
        spare: bits of accuracy beyond the digits.
        first: guard bits of the first try.

    Raises:
        Inconclusive: a number is not enclosed so narrowly, or is not finite.
    """
    wanted = bits_for(digits) + spare
    for guard in (first, *(guard for guard in _GUARDS if guard > first)):
        values, extra = compute(wanted + guard)
        poorest = min(value.rel_accuracy_bits() for value in values.values())
        if poorest >= least_bits(digits) + spare or isinstance(source, arb):
            break
    return {
        name: Enclosure.of(value, shown_digits(value, digits, source))
        for name, value in values.items()
    }, extra


def enclosed(
    compute: Callable[[], Mapping[str, arb]],
    digits: int,
    source: Exact = _EXACT,
    *,
    first: int = _GUARDS[0],
) -> dict[str, Enclosure]:
    """Like `to_digits`, of numbers that are computed at the working precision, and alone."""

    def at(bits: int) -> tuple[Mapping[str, arb], None]:
        with working_precision(bits):
            return compute(), None

    return to_digits(at, digits, source, first=first)[0]


def enclosed_number(
    compute: Callable[[], arb], digits: int, source: Exact = _EXACT, *, first: int = _GUARDS[0]
) -> Enclosure:
    """Like `enclosed`, of one number."""
    return enclosed(lambda: {"number": compute()}, digits, source, first=first)["number"]
