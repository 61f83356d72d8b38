"""The attack against an implementation of the algorithms that shares nothing with its formulas."""

import numpy as np
import pytest
from population import client_error, run_server
from scipy.special import ndtr

from bounds.certify.errors import DomainError
from bounds.simulation import Problem, simulate
from bounds.upper import constants, counterfeit


def attack(delta: float, slack: float = 0.002) -> dict[float, float]:
    """The atoms: a counterfeit on the right, and a chain beyond 3Δ on the left."""
    numbers = counterfeit(str(delta), 12)
    place = float(numbers.place) + 3 * slack
    rho = float(2 * ndtr(delta) - 1)
    half = rho / 2 + slack / 2
    middle = place + delta - slack
    return {
        place: half,
        place + 2 * delta - 2 * slack: rho - half,
        middle: slack / 20,
        -2.5 * delta: rho,
        -3 * delta - slack: slack / 20,
    }


@pytest.mark.parametrize("delta", [1.5, 2.0, 3.0, 4.0])
def test_the_algorithms_suffer_what_is_claimed(delta: float) -> None:
    numbers = counterfeit(str(delta), 12)
    atoms = attack(delta)
    clusters = run_server(atoms, delta)
    assert len(clusters) == 1, "the true cluster is destroyed, the counterfeit survives"
    (fake,) = clusters
    assert fake.median == pytest.approx(float(numbers.place), abs=0.05)
    assert abs(fake.estimate) < 0.01
    error = client_error(clusters, delta, lambda _: 0.0)
    assert error == pytest.approx(float(numbers.gain), rel=0.03)
    assert sum(atoms.values()) == pytest.approx(float(numbers.price), abs=0.02)


def test_without_the_adversary_the_algorithms_are_right() -> None:
    clusters = run_server({}, 2.0)
    assert [round(cluster.median, 3) for cluster in clusters] == [0.0]
    assert client_error(clusters, 2.0, lambda _: 0.0) < 0.03


@pytest.mark.parametrize(("delta", "beats"), [("2", True), ("3", True), ("4", True), ("5", False)])
def test_it_beats_the_printed_slope_for_the_papers_delta(delta: str, beats: bool) -> None:
    rate, slope = counterfeit(delta).rate, constants(delta).c0
    if beats:
        assert rate.low.fraction() > slope.high.fraction()
    else:
        assert rate.high.fraction() < slope.low.fraction()


def test_closer_counterfeits_merge_with_the_true_cluster() -> None:
    """Seeded error: a little closer than claimed, points between the two pass the filter."""
    atoms = attack(2.0)
    shifted = {place - 0.05 * (place > 0): mass for place, mass in atoms.items() if place > 0}
    assert len(run_server(shifted, 2.0)) == 0
    kept = {place: mass for place, mass in atoms.items() if place > 0}
    assert len(run_server(kept, 2.0)) == 2


def test_small_delta_is_refused() -> None:
    with pytest.raises(DomainError, match="worked out"):
        counterfeit("1.4")


@pytest.mark.campaign
def test_the_simulator_shows_it_with_finitely_many_samples() -> None:
    """Third route: sampled clients. The backoff asks for a counterfeit a little farther out."""
    delta = 2.0
    place = float(counterfeit(delta).place) + 0.45

    def adversary(problem: Problem, count: int, rng: np.random.Generator) -> np.ndarray:
        rho = problem.central_mass
        atoms = {
            place: rho / 2 + 0.012,
            place + 2 * delta - 0.04: rho / 2,
            place + delta - 0.02: 0.005,
            -2.5 * delta: rho,
            -3 * delta - 0.15: 0.005,
        }
        spare = float(problem.c) - sum(atoms.values())
        chances = np.array([*atoms.values(), spare]) / float(problem.c)
        offsets = np.append([*atoms], np.nan)[rng.choice(len(atoms) + 1, count, p=chances)]
        far_away = 1e6 * (1 + rng.random(count))  # too thin to pass the filter
        return np.where(np.isnan(offsets), far_away, problem.means[1] + offsets)

    result = simulate(
        *(3, "2.05", 2_000_000, 2),
        adversary=adversary,
        estimators=("algorithm",),
        separation=28,
        reps=2,
    )
    near, far = place - 3, place + 3
    misled = ndtr(far) - ndtr(near)
    density = np.exp(-(np.array([near, far]) ** 2) / 2) / np.sqrt(2 * np.pi)
    gain = place**2 * misled + 1 - (near * density[0] - far * density[1] + misled)
    risk = result.risks["algorithm"].mean
    others = 2 * 2 * (3 * np.exp(-4.5) / np.sqrt(2 * np.pi) + ndtr(-3))  # far clients elsewhere
    assert 3 * risk == pytest.approx(gain + others, abs=0.03)
