import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import kstest, norm

import bounds
from bounds.certify.errors import InputError
from bounds.simulation import ADVERSARIES, Problem, robust_clustering, simulate
from bounds.simulation.adversaries import squared_cosine, worst_place

COUNT = 40_000


@pytest.mark.parametrize("name", ADVERSARIES)
@pytest.mark.parametrize(("k", "c"), [(2, "1/3"), (5, "2"), (3, "0.001")])
def test_every_adversary_returns_what_it_is_asked_for(name: str, k: int, c: str) -> None:
    problem = Problem.read(k, c, 2000, 2)
    for count in (1, 1000):
        reports = ADVERSARIES[name](problem, count, np.random.default_rng(1))
        assert reports.shape == (count,)
        assert np.all(np.isfinite(reports))


def cdf_of(density: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray], np.ndarray]:
    """The distribution function of a density on [−14, 14], on a grid."""
    points = np.linspace(-14, 14, 20_001)
    values = density(points)
    sums = np.r_[0, np.cumsum((values[1:] + values[:-1]) / 2) * (points[1] - points[0])]
    assert sums[-1] == pytest.approx(1, abs=2e-3)  # it is a p.d.f.
    return lambda x: np.interp(x, points, sums)


def plateau(x: np.ndarray, width: float) -> np.ndarray:
    """f_ε as the paper prints it, with the plateau's width given."""
    return np.asarray(norm.pdf(np.where(x <= 0, x, np.maximum(0, x - width))))


@pytest.mark.parametrize("eps", [0.2, 1.0, 2.5])
def test_the_attack_on_an_interval_has_the_density_of_figure_2(eps: float) -> None:
    problem = Problem.read(1, eps, 2000, 2)
    reports = ADVERSARIES["interval"](problem, COUNT, np.random.default_rng(4))
    width = math.sqrt(2 * math.pi) * eps
    place = width * float(squared_cosine(1, np.random.default_rng(4))[0])
    psi = cdf_of(lambda x: (plateau(x + place, width) - norm.pdf(x)) / eps)
    assert kstest(reports, psi).pvalue > 1e-3
    moved = cdf_of(lambda x: (plateau(x + 0.9 * place, width) - norm.pdf(x)) / eps)
    assert kstest(reports, moved).pvalue < 1e-6


def test_the_place_has_the_squared_cosine_law() -> None:
    places = squared_cosine(COUNT, np.random.default_rng(2))
    assert kstest(places, lambda p: p - np.sin(2 * np.pi * p) / (2 * np.pi)).pvalue > 1e-3


@pytest.mark.parametrize("eps", [0.1, 0.6827, 0.95])
def test_the_attack_on_two_points_makes_them_look_alike(eps: float) -> None:
    """Genuine samples and ε of corrupted ones have density max(φ(x − t), φ(x + t))."""
    problem = Problem.read(1, eps, 2000, 2)
    reports = ADVERSARIES["two-point"](problem, COUNT, np.random.default_rng(4))
    t = float(norm.ppf((1 + eps) / 2))
    other = 2 * t * float(np.random.default_rng(4).choice([-1.0, 1.0], 1)[0])

    def psi(x: np.ndarray) -> np.ndarray:
        return np.asarray(np.maximum(norm.pdf(x), norm.pdf(x - other)) - norm.pdf(x)) / eps

    assert kstest(reports, cdf_of(psi)).pvalue > 1e-3


def two_point_risk(t: float) -> float:
    """The Bayes risk of ±t from one sample, its posterior mean being t tanh(tx)."""
    return quad(lambda x: norm.pdf(x - t) * (t - t * math.tanh(t * x)) ** 2, -12 + t, 12 + t)[0]


