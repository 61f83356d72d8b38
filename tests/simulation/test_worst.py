"""Every adversary in turn, and the two made against lists of possible means."""

import numpy as np
import pytest

from bounds.certify.errors import InputError
from bounds.simulation import ADVERSARIES, Problem
from bounds.simulation.run import simulate
from bounds.simulation.worst import worst_of


def test_the_worst_is_the_largest_mean_of_all_runs() -> None:
    found = worst_of(2, "1/2", 400, 2, reps=2, estimators=("own", "median", "possible-means"))
    assert set(found.runs) | set(found.refused) == set(ADVERSARIES)
    for name, (adversary, risk) in found.worst.items():
        assert risk.mean == max(run.risks[name].mean for run in found.runs.values())
        assert found.runs[adversary].risks[name] == risk


def test_it_is_the_simulation_of_each() -> None:
    found = worst_of(2, "1/2", 300, 2, adversaries=["joined"], reps=2, estimators=("own",))
    alone = simulate(2, "1/2", 300, 2, adversary="joined", reps=2, estimators=("own",))
    assert found.runs["joined"].risks == alone.risks


def test_who_does_not_serve_is_told_with_the_reason() -> None:
    found = worst_of(1, "1/2", 300, 2, reps=2, estimators=("own",))
    assert "pass k of at least 2" in found.refused["joined"]
    with pytest.raises(InputError, match="at least 2"):
        worst_of(1, "1/2", 300, 2, adversaries=["joined", "chaining"], reps=2, estimators=("own",))
    with pytest.raises(InputError, match="no adversary is called"):
        worst_of(1, "1/2", 300, 2, adversaries=["nobody"])


def test_finished_rounds_are_counted_over_all_adversaries() -> None:
    seen: list[int] = []
    worst_of(2, 1, 100, 2, adversaries=["none", "joined"], reps=2, estimators=("own",),
             each=seen.append)  # fmt: skip
    assert seen == [1, 2, 3, 4]


def test_counterfeits_make_the_law_of_a_mean_that_does_not_exist() -> None:
    problem = Problem.read(1, "0.999", 20_000, 2, 24, for_algorithm=False)
    reports = ADVERSARIES["counterfeits"](problem, 20_000, np.random.default_rng(0))
    assert reports.mean() == pytest.approx(8.16, abs=0.05)
    assert reports.std() == pytest.approx(1, abs=0.05)


def test_joined_reports_lie_a_little_less_than_a_third_apart() -> None:
    problem = Problem.read(4, "2", 1000, 2, 24, for_algorithm=False)
    reports = ADVERSARIES["joined"](problem, 10_000, np.random.default_rng(0))
    left, right = reports[reports < 12], reports[reports > 12]
    assert left.mean() == pytest.approx(0.335 * 24, abs=0.1)
    assert right.mean() == pytest.approx(0.665 * 24, abs=0.1)
    assert max(0.335, 0.33) * 24 < 9


def test_a_small_m_is_no_matter_without_algorithm_1() -> None:
    with pytest.raises(InputError, match="too small for Algorithm 1"):
        simulate(10, 1, 9, 2, reps=2)
    assert simulate(10, 1, 9, 2, reps=2, estimators=("own",)).risks["own"].mean < 2
