"""The estimator: conventions, odd input, streams, and its measured risk against its bound."""

import math
import pickle
import subprocess
import sys
import warnings
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from bounds.certify.errors import InputError
from bounds.estimation import Counts, NotFitted, PossibleMeans
from bounds.simulation import ADVERSARIES, Problem, draw_clients
from bounds.upper.sample_size import FINEST_CELL


def draw(k: int, c: Any, m: int, d: Any, adversary: str = "two-point", seed: int = 0) -> Any:
    problem = Problem.read(k, c, m, "2", d)
    streams = np.random.SeedSequence(seed).spawn(2)
    return draw_clients(problem, ADVERSARIES[adversary], *map(np.random.default_rng, streams))


def risk(estimates: np.ndarray, clients: Any) -> float:
    total, start = 0.0, 0
    for mean, end in zip(clients.problem.means, clients.ends, strict=True):
        total += float(np.sum((estimates[start:end] - mean) ** 2))
        start = end
    return total / start


@pytest.mark.heavy
@pytest.mark.parametrize("adversary", ADVERSARIES)
def test_its_risk_is_below_its_bound(adversary: str) -> None:
    """One draw of 168,000 clients; the spread of the risk between draws is below a tenth of it."""
    clients = draw(8, "2/5", 20_000, 27, adversary)
    estimator = PossibleMeans(8, "2/5", 27)
    measured = risk(estimator.fit_predict(clients.reports), clients)
    assert measured < float(estimator.guarantee_.value.decimals()[1]) < 0.25


def test_it_attains_about_what_the_lower_bound_says() -> None:
    clients = draw(4, "0.651", 50_000, 24)
    estimator = PossibleMeans(4, "0.651", 24)
    measured = risk(estimator.fit_predict(clients.reports), clients)
    assert 0.4 * 0.661 * 0.651 / 4 < measured < 0.661 * 0.651 / 4 * 1.2


def test_no_corruption_and_one_component() -> None:
    rng = np.random.default_rng(5)
    reports = 3 + rng.standard_normal(40_000)
    estimator = PossibleMeans(1, 0, 30)
    estimates = estimator.fit_predict(reports)
    assert np.mean((estimates - 3) ** 2) < 0.005
    assert estimator.guarantee_.says_something
    assert estimator.guarantee_.m == 40_000


@pytest.mark.parametrize(
    "reports", [[1.0], [2.0] * 5000, [np.nan] * 3, [np.inf, -np.inf, 0.0], np.arange(-500.0, 500)]
)
def test_where_nothing_can_be_listed_clients_keep_their_samples(reports: Any) -> None:
    estimator = PossibleMeans(3, 1, 20).fit(reports)
    own = np.array([0.25, -3.0, 1e200])
    assert estimator.predict(own).tolist() == own.tolist()
    assert estimator.risk_bound_ is None
    assert estimator.n_reports_ == len(reports)


def test_heavy_duplicates_do_no_harm() -> None:
    rng = np.random.default_rng(6)
    reports = np.concatenate([rng.standard_normal(20_000), np.full(6000, 1.5)])
    estimates = PossibleMeans(1, "3/10", 30).fit_predict(reports)
    assert np.mean(estimates[:20_000] ** 2) < 0.15


def test_nan_and_infinite_reports_are_reports_of_corrupted_clients() -> None:
    rng = np.random.default_rng(7)
    z = rng.standard_normal(20_000)
    odd = np.full(1000, np.nan)
    odd[::2] = np.inf
    estimator = PossibleMeans(1, "1/20", 30).fit(np.concatenate([z, odd]))
    assert np.mean(estimator.predict(z, reported=True) ** 2) < 0.02


def test_a_stream_gives_the_lists_of_all_at_once_and_summaries_merge() -> None:
    clients = draw(3, "1/5", 9000, 24)
    reports = np.random.default_rng(0).permutation(clients.reports)
    once = PossibleMeans(3, "1/5", 24).fit(reports)
    stream = PossibleMeans(3, "1/5", 24)
    for block in np.array_split(reports, 7):
        stream.partial_fit(block)
    own = np.linspace(-5, 60, 400)
    assert stream.predict(own).tolist() == once.predict(own).tolist()
    assert stream.n_reports_ == reports.size

    first, second = (PossibleMeans(3, "1/5", 24) for _ in range(2))
    first.partial_fit(reports[:10_000])
    second.partial_fit(reports[10_000:])
    both = pickle.loads(pickle.dumps(first)).merge(pickle.loads(pickle.dumps(second)))
    assert both.n_reports_ == reports.size
    near = np.concatenate([mean + np.linspace(-2, 2, 9) for mean in (0.0, 24.0, 48.0)])
    assert both.predict(near).tolist() == once.predict(near).tolist()
    assert both.guarantee_.m == Fraction(reports.size * 5, 16)


