"""Vectors: random and optimised sets of means, and each number of the proof by plain sums."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from scipy.optimize import minimize
from scipy.stats import chi

from bounds.bracket import risk_bracket
from bounds.certify.errors import InputError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.upper.dimension import bound_at, dimension_bound, label_cost, set_ceiling
from bounds.upper.information import Kind, information_bound


def ceiling(mass: float, d: int) -> float:
    return float(set_ceiling(arb(mass), d))


def game(means: np.ndarray, prior: np.ndarray, z: np.ndarray) -> tuple[float, float]:
    """The Bayes risk of a set under a prior, and its mass M, by the same samples (evidence)."""
    risk = mass = 0.0
    for mean, chance in zip(means, prior, strict=True):
        squares = -0.5 * ((mean + z)[:, None, :] - means) ** 2
        laws = np.exp(squares.sum(axis=2) + 0.5 * (z**2).sum(axis=1)[:, None])
        joint = laws * prior
        estimate = joint @ means / joint.sum(axis=1)[:, None]
        risk += chance * np.mean(((estimate - mean) ** 2).sum(axis=1))
        # ∫ max φ, from samples of the mixture of equal weights
        mass += np.mean(laws.max(axis=1) / laws.mean(axis=1)) / means.shape[0]
    return float(risk), mass - 1


@pytest.mark.step("d eigenvalues share the covariance", "a square has two halves of information")
@pytest.mark.parametrize("d", [2, 3, 8])
def test_no_random_set_loses_more(d: int) -> None:
    rng = np.random.default_rng(d)
    z = rng.standard_normal((1500, d))
    highest = 0.0
    for _ in range(40):
        count = int(rng.integers(2, 12))
        means = rng.choice([0.3, 1.0, 3.0]) * rng.standard_normal((count, d))
        risk, mass = game(means, rng.dirichlet(np.ones(count)), z)
        highest = max(highest, risk / ceiling(mass, d))
    assert 0.2 < highest < 1
    # many means look like a normal law, and the bound is nearly attained there
    cloud = 1.5 * rng.standard_normal((600, d))
    risk, mass = game(cloud, np.full(600, 1 / 600), z[:60])
    assert 0.75 * 9 / 13 * d < risk < ceiling(mass, d)
    assert risk > ceiling(mass, 1)  # what one dimension would have


@pytest.mark.heavy
@pytest.mark.parametrize("d", [2, 3, 8])
def test_no_optimised_set_loses_more(d: int) -> None:
    """Places and prior are moved to make the ratio large."""
    rng = np.random.default_rng(d)
    z, count = rng.standard_normal((400, d)), d + 3

    def ratio(given: np.ndarray, samples: np.ndarray) -> float:
        weights = np.exp(given[-count:] - given[-count:].max())
        risk, mass = game(given[:-count].reshape(count, d), weights / weights.sum(), samples)
        return risk / ceiling(max(mass, 1e-9), d)

    for scale in (0.4, 1.2, 2.5):
        start = np.append(scale * rng.standard_normal(count * d), np.zeros(count))
        found = minimize(
            lambda x: -ratio(x, z), start, method="Powell", options={"maxiter": 2, "maxfev": 400}
        )
        assert ratio(found.x, rng.standard_normal((6000, d))) < 1


@pytest.mark.step("beyond v every length counts")
@pytest.mark.parametrize("d", [1, 2, 3, 8, 50])
@pytest.mark.parametrize("v", [1.0, 2.5, 6.0])
def test_what_labels_cost_is_the_integral(d: int, v: float) -> None:
    r = np.linspace(v, v + 30, 400_001)
    exact = 4 / v * np.trapezoid(r**2 * (r - v) * chi.pdf(r, d), r)
    assert float(label_cost(arb(v), d)) == pytest.approx(exact, rel=1e-5, abs=1e-12)


@pytest.mark.step(
    "what is left to learn of the label is counted, in d dimensions",
    "the labels' share of the information is taken off, in d dimensions",
)
def test_in_one_dimension_it_is_the_theorem_there() -> None:
    for kappa, distance in ((Fraction(1, 10), 12), (Fraction(1), 20), (Fraction(0), 9)):
        with working_precision(96):
            found = dimension_bound(kappa, Fraction(distance), 1, alone=False)
            other = information_bound(
                [Kind(Fraction(1), Fraction(1), False)], kappa, Fraction(distance)
            )
        assert float(found) == pytest.approx(float(other), rel=1e-9)
    assert bound_at(to_ball(Fraction(1)), Fraction(8), 3, Fraction(4)) is None
    with working_precision(96):
        near = bound_at(arb(1), Fraction(9), 2, Fraction(4))
        assert near is not None
        left = 1 + 2 * np.exp(float(label_cost(arb(4), 2))) - 1
        assert float(near) == pytest.approx(ceiling(left - 1, 2) / (1 - 64 / 81), rel=1e-9)


def test_in_every_dimension_it_tends_to_twice_the_logarithm() -> None:
    for d in (1, 2, 8, 1000):
        value = float(dimension_bound(Fraction(1, 10), Fraction(10**6), d, alone=False))
        assert value < 2 * np.log(1.1) + 1e-6
        alone = float(dimension_bound(Fraction(1, 10), Fraction(1), d, alone=True))
        assert alone == pytest.approx(d * (1 - 1.1 ** (-2 / d)))


@pytest.mark.step("a bound on the limit of vectors is none at a given m")
def test_a_bracket_of_vectors() -> None:
    plane = risk_bracket(10, 1, 30, dimension=2)
    line = risk_bracket(10, 1, 30)
    assert plane.dimension == 2
    assert plane.low.value == line.low.value
    assert plane.high.method == "information"
    assert 0.19 < float(plane.high.value.decimals(6)[1]) < 0.21
    given = risk_bracket(10, 1, 30, m=10**5, dimension=2)
    assert given.high.method == "own sample"
    assert given.high.value.decimals(3)[1] == "2.00"
    assert risk_bracket(1, "1/10", dimension=3).high.method == "information"
    for wrong in (0, 1.5, "two", 10**7):
        with pytest.raises(InputError, match="dimension"):
            risk_bracket(10, 1, 30, dimension=wrong)
