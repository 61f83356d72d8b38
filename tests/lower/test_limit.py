"""Small budgets solved: b is superadditive; and the budget from which Theorem 1 is true."""

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import limit
from bounds.lower.limit import EXACT_UP_TO, prove_one_component_is_best, risk_slope
from bounds.lower.two_point import risk, separation_of


def earned(eps: Fraction) -> mpmath.mpf:
    """b(ε) by mpmath: the posterior variance, integrated as it stands."""
    with mpmath.workdps(30):
        t = mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf(eps.numerator) / eps.denominator)

        def variance(x: mpmath.mpf) -> mpmath.mpf:
            left, right = mpmath.npdf(x, -t), mpmath.npdf(x, t)
            return 2 * t * t * left * right / (left + right)

        return mpmath.quad(variance, [-12, -4, 0, 4, 12])


def test_the_proof_goes_through() -> None:
    assert prove_one_component_is_best() == EXACT_UP_TO


def test_too_few_pieces_are_not_enough() -> None:
    with pytest.raises(bounds.Inconclusive):
        prove_one_component_is_best(1)


def test_a_larger_range_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limit, "EXACT_UP_TO", Fraction(7063, 10_000))
    with pytest.raises(bounds.Inconclusive):
        prove_one_component_is_best(17)


@settings(max_examples=25)
@given(st.fractions(Fraction(1, 100), 1), st.fractions(Fraction(1, 100), Fraction(1, 2)))
def test_one_component_earns_more_than_two(size: Fraction, share: Fraction) -> None:
    whole = size * EXACT_UP_TO
    with working_precision(64):
        parts = [risk(separation_of(to_ball(whole * part))) for part in (share, 1 - share)]
        assert parts[0] + parts[1] < risk(separation_of(to_ball(whole)))


def test_the_slope_is_below_difference_quotients() -> None:
    low, high = Fraction(1, 2), Fraction(51, 100)
    with working_precision(64):
        ends = [risk(separation_of(to_ball(eps))) for eps in (low, high)]
        quotient = (ends[1] - ends[0]) / to_ball(high - low)
        assert risk_slope(low, high) < quotient < 1.2 * risk_slope(low, high)


@pytest.mark.parametrize("digits", [12, 60])
def test_the_threshold_by_another_integration(digits: int) -> None:
    """b(c) − c/√(8π) changes its sign at c*, by mpmath."""
    found = bounds.lower.printed_threshold(digits)
    step = Fraction(1, 10**12)
    for eps, above in ((found.low.fraction() - step, False), (found.high.fraction() + step, True)):
        with mpmath.workdps(30):
            printed = mpmath.mpf(eps.numerator) / eps.denominator / mpmath.sqrt(8 * mpmath.pi)
            assert (earned(eps) > printed) is above


def test_the_threshold_lies_between_the_median_and_the_older_bound() -> None:
    """The median alone refutes up to t² = c/√(8π), at 0.1259…; 13/100 is enough for the truth."""
    found = bounds.lower.printed_threshold(20)
    assert Fraction("0.1259") < found.low.fraction() < found.high.fraction() < Fraction(13, 100)
