"""The far term against integrals by another library, and its exact order."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.numbers.precision import working_precision
from bounds.upper.far import (
    PRINTED_FAR_FACTOR,
    far_expectation,
    far_probability,
    far_term,
    printed_far_term,
)

deltas = st.fractions(min_value=Fraction(1, 10), max_value=20)


@pytest.mark.parametrize("delta", ["0.5", "1.5", "2", "3"])
def test_it_is_the_integral(delta: str) -> None:
    """Second route: quadrature of (x + 3Δ/2)² φ(x), from the definition."""
    with mpmath.workdps(30):
        t = 3 * mpmath.mpf(delta) / 2
        whole = mpmath.quad(
            lambda x: (x + t) ** 2 * mpmath.npdf(x), [t, t + 2, t + 6, t + 14, t + 30]
        )
        with working_precision(160):
            term = far_term(arb(delta))
        assert abs(mpmath.mpf(term.mid().str(40, radius=False)) - 2 * whole) < mpmath.mpf(10) ** -20


@pytest.mark.heavy
@given(deltas)
def test_it_lies_between_one_and_four_above_nine_squares(delta: Fraction) -> None:
    with working_precision(128):
        value, square = far_expectation(arb(delta.numerator) / delta.denominator), delta * delta
        ball = arb(square.numerator) / square.denominator
        assert value > 1 + 9 * ball
        assert value < 4 + 9 * ball
        assert value > arb(13) / 4 * ball, "the paper's last line holds for no Delta"


def test_the_printed_term_is_the_smaller() -> None:
    with working_precision(128):
        for delta in ("1.5", "2", "4", "8"):
            assert printed_far_term(arb(delta)) < far_term(arb(delta))
            rate = far_probability(arb(delta)) * arb(delta) ** 2
            assert (printed_far_term(arb(delta)) / rate).overlaps(
                arb(PRINTED_FAR_FACTOR.numerator) / PRINTED_FAR_FACTOR.denominator
            )
