"""What a rule may risk (step 8 of the theorem): never more than B(C), whatever moves the centre."""

import math
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from large_samples import at, beside, counted, normal, risk
from scipy.stats import norm

from bounds.estimation.budget import budget_of
from bounds.estimation.centres import Centres, Own
from bounds.estimation.clusters import Clusters, Near
from bounds.estimation.counts import Counts
from bounds.estimation.rules import PLAYS, ClusterRule, best_rule
from bounds.upper.guides import gap_mass
from bounds.upper.sample_size import Prices, sample_size_bound

PRICES = Prices(0.2, 1.1, 0.05, 0.01, 0.002)
Z = np.linspace(-10, 10, 40_001)
WEIGHTS = np.exp(-Z * Z / 2)
WEIGHTS /= WEIGHTS.sum()


NOBODY = Own.nothing()


def risk_at(rule: ClusterRule, theta: float, p: float, weight: float, share: float) -> float:
    x = Z + theta
    told = x
    if rule.kind != "own sample":
        told = rule.middle + PLAYS[rule.kind](x - rule.middle, np.full_like(x, rule.size))
    told = told + share * (p + weight * (x - p) - told)
    return float(WEIGHTS @ np.square(told - theta))


def tried(points: list[float], prices: Prices) -> float:
    """B(C) by every choice."""
    best = -prices.mean
    for number in range(1, len(points) + 1):
        for chosen in combinations(points, number):
            mass = sum(gap_mass(b - a) for a, b in pairwise(chosen))
            best = max(best, prices.slope * mass - number * prices.point)
    return prices.base + best - prices.length * (points[-1] - points[0])


@pytest.mark.step("each point that is chosen costs σδ₁", "the hull pays for cuts")
@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(0, 8), min_size=1, max_size=7, unique=True).map(sorted),
    st.floats(0.005, 0.3),
)
def test_the_best_choice_is_found(points: list[float], point: float) -> None:
    prices = Prices(0.2, 1.1, point, 0.01, point / 9)
    found = budget_of(np.array(points), prices)
    assert found == pytest.approx(tried(points, prices), abs=1e-5)
    assert found <= tried(points, prices) + 1e-9


def test_many_points_have_a_choice_among_them() -> None:
    points = np.linspace(0, 4, 400)
    assert budget_of(points, PRICES) <= PRICES.base + PRICES.slope * 4 * 0.39895 - PRICES.length * 4
    assert budget_of(points, PRICES) >= budget_of(points[[0, 133, 266, 399]], PRICES) - 1e-3


@pytest.mark.step("the point next to the mean is paid for")
def test_two_points_that_do_not_pay_leave_the_one_next_to_the_mean() -> None:
    prices = Prices(0.2, 1.1, 0.3, 0.01, 0.002)
    assert budget_of(np.array([0.0, 1.4]), prices) == pytest.approx(0.2 - 0.014 - 0.002)


@pytest.mark.heavy
@pytest.mark.step(
    "the mean may be as far as B from the centre",
    "where no mixture is allowed, the rule of the cases is",
)
@settings(max_examples=30, deadline=None)
@given(st.floats(0, 9), st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1.2))
def test_a_mixed_rule_keeps_to_its_budget(
    hull: float, part: float, place: float, budget: float
) -> None:
    """At every mean of the widened cluster, wherever the centre was moved."""
    plain = replace(best_rule(0.0, hull, part * hull), budget=budget)
    p = place * hull
    farthest = max(p, hull - p)
    (weight,), (share,) = plain.mixed(np.array([farthest]), np.ones(1))
    (most,) = plain.mixed_risk(np.array([farthest]), np.array([weight]), np.array([share]))
    assert most <= max(budget, plain.risk) + 1e-12
    w = min(hull * (1 - part), hull / 2)
    means = {0.0, hull, w, hull - w, *np.linspace(0, w, 4), *np.linspace(hull - w, hull, 4)}
    for mean in means:  # the sums cut a jump at a node
        assert risk_at(plain, float(mean), p, weight, share) <= most + 2e-3
    if budget < plain.risk and budget < farthest**2 / (1 + farthest**2):
        assert share == 0


