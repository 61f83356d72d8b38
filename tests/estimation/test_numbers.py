"""The numbers that the algorithm uses are those of its proof, however many reports there are."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from large_samples import at, beside, counted, normal, risk
from scipy.stats import norm

import bounds.estimation.summary as module
from bounds.certify.errors import InputError
from bounds.certify.numbers.precision import working_precision
from bounds.estimation import PossibleMeans
from bounds.estimation.budget import budget_of
from bounds.estimation.clusters import Clusters
from bounds.estimation.counts import Counts
from bounds.estimation.listing import possible_means
from bounds.estimation.rules import best_rule
from bounds.estimation.summary import Summary
from bounds.upper.sample_size import (
    ALONE,
    FINEST_CELL,
    Tuning,
    _parts,
    sample_size_bound,
    two_lists_bound,
)

SIZES = st.integers(min_value=30, max_value=120).map(lambda e: round(10 ** (e / 10)))  # to 10^12
COMPONENTS = st.sampled_from([1, 2, 3, 8, 50, 1000])
SHARES = st.sampled_from([Fraction(0), Fraction(1, 50), Fraction(1, 10), Fraction(1, 4)])
DISTANCES = st.fractions(min_value=8, max_value=60, max_denominator=7)


@pytest.mark.step(
    "m′ is of the reports that the half has", "where the proof says nothing there is no bound"
)
@pytest.mark.heavy
@settings(max_examples=40, deadline=None)
@given(COMPONENTS, SHARES, DISTANCES, SIZES)
def test_what_is_used_is_what_is_proved(k: int, share: Fraction, d: Fraction, n: int) -> None:
    """One object serves the lists, the clusters and the theorem, and its conditions hold of it."""
    one = Counts(FINEST_CELL, np.array([3]), np.array([n // 3]))
    other = Counts(FINEST_CELL, np.array([5]), np.array([n - n // 3]))
    seen: list[tuple[Fraction, float, Tuning]] = []

    def spied(counts: Counts, scale: float, tuning: Tuning) -> Any:
        seen.append((Fraction(counts.total), scale, tuning))
        return possible_means(counts, scale, tuning)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "possible_means", spied)
        lists = Summary(k, share * k, d, (one, other), frozenset(["a stream"])).lists
    guarantee = lists.guarantee
    d = max(d, ALONE) if k == 1 else d
    assert (guarantee.k, guarantee.c, guarantee.distance) == (k, share * k, d)
    assert guarantee.m * (k + share * k) == n
    assert guarantee == two_lists_bound(k, share * k, d, (n // 3, n - n // 3))
    used = guarantee.tuning
    assert used.can_be_run
    for total, scale, tuning in seen:
        assert tuning is used
        assert scale == pytest.approx(float(total / (k + share * k)), rel=1e-15)
    for clusters in lists.clusters:
        assert clusters.tuning is used
        assert clusters.distance == d
    for number in (used.cell, used.slack, used.reach, 2 * used.reach):
        assert Fraction(float(number)) == number  # the floats are these very numbers
    assert used.widening == used.cell >= FINEST_CELL
    if guarantee.design is None:
        assert lists.risk_bound is None
    else:
        assert used is guarantee.design
        with working_precision(96):
            parts = _parts(k, share * k, d, guarantee.sizes, guarantee.design)
            assert parts is not None
            assert "no cluster was found" in str(lists.why)  # in two cells there is no law
            bound = replace(lists, why=None).risk_bound
            assert bound is not None
            assert sum(parts.values()) < bound < 1


@pytest.mark.heavy
@settings(max_examples=12, deadline=None)
@given(st.sampled_from([1, 2]), SHARES, DISTANCES, SIZES, st.integers(-3, 3))
def test_a_mean_between_two_points_of_the_grid_is_listed(
    k: int, share: Fraction, d: Fraction, n: int, place: int
) -> None:
    """Without noise, at the worst place: b from the points of 2bℤ on both sides."""
    far = max(d, ALONE) if k == 1 else d
    tuning = two_lists_bound(k, share * k, far, (n // 2, n - n // 2)).tuning
    apart = 2 * tuning.cell * round(d / 2 / tuning.cell + 1)
    means = float((2 * place + 1) * tuning.cell) + float(apart) * np.arange(k)
    if n / (k * (1 + share)) < 30:
        return
    lists = counted(k, share * k, d, n, means, seed=None).lists
    assert lists.guarantee.tuning.cell == tuning.cell
    for clusters in lists.clusters:
        for mean in means:
            near = clusters.means[np.abs(clusters.means - mean) <= float(tuning.widening)]
            assert near.size == 2


@pytest.mark.parametrize("mean", [2.0**-10, 2.0**-11, 3 * 2.0**-13, 0.0])
def test_many_reports_of_one_component_have_lists(mean: float) -> None:
    """1.6·10⁹ reports, at whatever place between two points of the grid."""
    means = np.array([mean])
    lists = counted(1, Fraction(0), Fraction(20), 1_600_000_000, means).lists
    assert all(clusters.means.size for clusters in lists.clusters)
    assert lists.risk_bound is not None
    assert risk(lists, means) < lists.risk_bound < 0.001


LAWS = {
    "two means look alike": lambda c: beside(0.0, 2.4 * c),
    "half of that": lambda c: beside(0.0, 1.2 * c),
    "copies of a point": lambda _: at(0.4),
    "a law beside": lambda _: normal(0.5),
}


@pytest.mark.heavy
@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
@pytest.mark.parametrize(
    ("k", "c", "d", "n"),
    [(1, "1/10", 20, 1_100_000), (1, "1/10", 20, 10**12), (3, "3/10", 27, 10**9),
     (2, "1/50", 30, 10**11), (4, "1", 24, 10**7)],
)  # fmt: skip
def test_the_risk_of_very_many_clients_is_below_the_bound(
    k: int, c: str, d: int, n: int, law: Any
) -> None:
    mass = Fraction(c)
    means = 2.0**-10 + d * np.arange(k)
    lists = counted(k, mass, Fraction(d), n, means, law(float(mass))).lists
    assert lists.risk_bound is not None
    assert risk(lists, means) < lists.risk_bound < 1


def test_a_bound_that_finer_cells_would_have_is_not_claimed() -> None:
    """At 10⁶ clients cells of 2⁻¹¹ would do better, but reports are counted on wider ones."""
    bound = sample_size_bound(1, "1/10", 20, 10**6)
    assert bound.design is not None
    assert bound.design.cell == FINEST_CELL
    assert bound.value.decimals()[1] == "0.0872236"


@pytest.mark.step("cells that are not known are not made up")
def test_lists_on_finer_cells_than_counted_are_refused() -> None:
    counts = Counts.none(FINEST_CELL)
    for cell in (FINEST_CELL / 2, FINEST_CELL * Fraction(3, 2)):
        with pytest.raises(InputError, match="count on narrower ones"):
            possible_means(counts, 1000.0, Tuning(cell, Fraction(1, 10), Fraction(3)))


@pytest.mark.step("a mean may be η beyond the cluster", "B counts where the step may end")
def test_a_rule_is_that_of_the_widened_cluster() -> None:
    lists = counted(1, Fraction(1, 10), Fraction(20), 10**6, np.array([0.0])).lists
    eta = float(lists.guarantee.tuning.cell)
    for clusters in lists.clusters:
        (low,), (high,) = clusters.low, clusters.high
        (rule,) = clusters.rules
        plain = best_rule(low - eta, high + eta, 0.0)
        budget = budget_of(clusters.means, clusters.tuning.prices)  # type: ignore[attr-defined]
        centre = rule.centre
        assert centre is not None
        farthest = max(centre.high - low, high - centre.low) + eta
        assert rule == plain.mixed(centre, farthest, budget)
        assert low - eta <= centre.low <= centre.start <= centre.high <= high + eta
        assert clusters.largest_gap[0] >= 2 * eta


def one_list(reports: np.ndarray, mine: np.ndarray) -> Clusters:
    """The list of half `mine` of some reports, all of which the centre counts, at D = 20."""
    tuning = sample_size_bound(1, "1/10", 20, 40_000).tuning
    half = Counts.of(mine, FINEST_CELL)
    means = possible_means(half, mine.size / 1.1, tuning)
    return Clusters.of(means, tuning, Fraction(20), half, Counts.of(reports, FINEST_CELL))


@pytest.mark.step(
    "no report has a say in the centre that its client takes",
    "nor has its weight",
    "as it was counted",
)
def test_a_client_has_no_say_in_its_centre() -> None:
    """Whatever it reports, its p is that of all others: no more than rounding is left of it."""
    rng = np.random.default_rng(4)
    mine, others = rng.standard_normal(20_000), rng.standard_normal(30)
    own = np.linspace(-6.003, 6.001, 41)
    cluster = np.zeros(1, np.int64)
    expected = one_list(np.concatenate([mine, others]), mine)
    without = expected._centres(np.zeros(1), cluster, 0)[0]
    assert expected.low.size == 1
    for x in own:
        with_it = one_list(np.concatenate([mine, others, [x]]), mine)
        served = with_it._centres(np.array([x]), cluster, 1)[0]
        assert served == pytest.approx(without, abs=1e-12)


@pytest.mark.step("and it ends there")
def test_the_other_half_moves_a_centre_by_a_short_step() -> None:
    rng = np.random.default_rng(4)
    mine = rng.standard_normal(20_000)
    clusters = one_list(np.concatenate([mine, np.full(20_000, 2.0)]), mine)
    (rule,) = clusters.rules
    assert rule.centre is not None
    p = clusters._centres(np.zeros(1), np.zeros(1, np.int64), 0)[0]
    assert rule.centre.start < p == rule.centre.high < rule.centre.start + 0.05


def test_all_reports_tell_a_mean_better_than_half_of_them() -> None:
    """Unattacked, the error is about that of the mean of all reports of the group."""
    rng = np.random.default_rng(9)
    errors = []
    for _ in range(12):
        reports = np.repeat([0.0, 20.0], 12_000) + rng.standard_normal(24_000)
        estimator = PossibleMeans(2, "1/50", 20, random_state=int(rng.integers(99))).fit(reports)
        told = estimator.predict(reports, estimator.halves_)
        errors.append(np.mean((told - np.repeat([0.0, 20.0], 12_000)) ** 2))
    assert estimator.guarantee_.says_something
    assert np.mean(errors) < 1.6 / 12_000


SHAPES = st.lists(
    st.tuples(st.floats(0.05, 1), st.floats(-1, 4), st.sampled_from([0.05, 0.3, 1.0, 1.5])),
    min_size=1,
    max_size=3,
)


@pytest.mark.heavy
@settings(max_examples=60, deadline=None)
@given(st.integers(1, 2), SHAPES, st.floats(0.05, 3))
def test_no_shape_of_reports_costs_more_than_the_rule_of_the_cases_may(
    attacked: int, shape: list[tuple[float, float, float]], gap: float
) -> None:
    """Normal laws and atoms beside one mean or both, and a second mean that looks like it.

    Nothing is drawn: expected numbers. Without a centre a search finds 0.031; of attacks that go
    through the trust in it none should cost half more.
    """
    means = 2.0**-10 + 24 * np.arange(2)
    heavy = sum(weight for weight, _, _ in shape)

    def law(x: np.ndarray) -> np.ndarray:
        parts = [
            weight * norm.cdf((x - mean - place) / width)
            for mean in means[:attacked]
            for weight, place, width in shape
        ] + [heavy * beside(mean, gap)(x) for mean in means[:attacked]]
        return sum(parts) / (2 * heavy * attacked)

    lists = counted(2, Fraction(1, 5), Fraction(24), 440_000, means, law, None).lists
    assert lists.risk_bound is not None
    assert risk(lists, means) < 1.5 * 0.031 < lists.risk_bound
