"""Reports in a unit of their own: sd, share, least group, counts, intervals, flags and notes."""

import pickle
import warnings
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from bounds.certify.errors import InputError
from bounds.certify.numbers.precision import working_precision
from bounds.estimation import EstimateWarning, PossibleMeans
from bounds.estimation.spread import spread_of
from bounds.estimation.summary import read_summary
from bounds.upper.sample_size import failure

MEANS = np.repeat([0.0, 20.0], 8000)
Z = MEANS + np.random.default_rng(2).standard_normal(MEANS.size)


@pytest.mark.step("a bound is in the square of the unit")
def test_another_unit_scales_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bounds.estimation.coins.os.urandom", lambda n: bytes([0x5A]) * n)
    one = PossibleMeans(2, "1/50", 20).fit(Z)
    four = PossibleMeans(2, "1/50", 80, sd=4).fit(4 * Z)
    assert one.risk_bound_ is not None
    assert four.risk_bound_ == pytest.approx(16 * one.risk_bound_)
    assert Fraction(four.risk_bound_) >= 16 * Fraction(one.guarantee_.value.decimals()[1])
    estimates = four.predict(4 * Z, four.halves_)
    assert np.mean((estimates - 4 * MEANS) ** 2) < 0.2
    assert four.interval_level_ == one.interval_level_


def test_intervals_hold_means_and_flags_are_far() -> None:
    reports = np.concatenate([Z, [10.0, np.nan, np.inf]])
    estimator = PossibleMeans(2, "1/50", 20).fit(reports)
    low, high = estimator.intervals_[: MEANS.size].T
    inside = (low <= MEANS) & (high >= MEANS)
    assert estimator.interval_level_ is not None
    assert np.mean(inside) >= estimator.interval_level_ > 0.9
    assert estimator.flags_[-3:].all()
    assert estimator.flags_[: MEANS.size].mean() < 0.001
    assert np.isnan(estimator.intervals_[-3:]).all()
    assert estimator.n_groups_ == 2
    assert estimator.notes_ == ()
    same = estimator.predict_intervals(Z, estimator.halves_[: Z.size])
    assert np.array_equal(same, estimator.intervals_[: Z.size], equal_nan=True)
    assert not estimator.predict_flags([0.1, np.nan])[0]
    again = pickle.loads(pickle.dumps(estimator))
    assert not hasattr(again, "flags_")  # they are of a fit
    assert not hasattr(estimator.partial_fit([1.0]), "intervals_")


@pytest.mark.step(
    "an interval misses where the list does", "and where the client is fooled, on either side"
)
def test_the_level_counts_both_ways_to_miss() -> None:
    estimator = PossibleMeans(2, "1/50", 20).fit(Z)
    bound = estimator.guarantee_
    assert bound.design is not None
    with working_precision(96):
        missed = float(failure(2, Fraction(1, 50), bound.sizes, bound.design))
    t, eta = float(bound.design.reach), float(bound.design.widening)
    assert missed > 1e-9
    assert 1 - missed - 2 * norm.cdf(eta - t) == pytest.approx(estimator.interval_level_, abs=1e-12)


@pytest.mark.step("reports that are divided by sd are rounded again")
def test_means_in_another_unit_are_nearer() -> None:
    far = PossibleMeans(1, 0, 20).fit(Z[:8000] + 2 * 10**6)
    assert far.risk_bound_ is not None
    scaled = PossibleMeans(1, 0, 40, sd=2).fit(2 * (Z[:8000] + 2 * 10**6))
    assert "farther than 1,000,000 from 0" in str(scaled.why_no_bound_)


def test_a_share_is_a_contamination() -> None:
    share = PossibleMeans(2, share="5%", separation=20).fit(Z)
    assert share.guarantee_.c == Fraction(2, 19)
    with pytest.raises(InputError, match="not both"):
        PossibleMeans(2, 1, share="5%").fit(Z)


@pytest.mark.step("what leaves the theorem has no bound")
def test_what_leaves_the_theorem_has_no_bound() -> None:
    for estimator, told in (
        (PossibleMeans(2, separation=20, sd="estimate"), "standard deviation is estimated"),
        (PossibleMeans(min_group=6000, separation=20), "unequal size"),
    ):
        estimates = estimator.fit_predict(Z)
        assert np.mean((estimates - MEANS) ** 2) < 0.1
        assert estimator.risk_bound_ is None
        assert estimator.interval_level_ is None
        assert told in str(estimator.why_no_bound_)
        assert np.isnan(estimator.intervals_).all()
        assert pickle.loads(pickle.dumps(estimator)).why_no_bound_ == estimator.why_no_bound_
        with pytest.raises(InputError, match="call fit"):
            PossibleMeans(**estimator.get_params()).partial_fit(Z)