@pytest.mark.step("the share keeps to the budget")
@pytest.mark.parametrize("centre", [0.0, 0.3, 0.6])
def test_the_budget_is_spent(centre: float) -> None:
    """The centre alone where that is allowed; else as near to it as the budget lets it."""
    plain = best_rule(0.0, 0.6, 0.0)
    farthest = max(centre, 0.6 - centre)
    least = farthest**2 / (1 + farthest**2)

    def mixed(budget: float) -> tuple[float, float, float]:
        given = np.array([farthest])
        weight, share = replace(plain, budget=budget).mixed(given, np.ones(1))
        return weight[0], share[0], plain.mixed_risk(given, weight, share)[0]

    assert mixed(0.4)[0] == 0
    half = (least + farthest**2) / 2
    weight, share, most = mixed(half)
    assert 0 < weight < least
    assert share == 1
    assert most == pytest.approx(half)
    assert max(risk_at(plain, m, centre, weight, 1) for m in (0.0, 0.6)) == pytest.approx(half)
    if centre == 0.0:
        _, share, most = mixed((plain.risk + least) / 2)
        assert 0 < share < 1
        assert most == pytest.approx((plain.risk + least) / 2)


@pytest.mark.heavy
@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from([1, 2, 8, 50]),
    st.sampled_from(["0", "1/50", "1/10", "1/4"]),
    st.integers(8, 60),
    st.integers(20, 90).map(lambda e: round(10 ** (e / 10))),
    st.floats(0, 1),
)
def test_the_theorem_lets_the_rule_of_the_cases_be_played(
    k: int, kappa: str, d: int, m: int, part: float
) -> None:
    """Steps 5 and 6: B(C) is at least the risk of the rule of the cases, for all hulls."""
    design = sample_size_bound(k, k * Fraction(kappa), d, 100 * m).design
    if design is None:
        return
    step, eta = 2 * float(design.cell), float(design.widening)
    for hull in (0.0, part, 1.5 * part, 2.1 * part, float(2 * design.reach) * part):
        points = np.arange(0, round(hull / step) + 1) * step
        rule = best_rule(-eta, float(points[-1]) + eta, 0.0)
        assert budget_of(points, design.prices) >= rule.risk - 1e-4  # 24 points are tried


@pytest.mark.step(
    "prices: δ₁ is more than δ",
    "the point next to the mean costs its cell",
    "floats are paid for by the base",
)
def test_prices_are_those_of_the_design() -> None:
    design = sample_size_bound(8, "4/5", 18, 20_000).design
    assert design is not None
    prices, t = design.prices, float(design.reach)
    z = np.linspace(t - float(design.cell), 40, 2_000_001)
    fooled = np.trapezoid((z + 2 * t) ** 2 * np.exp(-z * z / 2) / math.sqrt(2 * math.pi), z)
    f = fooled + float(design.slope) * (1 - gap_mass(2 * t))
    assert prices.length == pytest.approx(f / (2 * t), rel=1e-6)
    assert (
        float(design.slope * design.slack)
        < prices.point
        < float(design.slope * design.slack) + 1e-14
    )
    assert prices.mean == pytest.approx(float(design.slope) * gap_mass(float(design.cell)))
    assert prices.base < float(design.base) - 0.99e-7
    assert prices.slope == float(design.slope)


def centres(counts: Counts, points: np.ndarray, eta: float = 0.0) -> Centres:
    return Centres(counts, None, points, eta, counts.total)


@pytest.mark.step("p is in the widened cluster")
def test_the_centre_is_robust_and_stays_in_the_cluster() -> None:
    rng = np.random.default_rng(3)
    genuine = rng.standard_normal(40_000)
    cell = Fraction(1, 64)
    points = np.linspace(-0.5, 0.5, 33)

    def place(reports: np.ndarray, points: np.ndarray, eta: float) -> float:
        found = centres(Counts.of(reports, cell), points, eta).of(NOBODY)[0][0]
        assert points[0] - eta <= found <= points[-1] + eta
        return float(found)

    assert abs(place(np.concatenate([genuine, np.full(6000, 9.0)]), points, 0.0)) < 0.02
    assert place(genuine, points + 1, 0.125) == 0.375
    assert place(np.concatenate([genuine, np.full(40_000, 2.1)]), points, 0.125) > 0.3
    middle = points[np.linspace(0, 32, 24).round().astype(int)[12]]
    assert place(np.empty(0), points, 0.0) == pytest.approx(middle, abs=0.13)


