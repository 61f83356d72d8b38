"""The two-sided theorem: its ends against the bracket, its rate, and each step left out."""

from fractions import Fraction
from typing import Any

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.bracket import price, prove_rate
from bounds.bracket.two_sided import rate
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.upper.possible_means import parts_at


def test_the_rate_is_proved() -> None:
    assert len(prove_rate()) == 5


@settings(max_examples=30)
@given(
    st.integers(1, 10**6),
    st.fractions(Fraction(1, 1000), Fraction(65, 100)),
    st.integers(15, 300),
)
def test_the_ends_enclose_the_limit_within_the_rate(k: int, kappa: Fraction, distance: int) -> None:
    found = price(k, k * kappa, distance, 12)
    assert found.low.low.fraction() <= found.limit.high.fraction() <= found.at_most.high.fraction()
    assert found.high.low.fraction() <= found.at_most.high.fraction()
    assert found.limit.low.fraction() - found.low.high.fraction() < Fraction("0.4305") / k


@pytest.mark.parametrize(("k", "distance"), [(10, 20), (1000, 20), (1000, 40)])
def test_the_bracket_is_at_least_as_narrow(k: int, distance: int) -> None:
    both = bounds.risk_bracket(k, Fraction(k, 20), distance)
    found = price(k, Fraction(k, 20), distance)
    assert both.low.value.high.fraction() >= found.low.low.fraction()
    assert both.high.value.low.fraction() <= found.high.high.fraction()


def test_the_rate_is_not_much_too_large() -> None:
    """The exponent is that of E at t = D/9: at D = 60 the slope exceeds r* by a seventh of it."""
    ratio = bounds.risk_to_mass(30).ratio.ball()
    with working_precision(200):
        parts = parts_at(arb(60), arb(60) / 9, 40)
        assert parts is not None
        excess = parts.slope - ratio
        most = rate(arb(1), arb(60))
        assert excess < most < 10 * excess


def test_nearer_means_break_the_first_step() -> None:
    """At D = 14 the term 2/(Q − 1) is above r*, so that the rate is not that of E."""
    with working_precision(64):
        t = to_ball(Fraction(14, 9))
        gap = (t / arb(2).sqrt()).erfc()
        assert 2 / (arb("4.5") * (1 - gap) - 1) > arb("0.66104640")


@pytest.mark.parametrize(
    "arguments", [(10, 1, 14), (10, "6.6", 20), (0, 1, 20), (10, 1, None), (10, -1, 20)]
)
def test_bad_input_is_a_clear_error(arguments: tuple[Any, ...]) -> None:
    with pytest.raises((bounds.InputError, bounds.DomainError)):
        price(*arguments)
