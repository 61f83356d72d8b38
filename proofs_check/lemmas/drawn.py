"""What the lemmas draw besides ε: shares, distances, and derivatives by a second route."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb, arb_series, fmpq
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


def shares() -> SearchStrategy[Fraction]:
    """A share strictly between 0 and 1."""
    return st.integers(1, 999).map(lambda n: Fraction(n, 1000))


def distances(most: int = 4) -> SearchStrategy[Fraction]:
    """A distance in (0, most], in standard deviations; often tiny."""
    return st.builds(
        lambda units, places: Fraction(units, 10**places),
        st.integers(1, most * 1000),
        st.integers(3, 40),
    )


def derivative(function: Callable[..., Any], eps: fmpq, delta: fmpq, order: int = 1) -> arb:
    """The first or second derivative in ε, by Taylor arithmetic through the definition."""
    curve = arb_series([arb(eps), 1], prec=order + 1)
    coefficient: arb = function(curve, arb(delta))[order]
    return order * coefficient


def agreement(one: arb, other: arb) -> arb:
    """A margin that is positive where two numbers agree to 12 digits."""
    return abs(one) / 10**12 - abs(one - other)
