from decimal import Decimal
from fractions import Fraction
from itertools import count, pairwise
from typing import Any

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.errors import InputError
from bounds.certify.exact import show_exact
from bounds.tables import grid
from bounds.tables.grid import read_grid

deltas = st.fractions(Fraction(1, 64), 1024, max_denominator=10**6)
steps = st.fractions(Fraction(1, 2), 2000, max_denominator=10**6)


@pytest.mark.heavy
@settings(max_examples=40)
@given(deltas, deltas, steps)
def test_a_range_is_an_exact_progression_up_to_its_end(
    one: Fraction, other: Fraction, step: Fraction
) -> None:
    low, high = sorted((one, other))
    values = read_grid(f"{low}:{high}:{step}")
    assert values[0] == low
    assert high - step < values[-1] <= high
    assert all(right - left == step for left, right in pairwise(values))


@settings(max_examples=40)
@given(deltas, st.integers(0, 400), st.fractions(Fraction(1, 10**6), 1, max_denominator=10**6))
def test_an_end_that_is_hit_belongs_to_the_range(low: Fraction, size: int, step: Fraction) -> None:
    high = low + size * step
    if high <= 1024:
        values = read_grid(f"{low}:{high}:{step}")
        assert values[-1] == high
        assert len(values) == size + 1


@pytest.mark.heavy
@settings(max_examples=40)
@given(st.lists(deltas, min_size=1, max_size=8))
def test_every_way_of_naming_the_same_values_is_the_same(listed: list[Fraction]) -> None:
    texts = [show_exact(value) for value in listed]
    for named in (listed, texts, ",".join(texts), tuple(listed), iter(texts)):
        assert read_grid(named) == tuple(listed)


def test_ranges_and_values_mix_in_the_order_given() -> None:
    assert read_grid(["1:2:1/2,7", 3, "5/2"]) == tuple(
        map(Fraction, ("1", "1.5", "2", "7", "3", "2.5"))
    )


def test_a_tenth_is_a_tenth() -> None:
    assert read_grid("1:1.3:0.1")[1:] == tuple(map(Fraction, ("1.1", "1.2", "1.3")))
    assert read_grid(np.array([1.5, 2.0])) == (Fraction(3, 2), Fraction(2))
    assert read_grid(Decimal("2.7")) == (Fraction("2.7"),)


@pytest.mark.parametrize(
    "named",
    [
        *("", ",", "1,", "abc", "1:2", "1:2:3:4", "2:1:0.1", "1:2:0", "1:2:-1", "1:2:x", "::"),
        *("0:2:1", "1:2000:1", "0", "-1", "nan", "1:nan:1", "1:2:1/0", "1:2:1e-9", "1:2:1e-9999"),
        *([], None, True, b"2", arb(2, 0.1), [1, None], float("inf"), count(1), [[]]),
        ["1:2:0.000001", "1:2:0.1"],
    ],
    ids=repr,
)
def test_bad_grids_are_one_clear_line(named: Any) -> None:
    with pytest.raises(InputError) as refused:
        read_grid(named)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_the_most_values_are_accepted_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_VALUES", 100)
    for named in ("1:2:1/99", ["1:2:1/97", 3, 4], [2] * 100):
        assert len(read_grid(named)) == 100
    for named in ("1:2:1/100", ["1:2:1/97", 3, "4:5:1"], [2] * 101):
        with pytest.raises(InputError, match="at most 100 values"):
            read_grid(named)
