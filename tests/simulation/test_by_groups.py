"""EM, trimmed k-means and cluster medians: right without an attack, and not made of straw."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.simulation import ADVERSARIES, ESTIMATORS, Problem, simulate
from bounds.simulation.by_groups import centres, em_step, median_step, trimmed_step

STEPS = {"em": em_step(0.05), "trimmed": trimmed_step(0.05), "median": median_step}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6), st.sampled_from(sorted(STEPS)))
def test_centres_are_near_the_means(seed: int, k: int, name: str) -> None:
    problem = Problem.read(k, "1/100", 400, 2, 12, for_algorithm=False)
    rng = np.random.default_rng(seed)
    reports = np.concatenate([mean + rng.standard_normal(400) for mean in problem.means])
    found = centres(rng.permutation(reports), problem, STEPS[name])
    assert np.abs(found - problem.means).max() < 0.3


def test_they_beat_the_own_sample_under_scattered_lies() -> None:
    names = ("em", "trimmed-k-means", "cluster-median")
    risks = simulate(3, "3/10", 400, 2, adversary="elongation", estimators=names, reps=2).risks
    assert all(risk.mean < 0.1 for risk in risks.values())


def test_the_centre_of_a_robust_estimator_is_attacked_where_it_says() -> None:
    problem = Problem.read(4, 1, 5000, 2, 20, for_algorithm=False)
    rng = np.random.default_rng(1)
    pulled = ADVERSARIES["pull"](problem, 5000, rng)
    away = pulled - problem.means[np.searchsorted(problem.means, pulled) - 1]
    assert np.allclose(away, 4.685 / 5**0.5)
    mirrored = ADVERSARIES["mirror"](problem, 5000, rng)
    assert abs(mirrored.mean() - 2.5) < 0.1


@pytest.mark.heavy
@pytest.mark.parametrize("adversary", ["mirror", "pull", "counterfeits", "fake-clusters"])
def test_lists_lose_less_than_one_under_attack(adversary: str) -> None:
    found = simulate(
        20, 2, 100, 2, adversary=adversary, estimators=("possible-means",), separation=20, reps=4
    )
    assert found.risks["possible-means"].mean < 0.5
    assert {"em", "trimmed-k-means", "cluster-median"} <= set(ESTIMATORS)
