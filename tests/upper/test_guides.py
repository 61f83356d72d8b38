"""The guides say in floats what the certified formulas say."""

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.numbers.precision import working_precision
from bounds.functions import cdf, density
from bounds.lower import risk_to_mass
from bounds.lower.any_set import gap_mass
from bounds.upper import guides
from bounds.upper.sample_size import tail_square

places = st.floats(0, 20)


@pytest.mark.heavy
@given(places, st.floats(0, 12))
def test_they_are_the_certified_formulas(z: float, t: float) -> None:
    with working_precision(128):
        pairs = [
            (guides.density(z), density(arb(z))),
            (guides.tail(z), cdf(-arb(z))),
            (guides.gap_mass(z), gap_mass(arb(z))),
            (guides.tail_square(z, t), tail_square(arb(z), arb(2 * t))),
        ]
        for guide, exact in pairs:
            assert guide == pytest.approx(float(exact), rel=1e-12)


def test_the_ratio_is_rounded_down() -> None:
    below = risk_to_mass(20).ratio.low.fraction() - Fraction(guides.RATIO)
    assert 0 <= below < Fraction(1, 10**8)