def test_what_does_not_merge_is_told() -> None:
    one = PossibleMeans(3, "1/5", 24)
    with pytest.raises(InputError, match="do not merge"):
        one.merge(PossibleMeans(4, "1/5", 24).partial_fit([1.0]))
    with pytest.raises(InputError, match="counted no report"):
        one.merge(PossibleMeans(3, "1/5", 24))
    for wrong in (None, 3, Counts.none(FINEST_CELL)):
        with pytest.raises(InputError, match="another PossibleMeans is merged"):
            one.merge(wrong)  # type: ignore[arg-type]
    with pytest.raises(NotFitted):  # a merge that was refused has not begun a stream
        assert one.n_reports_ == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (np.zeros((4, 2)), "one number a client"),
        (np.zeros((0,)), "there is no report"),
        (np.zeros(4, complex), "Complex data not supported"),
        (["a", "b"], "must be numbers"),
        (["1", "2"], "must be numbers"),
        (np.array(["1", 2.0], object), "must be numbers"),
        (np.array([True, 2.0], object), "must be numbers"),
        (np.array([10**400], object), "must be numbers that a float can be"),
        ([True, False], "must be numbers"),
        (np.array(["2026-01-01"], "datetime64[s]"), "must be numbers"),
        (np.array([3], "timedelta64[s]"), "must be numbers"),
        (np.array([np.timedelta64(3, "s")], object), "must be numbers"),
        (np.ma.array([1.0, 2.0], mask=[0, 1]), "masked"),
        (None, "one number a client"),
        ({1.0, 2.0}, "one number a client"),
        ([[1.0], [2.0, 3.0]], "one column"),
        (3.0, "one number a client"),
    ],
)
def test_bad_reports_are_told(wrong: Any, told: str) -> None:
    with pytest.raises(InputError, match=told.replace("(", r"\(")):
        PossibleMeans(1, 0, 30).fit(wrong)


@pytest.mark.parametrize(
    "parameters",
    [{"n_components": 0}, {"contamination": -1}, {"separation": 0}, {"n_components": 1.5},
     {"separation": "wide"}, {"random_state": True}, {"random_state": -1}, {"random_state": 1.5},
     {"random_state": "7"}, {"random_state": np.random.default_rng(1)}, {"random_state": 2**128},
     {"sd": 0}, {"sd": "about 1"}, {"share": "5"}, {"share": "5%", "contamination": 1},
     {"min_group": 0}, {"min_group": 101}, {"sd": "estimate"},
     {"random_state": [1]}, {"random_state": np.True_}],
)  # fmt: skip
def test_bad_parameters_are_told(parameters: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        PossibleMeans(**parameters).fit(np.zeros(100))


@pytest.mark.parametrize("distance", [10**400, "1e-400", Fraction(10**400, 3)])
def test_distances_that_no_float_is_are_distances(distance: Any) -> None:
    estimator = PossibleMeans(1, 0, distance).fit(np.random.default_rng(1).standard_normal(40_000))
    served = estimator.predict([0.5])[0]
    assert estimator.risk_bound_ is not None  # one mean is as far from others as one likes
    assert abs(served) < 0.2


def test_bad_samples_are_told() -> None:
    with pytest.raises(NotFitted, match="call fit"):
        PossibleMeans().predict([1.0])
    estimator = PossibleMeans().fit(np.zeros(10))
    with pytest.raises(InputError, match="must be finite"):
        estimator.predict([math.inf])
    assert np.isnan(estimator.predict([math.nan]))[0]
    for wrong in ([True], 1, "yes", None, np.array([True, False])):
        with pytest.raises(InputError, match="reported is True"):
            estimator.predict([1.0, 2.0], wrong)
    with pytest.raises(InputError, match="no parameter"):
        estimator.set_params(components=3)


def test_parameters_are_read_and_shown() -> None:
    estimator = PossibleMeans(3, "1/5", 24)
    assert repr(estimator) == (
        "PossibleMeans(n_components=3, contamination='1/5', separation=24, random_state=None,"
        " sd=1, share=None, min_group=None)"
    )
    assert PossibleMeans().get_params() == {
        "n_components": 1, "contamination": 0, "separation": 18, "random_state": None,
        "sd": 1, "share": None, "min_group": None,
    }  # fmt: skip
    assert PossibleMeans().fit([1.0]).n_features_in_ == 1
    assert PossibleMeans().merge(PossibleMeans().fit([1.0])).n_features_in_ == 1
    assert PossibleMeans(random_state=2**128 - 1).fit([1.0]).n_reports_ == 1
    assert estimator.set_params(separation=30).get_params()["separation"] == 30


NOT_FOR_ONE_COLUMN = {
    "check_fit1d": "one number a client is what it is for",
    "check_positive_only_tag_during_fit": "feeds several columns, and looks at the error's words",
}


@pytest.mark.heavy
def test_it_passes_the_checks_of_scikit_learn() -> None:
    """All that feed it one column; the others feed several, which it refuses."""
    sklearn = pytest.importorskip("sklearn.utils.estimator_checks")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*does not inherit from")  # it need not be installed
        results = sklearn.check_estimator(PossibleMeans(), on_fail=None, on_skip=None)
    failed = {
        result["check_name"]: str(result["exception"])
        for result in results
        if result["status"] == "failed"
    }
    unforeseen = {
        name: told
        for name, told in failed.items()
        if "one number a client" not in told and name not in NOT_FOR_ONE_COLUMN
    }
    assert unforeseen == {}
    passed = {result["check_name"] for result in results if result["status"] == "passed"}
    assert {"check_no_attributes_set_in_init", "check_estimators_unfitted"} <= passed


@pytest.mark.heavy
def test_it_needs_no_scikit_learn() -> None:
    code = (
        "import sys; sys.modules['sklearn'] = None; sys.modules['sklearn.exceptions'] = None\n"
        "from bounds.estimation import PossibleMeans\n"
        "print(PossibleMeans(1, 0, 30).fit([0.0] * 9).predict([1.0]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[1.]\n"
