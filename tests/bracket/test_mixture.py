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


@settings(max_examples=25)
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


def test_a_bound_at_a_given_m_is_refused() -> None:
    with pytest.raises(bounds.InputError, match="given m"):
        mixture_bound([1, 2], "1/10", [1, 4], distance=20, m=1000)


@pytest.mark.parametrize("distance", [-1, 10**7, "x"])
def test_a_distance_is_exact_and_in_range(distance: int | str) -> None:
    with pytest.raises(bounds.InputError):
        mixture_bound([1, 2], "1/10", distance=distance)


@settings(max_examples=25)
@given(parts, st.fractions(Fraction(1, 50), 3, max_denominator=60), st.data())
def test_without_labels_the_bound_is_above_and_at_most_a_clients_own_error(
    weights: list[Fraction], kappa: Fraction, data: st.DataObject
) -> None:
    size = len(weights)
    squares = data.draw(st.lists(st.fractions(Fraction(1, 9), 9), min_size=size, max_size=size))
    distance = data.draw(st.fractions(0, 90, max_denominator=4))
    found = mixture_bound(weights, kappa, squares, 10, distance=distance)
    assert found.high is not None
    own = sum(w * s for w, s in zip(weights, squares, strict=True)) / sum(weights)
    assert found.low.low.fraction() <= found.high.high.fraction()
    assert found.high.low.fraction() <= own


def test_without_labels_a_distance_is_needed_but_for_one_component() -> None:
    assert mixture_bound([1, 2], "1/10").high is None
    alone = mixture_bound([7], "1/10", [4]).high
    assert alone is not None
    assert float(alone) == pytest.approx(4 * (1 - Fraction(10, 11) ** 2))
    equal = mixture_bound([1] * 100, "2", distance=20).high
    assert equal is not None
    sides = bounds.risk_bracket(100, 200, 20).upper
    (told,) = (side.value for side in sides if side.method == "information")
    assert told.decimals() == equal.decimals()


def test_weights_do_not_change_it_and_components_of_one_variance_share_their_labels() -> None:
    first, other = (mixture_bound(w, "1/10", distance=20).high for w in ([1, 9], [5, 5]))
    assert first == other
    told = [mixture_bound([1, 1], "1/10", s, distance=9).high for s in ([1, 1], [1, "1.0001"])]
    assert float(told[0]) > 1.5 * float(told[1])


@pytest.mark.parametrize("kappa", ["2/3", "2", "20"])
def test_a_large_ratio_is_spent_on_larger_sets(kappa: str) -> None:
    alone = bounds.lower_bound(1, kappa, digits=15).value
    found = mixture_bound([5, 3, 2], kappa, [1, 4, 9])
    own = Fraction(1, 2) + Fraction(12, 10) + Fraction(18, 10)
    assert float(found.low) >= float(own) * float(alone) - 1e-12
    assert found.masses == (found.masses[0],) * 3 or kappa == "2/3"
    assert found.masses[0] <= Fraction(kappa)
    assert found.low.high.fraction() <= found.ceiling.high.fraction()


def test_equal_components_have_the_librarys_bound_at_a_large_ratio() -> None:
    assert float(mixture_bound([1] * 10, 20).low) >= 0.9 * float(bounds.lower_bound(10, 200).value)
