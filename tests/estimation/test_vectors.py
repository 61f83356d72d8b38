"""Reports that are vectors: groups, robust means, conventions."""

import pickle
import threading
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.errors import InputError
from bounds.estimation import NotFitted, VectorMeans
from bounds.estimation.vectors import _mean_of, _moved

RNG = np.random.default_rng(3)
MEANS = np.repeat(16 * np.eye(3, 30), 150, axis=0)
REPORTS = MEANS + RNG.standard_normal(MEANS.shape)
MODEL = VectorMeans(3, "1/5", 20, random_state=0)


def error(told: np.ndarray) -> float:
    return float(np.mean(np.sum(np.square(told[: MEANS.shape[0]] - MEANS), axis=1)))


def test_unattacked_clients_have_the_means_of_their_groups() -> None:
    estimator = VectorMeans(3, 0, 20, random_state=0)
    told = estimator.fit_predict(REPORTS)
    assert estimator.means_.shape == (3, 30)
    assert [np.unique(estimator.labels_[i : i + 150]).size for i in (0, 150, 300)] == [1, 1, 1]
    assert error(told) < 1.15 * 30 / 150


@pytest.mark.parametrize("way", ["one", "all", "far", "group"])
def test_few_reports_move_no_mean_by_much(way: str) -> None:
    lies = MEANS[np.arange(50) * 9 % 450] + RNG.standard_normal((50, 30))
    if way == "one":
        lies[:, 7] += 3.5
    elif way == "all":
        lies += 0.7
    elif way == "far":
        lies += 1e6
    else:
        lies = RNG.standard_normal((50, 30)) + 9
    estimator = VectorMeans(3, "1/3", 20, random_state=0)
    told = estimator.fit_predict(np.concatenate([REPORTS, lies]))
    assert error(told) < 1.5 * 30 / 150
    if way == "far":
        assert (estimator.labels_[450:] == -1).all()
        assert np.array_equal(told[450:], lies)  # they keep their samples


def test_a_client_has_no_say_in_its_mean() -> None:
    """With d numbers a report the own sample would show up in the estimate."""
    estimator = VectorMeans(3, 0, 20, random_state=0).fit(REPORTS)
    counted, new = estimator.predict(REPORTS, counted=True), estimator.predict(REPORTS)
    share = np.sum((new - counted) * (REPORTS - MEANS)) / np.sum(np.square(REPORTS - MEANS))
    assert share == pytest.approx(1 / 150, rel=0.05)
    assert abs(np.sum((counted - MEANS) * (REPORTS - MEANS))) < 2 * np.sqrt(450 * 30 * 0.2)


