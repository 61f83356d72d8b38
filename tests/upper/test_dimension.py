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
from bounds.lower.window_median import _strange, close, separation, window_median_risk
from bounds.upper.dimension import label_cost, set_ceiling
from bounds.upper.information import Kind, bound_at, information_bound


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


def kinds_at_random(d: int, rng: np.random.Generator) -> tuple[float, float]:
    """Mixtures that reports may not tell apart: the Bayes risk over the bound (evidence).

    Two kinds of two and one component, means D apart in each hypothesis; κ is what ∫ max P_h has
    above 1, by samples.
    """
    distance, count = float(rng.choice([7.0, 14.0])), int(rng.integers(2, 6))
    weights = rng.dirichlet(np.ones(3))
    squares = np.array([1.0, 1.0, float(rng.choice([0.3, 4.0]))])
    apart = distance * np.eye(3, d)[[0, 1, 1 if d < 3 else 2]]
    apart[0] *= 1.0 if d > 2 else -1.0
    moved = rng.choice([0.2, 1.0]) * rng.standard_normal((count, 1, d))
    hypotheses = 2 * apart + moved
    swapped = rng.random(count) < 0.5
    hypotheses[swapped, :2] = hypotheses[swapped, 1::-1]
    prior = rng.dirichlet(np.ones(count))
    risk = mass = 0.0
    for own in ([0, 1], [2]):
        size, s = weights[own].sum(), squares[own[0]] ** 0.5
        of = np.repeat(np.arange(count), 500)
        label = rng.choice(own, of.size, p=weights[own] / size)
        x = hypotheses[of, label] + s * rng.standard_normal((of.size, d))
        away = ((x[:, None, None] - hypotheses[:, own]) ** 2).sum(axis=3) / s**2
        laws = np.exp(-0.5 * (away - away.min(axis=(1, 2), keepdims=True))) * weights[own] / size
        each = laws.sum(axis=2)
        mass += size * np.mean(each.max(axis=1) / each.mean(axis=1))
        joint = laws * prior[:, None]
        estimate = np.einsum("nhj,hjd->nd", joint, hypotheses[:, own])
        estimate /= joint.sum(axis=(1, 2))[:, None]
        lost = ((estimate - hypotheses[of, label]) ** 2).sum(axis=1)
        risk += size * np.mean(lost * prior[of] * count)
    kinds = [
        Kind(Fraction(float(weights[:2].sum())), Fraction(1), False),
        Kind(1 - Fraction(float(weights[:2].sum())), Fraction(squares[2]), True),
    ]
    with working_precision(80):
        told = information_bound(kinds, Fraction(max(mass - 1, 0.0)), Fraction(distance), d)
    return float(risk), float(told)


@pytest.mark.parametrize("d", [2, 3, 8])
def test_no_random_mixture_loses_more(d: int) -> None:
    rng = np.random.default_rng(10 + d)
    found = [kinds_at_random(d, rng) for _ in range(25)]
    assert all(risk < 1.02 * told for risk, told in found)
    assert max(risk / told for risk, told in found) > 0.2


def test_in_one_dimension_it_is_the_theorem_there() -> None:
    """γ ≥ 1 leaves nothing but the own sample; in a plane the numbers are those of the theorem."""
    kind = [Kind(Fraction(1), Fraction(1), False)]
    with working_precision(96):
        assert bound_at(kind, Fraction(1), Fraction(8), [Fraction(4)], Fraction(1), 3) == 4
        cost = float(label_cost(arb(4), 2))
        for kappa in (0.5, 1.0, 3.0):
            gamma = 64 / 400
            price = 2 / (1 - gamma) * np.exp(-cost) * (1 + kappa) ** -2
            near = bound_at(kind, Fraction(kappa), Fraction(20), [Fraction(4)], Fraction(price), 2)
            exact = 2 * (1 - np.exp(-cost) / (1 + kappa)) / (1 - gamma)
            assert float(near) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("d", [1, 2, 50])
