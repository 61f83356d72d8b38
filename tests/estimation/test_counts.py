"""Counts on a grid: they add up, coarsen exactly, and lose no report."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.errors import InputError
from bounds.estimation.counts import Counts

CELL = Fraction(1, 8)
reports = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=40).map(np.array)


def same(one: Counts, other: Counts) -> bool:
    return (
        one.cell == other.cell
        and one.index.tolist() == other.index.tolist()
        and one.number.tolist() == other.number.tolist()
    )


@given(reports, reports)
def test_they_add_up(one: np.ndarray, other: np.ndarray) -> None:
    together = Counts.of(np.concatenate([one, other]).astype(float), CELL)
    apart = Counts.of(one.astype(float), CELL) + Counts.of(other.astype(float), CELL)
    assert same(together, apart)
    assert together.total == one.size + other.size


@given(reports)
def test_coarsening_is_counting_on_wider_cells(one: np.ndarray) -> None:
    values = one.astype(float)
    assert same(Counts.of(values, CELL).coarsened(4 * CELL), Counts.of(values, 4 * CELL))


@given(st.lists(st.floats(min_value=-50, max_value=50), min_size=1, max_size=30),
       st.integers(min_value=-500, max_value=500))  # fmt: skip
def test_what_lies_before_an_edge(values: list[float], edge: int) -> None:
    counts = Counts.of(np.array(values), CELL)
    expected = sum(value < edge * CELL for value in values)
    assert counts.before(np.array([edge])).tolist() == [expected]


def test_a_report_on_an_edge_belongs_to_the_right_cell() -> None:
    assert Counts.of(np.array([0.25, -0.25]), CELL).index.tolist() == [-2, 2]


def test_odd_reports_are_counted_far_out() -> None:
    counts = Counts.of(np.array([np.nan, np.inf, -np.inf, 1e300, 0.0]), CELL)
    assert counts.total == 5
    assert counts.before(np.array([-8 * 10**6, 8 * 10**6])).tolist() == [1, 2]


def test_other_widths_do_not_add_up() -> None:
    with pytest.raises(InputError, match="use one width"):
        Counts.none(CELL) + Counts.none(CELL / 2)
