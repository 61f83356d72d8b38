"""The risk of s tanh(sX) from a table, against adaptive integration."""

from fractions import Fraction

import pytest
from flint import acb, arb
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import tanh_estimate


def integral(scale: Fraction, theta: Fraction) -> arb:
    """E(s tanh(sX) − θ)² by adaptive integration."""
    with working_precision(64):
        s, mean = to_ball(scale), to_ball(theta)

        def at(x: acb, _: bool) -> acb:
            error = s * (s * x).tanh() - mean
            return (-(x - mean) * (x - mean) / 2).exp() * error * error

        total = acb.integral(at, float(theta) - 9, float(theta) + 9).real
        beyond = arb(0, (s + mean) * (s + mean) * (arb(9) / arb(2).sqrt()).erfc())
        return total / (2 * arb.pi()).sqrt() + beyond


@settings(max_examples=30)
@given(
    st.fractions(Fraction(1, 20), 5, max_denominator=64),
    st.fractions(0, 7, max_denominator=64),
)
def test_the_risk_is_its_integral(scale: Fraction, theta: Fraction) -> None:
    told = tanh_estimate.tanh_risk(scale, theta)
    assert told.rad() < 1e-6
    with working_precision(64):
        assert told.overlaps(integral(scale, theta))


@pytest.mark.step("the error of the sum is counted")
@pytest.mark.parametrize(("scale", "theta"), [("1", "1"), ("2", "5"), ("3", "1/2"), ("9/2", "4")])
def test_a_coarse_table_counts_its_error(
    scale: str, theta: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With few nodes the sum is far off, and the ball as wide as that."""
    monkeypatch.setattr(tanh_estimate, "_RISK_BITS", 3)
    table = tanh_estimate._table.__wrapped__
    monkeypatch.setattr(tanh_estimate, "_table", table)
    told = tanh_estimate.tanh_risk.__wrapped__(Fraction(scale), Fraction(theta))
    assert told.rad() > 1e-6
    with working_precision(64):
        assert told.contains(integral(Fraction(scale), Fraction(theta)))