@pytest.mark.parametrize("kappa", ["1/10", "1e-12", "1e-60", "1e-200"])
def test_small_ratios_and_none(d: int, kappa: str) -> None:
    """As κ falls the bound is 2κ but for what labels cost, and for κ = 0 that is all."""
    one, many = (Kind(Fraction(1), Fraction(1), alone) for alone in (True, False))
    with working_precision(900):
        ratio = Fraction(kappa)
        for kinds in ([one], [Kind(Fraction(1, 2), Fraction(1), True)] * 2):
            told = float(information_bound(kinds, ratio, Fraction(0), d))
            assert told == pytest.approx(float(set_ceiling(to_ball(ratio), d)), rel=1e-9, abs=0)
        nobody = information_bound([many], Fraction(0), Fraction(100), d)
        assert nobody.rel_accuracy_bits() > 500
        assert 0 < nobody < arb(10) ** -20 or d == 50


def test_in_every_dimension_it_tends_to_twice_the_logarithm() -> None:
    for d in (1, 2, 8, 1000):
        many, one = (Kind(Fraction(1), Fraction(1), alone) for alone in (False, True))
        value = float(information_bound([many], Fraction(1, 10), Fraction(10**6), d))
        assert value < 2 * np.log(1.1) + 1e-6
        alone = float(information_bound([one], Fraction(1, 10), Fraction(1), d))
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
    for wrong in (0, 1.5, "two", 10**7):
        with pytest.raises(InputError, match="dimension"):
            risk_bracket(10, 1, 30, dimension=wrong)


@pytest.mark.step("every coordinate errs by its own")
def test_one_component_is_served_in_each_coordinate() -> None:
    """Few corrupted clients: d times the bound of one dimension, in the limit and at a given m."""
    for m in (None, 2020):
        one, three = (risk_bracket(1, "1/20", m=m, dimension=d) for d in (1, 3))
        assert three.high.method == one.high.method
        assert float(three.high.value) == pytest.approx(3 * float(one.high.value))
    many = risk_bracket(1, "1/10", dimension=100)
    assert many.high.method == "information"
    assert float(many.high.value) < 2 * np.log(1.1)


@pytest.mark.step("without labels means may have a coordinate in common")
def test_several_components_are_not_served_in_each_coordinate() -> None:
    """Two means that differ in the first coordinate only: of the second nothing is separate.

    Clients of the plane with labels unknown and nobody corrupted lose what labels are worth. Twice
    the bound of one dimension would be below what one dimension proves of a nearer D.
    """
    methods = {side.method for side in risk_bracket(10, 1, 30, dimension=2).upper}
    assert methods == {"own sample", "information"}


@pytest.mark.step("windows of two means do not meet")
def test_vectors_in_windows() -> None:
    """At a given m, and from there on: d times what a window in one dimension gives, about."""
    for d, apart in ((1, 100), (2, 110), (5, 120), (9, 120), (10, 130), (10**6, 10090)):
        assert separation(d) == apart
        assert apart > 6 * close(d) >= 6 * (9 + d**0.5)
    for m in (10**6, None):
        near, far = (risk_bracket(4, "1/10", apart, m=m, dimension=3) for apart in (109, 110))
        assert near.high.method != "median in a window" == far.high.method
        line = window_median_risk(4, "1/10", m or 10**6).risk
        assert float(far.high.value) < 3.001 * float(line)
    assert float(far.high.value) > float(far.low.value)


@pytest.mark.step(
    "far samples of others spoil a window", "a far sample of one's own moves its window"
)
@pytest.mark.parametrize("d", [1, 3, 50])
def test_what_far_samples_cost(d: int) -> None:
    with working_precision(64):
        told = float(_strange(arb(10) ** 9, d))
        alone = float(_strange(arb(0), d))
    edge = close(d)
    others = 1e9 * chi.sf(edge, d) * d * (2 * edge + 1) ** 2
    own = (1 + 2 * d**0.5) ** 2 * d * chi.sf(edge, d + 2)
    assert told == pytest.approx(others + own, rel=1e-6, abs=0)
    assert alone == pytest.approx(own, rel=1e-6, abs=0)


@pytest.mark.step("every coordinate of a window errs")
def test_the_window_of_vectors_by_simulation() -> None:
    """Three components in the plane, all of the corrupted mass 15 beside one mean (evidence)."""
    rng, d, m, c = np.random.default_rng(4), 2, 100_000, 0.1
    bad = np.full((int(c * m), d), 15 / d**0.5)
    lost = 0.0
    for corrupted in (bad, bad[:0], bad[:0]):
        reports = np.concatenate([rng.standard_normal((m, d)), corrupted])
        lost += (np.median(reports, axis=0) ** 2).sum() / 3
    bound = float(window_median_risk(3, "1/10", m, dimension=d).risk)
    assert 0.5 * bound < lost < bound