@pytest.mark.heavy
def test_no_server_beats_the_lower_bound_under_its_attack() -> None:
    """Whatever m is; the component-aware oracle is excepted: it knows who is genuine."""
    names = ["algorithm", "own", "k-means"]
    k, c = 4, "2"
    interval = simulate(k, c, 2000, 2, adversary="interval", estimators=names[:2], reps=20)
    h = 2.0**2 / (2.0**2 + 2 * math.pi)
    for risk in interval.risks.values():
        assert risk.high > h / k
    points = simulate(k, c, 2000, 2, adversary="two-point", estimators=names, reps=10)
    bound = 3 * two_point_risk(float(norm.ppf((1 + 2 / 3) / 2))) / k
    assert bound > h / k  # the sharper of the two attacks
    for risk in points.risks.values():
        assert risk.high > bound


def clusters_under(name: str, c: str = "1") -> np.ndarray:
    problem = Problem.read(3, c, 20_000, 2)
    rng = np.random.default_rng(8)
    bad = ADVERSARIES[name](problem, int(problem.c * problem.m), rng)
    good = [mean + rng.standard_normal(problem.m) for mean in problem.means]
    return robust_clustering(np.concatenate([*good, bad]), problem, rng).median


def test_what_each_attack_does_to_the_clusters() -> None:
    """Means are at 0, 18 and 36; one component's worth of mass is spent."""
    assert clusters_under("none") == pytest.approx([0, 18, 36], abs=0.1)
    assert clusters_under("elongation") == pytest.approx([18, 36], abs=0.1)
    assert clusters_under("fake-clusters") == pytest.approx([0, 9, 18, 36], abs=0.1)
    assert clusters_under("chaining", "2.9") == pytest.approx([36], abs=0.1)
    first, *rest = clusters_under("concentrate")
    assert first > 2
    assert rest == pytest.approx([18, 36], abs=0.1)
    shifts = clusters_under("worst-shift") - [0, 18, 36]
    spread = clusters_under("even-spread") - [0, 18, 36]
    assert np.all((spread > 0.1) & (shifts > spread))
    assert np.all(shifts < float(bounds.median_shift(0.4, 2.0)))


@pytest.mark.parametrize(("k", "c"), [(10, 1), (3, 2), (2, "1.99"), (5, "0.1"), (1, "0.5")])
def test_the_attack_on_two_points_is_mounted_wherever_c_is_below_k(k: int, c: Any) -> None:
    problem = Problem.read(k, c, 5000, 2)
    reports = ADVERSARIES["two-point"](problem, 100, np.random.default_rng(1))
    assert np.isfinite(reports).all()


def test_attacks_that_cannot_be_mounted_say_so() -> None:
    with pytest.raises(InputError, match="k of at least 2"):
        simulate(1, 1, 2000, 2, adversary="chaining")
    with pytest.raises(InputError, match="c < k"):
        simulate(2, 2, 2000, 2, adversary="two-point")
    with pytest.raises(InputError, match="separation"):
        simulate(2, 1, 2000, 2, adversary="chaining", separation=5)


@pytest.mark.parametrize(("separation", "stones"), [("6", 1), ("17.9", 2), ("18", 3), ("20", 3)])
def test_stepping_stones_are_less_than_3_delta_apart(separation: str, stones: int) -> None:
    problem = Problem.read(2, "1/2", 2000, 2, separation=separation)
    reports = ADVERSARIES["chaining"](problem, 500, np.random.default_rng(1))
    places = np.unique(reports)
    steps = np.diff(np.r_[0, places, float(problem.separation)])
    assert places.size == stones
    assert np.all(steps < 6)


@pytest.mark.parametrize("delta", [1, 2, 4])
def test_the_worst_place_counts_on_one_side_only(delta: int) -> None:
    """Within Δ of l(ε), at least Δ from the mean, and less than 3Δ from it."""
    problem = Problem.read(1, 1, 2000, delta, backoff="0.1")
    price = problem.central_mass - float(norm.cdf(4 * delta) - norm.cdf(2 * delta))
    for eps in (1e-9, 0.01, 0.3, 0.6, 2.0):
        place = worst_place(problem, eps)
        radius = 3.0 * delta if eps > price else float(bounds.filter_radius(eps, float(delta)))
        assert delta <= place < 3 * delta
        assert abs(place - radius) < delta
