"""Mixtures with unequal weights and variances: the equal case, and that the ends fit."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.bracket import mixture_bound
from bounds.bracket.mixture import _roots
from bounds.certify.exact import to_ball
from bounds.lower.envelope import price_envelope

parts = st.lists(st.fractions(Fraction(1, 9), 5, max_denominator=9), min_size=1, max_size=6)


@pytest.mark.heavy
def test_one_component_and_equal_ones_are_the_librarys() -> None:
    one = bounds.lower_bound(1, "1/20", digits=15).value
    assert mixture_bound([3], "1/20").low.decimals() == one.decimals()
    many = float(mixture_bound([1] * 1000, "1/20").low)
    assert many == pytest.approx(float(bounds.lower_bound(1000, 50, digits=15).value), rel=0.01)


@pytest.mark.heavy
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


@pytest.mark.heavy
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
    alone = mixture_bound([7], "1/10", [4])
    assert alone.high is not None
    exact = bounds.lower_bound(1, "1/10", digits=15).value.ball()
    assert all(value.ball().overlaps(4 * exact) for value in (alone.low, alone.ceiling, alone.high))


@pytest.mark.step("in the square of the unit")
@pytest.mark.heavy
@pytest.mark.parametrize(
    ("kappa", "distance", "square"),
    [("1/20", 18, "1"), ("2", 20, "4"), ("1/10", 5, "9/4"), ("1/20", 30, "2")],
)
def test_equal_components_of_one_variance_are_the_brackets(
    kappa: str, distance: int, square: str
) -> None:
    """In units of s; where s is no rational number D/s is rounded to either side."""
    k, s2 = 12, Fraction(square)
    found = mixture_bound([3] * k, kappa, [s2] * k, distance=distance)
    assert found.blind is not None
    assert found.high is not None
    root = float(s2) ** 0.5
    for scale in (root * (1 - 1e-6), root * (1 + 1e-6)):
        both = bounds.risk_bracket(k, Fraction(kappa) * k, Fraction(distance / scale))
        for mine, its in ((found.blind, both.low.value), (found.high, both.high.value)):
            assert float(mine) == pytest.approx(float(s2) * float(its), rel=1e-4)
    if root == int(root * 2) / 2:
        apart = Fraction(distance) / Fraction(root)
        both = bounds.risk_bracket(k, Fraction(kappa) * k, apart)
        for mine, its in ((found.blind, both.low.value), (found.high, both.high.value)):
            assert mine.ball().overlaps(to_ball(s2) * its.ball())


@pytest.mark.step("equal components: lower bounds at D/s rounded up")
def test_a_distance_over_an_irrational_deviation_is_rounded_to_the_safe_side() -> None:
    down, up = _roots(Fraction(50))
    assert down**2 < 50 < up**2
    assert up - down == Fraction(1, 10**9)
    assert _roots(Fraction(9, 4)) == (Fraction(3, 2),) * 2


@pytest.mark.step(
    "components of one variance do not know their labels",
    "their reports are the bracket's only if all weigh and vary the same",
)
def test_weights_do_not_change_it_and_components_of_one_variance_share_their_labels() -> None:
    first, other = (mixture_bound(w, "1/10", distance=20).high for w in ([1, 9], [5, 4]))
    assert first == other
    assert float(first) > 2 * float(mixture_bound([5, 5], "1/10", distance=20).high)
    told = [mixture_bound([2, 1], "1/10", s, distance=9).high for s in ([1, 1], [1, "1.0001"])]
    assert float(told[0]) > 1.5 * float(told[1])


@pytest.mark.heavy
@settings(max_examples=20)
@given(parts, st.fractions(Fraction(1, 50), 9, max_denominator=60), st.data())
def test_who_knows_the_label_errs_by_no_more_than_who_does_not(
    weights: list[Fraction], kappa: Fraction, data: st.DataObject
) -> None:
    size = len(weights)
    squares = data.draw(st.lists(st.fractions(Fraction(1, 9), 9), min_size=size, max_size=size))
    found = mixture_bound(weights, kappa, squares, 10, distance=data.draw(st.integers(0, 60)))
    assert found.high is not None
    assert found.ceiling.high.fraction() <= found.high.high.fraction()


def test_by_jensen_the_ceiling_is_that_of_the_envelope() -> None:
    """κ = 1: V̂ ≤ 0.5453, where the slope r* says 0.661."""
    at_most = price_envelope(1).high
    assert at_most.high.fraction() < Fraction("0.54531")
    for weights in ([5, 3, 2], [1, 1]):
        ceiling = mixture_bound(weights, 1).ceiling
        assert ceiling.high.fraction() <= at_most.high.fraction() + Fraction(1, 10**7)
    assert bounds.lower_bound(10, 10).ceiling.high.fraction() <= at_most.high.fraction()


@pytest.mark.step("in units of a component's own deviation")
@pytest.mark.heavy
@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(0, 60)), min_size=2, max_size=5
    )
)
def test_no_split_of_the_mass_earns_more_with_known_labels(
    components: list[tuple[int, int, int]],
) -> None:
    """Σ wᵢ sᵢ² V(εᵢ), V from below by two points and chains of means."""
    total = sum(w for w, _, _ in components)
    spent = sum(Fraction(w * e, 10 * total) for w, _, e in components)
    if spent == 0:
        return
    found = mixture_bound([w for w, _, _ in components], spent, [s for _, s, _ in components], 8)
    earned = sum(
        Fraction(w, total)
        * s
        * bounds.lower_bound(1, Fraction(e, 10), digits=9).value.low.fraction()
        for w, s, e in components
        if e
    )
    assert earned <= found.ceiling.high.fraction()


def test_a_component_of_large_variance_is_attacked_beyond_the_slope() -> None:
    """All of the mass on a tenth of the clients, of variance 100: 10 V̂(1), and not 10 r*."""
    ceiling = mixture_bound([1, 9], "1/10", [100, 1]).ceiling
    assert float(ceiling) == pytest.approx(10 * float(price_envelope(1).high), rel=1e-6)


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


@pytest.mark.step("each coordinate is a problem of one dimension")
@pytest.mark.parametrize("weights", [[5, 3, 2], [1, 1]])
def test_in_many_dimensions(weights: list[int]) -> None:
    """Few dimensions: with labels each coordinate; many: what information says, below 2κ."""
    one, two, many = (
        mixture_bound(weights, "1/10", distance=10**5, dimension=d) for d in (1, 2, 1000)
    )
    assert one.low == two.low == many.low
    assert float(two.ceiling) == pytest.approx(2 * float(one.ceiling))
    for found in (two, many):
        assert found.high is not None
        assert found.argued in {"bounds.upper.dimension", "bounds.lower.window_median"}
        assert float(found.ceiling) <= float(found.high) < 0.1907
    assert float(many.high) > float(two.high)


def test_a_bracket_of_vectors_is_that_of_equal_components() -> None:
    both = bounds.risk_bracket(2, "1/5", 40, dimension=3)
    found = mixture_bound([1, 1], "1/10", [4, 4], distance=80, dimension=3)
    assert found.high is not None
    assert found.blind is not None
    assert float(found.high) == pytest.approx(4 * float(both.high.value))
    assert float(found.blind) == pytest.approx(4 * float(both.low.value))
    for wrong in (0, "1/2", 10**7):
        with pytest.raises(bounds.InputError, match="dimension"):
            mixture_bound([1, 1], "1/10", distance=80, dimension=wrong)


def test_kinds_of_vectors_lose_no_more_than_the_noisiest() -> None:
    """Between what all would lose with the least variance and with the largest."""
    ends = [mixture_bound([5, 3, 2], "1/10", [s] * 3, distance=60, dimension=3) for s in (1, 4)]
    found = mixture_bound([5, 3, 2], "1/10", [1, 4, 4], distance=60, dimension=3)
    assert float(ends[0].high) < float(found.high) < float(ends[1].high)
