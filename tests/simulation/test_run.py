import math
import resource
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from forged_journals import forge
from scipy import stats

from bounds.certify.errors import InputError, Notice
from bounds.simulation import (
    ESTIMATORS,
    Corrections,
    Estimate,
    Problem,
    Simulation,
    draw_clients,
    risk,
    run,
    simulate,
)
from bounds.simulation.adversaries import worst_shift
from bounds.simulation.client import combine_estimates
from bounds.simulation.server import robust_clustering


def small(**options: Any) -> Simulation:
    options = {"adversary": "worst-shift", "reps": 6, **options}
    return simulate(3, 1, 1000, 2, **options)


@pytest.mark.heavy
def test_the_result_depends_on_the_seed_and_not_on_who_computes_it() -> None:
    alone = small()
    assert alone != small(seed=1)
    with ThreadPoolExecutor(3) as threads:
        assert small(executor=threads) == alone
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert small(executor=processes) == alone
    fewer = small(estimators=["oracle"], reps=3)
    assert fewer.risks["oracle"].values == alone.risks["oracle"].values[:3]


class Killed(Exception):
    pass


def test_a_killed_run_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, whole = killed_after_four(tmp_path), small()
    assert len(path.read_text().splitlines()) == 1 + 4
    with path.open("a") as file:
        file.write('0a1b {"algorithm": 0.0')  # torn by the kill
    played = []
    own = ESTIMATORS["own"]
    monkeypatch.setitem(ESTIMATORS, "own", lambda *given: (played.append(1), own(*given))[1])
    drawn = iter([1, 0, 15])
    monkeypatch.setattr(run.secrets, "randbelow", lambda _: next(drawn))
    assert small(resume=path) == whole
    assert len(played) == 2 + 2  # the first of the four, and the one that was drawn, once more
    assert not path.exists()


FALSE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a risk": lambda entry: entry.update(own=entry["own"] / 2),
    "a risk that is no number": lambda entry: entry.update(own="small"),
    "a negative risk": lambda entry: entry.update(own=-1.0),
    "an infinite risk": lambda entry: entry.update(own=math.inf),
    "one estimator too few": lambda entry: entry.pop("own"),
    "one too many": lambda entry: entry.update(best=0.0),
}


@pytest.mark.heavy
@pytest.mark.parametrize("change", FALSE.values(), ids=FALSE)
def test_a_false_round_is_played_again_with_a_word(
    tmp_path: Path, change: Callable[[dict[str, Any]], Any]
) -> None:
    path = killed_after_four(tmp_path)
    assert forge(path, change)
    with pytest.warns(Notice, match="entry 1 is not as this run writes it"):
        assert small(resume=path) == small()


def killed_after_four(folder: Path) -> Path:
    path = folder / "run.partial"

    def kill(done: int) -> None:
        if done == 4:
            raise Killed

    with pytest.raises(Killed):
        small(resume=path, each=kill)
    return path


def test_the_journal_of_another_run_is_refused(tmp_path: Path) -> None:
    path = killed_after_four(tmp_path)
    with pytest.raises(InputError, match="belongs to another run"):
        small(resume=path, seed=5)
    assert path.exists()


def test_the_journal_of_other_streams_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same seed, where it meant other draws."""
    path = killed_after_four(tmp_path)
    monkeypatch.setattr(run, "STREAMS", run.STREAMS + 1)
    with pytest.raises(InputError, match="belongs to another run"):
        small(resume=path)


def far_away(problem: Problem, count: int, rng: np.random.Generator) -> np.ndarray:
    return problem.means[0] - 100 + rng.standard_normal(count)


def test_an_adversary_of_the_users_own(tmp_path: Path) -> None:
    result = small(adversary=far_away, resume=tmp_path / "partial")
    assert result.plan.adversary_name.endswith("far_away")
    assert result.risks["algorithm"].high < small().risks["algorithm"].low
    with pytest.raises(InputError, match="a name"):
        small(adversary=lambda *_: np.zeros(1), resume=tmp_path / "partial")


def test_the_interval_is_students() -> None:
    values = np.random.default_rng(1).standard_normal(9)
    estimate = Estimate.of(list(values), 0.9)
    half = stats.t.ppf(0.95, 8) * stats.sem(values)
    assert (estimate.low, estimate.high) == pytest.approx(
        (values.mean() - half, values.mean() + half)
    )
    assert values.mean() in estimate


def test_the_interval_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    hits = sum(0 in Estimate.of(list(row), 0.8) for row in rng.standard_normal((2000, 5)))
    assert abs(hits - 1600) < 4 * math.sqrt(2000 * 0.8 * 0.2)


def test_the_corrections_matter() -> None:
    """As printed the risk is that of the own sample; corrected, far less."""
    names = ["algorithm", "printed", "own"]
    risks = small(adversary="none", estimators=names).risks
    assert risks["printed"].values == risks["own"].values
    assert risks["algorithm"].high < 0.2
    one_off = small(adversary="none", estimators=names, corrections=Corrections(count=False)).risks
    assert one_off["own"] == risks["own"]
    assert one_off["algorithm"] != risks["algorithm"]


@pytest.mark.heavy
def test_the_baselines() -> None:
    risks = small(estimators=list(ESTIMATORS)).risks
    assert 1 in risks["own"]
    assert risks["oracle"].mean == pytest.approx(1 / 1000, rel=0.9)
    assert risks["median"].mean > 100  # pooled over components 18 apart
    assert risks["trimmed"].mean > 100
    assert risks["k-means"].mean < 1
    single = simulate(
        1, "0.2", 5000, 2, adversary="none", estimators=["median", "trimmed"], reps=6
    ).risks
    assert single["median"].high < 0.01
    assert single["trimmed"].high < 0.01


@pytest.mark.parametrize(
    "options",
    [
        {"reps": 1},
        {"reps": 2.0},
        {"reps": True},
        {"seed": -1},
        {"level": 1},
        {"level": 0.0},
        {"adversary": "nobody"},
        {"adversary": ["two-point"]},
        {"estimators": ["guess"]},
        {"estimators": []},
        {"separation": -1},
    ],
)
def test_bad_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        small(**options)


@pytest.mark.campaign
def test_ten_million_clients_within_two_gibibytes() -> None:
    problem = Problem.read(50, 5, 182_000, 2)
    assert problem.clients > 10**7
    rng = np.random.default_rng(1)
    tracemalloc.start()
    clients = draw_clients(problem, worst_shift, rng, rng)
    clusters = robust_clustering(clients.reports, problem, rng)
    assert risk(combine_estimates(clusters, problem), clients) < 0.1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 < 2**31


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "x"},
        {"level": [2]},
        {"estimators": 3},
        {"executor": 2},
        {"each": 1},
        {"resume": 3},
    ],
    ids=str,
)
def test_an_argument_of_another_type_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        small(**wrong)


@pytest.mark.parametrize("values", [3, None, [1.0], "12", [[1, 2]], [1, math.nan], ["a", "b"]])
def test_rounds_that_are_no_numbers_are_refused(values: Any) -> None:
    with pytest.raises(InputError):
        Estimate.of(values)
