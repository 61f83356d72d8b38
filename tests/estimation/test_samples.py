"""Clients with unequal numbers of samples."""

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from bounds.certify.errors import InputError
from bounds.estimation import PossibleMeans
from bounds.estimation.counts import Counts
from bounds.estimation.rules import PLAYS, Kind, averaged
from bounds.estimation.samples import Samples, noise_of
from bounds.upper.sample_size import FINEST_CELL

RNG = np.random.default_rng(7)
MEANS = np.repeat([0.0, 40.0], 12_000)
NUMBERS = RNG.choice([2, 8, 32, 128], MEANS.size)
REPORTS = MEANS + 3 * RNG.standard_normal(MEANS.size) / np.sqrt(NUMBERS)


def fitted(reports: Any = REPORTS, numbers: Any = NUMBERS, **more: Any) -> PossibleMeans:
    return PossibleMeans(2, "1/25", 40, sd=3, **more).fit(reports, counts=numbers)


def test_all_samples_tell_the_means_and_the_bound_is_that_of_the_fewest() -> None:
    """A client of 128 samples has 9/128 = 0.07 by itself, and the bound is in units of 9/2."""
    estimator = fitted()
    estimates = estimator.predict(REPORTS, estimator.halves_, NUMBERS)
    assert np.mean((estimates - MEANS) ** 2) < 0.002
    assert estimator.risk_bound_ is not None
    value = float(estimator.guarantee_.value.decimals()[1])
    assert estimator.risk_bound_ == pytest.approx(value * 9 / 2)
    assert estimator.guarantee_.distance == pytest.approx(40 / (3 / np.sqrt(2)))
    low, high = estimator.intervals_.T
    assert np.mean((low <= MEANS) & (high >= MEANS)) > 0.999
    assert not estimator.flags_.any()
    new = estimator.predict([0.1, 39.0], counts=[2, 128])
    assert new == pytest.approx([0.0, 40.0], abs=0.05)


@pytest.mark.parametrize("claim", [1, 128, 10**9])
def test_no_claim_of_samples_breaks_the_bound(claim: int) -> None:
    for place in (0.3, 3.0, 13.0):
        bad = place + 0.2 * np.random.default_rng(3).standard_normal(480)
        reports = np.concatenate([REPORTS, bad])
        numbers = np.concatenate([np.maximum(NUMBERS, 2), np.full(480, max(claim, 2))])
        estimator = fitted(reports, numbers)
        estimates = estimator.predict(reports, estimator.halves_, numbers)[: MEANS.size]
        assert estimator.risk_bound_ is not None
        assert np.mean((estimates - MEANS) ** 2) < min(0.1, estimator.risk_bound_)


@pytest.mark.step("or keeps its own, where that is better")
def test_a_client_of_many_samples_is_no_worse_than_a_case_asks_for() -> None:
    """Where a centre is not trusted, it keeps its sample if that is better than the rule."""
    rng = np.random.default_rng(5)
    bad = 2 + np.arange(4800) % 7 / 10
    reports = np.concatenate([REPORTS, bad])
    numbers = np.concatenate([NUMBERS, rng.choice([2, 8], bad.size)])
    estimator = PossibleMeans(2, "2/5", 40, sd=3).fit(reports, counts=numbers)
    estimates = estimator.predict(reports, estimator.halves_, numbers)[: MEANS.size]
    assert min(rule.share for rule in estimator.clusters_[0].rules) == 0
    for number, most in ((128, 1.1), (2, 0.8)):
        here = (number == NUMBERS) & (MEANS == 0)
        assert np.mean((estimates - MEANS)[here] ** 2) < most * 9 / number


@pytest.mark.step("whoever has more samples plays on a sample with noise")
def test_the_rule_of_the_cases_is_that_of_samples_with_noise() -> None:
    """On average over the noise, for clients who do not keep their sample."""
    clusters = fitted(random_state=1).clusters_[0].by_cases()
    rule = clusters.rules[0]
    assert rule.kind == "tanh"
    x, variance = np.array([-1.0, 0.2, 1.0]), np.array([0.5, 1.0, rule.risk * 0.99])
    told = clusters.estimate(x, shares=(variance, np.ones(3, np.int64)))
    averages = averaged("tanh", x - rule.middle, np.full(3, rule.size), np.sqrt(1 - variance))
    assert told == pytest.approx([*(rule.middle + averages)[:2], 1.0])


@pytest.mark.step("all reports that are listed have one variance", "and the noise is secret")
def test_noise_makes_all_variances_equal() -> None:
    noise = noise_of(NUMBERS, 2, None)
    assert not np.array_equal(noise, noise_of(NUMBERS, 2, None))  # secret
    assert np.array_equal(noise_of(NUMBERS, 2, 3), noise_of(NUMBERS, 2, 3))
    own = (REPORTS - MEANS) / (3 / np.sqrt(2))
    for number in (2, 8, 128):
        here = number == NUMBERS
        assert np.var((own + noise)[here]) == pytest.approx(1, abs=0.06)
    assert not noise[NUMBERS == 2].any()


