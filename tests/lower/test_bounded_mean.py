"""The bounded normal mean: bounds in order, exact below 1.0567, close above."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds


@settings(max_examples=20)
@given(st.fractions(Fraction(1, 100), Fraction(21, 20)))
def test_the_exact_range(tau: Fraction) -> None:
    found = bounds.lower.bounded_mean(tau)
    assert found.exact
    assert found.low == found.high == bounds.lower.two_point_risk(tau, 10)
    assert found.van_trees.high.fraction() < found.low.low.fraction()
    assert found.high.high.fraction() < found.linear.low.fraction()


@pytest.mark.step("two points are the worst prior")
@pytest.mark.parametrize(("tau", "low", "high"), [("1.06", 0.463, 0.464), ("2", 0.6447, 0.6454)])
def test_the_bracket_beyond(tau: str, low: float, high: float) -> None:
    found = bounds.lower.bounded_mean(tau)
    assert not found.exact
    assert low < float(found.low) < float(found.high) < high
    assert found.van_trees.high.fraction() < found.low.low.fraction()
    assert found.high.high.fraction() < found.linear.low.fraction()
    # Donoho, Liu and MacGibbon (Annals of Statistics 18, 1990): linear is within a quarter
    assert float(found.linear) < 1.25 * float(found.low)


def test_a_row_against_the_mass() -> None:
    (row,) = bounds.lower.bounded_mean_table(["1/2"])
    assert row["exact"]
    assert row["van_trees"] == bounds.lower_bound(1, "1/2", "corrected", 6).value.decimals()[0]
    assert float(row["minimax_low"]) < float(row["linear"])


@pytest.mark.parametrize("tau", [0, -1, "8.1", "x", None])
def test_bad_widths_are_refused(tau: Any) -> None:
    with pytest.raises(bounds.InputError):
        bounds.lower.bounded_mean(tau)