@pytest.mark.step("the median, too")
def test_what_does_not_look_normal_is_not_trusted() -> None:
    rng = np.random.default_rng(3)
    cell, points = Fraction(1, 1024), np.linspace(-0.2, 0.2, 13)
    genuine = rng.standard_normal(20_000)
    p, trust = centres(Counts.of(genuine, cell), points).of(NOBODY)
    assert trust == 1
    assert p == pytest.approx(genuine.mean(), abs=0.003)
    slight = np.concatenate([genuine, np.full(500, 0.6)])
    p, trust = centres(Counts.of(slight, cell), points).of(NOBODY)
    assert trust == 1
    near = slight[np.abs(slight) < 3]
    assert p == pytest.approx(np.median(near), abs=0.004)
    pair = np.concatenate([genuine, 2 + genuine])
    points = np.linspace(-0.2, 2.2, 77)
    assert centres(Counts.of(pair, cell), points).of(NOBODY)[1] == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 400), st.integers(0, 2**32))
def test_the_misfit_is_kolmogorovs_distance(n: int, seed: int) -> None:
    """Against sums over the sample; cells are narrow, and half a report is not counted."""
    x = np.random.default_rng(seed).standard_normal(n)
    counts = Counts.of(x, Fraction(1, 2**20))
    found, compared = centres(counts, np.zeros(1)).misfits(0.0, NOBODY)
    near = np.sort(x[np.abs(x) < 3])
    assert compared == near.size
    if near.size:
        law = (norm.cdf(near) - norm.cdf(-3)) / (norm.cdf(3) - norm.cdf(-3))
        ranks = np.arange(near.size)
        above, below = (ranks + 1) / near.size - law, law - ranks / near.size
        exact = max(above.max(), below.max())
        assert exact - 0.51 / near.size - 1e-5 <= found[0] <= exact + 1e-5


def test_a_lower_share_keeps_to_what_is_allowed() -> None:
    """Half of the trust is half of the way to the rule of the cases."""
    plain = replace(best_rule(0.0, 0.6, 0.0), budget=0.4)
    given = np.array([0.3])
    weight, share = plain.mixed(given, np.array([0.5]))
    assert (weight[0], share[0]) == (0, 0.5)
    (most,) = plain.mixed_risk(given, weight, share)
    assert most == pytest.approx((0.09 + plain.risk) / 2)
    for mean in np.linspace(0, 0.6, 7):
        assert risk_at(plain, float(mean), 0.3, 0.0, 0.5) <= most + 2e-3


@pytest.mark.heavy
@pytest.mark.parametrize(
    "law",
    [beside(0.0, 2.4), at(2.1)]
    + [pytest.param(x, marks=pytest.mark.campaign) for x in (normal(2.5), normal(0.5), at(0.4))],
)
@pytest.mark.parametrize(
    ("k", "c", "d", "n"),
    [(1, "1/10", 5, 10**6), (1, "1/4", 36, 10**6), (2, "1/25", 9, 10**6), (8, "4/5", 18, 10**6),
     (50, "5", 36, 10**6), (2, "1/5", 12, 10**8)],
)  # fmt: skip
def test_no_attack_on_the_centre_beats_the_bound(
    k: int, c: str, d: int, n: int, law: object
) -> None:
    means = 2.0**-10 + d * np.arange(k)
    lists = counted(k, Fraction(c), Fraction(d), n, means, law).lists  # type: ignore[arg-type]
    assert all(rule.holds for rule in lists.clusters.every_rule)
    if lists.risk_bound is not None:
        assert risk(lists, means) < lists.risk_bound < 1


def test_a_long_cluster_has_no_centre() -> None:
    design = sample_size_bound(2, "1/25", 20, 20_000).tuning
    points = np.arange(0, 25, float(2 * design.cell))
    near = Near(Counts.of(points, design.cell), None, 100.0)
    clusters = Clusters.of(points, design, Fraction(20), near)
    assert [rule.kind for rule in clusters.rules] == ["own sample"]
    assert np.isnan(clusters.centres).all()
