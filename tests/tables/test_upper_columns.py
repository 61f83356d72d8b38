"""The columns of Theorem 2 show what the calls for one Δ show."""

import pytest

import bounds
from bounds.upper import constants, envelope


@pytest.mark.parametrize("delta", ["1.5", "3"])
def test_they_are_the_constants_of_one_delta(delta: str) -> None:
    (row,) = bounds.sweep(delta, digits=12, columns="C0,C1,C2,C3,far,eps_full,eps_1").rows
    found = constants(delta, 12)
    assert found.true is not None
    values = (found.c0, found.true.c1, found.true.c2, found.c3, found.far)
    faces = [e for value in (*values, found.full, found.destruction) for e in value.decimals()]
    assert row == [delta, "certified", *faces]


def test_the_optimum_and_where_it_is_not_sought() -> None:
    near, far = bounds.sweep("2,100", digits=10, columns="eps_t,slope,intercept").rows
    shape = envelope("2", 10)
    values = (shape.tangent, shape.slope, shape.intercept)
    assert near == ["2", "certified", *(end for value in values for end in value.decimals())]
    assert far[1] == "inconclusive"


def test_without_a_critical_value_the_row_says_none() -> None:
    (row,) = bounds.sweep("0.5", digits=10, columns="C1").rows
    assert row[1:] == ["none", None, None]