def test_samples_a_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bounds.estimation.coins.os.urandom", lambda n: bytes([0x5A]) * n)
    estimator = PossibleMeans(2, "1/50", 20, sd=2).fit(Z, counts=np.full(Z.size, 4))
    assert estimator.guarantee_.distance == 20
    assert estimator.risk_bound_ == PossibleMeans(2, "1/50", 20).fit(Z).risk_bound_
    wrong: Any
    for wrong, told in (([1, 2], "one count a report"), (0, "whole numbers"), ("4", "whole")):
        with pytest.raises(InputError, match=told):
            PossibleMeans(2).fit(Z, counts=wrong)


@pytest.mark.step("reports without a cluster are not the theorem's")
def test_notes() -> None:
    few = PossibleMeans(2, "1/50", 20).fit(Z[::100]).notes_
    assert any("there is a proof from about" in note for note in few)
    wide = PossibleMeans(2, "1/50", 20).fit(2 * Z)
    assert any("not by sd = 1" in note for note in wide.notes_)
    assert any("no cluster was found" in note for note in wide.notes_)
    assert wide.risk_bound_ is None


@settings(max_examples=15, deadline=None)
@given(st.floats(1e-3, 1e3), st.integers(0, 2**32), st.sampled_from([1, 2, 5]))
def test_the_spread_is_estimated(sd: float, seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    reports = np.repeat(20.0 * np.arange(k), 2000) + rng.standard_normal(2000 * k)
    reports = np.append(reports, [np.nan, np.inf, *np.full(100 * k, 3.0)])
    assert spread_of(sd * reports, k, 20 * sd) == pytest.approx(sd, rel=0.16)


def test_no_spread_is_told() -> None:
    with pytest.raises(InputError, match="no spread"):
        spread_of(np.full(100, 7.0), 1, 20.0)


@pytest.mark.parametrize(("field", "value"), [("unit", Fraction(0)), ("unit", 1.0), ("outside", 3)])
def test_a_summary_is_read_with_its_unit(field: str, value: Any) -> None:
    state = PossibleMeans(2, "1/50", 20).fit(Z)._summary.state()
    with pytest.raises(InputError, match="standard deviation"):
        read_summary({**state, field: value})


def test_other_units_do_not_merge() -> None:
    one = PossibleMeans(2, "1/50", 20).partial_fit(Z)
    other = PossibleMeans(2, "1/50", 40, sd=2).partial_fit(2 * Z)
    with pytest.raises(InputError, match="other standard deviations"):
        one.merge(other)


def told(estimator: PossibleMeans, reports: Any) -> list[str]:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        estimator.fit(reports)
    assert all(issubclass(one.category, EstimateWarning) for one in seen)
    assert all(one.filename == __file__ for one in seen)
    return [str(one.message).removeprefix("possible means: ") for one in seen]


def test_what_a_user_would_not_expect_is_warned_of() -> None:
    assert told(PossibleMeans(2, "1/50", 20), Z) == []
    few = told(PossibleMeans(2, "1/50", 20), Z[::100])
    assert few[0].startswith("no bound is stated: the proof says nothing at k, c, D = 2, 1/50, 20")
    assert few[1].startswith("there is a proof from about ")
    least = int(few[1].split()[6].replace(",", ""))
    enough = np.random.default_rng(1).standard_normal(least) + 20 * (np.arange(least) % 2)
    assert PossibleMeans(2, "1/50", 20).fit(enough).risk_bound_ is not None
    (wide,) = told(PossibleMeans(2, "1/50", 80, sd=2), 4 * Z)[1:2]
    assert "not by sd = 2" in wide
    assert "no cluster" in told(PossibleMeans(3, 1, 20), [1.0])[0]


def test_what_a_user_has_asked_for_is_not_warned_of() -> None:
    for asked in ({"random_state": 1}, {"sd": "estimate"}):
        estimator = PossibleMeans(2, "1/50", 20, **asked)
        assert told(estimator, Z[::100]) == []
        assert "no bound is stated" in estimator.notes_[0]
    assert told(PossibleMeans(separation=20, min_group=60), Z[::100]) == []


def test_who_fits_and_predicts_at_once_is_warned_too() -> None:
    with pytest.warns(EstimateWarning, match="no bound is stated"):
        PossibleMeans(2, "1/50", 20).fit_predict(Z[::100])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        PossibleMeans(2, "1/50", 20).partial_fit(Z[::100]).predict([1.0])
