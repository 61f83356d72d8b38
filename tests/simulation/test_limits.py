"""Measured against exact limits, within 99.9% intervals; every seed is fixed."""

from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits import Limit

import bounds
from bounds.simulation import (
    ADVERSARIES,
    Clusters,
    Corrections,
    Estimate,
    Problem,
    combine_estimates,
    draw_clients,
    robust_clustering,
    simulate,
)

PATIENT = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])

LEVEL = 0.999
EPS, DELTA, BACKOFF = 0.3, 2.0, 0.02
LIMIT = Limit(EPS, DELTA, BACKOFF)


@cache
def rounds(adversary: str, c: str) -> list[Clusters]:
    problem = Problem.read(1, c, 150_000, 2, backoff="0.02")
    found = []
    for seed in range(20):
        rng = np.random.default_rng([seed, 11])
        clients = draw_clients(problem, ADVERSARIES[adversary], rng, rng)
        found.append(robust_clustering(clients.reports, problem, rng))
    return found


def measured(name: str, adversary: str = "worst-shift", c: str = "0.3") -> Estimate:
    return Estimate.of([float(getattr(found, name)[0]) for found in rounds(adversary, c)], LEVEL)


def test_filter_radius() -> None:
    assert LIMIT.right in measured("high")
    assert LIMIT.left in measured("low")


def test_median_shift() -> None:
    shift = measured("median")
    assert LIMIT.shift in shift
    assert shift.high < bounds.median_shift(EPS + BACKOFF, DELTA)  # Lemma 2, with δ for slack


def test_mass_estimate() -> None:
    mass = measured("mass")
    assert LIMIT.mass in mass
    assert mass.low >= EPS
    assert mass.high <= bounds.mass_estimate(EPS + BACKOFF, DELTA) + BACKOFF  # Lemma 3


def test_without_an_adversary_the_filter_keeps_the_centre() -> None:
    limit = Limit(0, DELTA, BACKOFF)
    assert limit.right in measured("high", "none", "0")
    assert limit.left in measured("low", "none", "0")
    assert 0 in measured("median", "none", "0")


@pytest.mark.heavy
@pytest.mark.parametrize("k", [1, 3])
def test_final_risk(k: int) -> None:
    result = simulate(
        k,
        str(0.3 * k),
        100_000,
        2,
        adversary="worst-shift",
        backoff="0.02",
        reps=12,
        level=LEVEL,
        estimators=["algorithm", "own"],
    )
    assert LIMIT.risk in result.risks["algorithm"]
    assert 1 in result.risks["own"]


def test_the_risk_near_the_mean_exceeds_lemma_4() -> None:
    """Line 3 of Algorithm 2 sends clients within 3Δ/2 of their mean home with their own sample."""
    problem = Problem.read(1, "0.5", 100_000, "1.5", backoff="0.02")
    excess = []
    for seed in range(10):
        rng = np.random.default_rng([seed, 5])
        clients = draw_clients(problem, ADVERSARIES["worst-shift"], rng, rng)
        clusters = robust_clustering(clients.reports, problem, rng)
        samples = clients.reports[: clients.ends[0]]
        near = samples[np.abs(samples) < 1.5 * problem.window]
        shift = bounds.median_shift(clusters.mass, problem.window)[0]
        error = combine_estimates(clusters, problem)(near)
        excess.append(float(np.mean(error**2) - shift**2 / (1 + shift**2)))
    assert Estimate.of(excess, LEVEL).low > 0.03


def gap_attack(problem: Problem, count: int, rng: np.random.Generator) -> np.ndarray:
    return problem.window * np.where(rng.random(count) < 0.003, 2.5, 3.45)


@pytest.mark.campaign
def test_with_the_hole_of_line_11_the_mass_estimate_is_too_small() -> None:
    """Lemma 3 says ε ≤ ε̃: true with the whole interval, false with the printed union of windows."""
    problem = Problem.read(1, "0.8554", 2_000_000, "1.5", backoff="0.005")
    masses: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(5):
        for interval, found in masses.items():
            rng = np.random.default_rng([seed, 5])
            clients = draw_clients(problem, gap_attack, rng, rng)
            corrections = Corrections(interval=interval)
            clusters = robust_clustering(clients.reports, problem, rng, corrections)
            found.append(float(clusters.mass[0]))
    assert Estimate.of(masses[True], LEVEL).low > 0.8554
    assert Estimate.of(masses[False], LEVEL).high < 0.8554


def test_a_slightly_wrong_limit_is_told_apart() -> None:
    """The intervals are narrow enough to see an error of 2% in ε."""
    wrong = Limit(1.02 * EPS, DELTA, BACKOFF)
    assert wrong.mass not in measured("mass")
    assert wrong.shift not in measured("median")


@pytest.mark.heavy
@PATIENT
@given(delta=st.floats(0.5, 5), part=st.floats(0.01, 0.9))
def test_the_limits_tend_to_the_formulas_of_the_paper(delta: float, part: float) -> None:
    eps = part * float(bounds.functions.central_mass(delta))
    limit = Limit(eps, delta, 0)
    assert limit.right == pytest.approx(float(bounds.filter_radius(eps, delta)), rel=1e-5)
    assert limit.shift == pytest.approx(float(bounds.median_shift(eps, delta)), rel=1e-5)
    assert limit.mass == pytest.approx(eps, rel=1e-6)  # the lower end of Lemma 3 is sharp
