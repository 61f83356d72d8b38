"""The exact maximum over splits, against brute force."""

import itertools
from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import allocation
from bounds.lower.allocation import best_parts, best_split, equal_split_value


def test_the_two_identities_of_the_lemma() -> None:
    assert allocation.slope_identity()
    assert allocation.curvature_identity()


@settings(max_examples=30)
@given(st.integers(1, 30), st.fractions(Fraction(1, 100), 90, max_denominator=200))
def test_the_best_number_of_parts(k: int, c: Fraction) -> None:
    best = best_parts(k, c)
    with working_precision(128):
        values = [equal_split_value(k, to_ball(c), n) for n in range(1, k + 1)]
        assert all(values[best - 1] > value for n, value in enumerate(values) if n + 1 != best)


@pytest.mark.parametrize(("k", "c"), [(2, "1"), (2, "3.7"), (3, "5"), (3, "9"), (4, "6.5")])
def test_no_split_on_a_grid_is_better(k: int, c: str) -> None:
    """Every split of the budget into k multiples of c/24: none beats the maximum."""
    budget, grid = Fraction(c), 24
    with working_precision(64):
        share = [
            bounds.lower.information_bound(to_ball(budget * j / grid)) for j in range(grid + 1)
        ]
        split = best_split(k, budget)
        best = equal_split_value(k, to_ball(budget), split.parts) * k
        top = arb(0)
        for cuts in itertools.combinations_with_replacement(range(grid + 1), k - 1):
            ends = [0, *cuts, grid]
            total = arb(0)
            for low, high in itertools.pairwise(ends):
                total += share[high - low]
            top = top.max(total)
        assert top < best + arb(2) ** -50


@settings(max_examples=30)
@given(st.fractions(Fraction(1, 100), 10), st.fractions(Fraction(1, 100), 10))
def test_opposite_curvatures_at_one_slope(x: Fraction, other: Fraction) -> None:
    """For y > x with h′(y) = h′(x), h″(x) + h″(y) > 0: the pair from p = xy < 1/3."""
    p = min(x, other) / (31 * max(x, other))
    with working_precision(200):
        s = (1 - to_ball(p)) / to_ball(p).sqrt()
        root = (s * s - 4 * to_ball(p)).sqrt()
        pair = ((s - root) / 2, (s + root) / 2)
        slopes = [2 * v / ((1 + v * v) * (1 + v * v)) for v in pair]
        bends = [(1 - 3 * v * v) / (1 + v * v) ** 3 for v in pair]
        assert slopes[0].overlaps(slopes[1])
        assert bends[0] + bends[1] > 0


@settings(max_examples=30)
@given(st.integers(1, 6), st.fractions(Fraction(1, 10), 12, max_denominator=40), st.data())
def test_local_maxima_are_those_that_no_small_move_improves(
    k: int, c: Fraction, data: st.DataObject
) -> None:
    """At each n: moving a little mass between two components, chosen at random, loses or gains."""
    found = allocation.local_maxima(k, c)
    n = data.draw(st.integers(1, k))
    shares = [c / n] * n + [Fraction(0)] * (k - n)
    step = c / n / 10**9

    def total(values: list[Fraction]) -> arb:
        whole = arb(0)
        for value in values:
            whole += bounds.lower.information_bound(to_ball(value))
        return whole

    with working_precision(200):
        changes = []
        for i, j in itertools.permutations(range(k), 2):
            if shares[i] > 0:
                moved = list(shares)
                moved[i], moved[j] = moved[i] - step, moved[j] + step
                changes.append(total(moved) - total(shares))
        assert (n in found) == all(change < 0 for change in changes)


def test_the_sizes_that_users_may_ask_for() -> None:
    assert best_split(10**9, Fraction(10**9)).parts == 398942280
    assert best_split(10**9, Fraction(1, 10**1000)).parts == 1
    assert best_split(7, Fraction(10**9)).parts == 7


@pytest.mark.step("one part fewer gains less")
def test_a_ball_across_a_change_is_undecided() -> None:
    with working_precision(100):
        change = (4 * arb.pi()).sqrt()  # c² = 2π·1·2
    with pytest.raises(bounds.Inconclusive):
        best_parts(5, change + arb(0, 0.01))
    assert best_parts(5, change * 0.9) == 1
    assert best_parts(5, change * 1.1) == 2