@settings(max_examples=20, deadline=None)
@given(st.integers(5, 300), st.integers(1, 40), st.integers(0, 2**32))
def test_the_mean_of_one_group_moves_with_it(n: int, d: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((n, d))
    shift = 10 * rng.standard_normal(d)
    here, there = _mean_of(rows), _mean_of(rows + shift)
    assert there.mean == pytest.approx(here.mean + shift, abs=1e-6)
    assert here.number <= n


def test_a_direction_that_was_shaped_is_found() -> None:
    rows = RNG.standard_normal((400, 30))
    rows[:60, 4] += 5
    rows -= rows.mean(axis=0)
    added = _moved(rows)
    assert added[4] < -0.5
    assert np.linalg.norm(np.delete(added, 4)) < 0.2
    assert not _moved(RNG.standard_normal((4000, 3))).any()


def test_another_unit_scales_everything() -> None:
    one = VectorMeans(3, "1/5", 20, random_state=0).fit_predict(REPORTS)
    four = VectorMeans(3, "1/5", 80, sd=4, random_state=0).fit_predict(4 * REPORTS)
    assert four == pytest.approx(4 * one, abs=1e-8)
    share = VectorMeans(3, share="1/16", separation=20, random_state=0).fit_predict(REPORTS)
    assert np.array_equal(share, one)


def test_more_dimensions_than_reports_and_one() -> None:
    wide = np.repeat(np.eye(2, 900) * 60, 20, axis=0) + RNG.standard_normal((40, 900))
    estimator = VectorMeans(2, 0, 80, random_state=0)
    told = estimator.fit_predict(wide)
    assert estimator.means_.shape == (2, 900)
    assert np.mean(np.sum((told - np.repeat(np.eye(2, 900) * 60, 20, axis=0)) ** 2, axis=1)) < 60
    line = np.repeat([[0.0], [20.0]], 50, axis=0) + RNG.standard_normal((100, 1))
    found = VectorMeans(2, 0, 20, random_state=0).fit(line).means_
    assert np.sort(found.ravel()) == pytest.approx([0, 20], abs=0.6)


def test_rows_with_no_numbers() -> None:
    spoilt = REPORTS.copy()
    spoilt[5, 3], spoilt[6, 0] = np.nan, np.inf
    estimator = VectorMeans(3, 0, 20, random_state=0).fit(spoilt)
    assert (estimator.labels_[[5, 6]] == -1).all()
    told = estimator.predict(spoilt[:6])
    assert np.isnan(told[5, 3])
    with pytest.raises(InputError, match="must be finite"):
        estimator.predict(spoilt)
    assert VectorMeans().fit([[np.nan, 1.0]]).means_.shape == (0, 2)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [([1.0, 2.0], "Reshape your data"), ([["a"]], "numbers"), ([[]], "no report"),
     (np.zeros((0, 3)), "no report"), ([[1j]], "Complex"), ([[True]], "numbers"),
     (np.array([[{}]], object), "numbers"), ([[1.0, 2.0], [3.0]], "rows of one length"),
     (np.ma.masked_greater(np.array([[1.0, 1e9]]), 10), "masked"),
     (np.array([["3"]], object), "numbers"), (np.array([[True]], object), "numbers")],
)  # fmt: skip
def test_bad_reports_are_told(wrong: Any, told: str) -> None:
    with pytest.raises(InputError, match=told):
        VectorMeans().fit(wrong)


