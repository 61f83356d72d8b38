r"""From which Δ on a constant of Theorem 2 is as small as one wants, with certified ends.

C₀ decreases for all Δ > 0: its price has the derivative 2φ(Δ) + 2φ(2Δ) − 4φ(4Δ) > 0. The far term
2[(1 + t²)Φ(−t) + 3tφ(t)], t = 3Δ/2, has the derivative 2[2tΦ(−t) + (2 − 4t²)φ(t)] in t, negative
for t ≥ 1 since Φ(−t) < φ(t)/t. ε_cr and C₁ decrease from Δ = 3/2 on: their slopes are proved on
slices of Δ, for C₁ = g²/(1 + g²) that of g. So each level is reached at one Δ, which is enclosed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeAlias

from flint import arb

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import read_positive, show_exact, to_ball
from bounds.certify.names import read_name
from bounds.certify.numbers.enclosure import Enclosure, dyadic_ends
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.critical import eps_cr
from bounds.critical.large_delta import critical_slices
from bounds.upper.far import far_term
from bounds.upper.prices import elongation_price

Quantity = Literal["C0", "far", "eps_cr", "C1"]
At: TypeAlias = Callable[[Fraction], arb]

_ROUNDS = 12
_SECANTS = 40


@dataclass(frozen=True)
class _Falling:
    """A quantity that decreases between two Δ, at a Δ and to so many digits."""

    value: Callable[[Fraction, int], arb]
    low: Fraction
    high: Fraction


def _plain(formula: Callable[[arb], arb]) -> Callable[[Fraction, int], arb]:
    return lambda delta, _: formula(to_ball(delta))


_QUANTITIES: dict[str, _Falling] = {
    "C0": _Falling(_plain(lambda d: 1 / elongation_price(d)), Fraction(1, 64), Fraction(64)),
    "far": _Falling(_plain(far_term), Fraction(2, 3), Fraction(64)),
    "eps_cr": _Falling(lambda d, n: eps_cr(d, n).eps.ball(), Fraction(3, 2), Fraction(64)),
    "C1": _Falling(lambda d, n: eps_cr(d, n).loss.ball(), Fraction(3, 2), Fraction(9)),
}


def delta_where(quantity: Quantity, level: Any, digits: int = 15) -> Enclosure:
    """The Δ at which a constant of Theorem 2 has come down to a level: it is below from there on.

    Args:
        quantity: "C0" for 1/(ρ − f(3Δ)), "far" for the exact far term, "eps_cr", or "C1" with the
            true ε_cr.
        level: the level; above 1 for C₀, positive for the others; exact.
        digits: significant decimal digits.

    Raises:
        InputError: an argument is malformed, or the level is not reached for Δ in
            [1/64, 64] ("C0"), [2/3, 64] ("far"), [3/2, 64] ("eps_cr") or [3/2, 9] ("C1").
        Inconclusive: the level is not told apart from the constant (not seen).
    """
    read_name(quantity, _QUANTITIES, "quantity")
    goal, digits = read_positive(level, "the level"), read_digits(digits)
    falling = _QUANTITIES[quantity]
    if quantity in ("eps_cr", "C1"):
        _prove_both_fall()
    with working_precision(4 * bits_for(digits) + 64):
        aim = to_ball(goal)
        low, high = (falling.value(end, digits + 15) for end in (falling.low, falling.high))
        if not (low > aim and high < aim):
            raise InputError(
                f"{quantity} does not come down to that level for Delta from"
                f" {show_exact(falling.low)} to {show_exact(falling.high)}"
            )
        place = sign_change(
            lambda delta: (aim / falling.value(delta, digits + 15)).log(),
            falling.low,
            falling.high,
            bits_for(digits) + 8,
        )
        return Enclosure.of(place, digits)


@cache
def _prove_both_fall() -> None:
    """Prove that ε_cr decreases from Δ = 3/2 on, and g up to 9, where Δ³ dg/dΔ = −2 dg/dτ.

    Raises:
        Inconclusive: on some slice it is not proved.
    """
    for part in critical_slices():
        g_falls = part.g_rate > 0 or part.low >= _QUANTITIES["C1"].high
        if not (part.elasticity() < 1 and g_falls):
            raise Inconclusive(
                f"eps_cr and C1 are not proved to fall for Delta from {show_exact(part.low)} on"
            )


def sign_change(value: At, low: Fraction, high: Fraction, bits: int) -> arb:
    """The zero between two Δ of what is negative before and positive after it, enclosed.

    Args:
        value: the quantity at one Δ, at the working precision.
        low: a Δ at which it is negative.
        high: a Δ at which it is positive.
        bits: how narrow, as a power of 1/2.

    Raises:
        Inconclusive: a sign is not decided.
    """
    width = Fraction(1, 2**bits)
    for _ in range(_ROUNDS):
        low, high = _half(value, low, high)
    guess = _by_secants(value, low, high, width)
    if guess is not None:
        before, after = guess - 4 * width, guess + 4 * width
        # step: a guess is proved from below [true 4/5]
        # step: and from above [true 5/5]
        if low <= before and after <= high and value(before) < 0 and value(after) > 0:
            low, high = before, after
    while high - low > 8 * width:
        low, high = _half(value, low, high)
    return to_ball(low).union(to_ball(high))


def _half(value: At, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    middle = (low + high) / 2
    here = value(middle)
    if here < 0:
        return middle, high
    # step: a sign is proved at each halving [true]
    if here > 0:
        return low, middle
    raise Inconclusive(f"a sign is not decided at Delta = {show_exact(middle):.60}")


def _by_secants(value: At, before: Fraction, here: Fraction, width: Fraction) -> Fraction | None:
    """About the zero, from two points next to it; nothing is claimed of it. None if it is lost."""
    at_before, at_here = value(before), value(here)
    low, high = before, here
    for _ in range(_SECANTS):
        step = at_here * to_ball(here - before) / (at_here - at_before)
        if not step.is_finite():
            return None
        guess = dyadic_ends((to_ball(here) - step).mid())[0].fraction()
        if not low < guess < high:
            return None
        if abs(guess - here) < width:
            return guess
        before, at_before, here, at_here = here, at_here, guess, value(guess)
    return None
