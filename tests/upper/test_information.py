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
from bounds.upper.dimension import label_cost
from bounds.upper.information import (
    Kind,
    bound_at,
    information_bound,
    lost_share,
    most_of,
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
                bound_at([ALL], Fraction(0), Fraction(5), [cut], Fraction(price))
                for price in ("1/10", "1/2", "1", "2")
            )
            assert all(bound > risk for bound in bounds)


@pytest.mark.parametrize("cut", [0.5, 1.0, 2.0, 3.5])
def test_the_cost_of_labels_by_an_integral(cut: float) -> None:
    """Step 5: 4 ∫ ψ(u)/u du, at most (4/v) ∫ ψ(u) du."""

    def psi(u: float) -> float:
        return 2 * (norm.cdf(-u) + u * norm.pdf(u))

    told = float(label_cost(arb(cut), 1))
    assert told == pytest.approx(4 / cut * quad(psi, cut, 40)[0], rel=1e-7)
    assert told == pytest.approx(16 * norm.pdf(cut) / cut - 8 * norm.cdf(-cut), rel=1e-9)
    assert told >= quad(lambda u: 4 * psi(u) / u, cut, 40)[0]


def test_who_knows_the_mixture_errs_by_at_most_so_much() -> None:
    """Step 5: mmse(g | h) ≤ (4/g)ψ(D√g/2)."""
    for power, distance in itertools.product((0.3, 0.6, 1.0), (3.0, 5.0)):
        apart = distance * power**0.5
        risk, _ = _game(np.array([0.3, 0.7]), np.array([[0.0, apart]]), np.ones(1))
        u = apart / 2
        assert risk <= 4 * 2 * (norm.cdf(-u) + u * norm.pdf(u)) + 1e-9


@pytest.mark.step(
    "the labels' share of the information is taken off",
    "a kind can lose no more than its own variance",
    "the mass that hides a kind has its price",
)
@pytest.mark.parametrize("d", [1, 2, 8])
@pytest.mark.parametrize(
    ("variance", "cut", "price"),
    [
        ("1", None, "1/2"),
        ("4", "5/2", "2"),
        ("1", "7/2", "1/30"),
        ("2", "3", "9"),
        ("2", "4", "1/100"),
        ("2", None, "2"),
    ],
)
def test_what_a_kind_loses_is_the_largest_value(
    variance: str, cut: str | None, price: str, d: int
) -> None:
    """The means are 12 apart."""
    kind = Kind(Fraction(1), Fraction(variance), cut is None)
    v, x, square = Fraction(cut or 1), Fraction(price), float(Fraction(variance))
    with working_precision(64):
        told = float(most_of(kind, Fraction(12), v, x, d))
        cost = 0.0 if kind.alone else float(label_cost(to_ball(v), d))
    gamma = 0.0 if kind.alone else 4 * float(v) ** 2 * square / 144
    mass = np.append(0, np.geomspace(1e-6, 1e12, 400_001))
    kept = np.exp(-2 * cost / d) * (1 + mass) ** (-2 / d)
    lost = square * np.minimum(d, d * (1 - kept) / (1 - gamma))
    assert told == pytest.approx((lost - float(x) * mass).max(), rel=1e-4)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.floats(0.05, 1), st.floats(0.1, 5)), min_size=1, max_size=4),
    st.floats(0.01, 5),
    st.integers(0, 10**6),
)
def test_no_split_of_the_corrupted_mass_earns_more(
    kinds: list[tuple[float, float]], kappa: float, seed: int
) -> None:
    """Step 7: errors bᵣ, each of which takes its part of κ."""
    chance = np.random.default_rng(seed)
    shares = np.array([share for share, _ in kinds]) / sum(share for share, _ in kinds)
    squares = np.array([square for _, square in kinds])
    parts = chance.dirichlet(np.ones(len(kinds)) * 0.5)
    errors = 1 - (1 + kappa * parts / shares) ** -2.0
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
        told = bound_at(kinds, Fraction(1, 2), Fraction(0), [Fraction(2)] * 2, Fraction(1, 5))
    mass = 10 ** (1 / 3)
    other = 1 - mass**-2 - (mass - 1) / 5
    assert float(told) == pytest.approx(1.5 + 0.75 * other + 0.1, rel=1e-12)


@pytest.mark.step("what a price takes of the corrupted mass")
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
            told = bound_at([ALL], Fraction(1, 10), Fraction(20), [Fraction(cut)], Fraction(price))
            assert told > to_ball(Fraction(best) * Fraction(999, 1000))


@pytest.mark.parametrize("d", [1, 3, 8])
def test_kinds_of_one_variance_are_one_kind(d: int) -> None:
    """At the price that spends κ on one kind, the bound is that of the theorem."""
    for kappa, distance in ((Fraction(1, 10), 30), (Fraction(2), 40)):
        with working_precision(80):
            halves = [Kind(Fraction(1, 2), Fraction(1), False)] * 2
            one, two = (information_bound(x, kappa, Fraction(distance), d) for x in ([ALL], halves))
            costs = [(Fraction(v, 8), float(label_cost(arb(v) / 8, d))) for v in range(8, 100)]
        values = [
            d * (1 - np.exp(-2 * cost / d) * (1 + float(kappa)) ** (-2 / d)) / (1 - gamma)
            for v, cost in costs
            if (gamma := 4 * float(v) ** 2 / distance**2) < 1
        ]
        assert float(one) == pytest.approx(min(d, *values), rel=1e-9)
        assert float(two) == pytest.approx(float(one), rel=1e-12)
