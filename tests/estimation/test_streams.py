"""Streams: what is counted twice, threads, copies, and what is current."""

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
from bounds.estimation.conventions import read_column
from bounds.estimation.counts import MOST_REPORTS, Counts
from bounds.estimation.summary import Lists, Summary, read_summary
from bounds.upper.sample_size import FARTHEST_MEAN, FINEST_CELL, sample_size_bound

RNG = np.random.default_rng(11)
REPORTS = RNG.standard_normal(40_000)


def counting(reports: np.ndarray = REPORTS, c: Any = 0) -> PossibleMeans:
    return PossibleMeans(1, c, 30).partial_fit(reports)


# ---- who knows what


def in_one_place() -> tuple[np.ndarray, np.ndarray]:
    """Reports of 8 components and their means, NaN for corrupted clients: every second one in the
    last tenth of the reports, who put a counterfeit 5.8 beside the first mean."""
    rng, k, m = np.random.default_rng(5), 8, 20_000
    means = np.full(k * m + 2 * m * k // 20, np.nan)
    genuine = np.ones(means.size, bool)
    genuine[-4 * m * k // 20 :: 2] = False
    means[genuine] = 18.0 * rng.integers(0, k, k * m)
    reports = np.where(genuine, means, 5.8) + rng.standard_normal(means.size)
    return reports, means


def test_who_knows_when_reports_come_gains_nothing() -> None:
    """Nothing is split, so the order of the reports says nothing, nor does a seed."""
    reports, means = in_one_place()
    estimator = PossibleMeans(8, "4/5", 18)
    told = estimator.fit_predict(reports)
    risk = np.nanmean((told - means) ** 2)
    assert estimator.risk_bound_ is not None
    assert risk < 0.6 * estimator.risk_bound_ < 0.1
    order = np.random.default_rng(1).permutation(reports.size)
    again = PossibleMeans(8, "4/5", 18, random_state=3).fit_predict(reports[order])
    assert np.array_equal(again, told[order])


def test_parameters_of_a_stream_do_not_change() -> None:
    with pytest.raises(InputError, match="has changed"):
        counting().set_params(contamination="1/10").partial_fit(REPORTS)
    with pytest.raises(InputError, match="has changed"):
        counting().set_params(separation=20).merge(counting())


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


def test_parameters_that_are_the_same_numbers_merge() -> None:
    one = PossibleMeans(2, "1/5", 20).partial_fit(REPORTS)
    one.merge(PossibleMeans(2, Fraction(1, 5), "20").partial_fit(REPORTS))
    assert one.n_reports_ == 2 * REPORTS.size
    with pytest.raises(InputError, match="do not merge"):
        one.merge(PossibleMeans(2, 0.2, 20).partial_fit(REPORTS))  # a float is not 1/5


def test_no_more_reports_are_counted_than_sums_hold() -> None:
    full = Counts(FINEST_CELL, np.array([0]), np.array([MOST_REPORTS // 2 + 1]))
    one, other = (Summary(1, Fraction(0), Fraction(20), full, frozenset([name])) for name in "ab")
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
    stream = counting()
    for wrong in (np.ma.array([1.0, 2.0], mask=[1, 0]), ["1"], [], np.zeros((2, 2))):
        with pytest.raises(InputError):
            stream.partial_fit(wrong)
        with pytest.raises(InputError):
            stream.fit_predict(wrong)
    with pytest.raises(InputError, match="finite"):
        stream.fit_predict([1.0, np.inf])
    assert stream.n_reports_ == REPORTS.size
    assert stream.partial_fit(REPORTS).n_reports_ == 2 * REPORTS.size


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
    stream = PossibleMeans(1, 0, 30)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(stream.partial_fit, blocks))
    assert stream.n_reports_ == 240_000
    whole = PossibleMeans(1, 0, 30).fit(np.concatenate(blocks))
    assert stream._summary.counts.number.tolist() == whole._summary.counts.number.tolist()


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


def test_a_copy_has_its_originals_lists_and_goes_on_by_itself() -> None:
    one = PossibleMeans(1, "1/10", 30).fit(REPORTS)
    for make in COPIES:
        other = make(one)
        assert other.risk_bound_ == one.risk_bound_
        assert other.predict([0.25]).tolist() == one.predict([0.25]).tolist()
        assert other._lock is not one._lock
        assert other.partial_fit(REPORTS).n_reports_ == 2 * one.n_reports_
    empty = pickle.loads(pickle.dumps(PossibleMeans(3, 1, 20)))
    assert empty.get_params() == PossibleMeans(3, 1, 20).get_params()
    assert not hasattr(empty, "n_reports_")
    assert state_of(empty)["format"] == 4  # the next one begins where what is written changes


def test_the_lists_are_not_read_back() -> None:
    stream = counting()
    assert stream.risk_bound_ is not None
    assert b"Clusters" not in pickle.dumps(stream)
    assert b"SampleSizeBound" not in pickle.dumps(stream)


SPOILT_SUMMARIES: dict[str, dict[str, Any]] = {
    "cells that do not increase": {"counts": (np.array([3, 3]), np.array([1, 1]))},
    "cells too far out": {"counts": (np.array([2**50 + 1]), np.array([1]))},
    "cells too far out on the left": {"counts": (np.array([-(2**50) - 1]), np.array([1]))},
    "numbers below 1": {"counts": (np.array([3]), np.array([-1]))},
    "no report in a cell": {"counts": (np.array([3]), np.array([0]))},
    "more reports than sums hold": {"counts": (np.array([3, 4]), np.array([2**62, 2**62]))},
    "another shape": {"counts": (np.array([3, 4]), np.array([1]))},
    "two dimensions": {"counts": (np.array([[3]]), np.array([[1]]))},
    "another type": {"counts": (np.array([3.0]), np.array([1]))},
    "lists": {"counts": ([3], [1])},
    "one array": {"counts": (np.array([3]),)},
    "three arrays": {"counts": (np.array([3]),) * 3},
    "no word on the noise": {"seeded": None},
    "other cells": {"cell": Fraction(1, 8)},
    "no stream": {"streams": []},
    "a stream without a name": {"streams": [""]},
    "names that are none": {"streams": [7]},
    "no k": {"sizes": (0, 0, 30)},
    "two sizes": {"sizes": (1, 0)},
    "a D that is no number": {"sizes": (1, 0, "wide")},
}


def test_reports_in_the_last_cells_are_read_back() -> None:
    odd = counting(np.array([np.inf, -np.inf, np.nan, 1e300, 0.0]))._summary
    read = read_summary(odd.state())
    assert read.number == 5
    assert read.counts.index.tolist() == odd.counts.index.tolist()


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
    [{"format": 0}, {"format": 3}, {"format": None}, {"known": None}, {"known": {}},
     {"summary": {}}, {"summary": 3}],
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


@pytest.mark.step("(½ − δ)m′ reports are beyond, if a mean is there")
def test_half_a_law_far_out_is_enough() -> None:
    """On the event of step 1 there are (½ − δ)m′ reports beyond, if a mean is there."""
    k, c, number = 2, Fraction(1, 2), 10**7
    tuning = sample_size_bound(k, c, 30, number / (k + c)).tuning
    least = math.ceil((Fraction(1, 2) - tuning.slack) * (number - 1) / (k + c))

    def why(beyond: int) -> str | None:
        index, held = [0, FARTHEST_MEAN * 1024], [number - beyond, beyond]
        counts = Counts.read(np.array(index), np.array(held), FINEST_CELL)
        return Summary(k, c, Fraction(30), counts, frozenset(["a"])).lists.why

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
    bound = Lists(None, SimpleNamespace(value=value), None).risk_bound  # type: ignore[arg-type]
    assert bound is not None
    assert Fraction(high) <= Fraction(bound) <= Fraction(high) * (1 + Fraction(1, 2**51))
    assert (bound == float(high)) == (Fraction(float(high)) >= Fraction(high))


@pytest.mark.step("who has reported is left out")
def test_new_clients_leave_nothing_out() -> None:
    stream = PossibleMeans(1, "1/10", 30).fit(REPORTS)
    assert stream.predict(REPORTS[:9]).tolist() == stream.clusters_.estimate(REPORTS[:9]).tolist()
    counted = stream.predict(REPORTS[:9], reported=True)
    assert counted.tolist() != stream.predict(REPORTS[:9]).tolist()
    assert counted.tolist() == stream.fit_predict(REPORTS)[:9].tolist()
    assert counted.tolist() == stream.clusters_.estimate(REPORTS[:9], listed=REPORTS[:9]).tolist()


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
