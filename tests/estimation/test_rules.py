"""Rules: the risks are those of sums, and never above what the proof allows."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import heavy
from scipy.stats import norm

from bounds.estimation.clusters import Clusters
from bounds.estimation.rules import PLAYS, allowed_risk, best_rule, tanh_risk
from bounds.lower import attack_mass, risk_to_mass
from bounds.upper.guides import RATIO, gap_mass
from bounds.upper.sample_size import Tuning

CELL = Fraction(1, 2**10)


def joined(means: np.ndarray, reach: float, long_from: float) -> Clusters:
    """Clusters of such means, on narrow cells, for a D that makes hulls from there on long."""
    tuning = Tuning(CELL, Fraction(0), Fraction(reach))
    return Clusters.of(means, tuning, Fraction(long_from) + 2 * CELL)


def risk_by_sums(kind: str, size: float, theta: float) -> float:
    z = np.linspace(-10, 10, 200_001)
    x = z + theta
    told = x if kind == "own sample" else PLAYS[kind](x, np.full_like(x, size))
    return float(np.trapezoid(np.square(told - theta) * norm.pdf(z), z))


@settings(max_examples=200)
@given(st.floats(min_value=0, max_value=14), st.floats(min_value=0, max_value=1))
def test_the_risk_is_what_the_proof_allows(hull: float, part: float) -> None:
    rule = best_rule(0.0, hull, part * hull)
    assert rule.holds
    assert rule.risk <= min(1, allowed_risk(hull, part * hull)) + 1e-9


def test_the_claim_is_tight_and_a_ratio_one_percent_lower_would_fail() -> None:
    apart = 2 * float(risk_to_mass(10).separation)
    rule = best_rule(0.0, apart, apart)
    assert rule.risk == pytest.approx(allowed_risk(apart, apart), rel=1e-6)
    assert rule.risk > 0.99 * allowed_risk(apart, apart)


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("hull", "gap"), [(0.5, 0.1), heavy(1.8, 1.8), (3, 2.4), heavy(4, 1), heavy(9, 8.5)]
)
def test_no_mean_of_the_cluster_has_a_larger_risk(hull: float, gap: float) -> None:
    rule = best_rule(-hull / 2, hull / 2, gap)
    w = min(hull - gap, hull / 2)
    for theta in np.linspace(hull / 2 - w, hull / 2, 9):
        for mean in (theta, -theta):
            assert risk_by_sums(rule.kind, rule.size, mean) <= rule.risk + 1e-8
    worst = max(
        risk_by_sums(rule.kind, rule.size, m) for m in np.linspace(hull / 2 - w, hull / 2, 9)
    )
    if rule.kind != "sign":  # its worst risk is a bound
        assert worst == pytest.approx(rule.risk, abs=1e-6)


KINDS = [
    (10.0, 5.0, "linear"), (1.2, 0.0, "tanh"), (11.0, 11.0, "sign"), (14.0, 13.5, "sign"),
    (12.0, 11.9, "sign"), (3.0, 3.0, "tanh"), (6.0, 5.5, "tanh"),
]  # fmt: skip


@pytest.mark.parametrize(("hull", "gap", "kind"), KINDS)
def test_each_kind_of_rule_risks_what_it_says(hull: float, gap: float, kind: str) -> None:
    """At the ends, where it is worst, with the wrong side counted: no more, and hardly less."""
    rule = best_rule(-hull / 2, hull / 2, gap)
    assert rule.kind == kind
    w = min(hull - gap, hull / 2)
    ends = [hull / 2, hull / 2 - w, w - hull / 2, -hull / 2]
    risks = [risk_by_sums(rule.kind, rule.size, mean) for mean in ends]
    assert max(risks) <= rule.risk * (1 + 1e-3) + 1e-12  # the sums cut a jump at a node
    assert max(risks) >= 0.98 * rule.risk
    assert max(risks) == pytest.approx(max(risks[:2]), rel=1e-2)  # both sides alike
    clusters = joined(np.array([-hull / 2, hull / 2]), 30.0, 100.0)
    x = np.array([-2.5, -0.01, 0.01, 2.5])
    told = clusters.estimate(x)
    assert np.all(np.diff(told) > -1e-12)  # no client to the right is told less
    assert told[:2] == pytest.approx(-told[:1:-1])


@pytest.mark.parametrize(
    ("hull", "gap", "mass"),
    [
        (1.0, 0.2, gap_mass(1.0)),
        (1.0, 0.9, gap_mass(1.0)),
        (2.1, 2.0, gap_mass(2.1)),
        (2.2, 0.0, 2 * gap_mass(1.1)),
        (4.0, 1.0, 2 * gap_mass(2.0)),
        (4.0, 3.0, gap_mass(3.0) + gap_mass(1.0)),
        (9.0, 9.0, gap_mass(9.0)),
    ],
)
def test_what_is_allowed_is_that_of_its_case(hull: float, gap: float, mass: float) -> None:
    """(2) and (3) up to 21/10; beyond it (1) where no gap is half of the hull, else (4) and (5)."""
    assert allowed_risk(hull, gap) == pytest.approx(RATIO * mass, rel=1e-12)
    assert float(risk_to_mass(10).ratio) >= RATIO > 0.66104


@pytest.mark.parametrize(("size", "theta"), [(0.3, 0.0), (1.0, 1.0), (2.5, 1.0), (5.0, 5.0)])
def test_the_sums_are_accurate(size: float, theta: float) -> None:
    assert tanh_risk(size, theta) == pytest.approx(risk_by_sums("tanh", size, theta), abs=1e-9)


def test_what_is_allowed_is_at_most_the_ratio_times_the_mass() -> None:
    for points in (
        [0, "1/2"],
        [0, 2],
        [0, 1, 2],
        [0, "1/2", 3],
        [0, 1, 2, 3, 4],
        [0, "1/10", 6, 7],
    ):
        exact = [float(eval(str(point))) for point in points]
        gap = max(np.diff(exact))
        mass = float(attack_mass(points).decimals()[1])
        assert allowed_risk(exact[-1], gap) <= float(risk_to_mass(10).ratio) * mass + 1e-9


def test_a_single_point_is_taken_and_far_samples_are_kept() -> None:
    clusters = joined(np.array([0.0]), 3.0, 17.0)
    x = np.array([-8.6, -7.0, -5.0, 0.5, 5.9, 8.6])
    told = [
        -8.6,
        -1.0,
        0.0,
        0.0,
        0.0,
        8.6,
    ]  # up to b², which is what a cluster of one point is wide
    assert clusters.estimate(x) == pytest.approx(told, abs=1e-5)


@pytest.mark.step("clients of a long cluster keep their sample")
def test_a_long_cluster_leaves_its_clients_alone() -> None:
    means = np.arange(0, 20, 2.0)
    clusters = joined(means, 3.0, 17.0)
    assert clusters.long.tolist() == [True]
    x = np.array([-1.0, 9.3])
    assert clusters.estimate(x).tolist() == x.tolist()


COARSE = Tuning(Fraction(1, 4), Fraction(0), Fraction(3))


@pytest.mark.step(
    "a mean may lie η below the first point", "and η above the last", "and in the largest gap"
)
@pytest.mark.heavy
def test_a_rule_serves_all_means_that_the_grid_may_miss() -> None:
    """Two points 4 apart on cells of a quarter: means are up to a quarter beside them."""
    (rule,) = Clusters.of(np.array([-2.0, 2.0]), COARSE, Fraction(40)).rules
    assert rule == best_rule(-2.25, 2.25, 3.5)
    means = np.linspace(1.75, 2.25, 9)
    for mean in (*means, *-means):
        assert risk_by_sums(rule.kind, rule.size, mean) <= rule.risk + 1e-8
    narrow = best_rule(-2.0, 2.0, 4.0)  # what the points alone would ask for
    worst = max(risk_by_sums(narrow.kind, narrow.size, mean) for mean in means)
    assert worst > narrow.risk + 0.05
    (one,) = Clusters.of(np.array([1.0]), COARSE, Fraction(40)).rules
    assert one == best_rule(0.75, 1.25, 0.0)
    (three,) = Clusters.of(np.array([0.0, 0.5, 1.0]), COARSE, Fraction(40)).rules
    assert three == best_rule(-0.25, 1.25, 0.0)  # no gap is left between the widened points


@pytest.mark.step("a hull of D − 2η may hold two means")
@pytest.mark.parametrize(
    ("hull", "distance", "long"),
    [(6.0, "6.5", True), (5.5, "6.5", False), (6.0, "6.2", True), (5.5, "6.2", False),
     (6.5, "7", True), (6.5, "7.01", False), (0.0, "0.2", True)],
)  # fmt: skip
def test_a_hull_is_long_from_the_distance_less_two_widenings_on(
    hull: float, distance: str, long: bool
) -> None:
    """Two means D apart are within b of points of the grid that are D − 2b apart, or more."""
    points = np.unique([0.0, hull / 2 // 0.5 * 0.5, hull])
    clusters = Clusters.of(points, COARSE, Fraction(distance))
    assert clusters.long.tolist() == [long]
    assert (clusters.rules[0].kind == "own sample") == long
    x = np.array([0.3, hull - 0.4])
    assert (clusters.estimate(x).tolist() == x.tolist()) == long


def test_distances_are_compared_exactly() -> None:
    """2t and D as fractions: no float decides on which side a multiple of 2b lies."""
    points = np.array([0.0, 5.5, 11.5])
    below = Tuning(Fraction(1, 4), Fraction(0), 3 - Fraction(1, 2**40))
    assert Clusters.of(points, below, Fraction(40)).low.tolist() == [0.0, 11.5]
    above = Tuning(Fraction(1, 4), Fraction(0), 3 + Fraction(1, 2**40))
    assert Clusters.of(points, above, Fraction(40)).low.tolist() == [0.0]
    tiny = Fraction(1, 10**30)
    assert Clusters.of(points[:2], COARSE, 6 + tiny).long.tolist() == [False]
    assert Clusters.of(points[:2], COARSE, 6 - tiny).long.tolist() == [True]


@pytest.mark.step("a client far from every cluster keeps its sample")
def test_a_client_at_half_the_distance_is_served_and_one_beyond_keeps_its_sample() -> None:
    clusters = Clusters.of(np.array([0.0, 40.0]), COARSE, Fraction(30))
    x = np.array([-15.0, -15.001, 15.0, 15.001, 19.999, 24.999, 25.0, 55.0])
    served = clusters.estimate(x) != x
    assert served.tolist() == [True, False, True, False, False, False, True, True]
    assert clusters.estimate(x)[[0, 7]].tolist() == [-9.0, 49.0]  # no client moves by more than 2t


def test_estimates_stay_within_two_reaches_of_the_sample() -> None:
    clusters = joined(np.array([-2.0, 9.0]), 6.0, 30.0)
    assert len(clusters.rules) == 1
    x = np.linspace(-14, 21, 500)
    assert np.all(np.abs(clusters.estimate(x) - x) <= 12 + 1e-12)


@pytest.mark.step("no client moves by more than it may")
def test_no_client_is_moved_farther_than_the_proof_pays_for() -> None:
    """E[(|Z| + 2t)²] is for moves of 2t; a rule that ends inside a cluster asks for more."""
    clusters = joined(np.array([0.0, 13.5, 14.0]), 8.0, 40.0)
    (rule,) = clusters.rules
    assert rule.kind == "sign"
    x = np.array([-16.0, -15.9, 29.9, 30.0])
    assert np.abs(rule.middle + PLAYS["sign"](x - rule.middle, np.full(4, rule.size)) - x)[0] > 16.2
    assert clusters.estimate(x)[[0, 3]].tolist() == [0.0, 14.0]
    assert np.all(np.abs(clusters.estimate(x) - x) <= 16)


@pytest.mark.step("who is within 2t of a cluster moves by 2t at most")
def test_only_who_is_far_from_every_cluster_is_moved_farther() -> None:
    """t = 3/2: 2t = 3 and u = 27/8. A cluster from 0 to 2.5, whose rule ends inside."""
    tuning = Tuning(Fraction(1, 64), Fraction(0), Fraction(3, 2))
    clusters = Clusters.of(np.array([0.0, 2.5]), tuning, Fraction(9))
    x = np.array([-2.9, -3.0, -3.1, -3.3, -3.9, 5.5, 5.6, 6.2])
    moves = np.abs(clusters.estimate(x) - x)
    assert moves.max() == pytest.approx(27 / 8)
    assert moves[[1, 5]].tolist() == [3.0, 3.0]
    assert moves[[2, 3, 6, 7]].min() > 3.1


def test_no_mean_is_possible() -> None:
    clusters = joined(np.empty(0), 3.0, 17.0)
    assert clusters.estimate(np.array([1.0])).tolist() == [1.0]
    assert clusters.rules == ()


@pytest.mark.step("points less than 2t apart are joined")
def test_points_are_joined_below_two_reaches_and_not_at_them() -> None:
    clusters = joined(np.array([0.0, 5.75, 11.75, 17.75]), 3.0, 100.0)
    assert clusters.low.tolist() == [0.0, 11.75, 17.75]
    assert clusters.high.tolist() == [5.75, 11.75, 17.75]
    assert math.isclose(clusters.rules[0].middle, 2.875)
