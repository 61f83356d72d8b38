"""ε_cr and all inflections, proved anew from guesses of where they are.

How many there are is a theorem for whole ranges of Δ (`regimes`). So as many roots, each unique in
its own box and with the sign change proved, are all of them: no survey has to look for more. The
guesses may come from anywhere, as from the journal of a sweep: a wrong one proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.critical.critical import CriticalValue
from bounds.critical.point import Inflection, locate
from bounds.critical.regimes import Regime, regime_of
from bounds.critical.whole_domain import Inflections, near_guesses

Guess: TypeAlias = list[list[str]]
"""(l(ε), l(ε̂), g(ε̂)) as positive decimals, inflection by inflection."""

_NUMBER = re.compile(r"\d+(\.\d+)?(e[+-]\d{1,4})?", re.ASCII)
_FEW_BITS = 64
_LEAST = 25
_TRUSTED = 20  # from so many digits on, a guess needs no search of Newton's method


# equivalent mutants: a guess of a root, which is proved afterwards, whatever led there: unique in
#  its box, with its turn, in a range of Delta with one such turn
def guess_of(points: Sequence[Inflection]) -> Guess:
    """Where the points lie, to the digits that they show, and 25 at least."""
    return [
        [
            number.decimals(max(number.digits, _LEAST))[0]
            for number in (point.radius, point.radius_of_estimate, point.shift)
        ]
        for point in points
    ]


def read_guess(guess: Any, digits: int) -> Guess:
    """A guess that was read from a file, if it has the form of one.

    Raises:
        ValueError: it has not.
    """
    if not isinstance(guess, list) or not all(
        isinstance(point, list) and len(point) == 3 and all(isinstance(n, str) for n in point)
        for point in guess
    ):
        raise ValueError("a guess is a list of three decimals for each inflection")
    if not all(
        len(n) <= max(digits, _LEAST) + 16 and _NUMBER.fullmatch(n)
        for point in guess
        for n in point
    ):
        raise ValueError("a guess consists of positive decimals")
    return guess


def eps_cr_near(delta: Fraction, digits: int, guess: Guess) -> CriticalValue:
    """ε_cr(Δ), if it is near the guess and Δ in a range with one turn from concave to convex.

    Raises:
        Inconclusive: it is not, or Δ is not.
    """
    if _regime(delta).turns != 1 or len(guess) != 1:
        raise Inconclusive("the guess is not one point in a range of Delta with one turn")
    start, known = _start(digits, guess[0])
    _, point = locate(delta, start, digits, known=known)
    if point.turn != "concave to convex":
        raise Inconclusive("the loss turns from convex to concave there")
    return CriticalValue(point, turns=1)


def inflections_near(delta: Fraction, digits: int, guess: Guess) -> Inflections:
    """All inflections, if they are near the guesses and Δ is in a range of one shape.

    Raises:
        Inconclusive: they are not, or Δ is not.
    """
    regime = _regime(delta)
    return near_guesses(delta, digits, regime.shape, [_start(digits, place) for place in guess])


def _regime(delta: Fraction) -> Regime:
    regime = regime_of(delta)
    if regime is None:
        raise Inconclusive(f"Delta = {show_exact(delta)} is in no range of one proved shape")
    return regime


# equivalent mutants: bits of a guess that are believed to be right: the root is proved
def _start(digits: int, place: list[str]) -> tuple[list[arb], int]:
    """A guess, and the bits of it that are believed to be right."""
    known = bits_for(digits) - 32 if digits >= _TRUSTED else 0
    with working_precision(known + _FEW_BITS):
        return [arb(number).mid() for number in place], known
