"""Where a constant comes down to a level: below before, above after."""

from fractions import Fraction

import pytest
from flint import arb

from bounds.certified.precision import working_precision
from bounds.errors import InputError
from bounds.exact import to_ball
from bounds.theorems.upper import constants, delta_where
from bounds.theorems.upper.far import far_term
from bounds.theorems.upper.ranges import Quantity


@pytest.mark.parametrize("level", ["1.5", "1.05", "1.0001"])
def test_c0_crosses_the_level_there(level: str) -> None:
    place = delta_where("C0", level, 12)
    step = Fraction(1, 10**10)
    before = constants(place.low.fraction() - step, 20).c0
    after = constants(place.high.fraction() + step, 20).c0
    assert before.low.fraction() > Fraction(level) > after.high.fraction()


@pytest.mark.parametrize("level", ["1", "0.1", "1e-9"])
def test_the_far_term_crosses_the_level_there(level: str) -> None:
    place = delta_where("far", level, 12)
    step = Fraction(1, 10**10)
    with working_precision(120):
        assert far_term(to_ball(place.low.fraction() - step)) > arb(level)
        assert far_term(to_ball(place.high.fraction() + step)) < arb(level)


@pytest.mark.parametrize(
    ("quantity", "level"), [("C0", "1"), ("C0", "0.5"), ("far", "3"), ("far", "-1"), ("C1", "1")]
)
def test_levels_out_of_reach_are_refused(quantity: Quantity, level: str) -> None:
    with pytest.raises(InputError):
        delta_where(quantity, level)
