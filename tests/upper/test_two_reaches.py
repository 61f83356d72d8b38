"""Two reaches: against plain sums, and the cases of Theorem 2 that they decide."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.upper.possible_means import parts_at
from bounds.upper.two_reaches import (
    parts_between,
    prove_first_case,
    second_case_until,
    stretch_mass,
)

RATIO = 0.66104640


@pytest.mark.parametrize(("distance", "join", "move"), [(13.5, 2.37, 4.38), (20, 3, 5), (30, 4, 8)])
def test_the_parts_against_sums(distance: float, join: float, move: float) -> None:
    with working_precision(64):
        parts = parts_between(arb(distance), arb(join), arb(move))
        theirs = parts_at(arb(distance), arb(join), 15)
    assert parts is not None
    assert theirs is not None
    z = np.linspace(join, 14, 400_001)
    square = (z + move) ** 2 * norm.pdf(z)
    fooled = np.trapezoid(np.where(z < move, square, 0), z)
    far = 2 * np.trapezoid(np.where(z >= move, square, 0), z)
    gap = 2 * norm.cdf(-join)
    whole = int(distance / (2 * join))
    cost = whole * (1 - gap) + 2 * norm.cdf(distance / 2 - whole * join) - 1
    rest = 1 - 2 * gap
    own = (RATIO * (1 - gap) + fooled) / rest
    slope = max(2 / (cost - 1), own, 2 * fooled / rest)
    assert float(parts.slope) == pytest.approx(slope, rel=1e-3)
    assert float(parts.far) == pytest.approx(far, rel=1e-2)
    assert not parts.slope > theirs.slope  # fewer are fooled, by less
    assert not parts.shared < theirs.shared  # and more are far


def test_the_first_case_holds_for_the_delta_that_were_left() -> None:
    assert prove_first_case() > 100


@pytest.mark.parametrize("join", ["1.5", "2"])
def test_other_reaches_do_not_prove_it(join: str) -> None:
    with pytest.raises(Inconclusive):
        prove_first_case((Fraction(join), Fraction(join)))


def test_reaches_too_far_apart_say_nothing() -> None:
    with pytest.raises(Inconclusive, match="says nothing"):
        prove_first_case((Fraction(1), Fraction(1)))


def test_the_second_case_holds_up_to_3_102_and_cannot_much_farther() -> None:
    """From 3.11 on it is false, by two hidden means."""
    until = second_case_until()
    assert until is not None
    assert until == second_case_until(Fraction(5, 2))
    assert Fraction("3.1028") < until < Fraction("3.11")
    slices = second_case_until(fine=(Fraction(1), Fraction(2)))
    assert slices is not None
    assert Fraction("3.091") < slices < until
    worse = second_case_until(join=Fraction(3, 2))
    assert worse is not None
    assert worse < slices
    assert second_case_until(Fraction(4)) is None


def test_a_move_that_is_too_far_proves_nothing_more() -> None:
    """2(s + t) <= D, and s from t to 2t: the theorem says nothing otherwise."""
    slices = second_case_until(fine=(Fraction(1), Fraction(2)))
    for join, move in ((Fraction(5, 3), Fraction(17, 10)), (Fraction(61, 50), Fraction(21, 10))):
        assert second_case_until(fine=(join, move)) == slices


@given(
    st.lists(st.floats(0.01, 1), min_size=1, max_size=9),
    st.floats(1, 6),
)
def test_no_gaps_cost_less_than_a_stretch_is_said_to(shares: list[float], widest: float) -> None:
    gaps = [share * widest for share in shares]
    with working_precision(64):
        least = stretch_mass(arb(sum(gaps)), arb(widest))
        assert float(least) <= sum(2 * norm.cdf(gap / 2) - 1 for gap in gaps) + 1e-9
        assert float(least) >= sum(gaps) * (2 * norm.cdf(widest / 2) - 1) / widest - 1e-9


@pytest.mark.parametrize("gap", [4.8, 5.5, 6.5])
def test_both_neighbours_of_a_cut_are_not_fooled_at_once(gap: float) -> None:
    """6′: with D = 2(s + t), two means each within 2s of the other's cluster, and a cut between."""
    join, move = 2.37, 4.38
    distance = 2 * (join + move)
    for width in np.linspace(0, distance - gap, 200):
        other = distance - gap - width
        if gap >= 2 * join:
            assert max(width, other) + gap >= 2 * move