def test_reports_are_counted_with_noise_and_weighed_without() -> None:
    estimator = fitted(random_state=4)
    unit = 3 / np.sqrt(2)
    second = estimator.halves_
    first = estimator._summary.halves[0]
    noised = REPORTS / unit + noise_of(NUMBERS, 2, 4)
    assert np.array_equal(first.index, Counts.of(noised[~second], FINEST_CELL).index)
    samples = estimator._summary.samples
    assert samples is not None
    assert (samples.least, samples.cap) == (2, 4 * int(np.median(NUMBERS)))
    assert samples.halves[1].total == np.minimum(NUMBERS, samples.cap)[second].sum()


@pytest.mark.step("it is left out with the weight that it has")
def test_no_report_has_a_say_in_the_centre_that_its_client_takes() -> None:
    """With the weight that it was counted with."""
    clusters = fitted(random_state=4).clusters_[0]
    cluster = np.zeros(1, np.int64)
    unit = 3 / np.sqrt(2)
    changed, numbers = np.append(REPORTS, 1.5), np.append(NUMBERS, 50)
    before = clusters._centres(np.zeros(1), cluster, 0)
    estimator = fitted(changed, numbers, random_state=4)
    halves = estimator.halves_
    assert np.array_equal(halves[:-1], fitted(random_state=4).halves_)
    serving = estimator.clusters_[0 if halves[-1] else 1]
    same = fitted(random_state=4).clusters_[0 if halves[-1] else 1]
    before = same._centres(np.zeros(1), cluster, 0)
    served = serving._centres(np.array([1.5 / unit]), cluster, np.array([50]))
    assert served == pytest.approx(before, abs=1e-12)
    assert abs(serving._centres(np.zeros(1), cluster, 0) - before) > 1e-7


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["linear", "tanh", "sign"]),
    st.floats(-8, 8),
    st.floats(0.05, 5),
    st.floats(0.05, 1),
)
def test_averages_over_noise_are_those_of_sums(
    kind: Kind, away: float, size: float, noise: float
) -> None:
    z = np.linspace(-9, 9, 200_001)
    played = PLAYS[kind](away + noise * z, np.full_like(z, size))
    exact = np.trapezoid(played * norm.pdf(z), z)
    found = averaged(kind, np.array([away]), np.array([size]), np.array([noise]))[0]
    assert found == pytest.approx(exact, abs=1e-3 * size if kind == "sign" else 2e-7)


def test_without_noise_a_rule_is_itself() -> None:
    away, size = np.array([-1.0, -0.1, 0.0, 2.0]), np.full(4, 1.5)
    for kind, play in PLAYS.items():
        told = averaged(kind, away, size, np.zeros(4))
        assert told == pytest.approx(play(away, size), abs=1e-7)


def test_equal_counts_are_another_unit() -> None:
    one = PossibleMeans(2, "1/25", 40, sd=3, random_state=1).fit(REPORTS, counts=4)
    many = PossibleMeans(2, "1/25", 40, sd=3, random_state=1)
    told = many.fit_predict(REPORTS, counts=np.full(REPORTS.size, 4))
    assert np.array_equal(told, one.predict(REPORTS, one.halves_))
    with pytest.raises(InputError, match="all clients are alike"):
        one.predict([0.0], counts=4)


def test_what_is_written_is_read() -> None:
    estimator = fitted(random_state=2)
    again = pickle.loads(pickle.dumps(estimator))
    args = REPORTS, estimator.halves_, NUMBERS
    assert np.array_equal(estimator.predict(*args), again.predict(*args))
    state = estimator._summary.samples
    assert state is not None
    least, cap, halves = state.state()
    for wrong in ((0, cap, halves), (2.0, cap, halves), (cap + 1, cap, halves)):
        with pytest.raises(InputError, match="no numbers of samples"):
            Samples.read(wrong, FINEST_CELL)
    with pytest.raises(InputError, match="no counts"):
        Samples.read((least, cap, [halves[0], (halves[1][0], -halves[1][1])]), FINEST_CELL)


@pytest.mark.parametrize(
    ("counts", "told"),
    [([1, 2], "one count a report: 3"), ([1, 0, 1], "whole numbers"), ([1.0, 2, 3], "whole"),
     (0, "whole"), ([[1, 2, 3]], "whole"), ([1, 2, 10**9 + 1], "whole"), ("3", "whole")],
)  # fmt: skip
def test_bad_counts_are_told(counts: Any, told: str) -> None:
    with pytest.raises(InputError, match=told):
        PossibleMeans().fit([1.0, 2.0, 3.0], counts=counts)


@pytest.mark.step("no client has fewer samples")
def test_what_does_not_go_with_unequal_counts_is_told() -> None:
    with pytest.raises(InputError, match="sd must be a number"):
        PossibleMeans(sd="estimate").fit([1.0, 2.0], counts=[1, 2])
    estimator = fitted()
    with pytest.raises(InputError, match="pass the counts"):
        estimator.predict(REPORTS, estimator.halves_)
    with pytest.raises(InputError, match="2 samples at least"):
        estimator.predict([0.0], counts=[1])
    with pytest.raises(InputError, match="do not merge"):
        estimator.merge(PossibleMeans(2, "1/25", Fraction(40), sd=3).fit(REPORTS))
    with pytest.raises(InputError, match="do not merge"):
        PossibleMeans(2, "1/25", 40, sd=3).fit(REPORTS).merge(estimator)
    with pytest.raises(InputError, match="do not merge"):
        estimator.partial_fit([1.0])
