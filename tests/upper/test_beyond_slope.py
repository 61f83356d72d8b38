"""The bound for any line: the theorem of the possible means is its case α = 0."""

import itertools
from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from possible_sets import lost, whole

from bounds.certify.numbers.precision import working_precision
from bounds.lower.bound import risk_to_mass
from bounds.lower.line import Line
from bounds.lower.support_lines import LINES, distant_line
from bounds.upper.beyond_slope import parts_for, reach_for
from bounds.upper.possible_means import parts_at


@pytest.mark.parametrize(("distance", "reach"), [("18", "3"), ("27", "3.3"), ("40", "4")])
def test_with_height_0_and_slope_r_it_is_the_theorem_of_the_possible_means(
    distance: str, reach: str
) -> None:
    ratio = risk_to_mass(20).ratio
    line = Line(Fraction(0), ratio.high.fraction(), Fraction(5))
    with working_precision(64):
        mine = parts_for(line, arb(distance), arb(reach))
        theirs = parts_at(arb(distance), arb(reach), 20)
        assert mine is not None
        assert theirs is not None
        assert mine.slope.overlaps(theirs.slope)
        assert mine.shared.overlaps(theirs.shared)
        assert mine.far.overlaps(theirs.far)


def test_the_slope_tends_to_that_of_the_line() -> None:
    for line in (LINES[5], LINES[-1], distant_line(Fraction(3))):
        with working_precision(128):
            parts = parts_for(line, arb(4000), arb(30))
            assert parts is not None
            assert abs(parts.slope - float(line.beta)) < 1e-12 + float(line.beta) / 10**6


@pytest.mark.heavy
@settings(max_examples=100)
@given(
    st.sampled_from(LINES),
    st.sampled_from([(24.0, 2.4), (30.0, 3.0), (40.0, 2.5)]),
    st.lists(st.floats(min_value=1, max_value=1.7), min_size=0, max_size=3),
    st.lists(st.floats(min_value=-0.6, max_value=3.6), min_size=0, max_size=12),
)
def test_no_set_of_possible_means_costs_less_than_what_it_gains_beyond_the_height(
    line: Line, sizes: tuple[float, float], gaps: list[float], extra: list[float]
) -> None:
    """Steps 1 to 4 by sums: what clients lose beyond α, against σ times what the set costs."""
    separation, reach = sizes
    means = [separation * place for place in itertools.accumulate(gaps, initial=0.0)]
    points = [*means, *(separation * place for place in extra)]
    budget = whole(points) - len(means)
    with working_precision(64):
        bound = parts_for(line, arb(separation), arb(reach))
    assert bound is not None
    allowed = float(bound.slope) * (budget + len(means) * float(bound.shared))
    height = (float(line.alpha), float(line.beta))
    assert lost(points, separation, reach, set(means), height) <= allowed + 1e-6


def test_long_clusters_must_pay_for_what_lies_above_the_line() -> None:
    """5′: with Q too small for α + βQ ≥ 1 nothing is claimed."""
    with working_precision(64):
        assert parts_for(LINES[9], arb("7"), arb("1.1")) is None
        assert parts_for(LINES[0], arb("20"), arb("0.2")) is None


def test_the_reach_is_at_most_a_sixth() -> None:
    for line in LINES:
        for distance in (12.0, 20.0, 80.0):
            assert 0 < reach_for(line, distance, 1.0) <= Fraction(1, 6)
