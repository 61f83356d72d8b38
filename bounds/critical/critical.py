"""ε_cr(Δ): where the one-component loss turns from concave to convex (Section III, Lemma 5)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from bounds.certify.errors import DomainError, Inconclusive
from bounds.certify.exact import Exact, show_exact
from bounds.certify.numbers.precision import read_digits
from bounds.critical.domain import point_at, read_delta, survey, told_of_balls
from bounds.critical.point import Inflection, locate
from bounds.critical.regimes import Regime, regime_of
from bounds.critical.seeds import GUESS_BITS, guess

_FEW_DIGITS = 10


class NoCriticalValue(DomainError):
    """The loss is concave on its whole domain for this Δ, as proved: there is no ε_cr."""


@dataclass(frozen=True, repr=False, init=False)
class CriticalValue(Inflection):
    """ε_cr(Δ) with its proof: the first point where the loss turns from concave to convex.

    Attributes:
        turns: how many such points the loss has on its whole domain, as proved; the others lie
            above (see `bounds.inflections`).
    """

    turns: int

    def __init__(self, point: Inflection, turns: int) -> None:
        vars(self).update(vars(point), turns=turns)


def eps_cr(delta: Any, digits: int = 30) -> CriticalValue:
    """The critical value ε_cr(Δ): the smallest ε at which the loss turns from concave to convex.

    Args:
        delta: Δ, 1/64 to 1024, in standard deviations: int, str, Fraction, Decimal, mpf or ball; a
            float counts as the exact binary number that it is, so pass "0.1" and not 0.1.
        digits: significant decimal digits of every number in the result, 1 to 1,000,000.

    Returns:
        Enclosures of ε_cr and of l, ε̂, g and the loss there, with the proof that the root exists
        and is unique in its box, and the number of turns on the whole domain.

    Raises:
        InputError: Δ is not such a number, or digits is not a count.
        NoCriticalValue: the loss is proved concave on its whole domain (for Δ below about 0.83).
        Inconclusive: Δ is too close to a value where the number of turns changes, or is a
            ball that is too wide (a radius of 10⁻⁶ is not).

    Paper: Section III and Lemma 5, where the printed values differ by orders of magnitude.
    """
    exact, digits = read_delta(delta), read_digits(digits)
    if isinstance(exact, Fraction):
        return _critical(exact, digits)
    with told_of_balls(exact):
        return _critical(exact, digits)


def _critical(exact: Exact, digits: int) -> CriticalValue:
    regime = regime_of(exact)
    # step: no turn is a theorem there [false 3/3]
    if regime is not None and regime.turns == 0:
        raise _concave(exact)
    if regime is not None:
        point = _from_guesses(exact, digits, regime)
        if point:
            return CriticalValue(point, turns=regime.turns)
    _, changes = survey(exact)
    # step: turns to convex are counted [list: list(changes)]
    turns = [change for change in changes if change.to_convex]
    if not turns:
        raise _concave(exact)
    # step: the first of them is ε_cr [constant: -1]
    _, point = point_at(turns[0], exact, digits)
    return CriticalValue(point, turns=len(turns))


def _concave(delta: Exact) -> NoCriticalValue:
    return NoCriticalValue(
        f"Delta = {show_exact(delta)} has no eps_cr: the loss is proved concave on its whole"
        " domain (take Delta of 1 or more)"
    )


def _from_guesses(delta: Exact, digits: int, regime: Regime) -> Inflection | None:
    """The first turn to convex, near the stored guesses; None where they lead to none.

    As many turns to convex as the regime has, in order of l(ε̂), are all of them. Of the others a
    few digits will do.
    """
    wanted = [digits] + [min(digits, _FEW_DIGITS)] * (regime.turns - 1)
    try:
        # step: as many as the theorem says [call 3/3: zip(regime.branches[::2], wanted)]
        found = [
            locate(delta, guess(branch, delta), few, known=GUESS_BITS[branch])
            for branch, few in zip(regime.branches[::2], wanted, strict=True)
        ]
    except (ValueError, Inconclusive):
        return None
    # step: what the guesses lead to are turns to convex [false 2/2]
    if any(point.turn != "concave to convex" for _, point in found):
        return None
    # step: and they are different ones, in order [true 3/3]
    if not all(left[1] < right[1] for (left, _), (right, _) in pairwise(found)):
        return None
    return found[0][1]
