"""What a mass buys at most, by information: each step by plain sums."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from bounds.lower.envelope import below
from bounds.lower.information import information_bound
from bounds.lower.set_information import _is_above_from, enough, is_above, set_bound, tangent_at

priors = st.lists(
    st.tuples(st.floats(0.1, 4), st.floats(0.02, 1)), min_size=2, max_size=6
)  # gaps and weights


def _prior(pairs: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    gaps, weights = np.array(pairs).T
    return np.cumsum(gaps), weights / weights.sum()


def _laws(means: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x = np.linspace(means[0] - 9, means[-1] + 9, 4000)
    return x, norm.pdf(x[:, None] - means)


def _bayes_risk(means: np.ndarray, weights: np.ndarray, power: float = 1.0) -> float:
    """mmse(γ): in units of √γ the means are so far apart, and the error is γ times as large."""
    x, laws = _laws(means * power**0.5)
    joint = laws * weights
    law = joint.sum(axis=1)
    estimate = joint @ means / law
    return float(np.trapezoid(joint @ means**2 - estimate**2 * law, x))


def _mass(means: np.ndarray) -> float:
    x, laws = _laws(means)
    return float(np.trapezoid(laws.max(axis=1), x)) - 1


@settings(max_examples=60)
@given(priors)
def test_no_prior_is_above_the_bound(pairs: list[tuple[float, float]]) -> None:
    means, weights = _prior(pairs)
    assert _bayes_risk(means, weights) <= 1 - (1 + _mass(means)) ** -2 + 1e-6


@pytest.mark.heavy
@settings(max_examples=40)
@given(priors)
def test_the_information_lies_between_the_error_and_the_mass(
    pairs: list[tuple[float, float]],
) -> None:
    """Steps 1, 2 and 4."""
    means, weights = _prior(pairs)
    x, laws = _laws(means)
    joint = laws * weights
    law = joint.sum(axis=1, keepdims=True)
    told = float(np.trapezoid((joint * np.log(np.maximum(laws, 1e-290) / law)).sum(axis=1), x))
    assert told <= np.log1p(_mass(means)) + 1e-6
    assert told >= -np.log(1 - _bayes_risk(means, weights)) / 2 - 1e-6
    powers, nodes = np.polynomial.legendre.leggauss(24)
    errors = [_bayes_risk(means, weights, (1 + power) / 2) for power in powers]
    assert told == pytest.approx(np.dot(nodes, errors) / 4, abs=2e-3)


@settings(max_examples=40)
@given(priors, st.floats(0.05, 1))
def test_with_more_noise_the_error_is_at_least_so_much(
    pairs: list[tuple[float, float]], power: float
) -> None:
    """Step 3."""
    means, weights = _prior(pairs)
    best = _bayes_risk(means, weights)
    assert _bayes_risk(means, weights, power) >= 1 / (1 / best - 1 + power) - 1e-6


@pytest.mark.parametrize("mass", ["1/100", "1/2", 1, 3, 20, 10**7])
def test_a_tangent_touches_the_bound_and_is_above_it(mass: str | int) -> None:
    place = Fraction(mass)
    alpha, beta = tangent_at(place)
    assert alpha + beta * place == set_bound(place) < 1
    assert is_above(alpha, beta)
    for other in (Fraction(0), place / 2, 2 * place, Fraction(5), Fraction(10**9)):
        assert alpha + beta * other >= set_bound(other)


@pytest.mark.step("a line is above the bound at every mass", "it does not fall")
def test_a_line_that_crosses_the_bound_is_not_above_it() -> None:
    alpha, beta = tangent_at(Fraction(2))
    assert not is_above(alpha - Fraction(1, 10**12), beta)
    assert not is_above(alpha, beta * Fraction(999_999, 10**6))
    assert not is_above(Fraction(99, 100), Fraction(0))
    assert not is_above(Fraction(-1), Fraction(20))
    assert not is_above(Fraction(9), Fraction(-1))
    assert is_above(Fraction(1), Fraction(0))


@pytest.mark.step("from a mass on it is above the bound")
@pytest.mark.parametrize(
    ("alpha", "beta"),
    [("0.476", "0.145"), ("0.605", "0.0875"), ("0", "0.9"), ("-1", "1"), ("-10089", "1000")],
)
def test_from_some_mass_on_a_line_is_above_every_set(alpha: str, beta: str) -> None:
    line = (Fraction(alpha), Fraction(beta))
    mass = enough(*line)
    for more in (Fraction(0), Fraction(1, 100), Fraction(1), Fraction(50)):
        level = line[0] + line[1] * (mass + more)
        assert level >= min(Fraction(1), set_bound(mass + more))
    less = mass - Fraction(1, 1024)
    assert line[0] + line[1] * less < set_bound(less)


@pytest.mark.step("and rises no less")
def test_a_line_that_starts_above_the_bound_may_cross_it_later() -> None:
    """1/2 + M/10 is above it at 0, and below it at 1."""
    line = (Fraction(1, 2), Fraction(1, 10))
    assert line[0] > set_bound(Fraction(0))
    assert not _is_above_from(Fraction(0), *line)
    assert enough(*line) > 3


def test_a_line_must_rise_no_less_than_the_bound_where_it_meets_it() -> None:
    """Step 6: at M = 1 the bound is 3/4 and rises by 1/4; the second line crosses it there."""
    assert _is_above_from(Fraction(1), Fraction(1, 2), Fraction(1, 4))
    assert not _is_above_from(Fraction(1), Fraction(9, 16), Fraction(3, 16))
    later = Fraction(11, 10)
    assert Fraction(9, 16) + Fraction(3, 16) * later < set_bound(later)
    assert _is_above_from(Fraction(10), Fraction(99, 100), Fraction(1, 1000))  # at 1, all the same


def test_what_collaboration_gains_is_of_the_order_of_the_inverse_square() -> None:
    """The attacks of `envelope`, and van Trees' plateau, stay below; their quotient is bounded."""
    for kappa in itertools.chain(range(1, 12), (50, 10**4)):
        mass = Fraction(kappa)
        assert below(mass)[0] < set_bound(mass)
        assert 1 < (1 - information_bound(float(kappa))) * (1 + kappa) ** 2 < 2 * np.pi * 1.7
