"""Two reaches: against plain sums, and the cases of Theorem 2 that they decide."""

import itertools
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


@pytest.mark.step("who is fooled is paid for")
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
    ends = (distance - 2 * move) / (2 * join) * (1 - gap)
    own = (RATIO * ends + fooled) / (ends - gap)
    several = (2 - 2 / (1 + cost) ** 2) / (cost - 1)
    slope = max(several, own, 2 * fooled / rest)
    assert float(parts.slope) == pytest.approx(slope, rel=1e-3)
    assert float(parts.far) == pytest.approx(far, rel=1e-2)
    assert not parts.slope > theirs.slope  # fewer are fooled, by less
    assert not parts.shared < theirs.shared  # and more are far


@pytest.mark.step("so is who is fooled by counterfeits")
def test_near_reaches_are_dear() -> None:
    """A counterfeit fools the clients on both of its sides."""
    join, move = 1.0, 2.0
    z = np.linspace(join, move, 100_001)
    fooled = np.trapezoid((z + move) ** 2 * norm.pdf(z), z)
    with working_precision(64):
        parts = parts_between(arb(8), arb(join), arb(move))
    assert parts is not None
    assert float(parts.slope) >= 2 * fooled / (1 - 4 * norm.cdf(-join)) - 1e-6


@pytest.mark.step("a cluster that may hold several means costs enough")
def test_two_means_in_a_cluster_pay_for_the_clients_of_both() -> None:
    with working_precision(64):
        parts = parts_between(arb(6), arb("1.4"), arb("1.6"))
        mass = float(stretch_mass(arb(6), arb("2.8")))
    assert parts is not None
    assert float(parts.slope) * (mass - 1) >= 2 * (1 - (1 + mass) ** -2) - 1e-9


@pytest.mark.step("a cluster of two means costs more than its share")
def test_a_stretch_that_costs_too_little_says_nothing() -> None:
    """Q > 1: else two means could share a cluster for nothing."""
    with working_precision(64):
        assert parts_between(arb(2), arb("0.9"), arb("0.9")) is None
        assert parts_between(arb(6), arb("0.6"), arb("1")) is None  # p is above a half


def test_the_first_case_holds_for_the_delta_that_were_left() -> None:
    assert prove_first_case() > 100


@pytest.mark.parametrize("join", ["1.5", "2"])
def test_other_reaches_do_not_prove_it(join: str) -> None:
    with pytest.raises(Inconclusive):
        prove_first_case((Fraction(join), Fraction(join)))


def test_reaches_too_far_apart_say_nothing() -> None:
    with pytest.raises(Inconclusive, match="says nothing"):
        prove_first_case((Fraction(1), Fraction(1)))


def test_the_second_case_holds_up_to_3_107_and_cannot_much_farther() -> None:
    """From 3.1084 on it is false, by two hidden means."""
    until = second_case_until(Fraction(5, 2))
    assert until is not None
    assert Fraction("3.1072") < until < Fraction("3.1084")
    slices = second_case_until(fine=(Fraction(1), Fraction(2)))
    assert slices is not None
    assert Fraction("3.091") < slices < until
    assert second_case_until(Fraction(4)) is None


@pytest.mark.heavy
def test_it_holds_from_3_halves_on_and_not_so_far_with_another_join() -> None:
    until = second_case_until()
    assert until is not None
    assert until == second_case_until(Fraction(5, 2))
    worse = second_case_until(join=Fraction(3, 2))
    assert worse is not None
    assert worse < Fraction("3.091")


@pytest.mark.step("t ≤ s ≤ 2t and 2(s + t) ≤ D")
def test_a_move_that_is_too_far_proves_nothing_more() -> None:
    """2(s + t) <= D, and s from t to 2t: the theorem says nothing otherwise."""
    slices = second_case_until(fine=(Fraction(1), Fraction(2)))
    for join, move in ((Fraction(5, 3), Fraction(17, 10)), (Fraction(61, 50), Fraction(21, 10))):
        assert second_case_until(fine=(join, move)) == slices


@given(
    st.floats(3.5, 8),
    st.integers(1, 4),
    st.lists(st.floats(0.05, 0.95), min_size=0, max_size=9),
    st.floats(0, 9),
)
def test_several_means_in_a_cluster_pay_for_their_clients(
    separation: float, count: int, inner: list[float], beyond: float
) -> None:
    """4: what n components lose in one cluster, against σ times what it costs beyond them."""
    widest = separation / 3.2
    places = [separation * number for number in range(count)]
    ends = [*places, *(places[-1] + share * beyond for share in (0.5, 1.0))]
    points = sorted({*ends, *(share * ends[-1] for share in inner)})
    gaps = []
    for low, high in itertools.pairwise(points):
        parts = int((high - low) / widest) + 1
        gaps += [(high - low) / parts] * parts
    mass = sum(2 * norm.cdf(gap / 2) - 1 for gap in gaps)
    whole = int(separation / widest)
    cost = whole * (2 * norm.cdf(widest / 2) - 1)
    cost += 2 * norm.cdf((separation - whole * widest) / 2) - 1
    slope = max(RATIO, (2 - 2 / (1 + cost) ** 2) / (cost - 1))
    lost = count * min(RATIO * mass, 1 - (1 + mass) ** -2)
    assert lost <= slope * (1 + mass - count) + 1e-9


@pytest.mark.step("the rest of a stretch is a gap of its own")
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
