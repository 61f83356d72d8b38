"""Each client's list, rule and centre are those of all other reports, made without its own."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from bounds.estimation.clusters import Clusters, Near
from bounds.estimation.counts import Counts
from bounds.estimation.listing import Removals, possible_means, removals
from bounds.upper.sample_size import SampleSizeBound, Tuning, sample_size_bound

RNG = np.random.default_rng(4)
DISTANCE = Fraction(18)


def clusters_of(
    listed: np.ndarray, scale: float, tuning: Tuning, samples: np.ndarray, weights: np.ndarray
) -> Clusters:
    """The clusters of all reports; the centres weigh the samples."""
    counts = Counts.of(listed, tuning.cell)
    means = possible_means(counts, scale, tuning)
    near = Near(counts, Counts.weighed(samples, weights, tuning.cell), scale)
    leaving = removals(counts, means, scale, tuning)
    return Clusters.of(means, tuning, DISTANCE, near, leaving)


def draw(m: int, kind: str) -> np.ndarray:
    """Two groups and corrupted clients, of whom some pull, some lie apart, some repeat a place."""
    genuine = np.concatenate([RNG.standard_normal(m), 18 + RNG.standard_normal(m)])
    bad = m // 3
    if kind == "pull":
        return np.concatenate([genuine, 1.1 + RNG.standard_normal(bad)])
    if kind == "spread":
        return np.concatenate([genuine, RNG.uniform(-2, 22, bad)])
    return np.concatenate([genuine, np.full(bad, 2.5)])


def bound_of(m: int) -> SampleSizeBound:
    return sample_size_bound(2, Fraction(1, 3), DISTANCE, m)


@pytest.mark.heavy
@pytest.mark.step(
    "a report counts 1/m′",
    "every interval around the report is asked",
    "the list has no own report",
    "the start knows no own report",
    "no report has a say in the centre that its client takes",
    "nor in what looks normal",
    "nor in the median",
    "it is left out where it was counted",
)
@pytest.mark.parametrize("kind", ["pull", "spread", "repeat"])
def test_a_client_is_served_as_by_all_others(kind: str) -> None:
    """Also where a slack at the edge of a point's lack makes points leave, and clusters split."""
    for m, reach in ((900, None), (300, Fraction(1, 4)), (42, Fraction(1, 8))):
        reports = draw(m, kind)
        tuning = bound_of(m).tuning
        if reach is not None:  # clusters of few points, which split where one leaves
            tuning = replace(tuning, reach=reach, cell=Fraction(1, 16))
        ones, scale = np.ones(reports.size, np.int64), (reports.size - 1) / (7 / 3)
        served = clusters_of(reports, scale, tuning, reports, ones)
        served = replace(served, near=Near(served.near.counts, None, scale))  # type: ignore[union-attr]
        told = served.estimate(reports, listed=reports)
        ends = served.intervals(reports, reports)
        leaving = served.removals.at(np.floor(reports / float(tuning.cell)).astype(int))
        places = np.append(RNG.permutation(reports.size)[:60], np.flatnonzero(leaving)[:40])
        for i in places:
            rest = np.delete(reports, i)
            others = clusters_of(rest, scale, tuning, rest, ones[1:])
            assert told[i] == pytest.approx(others.estimate(reports[[i]])[0], abs=1e-9)
            assert np.array_equal(ends[i], others.intervals(reports[[i]])[0], equal_nan=True)


@pytest.mark.step("a cluster beside may be the nearest now")
def test_where_a_cluster_leaves_its_neighbours_serve() -> None:
    tuning = Tuning(Fraction(1, 16), Fraction(1, 10), Fraction(3))
    for leaving, x, served in ((1, 5.5, 0.0), (0, 4.5, 10.0)):
        gone = Removals(np.array([0]), np.array([1]), (np.empty(0, int), np.array([leaving])))
        clusters = Clusters.of(np.array([0.0, 10.0]), tuning, DISTANCE, removals=gone)
        own = np.array([x])
        assert clusters.intervals(own, own).mean() == pytest.approx(served)
        assert abs(clusters.intervals(own, own - 20).mean() - served) > 9  # nothing leaves there


def test_with_unequal_numbers_of_samples_too() -> None:
    """What is left out of the list is the report with its noise, of the centre that without."""
    m = 600
    samples = draw(m, "pull")
    numbers = RNG.integers(1, 5, samples.size)
    listed = samples + np.sqrt(0.5) * RNG.standard_normal(samples.size)
    tuning = replace(bound_of(m).tuning, reach=Fraction(3, 4), cell=Fraction(1, 32))
    scale, variances = (samples.size - 1) / (7 / 3), 1 / numbers
    served = clusters_of(listed, scale, tuning, samples, numbers)
    told = served.estimate(samples, listed=listed, shares=(variances, numbers))
    for i in RNG.permutation(samples.size)[:60]:
        one, rest = samples[[i]], np.arange(samples.size) != i
        others = clusters_of(listed[rest], scale, tuning, samples[rest], numbers[rest])
        alone = others.estimate(one, shares=(variances[[i]], numbers[[i]]))
        assert told[i] == pytest.approx(alone[0], abs=1e-9)
