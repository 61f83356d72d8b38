"""Mixtures with unequal weights and variances: the equal case, and that the ends fit."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.bracket import mixture_bound

parts = st.lists(st.fractions(Fraction(1, 9), 5, max_denominator=9), min_size=1, max_size=6)


@pytest.mark.heavy
def test_one_component_and_equal_ones_are_the_librarys() -> None:
    one = bounds.lower_bound(1, "1/20", digits=15).value
    assert mixture_bound([3], "1/20").low.decimals() == one.decimals()
    many = float(mixture_bound([1] * 1000, "1/20").low)
    assert many == pytest.approx(float(bounds.lower_bound(1000, 50, digits=15).value), rel=0.01)


@settings(deadline=None, max_examples=25)
@given(parts, st.fractions(Fraction(1, 50), 3, max_denominator=60), st.data())
def test_low_is_below_the_ceiling_and_within_the_budget(
    weights: list[Fraction], kappa: Fraction, data: st.DataObject
) -> None:
    size = len(weights)
    squares = data.draw(st.lists(st.fractions(Fraction(1, 9), 9), min_size=size, max_size=size))
    found = mixture_bound(weights, kappa, squares, 10)
    assert found.low.low.fraction() <= found.ceiling.high.fraction()
    spent = sum(w * e for w, e in zip(weights, found.masses, strict=True)) / sum(weights)
    assert spent <= kappa
    own = sum(w * s for w, s in zip(weights, squares, strict=True)) / sum(weights)
    assert found.ceiling.low.fraction() <= own


def test_noisy_components_are_attacked_first() -> None:
    found = mixture_bound([1, 1, 1], "1/10", [1, 4, 1])
    assert found.masses[1] > 0
    assert found.masses[0] == found.masses[2] == 0
    assert float(found.low) > 3.9 * float(mixture_bound([1, 1, 1], "1/10").low)


@pytest.mark.parametrize(
    "arguments",
    [([], 1), ([1, -1], 1), ([1], 0), ([1], "1e-201"), ([1, 2], 1, [1]), (["x"], 1), (3, 1)],
)
def test_bad_input_is_a_clear_error(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(bounds.InputError):
        mixture_bound(*arguments)


@pytest.mark.parametrize(
    ("asked", "told"), [({"distance": 20}, "labels"), ({"m": 1000}, "given m")]
)
def test_what_is_not_proved_is_refused(asked: dict[str, int], told: str) -> None:
    with pytest.raises(bounds.InputError, match=told):
        mixture_bound([1, 2], "1/10", [1, 4], **asked)
