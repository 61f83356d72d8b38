"""Streams: whose coins they are, what is counted twice, threads, copies, and what is current."""

import copy
import math
import pickle
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bounds.certify.errors import InputError
from bounds.estimation import NotFitted, PossibleMeans
from bounds.estimation.coins import Coins
from bounds.estimation.conventions import read_column
from bounds.estimation.counts import MOST_REPORTS, Counts
from bounds.estimation.summary import Lists, Summary, read_summary
from bounds.upper.sample_size import FARTHEST_MEAN, FINEST_CELL, two_lists_bound

RNG = np.random.default_rng(11)
REPORTS = RNG.standard_normal(40_000)


def counting(reports: np.ndarray = REPORTS, seed: int | None = None, c: Any = 0) -> PossibleMeans:
    return PossibleMeans(1, c, 30, random_state=seed).partial_fit(reports)


# ---- coins


def in_one_half(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Reports of 8 components and their means, NaN for corrupted clients, who know the seed.

    They report when the coin puts them into half 1: the genuine laws fall short there, and no mean
    is possible but a counterfeit, 5.8 beside the first mean.
    """
    rng, k, m = np.random.default_rng(5), 8, 20_000
    means = np.full(k * m + 2 * m * k // 20, np.nan)
    places = rng.permutation(np.flatnonzero(Coins(seed).toss(means.size)))[: 2 * m * k // 20]
    genuine = np.ones(means.size, bool)
    genuine[places] = False
    means[genuine] = 18.0 * rng.integers(0, k, k * m)
    reports = np.where(genuine, means, 5.8) + rng.standard_normal(means.size)
    return reports, means


@pytest.mark.step("coins of a seed are known")
def test_who_predicts_the_coins_beats_the_bound_and_no_bound_is_stated() -> None:
    reports, means = in_one_half(seed=0)
    known = PossibleMeans(8, "4/5", 18, random_state=0)
    assert np.nanmean((known.fit_predict(reports) - means) ** 2) > 1.5
    assert known.risk_bound_ is None
    assert "seed 0" in str(known.why_no_bound_)
    secret = PossibleMeans(8, "4/5", 18)
    risk = np.nanmean((secret.fit_predict(reports) - means) ** 2)
    assert secret.risk_bound_ is not None
    assert secret.why_no_bound_ is None
    assert risk < secret.risk_bound_ < 0.3
    assert secret.guarantee_.m == known.guarantee_.m  # parts differ, and the bound a little
    assert secret.guarantee_.value.ball() < 1.02 * known.guarantee_.value.ball()
    assert risk < 0.6 * secret.risk_bound_


def test_secret_coins_are_others_each_time() -> None:
    first, second = (PossibleMeans(1, 0, 30).fit(REPORTS) for _ in range(2))
    assert first.halves_.tolist() != second.halves_.tolist()
    assert first.fit(REPORTS).halves_.tolist() != first.fit(REPORTS).halves_.tolist()
    seeded = [PossibleMeans(1, 0, 30, random_state=np.int64(7)).fit(REPORTS) for _ in range(2)]
    assert seeded[0].halves_.tolist() == seeded[1].halves_.tolist()


def test_a_seed_that_is_taken_away_afterwards_was_known() -> None:
    seeded = counting(seed=3)
    seeded.set_params(random_state=None)
    assert seeded.risk_bound_ is None
    with pytest.raises(InputError, match="has changed"):
        seeded.partial_fit(REPORTS)
    with pytest.raises(InputError, match="has changed"):
        seeded.merge(counting())
    with pytest.raises(InputError, match="has changed"):
        counting().set_params(contamination="1/10").partial_fit(REPORTS)
    assert seeded.fit(REPORTS).risk_bound_ is not None


def test_one_stream_of_a_known_seed_voids_the_bound_of_all() -> None:
    one = counting()
    assert one.risk_bound_ is not None
    assert one.merge(counting(seed=3)).risk_bound_ is None
    assert counting().merge(one).risk_bound_ is None


# ---- counted twice


@pytest.mark.step("no report is counted twice", "a summary knows the streams of what it took in")
def test_no_report_is_counted_twice() -> None:
    one, other = counting(), counting()
    with pytest.raises(InputError, match="counted twice"):
        one.merge(one)
    one.merge(other)
    for again in (other, copy.copy(other), copy.deepcopy(other), pickle.loads(pickle.dumps(other))):
        with pytest.raises(InputError, match="counted twice"):
            one.merge(again)
    with pytest.raises(InputError, match="counted twice"):
        counting().merge(one).merge(other)  # by way of a third
    with pytest.raises(InputError, match="counted twice"):
        other.merge(pickle.loads(pickle.dumps(one)))
    with pytest.raises(InputError, match="counted twice"):
        one.merge(other.partial_fit(REPORTS))  # more of a stream that is in it
    assert one.n_reports_ == 2 * REPORTS.size
    assert one.merge(counting()).n_reports_ == 3 * REPORTS.size


def test_copies_that_went_different_ways_share_their_past() -> None:
    one = counting()
    other = copy.copy(one)
    with pytest.raises(InputError, match="counted twice"):
        one.partial_fit(REPORTS).merge(other.partial_fit(-REPORTS))
    assert one.n_reports_ == other.n_reports_ == 2 * REPORTS.size


@pytest.mark.step("coins of one seed are the same coins")
def test_equal_seeds_do_not_merge() -> None:
    with pytest.raises(InputError, match="coins of seed 3"):
        counting(seed=3).merge(counting(seed=3))
    with pytest.raises(InputError, match="coins of seed 3"):  # nor where one is still to count
        PossibleMeans(1, 0, 30, random_state=3).merge(counting(seed=3))
    three = counting(seed=1).merge(counting(seed=2)).merge(counting(seed=3))
    with pytest.raises(InputError, match="coins of seed 2"):
        counting(seed=4).merge(counting(seed=2)).merge(three)
    assert three.n_reports_ == 3 * REPORTS.size


def test_parameters_that_are_the_same_numbers_merge() -> None:
    one = PossibleMeans(2, "1/5", 20).partial_fit(REPORTS)
    one.merge(PossibleMeans(2, Fraction(1, 5), "20").partial_fit(REPORTS))
    assert one.n_reports_ == 2 * REPORTS.size
    with pytest.raises(InputError, match="do not merge"):
        one.merge(PossibleMeans(2, 0.2, 20).partial_fit(REPORTS))  # a float is not 1/5


def test_no_more_reports_are_counted_than_sums_hold() -> None:
    full = Counts(FINEST_CELL, np.array([0]), np.array([MOST_REPORTS // 2]))
    one, other = (
        Summary(1, Fraction(0), Fraction(20), (full, full), frozenset([name])) for name in "ab"
    )
    with pytest.raises(InputError, match="at most"):
        one.merged(other)


# ---- what is current


def test_nothing_that_is_told_is_older_than_the_reports() -> None:
    stream = counting(REPORTS[:20_000])
    early = stream.risk_bound_
    lists = stream.clusters_
    assert early is not None
    stream.partial_fit(REPORTS[20_000:])
    assert stream.guarantee_.m == stream.n_reports_ == 40_000
    assert stream.risk_bound_ is not None
    assert stream.risk_bound_ < early
    assert stream.clusters_ is not lists
    later = stream.risk_bound_
    stream.merge(counting())
    assert stream.guarantee_.m == 80_000
    assert stream.risk_bound_ < later
    stream.partial_fit(np.full(4000, np.nan))
    assert stream.guarantee_.m == 84_000


def test_before_a_report_nothing_is_told() -> None:
    empty = PossibleMeans()
    for name in ("n_reports_", "clusters_", "guarantee_", "risk_bound_", "why_no_bound_"):
        assert not hasattr(empty, name)
        with pytest.raises(NotFitted, match="call fit"):
            getattr(empty, name)


def test_a_fit_that_fails_leaves_what_was_there() -> None:
    stream = counting(seed=1)
    halves = PossibleMeans(1, 0, 30, random_state=1).fit(REPORTS).halves_
    for wrong in (np.ma.array([1.0, 2.0], mask=[1, 0]), ["1"], [], np.zeros((2, 2))):
        with pytest.raises(InputError):
            stream.partial_fit(wrong)
        with pytest.raises(InputError):
            stream.fit_predict(wrong)
    with pytest.raises(InputError, match="finite"):
        stream.fit_predict([1.0, np.inf])
    assert stream.n_reports_ == REPORTS.size
    stream.partial_fit(REPORTS)
    assert halves.sum() == sum(counts.total for counts in counting(seed=1)._summary.halves[1:])


def test_numbers_of_other_types_are_the_same_numbers() -> None:
    values = np.array([1.0, 2.0, -3.0])
    alike = (
        values.astype(np.float32), values.astype(np.int8), values.astype(np.longdouble),
        values.astype(object), values[:, np.newaxis], [Fraction(1), 2, -3.0],
        np.ma.array(values, mask=False),
    )  # fmt: skip
    for other in alike:
        read = read_column(other)
        assert read.tolist() == values.tolist()
        assert read.dtype == np.float64
    for report in (None, np.longdouble("1e4000"), np.inf):
        assert not np.isfinite(read_column(np.array([report], object)))[0]
    assert read_column(np.array([np.longdouble("1e4000")])).tolist() == [np.inf]


# ---- threads


def test_threads_lose_no_report() -> None:
    blocks = np.array_split(RNG.standard_normal(240_000), 240)
    for seed in (None, 5):
        stream = PossibleMeans(1, 0, 30, random_state=seed)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(stream.partial_fit, blocks))
        assert stream.n_reports_ == 240_000
        whole = PossibleMeans(1, 0, 30, random_state=0).fit(np.concatenate(blocks))
        mine, all_ = (sum_of(estimator._summary).number.tolist() for estimator in (stream, whole))
        assert mine == all_


def sum_of(summary: Summary) -> Counts:
    first, second = summary.halves
    return first + second


def slowly(patch: pytest.MonkeyPatch, name: str) -> None:
    """Another thread has its turn between what is read and what is written."""
    usual = getattr(Summary, name)

    def slow(*given: Any) -> Any:
        made = usual(*given)
        time.sleep(0.001)
        return made

    patch.setattr(Summary, name, slow)


def test_threads_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch, "with_reports")
    stream = PossibleMeans(1, 0, 30)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(stream.partial_fit, [REPORTS[:10]] * 64))
    assert stream.n_reports_ == 640


def test_threads_merge_into_one(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch, "merged")
    parts = [counting(REPORTS[:1000]) for _ in range(40)]
    total = PossibleMeans(1, 0, 30)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(total.merge, parts))
    assert total.n_reports_ == 40_000


# ---- pickles


def state_of(estimator: PossibleMeans) -> dict[str, Any]:
    state: dict[str, Any] = estimator.__getstate__()
    return state


COPIES: tuple[Callable[[Any], Any], ...] = (
    copy.copy,
    copy.deepcopy,
    lambda one: pickle.loads(pickle.dumps(one)),
)


def test_a_seeded_copy_goes_on_as_its_original_would() -> None:
    for make in COPIES:
        one = counting(seed=2)
        others = [make(one), make(one)]
        for estimator in (*others, one):
            estimator.partial_fit(REPORTS[:999])
        told = [[h.number.tolist() for h in e._summary.halves] for e in (*others, one)]
        assert told[0] == told[1] == told[2]


def test_a_copy_has_its_originals_lists_and_coins_of_its_own() -> None:
    one = PossibleMeans(1, "1/10", 30).fit(REPORTS)
    for make in COPIES:
        other, twin = make(one), make(one)
        assert other.risk_bound_ == one.risk_bound_
        assert other.halves_.tolist() == one.halves_.tolist()
        assert other.predict([0.25]).tolist() == one.predict([0.25]).tolist()
        assert other._lock is not one._lock
        first, second = (
            copied.partial_fit(REPORTS)._summary.halves[0].number.tolist()
            for copied in (other, twin)
        )
        assert first != second
    empty = pickle.loads(pickle.dumps(PossibleMeans(3, 1, 20)))
    assert empty.get_params() == PossibleMeans(3, 1, 20).get_params()
    assert not hasattr(empty, "n_reports_")
    assert state_of(empty)["format"] == 3  # the next one begins where what is written changes


def test_the_lists_are_not_read_back() -> None:
    stream = counting()
    assert stream.risk_bound_ is not None
    assert b"Clusters" not in pickle.dumps(stream)
    assert b"SampleSizeBound" not in pickle.dumps(stream)


SPOILT_SUMMARIES: dict[str, dict[str, Any]] = {
    "cells that do not increase": {"halves": [(np.array([3, 3]), np.array([1, 1]))] * 2},
    "cells too far out": {"halves": [(np.array([2**50 + 1]), np.array([1]))] * 2},
    "cells too far out on the left": {"halves": [(np.array([-(2**50) - 1]), np.array([1]))] * 2},
    "numbers below 1": {"halves": [(np.array([3]), np.array([-1]))] * 2},
    "no report in a cell": {"halves": [(np.array([3]), np.array([0]))] * 2},
    "more reports than sums hold": {"halves": [(np.array([3, 4]), np.array([2**62, 2**62]))] * 2},
    "another shape": {"halves": [(np.array([3, 4]), np.array([1]))] * 2},
    "two dimensions": {"halves": [(np.array([[3]]), np.array([[1]]))] * 2},
    "another type": {"halves": [(np.array([3.0]), np.array([1]))] * 2},
    "lists": {"halves": [([3], [1])] * 2},
    "one half": {"halves": [(np.array([3]), np.array([1]))]},
    "three halves": {"halves": [(np.array([3]), np.array([1]))] * 3},
    "other cells": {"cell": Fraction(1, 8)},
    "no stream": {"streams": []},
    "a stream without a name": {"streams": [""]},
    "names that are none": {"streams": [7]},
    "no k": {"sizes": (0, 0, 30)},
    "two sizes": {"sizes": (1, 0)},
    "a D that is no number": {"sizes": (1, 0, "wide")},
}


def test_reports_in_the_last_cells_are_read_back() -> None:
    odd = counting(np.array([np.inf, -np.inf, np.nan, 1e300, 0.0]), seed=1)._summary
    read = read_summary(odd.state())
    assert read.number == 5
    assert [h.index.tolist() for h in read.halves] == [h.index.tolist() for h in odd.halves]


@pytest.mark.step(
    "numbers of reports are positive",
    "each cell is counted once",
    "what is read back are counts on these cells",
)
@pytest.mark.parametrize("spoilt", SPOILT_SUMMARIES.values(), ids=SPOILT_SUMMARIES)
def test_a_summary_that_cannot_be_one_is_refused(spoilt: dict[str, Any]) -> None:
    written = counting()._summary.state()
    assert read_summary(written).number == REPORTS.size
    with pytest.raises(InputError):
        read_summary({**written, **spoilt})
    for name in written:
        with pytest.raises(InputError, match="no summary"):
            read_summary({key: value for key, value in written.items() if key != name})
    with pytest.raises(InputError, match="no summary"):
        read_summary(None)


@pytest.mark.parametrize(
    "spoilt",
    [{"format": 0}, {"format": None}, {"known": None}, {"known": {}}, {"coins": None},
     {"coins": 3}, {"summary": {}}, {"summary": 3}, {"coins": {"seed": 1}},
     {"coins": {"seed": 1, "tossed": 0}}, {"coins": {"seed": -1, "tossed": 0}},
     {"coins": {"seed": None, "tossed": -1}}, {"coins": {"seed": None, "tossed": 10**6}},
     {"coins": {"seed": None, "tossed": 0.5}}],
)  # fmt: skip
def test_a_state_that_cannot_be_one_is_refused(spoilt: dict[str, Any]) -> None:
    state = state_of(counting())
    PossibleMeans.__new__(PossibleMeans).__setstate__(state)
    with pytest.raises(InputError):
        PossibleMeans.__new__(PossibleMeans).__setstate__({**state, **spoilt})
    with pytest.raises(InputError):
        PossibleMeans.__new__(PossibleMeans).__setstate__(None)  # type: ignore[arg-type]


# ---- how far out


@pytest.mark.step("means are near enough to 0 for floats")
def test_means_too_far_out_for_floats_have_no_bound() -> None:
    """A law at 2⁴¹ is in the last cell: nothing is listed, and clients keep their samples."""
    far = PossibleMeans(1, "1/10", 30)
    assert np.mean((far.fit_predict(REPORTS + 2.0**41) - 2.0**41) ** 2) > 0.9
    assert far.risk_bound_ is None
    assert "off all of them" in str(far.why_no_bound_)
    coarse = PossibleMeans(1, "1/10", 30)
    assert np.mean((coarse.fit_predict(REPORTS + 2.0**30) - 2.0**30) ** 2) < 0.1
    assert coarse.risk_bound_ is None
    near = PossibleMeans(1, "1/10", 30)
    assert np.mean((near.fit_predict(REPORTS + FARTHEST_MEAN - 20) + 20 - FARTHEST_MEAN) ** 2) < 0.1
    assert near.risk_bound_ is not None


@pytest.mark.step("a half has (½ − δ)m′ reports beyond, if a mean is there")
@pytest.mark.parametrize("half", [0, 1])
def test_half_a_law_far_out_is_enough_in_either_half(half: int) -> None:
    """On the event of step 1 a half has (½ − δ)m′ reports beyond, if a mean is there."""
    k, c, number = 2, Fraction(1, 2), 10**7
    tuning = two_lists_bound(k, c, 30, (number, number)).tuning
    least = math.ceil((Fraction(1, 2) - tuning.slack) * number / (k + c))

    def why(beyond: int) -> str | None:
        far = Counts.read(
            np.array([0, FARTHEST_MEAN * 1024]), np.array([number - beyond, beyond]), FINEST_CELL
        )
        near = Counts.read(np.array([0]), np.array([number]), FINEST_CELL)
        halves = (near, far) if half else (far, near)
        return Summary(k, c, Fraction(30), halves, frozenset(["a"])).lists.why

    assert "no cluster was found" in str(why(least - 1))  # nor is one at fewer
    assert "farther than 4,000,000" in str(why(least))


@pytest.mark.step("no rule is worse than allowed")
def test_a_rule_that_does_not_hold_voids_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = counting()
    assert stream.risk_bound_ is not None
    monkeypatch.setattr("bounds.estimation.rules.RULE_TOLERANCE", Fraction(-1))
    stream.partial_fit(REPORTS)
    assert stream.risk_bound_ is None
    assert "rule" in str(stream.why_no_bound_)


@pytest.mark.step("the float is not below the bound")
@pytest.mark.parametrize("high", ["0.3", "0.1", "0.5", "0.0893623", "0.7"])
def test_the_float_is_not_below_the_upper_end(high: str) -> None:
    value = SimpleNamespace(decimals=lambda: ("0", high))
    bound = Lists((), SimpleNamespace(value=value), None).risk_bound  # type: ignore[arg-type]
    assert bound is not None
    assert Fraction(high) <= Fraction(bound) <= Fraction(high) * (1 + Fraction(1, 2**51))
    assert (bound == float(high)) == (Fraction(float(high)) >= Fraction(high))


def test_new_clients_are_served_by_the_first_list() -> None:
    stream = PossibleMeans(1, "1/10", 30, random_state=1).fit(REPORTS)
    x = np.linspace(-3, 3, 50)
    first, second = (clusters.estimate(x) for clusters in stream.clusters_)
    assert stream.predict(x).tolist() == first.tolist() != second.tolist()


def test_a_few_reports_far_out_take_no_bound_away() -> None:
    odd = np.concatenate([REPORTS, np.tile([np.nan, np.inf, -np.inf, 1e300, -1e300], 200)])
    assert PossibleMeans(1, "1/10", 30).fit(odd).risk_bound_ is not None


@pytest.mark.step("reports on both sides are beyond")
@pytest.mark.parametrize("side", [-1, 1])
def test_a_mean_just_beyond_has_half_of_its_reports_there(side: int) -> None:
    counts = Counts.of(side * (FARTHEST_MEAN + 2.0**-8) + REPORTS, FINEST_CELL)
    assert counts.beyond(FARTHEST_MEAN) > 0.49 * REPORTS.size
    edge = Counts.of(np.array([-4.0, -3.999, 3.999, 4.0]), FINEST_CELL)
    assert edge.beyond(4) == 2
