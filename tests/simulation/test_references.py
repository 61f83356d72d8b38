"""The bounds beside a measured risk are those of the clients that were drawn."""

from fractions import Fraction

import pytest

from bounds.bracket import lower_side
from bounds.simulation import REFERENCES, Problem
from bounds.upper.sample_size import sample_size_bound


@pytest.mark.heavy
def test_bounds_at_this_m_are_of_the_whole_number_of_clients() -> None:
    """(k + c)m is no whole number here: fewer clients are drawn, and less is proved for them."""
    problem = Problem.read(3, "1/7", 20_001, 2, 27)
    drawn = Fraction(problem.clients) / (3 + Fraction(1, 7))
    assert drawn < problem.m
    values = {reference.name: reference.value(problem) for reference in REFERENCES}
    listed = values["upper bound at this m, of the estimator possible-means"]
    assert listed is not None
    assert listed.decimals() == sample_size_bound(3, "1/7", 27, drawn, 10).value.decimals()
    lowest = values["lower bound on every algorithm at this m, best"]
    assert lowest is not None
    best = lower_side(3, "1/7", 27, drawn, 10).value
    assert lowest.decimals() == best.decimals()
    assert bool(best.ball() > 0)