@pytest.mark.parametrize(
    "parameters",
    [{"n_components": 0}, {"contamination": -1}, {"separation": 0}, {"sd": 0},
     {"share": "5%", "contamination": 1}, {"random_state": "7"}],
)  # fmt: skip
def test_bad_parameters_are_told(parameters: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        VectorMeans(**parameters).fit(REPORTS)


def test_conventions() -> None:
    with pytest.raises(NotFitted):
        VectorMeans().predict([[1.0]])
    estimator = VectorMeans(3, "1/5", 20, random_state=0).fit(REPORTS)
    with pytest.raises(InputError, match="expecting 30 features"):
        estimator.predict([[1.0]])
    again = pickle.loads(pickle.dumps(estimator))
    assert np.array_equal(again.predict(REPORTS), estimator.predict(REPORTS))
    assert again._lock is not estimator._lock
    same = VectorMeans(**estimator.get_params()).fit(REPORTS)
    assert np.array_equal(same.means_, estimator.means_)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", [1e9, 1e120, 1e300])
def test_reports_as_large_as_floats_can_be(size: float) -> None:
    rows = np.concatenate([REPORTS, np.full((20, 30), size), np.full((20, 30), -size)])
    rows[455, 3:] = 0  # few coordinates, or next to a group but for one
    rows[475], rows[475, 29] = 0, -size
    for sd in (1, "1e-140"):
        estimator = VectorMeans(3, "1/5", 20, random_state=0, sd=sd)
        if sd == 1:
            told = estimator.fit_predict(rows)
            assert error(told) < 1.3 * 30 / 150
            assert np.array_equal(told[450:], rows[450:])
        else:
            estimator.fit(rows)
    narrow = VectorMeans(1, "1/5", 20, random_state=0).fit(rows[:, :2])
    assert np.array_equal(narrow.predict(rows[450:475, :2]), rows[450:475, :2])


def test_what_is_read_back_is_not_believed() -> None:
    """What a pickle says is what `fit` could have said, or it is refused."""
    good = VectorMeans(3, "1/5", 20, random_state=0).fit(REPORTS).__getstate__()
    assert good["format"] == 1
    found, known = good["found"], good["known"]
    (mean, middle, longest, number), *others = found["groups"]
    bad: list[dict[str, Any]] = [
        {**good, "format": 0}, {"known": known}, {**good, "known": {}}, {**good, "found": None},
        {**good, "known": {**known, "_lock": 1}}, {**good, "known": {**known, "n_features_in_": 4}},
        {**good, "known": {**known, "labels_": known["labels_"] + 9}},
        {**good, "known": {**known, "labels_": "no"}},
    ]  # fmt: skip
    for change in [
        {"unit": 0.0}, {"unit": np.nan}, {"start": found["start"][1:]}, {"farthest": -1.0},
        {"directions": 2 * found["directions"]}, {"directions": found["directions"].astype(int)},
        {"places": found["places"][:2]}, {"places": found["places"] * np.inf}, {"groups": 7},
        {"groups": others}, {"groups": [(mean[1:], middle, longest, number), *others]},
        {"groups": [(mean, middle, longest, -1), *others]},
    ]:  # fmt: skip
        bad.append({**good, "found": {**found, **change}})
    for state in bad:
        with pytest.raises(InputError):
            VectorMeans.__new__(VectorMeans).__setstate__(state)
    with pytest.raises(InputError, match="another version"):
        VectorMeans.__new__(VectorMeans).__setstate__({"n_components": 3})
    again = VectorMeans.__new__(VectorMeans)
    again.__setstate__(good)
    assert np.array_equal(again.predict(REPORTS), MODEL.fit(REPORTS).predict(REPORTS))
    unfitted = pickle.loads(pickle.dumps(VectorMeans(3)))
    assert unfitted.get_params() == VectorMeans(3).get_params()
    with pytest.raises(NotFitted):
        unfitted.predict(REPORTS)


def test_what_is_predicted_belongs_to_one_fit() -> None:
    """While another thread fits: groups of one dimension or of the other, never of both."""
    estimator = VectorMeans(2, 0, 20, random_state=0)
    line = np.repeat([[0.0], [20.0]], 30, axis=0) + RNG.standard_normal((60, 1))
    plane = np.hstack([line, line])
    errors: list[Exception] = []

    def fitting() -> None:
        for number in range(40):
            estimator.fit(line if number % 2 else plane)

    def predicting() -> None:
        for number in range(200):
            try:
                told = estimator.predict(line if number % 2 else plane)
                assert np.abs(told - told.round(-1)).max() < 2
            except InputError as error:
                if "features" not in str(error):
                    errors.append(error)
            except Exception as error:
                errors.append(error)

    estimator.fit(line)
    threads = [threading.Thread(target=job) for job in (fitting, predicting, predicting)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


@pytest.mark.heavy
def test_scikit_learns_checks_pass() -> None:
    """But one: of objects that are no numbers we say so in an error of our own."""
    checks = pytest.importorskip("sklearn.utils.estimator_checks")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = checks.check_estimator(VectorMeans(), on_fail=None, on_skip=None)
    failed = {result["check_name"] for result in results if result["status"] == "failed"}
    assert failed <= {"check_dtype_object"}


def test_it_says_that_nothing_is_proved() -> None:
    estimator = VectorMeans(2, share="5%", separation=12)
    for name in ("risk_bound_", "why_no_bound_"):
        assert not hasattr(estimator, name)
    estimator.fit(np.random.default_rng(1).standard_normal((50, 3)))
    assert estimator.risk_bound_ is None
    assert "independent" in estimator.why_no_bound_
