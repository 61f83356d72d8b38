"""Hypothesis strategies for exact numbers, corners included, of any paper.

What is drawn is a Fraction, so that a counterexample is one too; it shrinks to a short decimal.
They need hypothesis (extra [hypothesis]).
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive_rational


def between(low: Any, high: Any, name: str = "the range") -> SearchStrategy[Fraction]:
    """Numbers in [low, high]: short decimals, both ends, and points next to any of these.

    Args:
        low: the lower end, exact and positive.
        high: the upper end, exact.
        name: what to call the range in an error.

    Raises:
        InputError: the range is malformed or goes down.
    """
    least, most = read_positive_rational(low, "low"), read_positive_rational(high, "high")
    if least > most:
        raise InputError(f"{name} must go up, not from {least} to {most}")
    return _decimals_and_corners(least, most)


# One family each, not a choice of several: hypothesis shrinks within a family only.
@st.composite
def _decimals_and_corners(draw: st.DrawFn, low: Fraction, high: Fraction) -> Fraction:
    whole, places = draw(st.integers(floor(low), floor(high))), draw(st.integers(0, 4))
    decimals = draw(st.integers(0, 10**places - 1)) * _power(places)
    point: Fraction = min(max(whole + decimals, low), high)
    gap = draw(st.one_of(st.just(Fraction(0)), st.integers(1, 30).map(_power)))
    inwards = -1 if 2 * point > low + high else 1
    return point + inwards * gap * (high - low)


@st.composite
def up_to(draw: st.DrawFn, end: Fraction) -> Fraction:
    """Numbers in (0, end]: short decimals down to 10⁻⁶⁰, and up to the very end.

    Args:
        draw: given by hypothesis.
        end: the greatest, positive.
    """
    places = draw(st.integers(1, 60))
    units = draw(st.one_of(st.integers(1, 9999), st.just(10**60)))
    point: Fraction = min(units, floor(end * 10**places)) * _power(places)
    assume(point > 0)
    return point


def _power(places: int) -> Fraction:
    return Fraction(1, 10**places)
