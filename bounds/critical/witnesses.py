# equivalent mutants: where x and g of a piece are told to lie: the checker proves that they lie
#  there by signs, and believes none; tests name a witness that is wrong at each end
"""Witnesses of pieces: ranges of l(ε) and g on each, for a checker that proves them by signs.

They spare it the search. Each is wider than need be by a relative 2⁻²⁶, and short to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import Dyadic, dyadic_ends, exact_text
from bounds.certify.numbers.precision import working_precision
from bounds.critical.curve import radius_of_estimate_inverse
from bounds.critical.subdivision import Mark
from bounds.functions.shift import median_shift_at

_BITS = 64
_KEPT_BITS = 26


def witnesses(
    low: Fraction, high: Fraction, pieces: Sequence[tuple[Mark, arb, arb]]
) -> list[dict[str, Any] | None]:
    """The ranges of x and g on each piece, for all Δ from `low` to `high`; None where not found."""
    with working_precision(_BITS):
        places = _Places(to_ball(low), to_ball(high))
        return [places.between(left, right) for _, left, right in pieces]


class _Places:
    """The x and g of a place, each from the one before it; at one Δ two pieces share them."""

    def __init__(self, least: arb, most: arb) -> None:
        self.least, self.most = least, most
        self.x: arb | None = None
        self.g: arb | None = None

    def between(self, left: arb, right: arb) -> dict[str, Any] | None:
        """Both where they are least and greatest: g at the Δ that is nearest to half of y."""
        try:
            thin = self.least.overlaps(self.most)
            x, g = self.x, self.g
            if x is None or g is None or not thin:
                x = radius_of_estimate_inverse(left, self.least, self.x)
                g = median_shift_at(left, self.least)
            if not thin:
                g = g.min(median_shift_at(left, self.most))
            central = (right / 2).max(self.least).min(self.most)
            self.x = radius_of_estimate_inverse(right, self.most, x)
            self.g = median_shift_at(right, central)
        except Inconclusive:
            self.x = self.g = None
            return None
        return {"x": _short(x, self.x), "g": _short(g, self.g)}


def _short(low: arb, high: arb) -> list[str]:
    """Ends of few bits, beyond these."""
    return [_rounded(dyadic_ends(low)[0], -1), _rounded(dyadic_ends(high)[1], 1)]


def _rounded(end: Dyadic, step: int) -> str:
    """A number of few bits, below a positive one or above it."""
    lost = max(end.mantissa.bit_length() - _KEPT_BITS, 0)
    return exact_text(Dyadic((end.mantissa >> lost) + 2 * step, end.exponent + lost))
