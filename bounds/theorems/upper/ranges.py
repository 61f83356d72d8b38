r"""From which Δ on a constant of Theorem 2 is as small as one wants, with certified ends.

C₀ decreases for all Δ > 0: its price has the derivative 2φ(Δ) + 2φ(2Δ) − 4φ(4Δ) > 0. The far term
2[(1 + t²)Φ(−t) + 3tφ(t)], t = 3Δ/2, has the derivative 2[2tΦ(−t) + (2 − 4t²)φ(t)] in t, negative
for t ≥ 1 since Φ(−t) < φ(t)/t. So each level is reached at one Δ, which bisection encloses.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

from flint import arb

from bounds.certified.enclosure import Enclosure
from bounds.certified.precision import bits_for, read_digits, working_precision
from bounds.errors import Inconclusive, InputError
from bounds.exact import read_positive, to_ball
from bounds.names import read_name
from bounds.theorems.upper.far import far_term
from bounds.theorems.upper.prices import elongation_price

Quantity = Literal["C0", "far"]

_MOST = Fraction(64)
_QUANTITIES: dict[str, tuple[Callable[[arb], arb], Fraction]] = {
    "C0": (lambda delta: 1 / elongation_price(delta), Fraction(1, 64)),
    "far": (far_term, Fraction(2, 3)),
}


def delta_where(quantity: Quantity, level: Any, digits: int = 15) -> Enclosure:
    """The Δ at which a constant of Theorem 2 has come down to a level: it is below from there on.

    Args:
        quantity: "C0" for 1/(ρ − f(3Δ)), "far" for the exact far term.
        level: the level; above 1 for C₀, positive for the far term; exact.
        digits: significant decimal digits.

    Raises:
        InputError: an argument is malformed, or the level is not reached for Δ in
            [1/64, 64] ("C0") or [2/3, 64] ("far").
        Inconclusive: the level is not told apart from the constant (not seen).
    """
    read_name(quantity, _QUANTITIES, "quantity")
    goal, digits = read_positive(level, "the level"), read_digits(digits)
    value, low = _QUANTITIES[quantity]
    high = _MOST
    with working_precision(4 * bits_for(digits) + 64):
        aim = to_ball(goal)
        if not (value(to_ball(low)) > aim and value(to_ball(high)) < aim):
            raise InputError(f"{quantity} does not come down to that level for Delta up to {_MOST}")
        while (high - low) * 2 ** bits_for(digits) > low:
            middle = (low + high) / 2
            here = value(to_ball(middle))
            if here > aim:
                low = middle
            elif here < aim:
                high = middle
            else:
                raise Inconclusive(f"{quantity} is not told apart from the level at {middle}")
        return Enclosure.of(to_ball(low).union(to_ball(high)), digits)
