"""Mixtures of any weights: hypotheses at random, and each number of the proof by plain sums."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.upper.information import (
    Kind,
    _most,
    bound_at,
    information_bound,
    label_cost,
    lost_share,
)

ALL = Kind(Fraction(1), Fraction(1), False)
ONE = Kind(Fraction(1), Fraction(1), True)


def _value(kinds: list[Kind], kappa: float, distance: float) -> float:
    with working_precision(80):
        return float(information_bound(kinds, Fraction(kappa), Fraction(distance)))


def _game(weights: np.ndarray, hypotheses: np.ndarray, chances: np.ndarray) -> tuple[float, float]:
    """The Bayes risk of the hypotheses, and ∫ max P_h − 1."""
    x = np.linspace(hypotheses.min() - 9, hypotheses.max() + 9, 6000)
    laws = norm.pdf(x[:, None, None] - hypotheses) * weights
    joint = laws * chances[:, None]
    law = joint.sum(axis=(1, 2))
    first, second = ((joint * hypotheses**power).sum(axis=(1, 2)) for power in (1, 2))
    risk = np.trapezoid(second - first**2 / np.maximum(law, 1e-290), x)
    return float(risk), float(np.trapezoid(laws.sum(axis=2).max(axis=1), x)) - 1


@pytest.mark.heavy
@settings(max_examples=80)
@given(
    st.lists(st.floats(0.02, 1), min_size=1, max_size=3),
    st.floats(3.0, 14.0),
    st.integers(0, 10**6),
)
def test_no_mixtures_lose_more(weights: list[float], distance: float, seed: int) -> None:
    """Labels are permuted and means moved: what one knows is the weights and the distance."""
    chance = np.random.default_rng(seed)
    count = int(chance.integers(1, 5))
    shares = np.array(weights) / sum(weights)
    moved = np.cumsum(chance.exponential(chance.choice([0.01, 1.5]), (count, len(shares))), axis=1)
    places = distance * np.arange(len(shares)) + moved + chance.normal(0, 1, (count, 1))
    hypotheses = np.array([row[chance.permutation(len(shares))] for row in places])
    risk, kappa = _game(shares, hypotheses, chance.dirichlet(np.ones(count)))
    kind = ONE if len(shares) == 1 else ALL
    assert risk <= _value([kind], max(kappa, 0.0), distance) + 1e-6


@pytest.mark.step("what is left to learn of the label is counted")
def test_labels_cost_what_they_cost_without_an_adversary() -> None:
    """Two components 5 apart, nobody corrupted: only the label is unknown."""
    risk, _ = _game(np.array([0.5, 0.5]), np.array([[0.0, 5.0]]), np.ones(1))
    for cut in (Fraction(1), Fraction(3, 2), Fraction(2), Fraction(12, 5)):
        with working_precision(80):
            bounds = (
                bound_at([ALL], Fraction(0), Fraction(5), cut, Fraction(price))
                for price in ("1/10", "1/2", "1", "2")
            )
            assert all(bound > risk for bound in bounds)


@pytest.mark.step("its two terms")
@pytest.mark.parametrize("cut", [0.5, 1.0, 2.0, 3.5])
def test_the_cost_of_labels_by_an_integral(cut: float) -> None:
    """Step 5: 4 ∫ ψ(u)/u du, at most (4/v) ∫ ψ(u) du."""

    def psi(u: float) -> float:
        return 2 * (norm.cdf(-u) + u * norm.pdf(u))

    told = float(label_cost(arb(cut)))
    assert told == pytest.approx(4 / cut * quad(psi, cut, 40)[0], rel=1e-7)
    assert told >= quad(lambda u: 4 * psi(u) / u, cut, 40)[0]


def test_who_knows_the_mixture_errs_by_at_most_so_much() -> None:
    """Step 5: mmse(g | h) ≤ (4/g)ψ(D√g/2)."""
    for power, distance in itertools.product((0.3, 0.6, 1.0), (3.0, 5.0)):
        apart = distance * power**0.5
        risk, _ = _game(np.array([0.3, 0.7]), np.array([[0.0, apart]]), np.ones(1))
        u = apart / 2
        assert risk <= 4 * 2 * (norm.cdf(-u) + u * norm.pdf(u)) + 1e-9


@pytest.mark.step("the labels' share of the information is taken off")
@pytest.mark.parametrize(
    ("variance", "gamma", "price"),
    [
        ("1", "0", "1/2"),
        ("4", "1/3", "2"),
        ("1", "1/2", "9"),
        ("2", "9/10", "1/9"),
        ("2", "0", "2"),
    ],
)
def test_what_a_kind_loses_is_the_largest_value(variance: str, gamma: str, price: str) -> None:
    square, labels, x = map(Fraction, (variance, gamma, price))
    a, end = float(square / (1 - labels)), float(1 - labels)
    y = np.linspace(0, min(end, 1 - 1e-9), 200_001)
    with working_precision(64):
        told = float(_most(square, labels, x))
    assert told == pytest.approx((a * y + float(x) * np.log1p(-y)).max(), abs=1e-6)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.floats(0.05, 1), st.floats(0.1, 5)), min_size=1, max_size=4),
    st.floats(0.01, 5),
    st.integers(0, 10**6),
)
def test_no_split_of_the_information_earns_more(
    kinds: list[tuple[float, float]], kappa: float, seed: int
) -> None:
    """Step 7: errors bᵣ, each of which takes its part of log(1 + κ)."""
    chance = np.random.default_rng(seed)
    shares = np.array([share for share, _ in kinds]) / sum(share for share, _ in kinds)
    squares = np.array([square for _, square in kinds])
    parts = chance.dirichlet(np.ones(len(kinds)) * 0.5)
    errors = 1 - np.exp(-2 * np.log1p(kappa) * parts / shares)
    exact = [Fraction(share) for share in shares]
    exact[-1] = 1 - sum(exact[:-1])
    told = [Kind(s, Fraction(v), True) for s, v in zip(exact, squares, strict=True)]
    assert float(shares @ (squares * errors)) <= _value(told, kappa, 0) + 1e-9


@pytest.mark.step("it is (2vs/D)²")
def test_the_share_that_labels_take() -> None:
    """γ is the g at which u = D√g/(2s) of step 5 is v."""
    noisy = Kind(Fraction(1), Fraction(4), False)
    gamma = lost_share(noisy, Fraction(20), Fraction(3))
    assert 20 * float(gamma) ** 0.5 / (2 * 2) == pytest.approx(3)
    assert lost_share(noisy, Fraction(12), Fraction(3)) == 1
    assert lost_share(noisy, Fraction(10), Fraction(3)) == 1
    assert lost_share(ONE, Fraction(0), Fraction(3)) == 0


def test_a_kind_whose_labels_take_all_loses_its_whole_variance() -> None:
    """Step 7: Wᵣsᵣ², beside what the other kind loses; its labels are not charged for."""
    kinds = [Kind(Fraction(1, 4), Fraction(6), False), Kind(Fraction(3, 4), Fraction(1), True)]
    with working_precision(80):
        told = bound_at(kinds, Fraction(1, 2), Fraction(0), Fraction(2), Fraction(1, 5))
    other = (0.8 + 0.2 * np.log(0.2)) * 0.75
    assert float(told) == pytest.approx(1.5 + other + 0.4 * np.log(1.5), rel=1e-12)


def test_one_component_is_the_bound_of_a_set() -> None:
    for kappa in (0.125, 1.0, 30.0):
        assert _value([ONE], kappa, 0) == pytest.approx(1 - (1 + kappa) ** -2, rel=1e-12)


def test_far_apart_labels_cost_nothing_and_near_by_all_is_lost() -> None:
    assert _value([ALL], 0.25, 10**6) == pytest.approx(1 - 1.25**-2, rel=1e-6)
    assert _value([ALL], 0.25, 0) == 1
    falling = [_value([ALL], 0.25, distance) for distance in (6, 10, 20, 60)]
    assert falling == sorted(falling, reverse=True)


def test_every_price_and_cut_gives_a_bound() -> None:
    """The guide may choose badly, and nothing is claimed that is too low."""
    best = _value([ALL], 0.1, 20)
    with working_precision(80):
        for cut, price in itertools.product(("1", "2", "4", "9"), ("1/9", "3/4", "2")):
            told = bound_at([ALL], Fraction(1, 10), Fraction(20), Fraction(cut), Fraction(price))
            assert told > to_ball(Fraction(best) * Fraction(999, 1000))
