"""Lower bounds from unknown labels: against exact Bayes risks, floats, and each step left out."""

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import acb, arb
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import heavy

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import labels
from bounds.lower.attacks import CHAINS, Attack, TwoPoints
from bounds.lower.bayes import bayes_risk_ball
from bounds.lower.labels import label_risk, labels_and_hiding, some_genuine


def risk_of_chain(k: int, spacing: Fraction) -> arb:
    means = [to_ball(spacing * j) for j in range(k)]
    return bayes_risk_ball(means, [arb(1) / k] * k)


def rough_bayes_risk(means: list[float], chances: list[float]) -> float:
    x = np.linspace(min(means) - 9, max(means) + 9, 40_001)
    weighted = np.array(chances) * np.exp(-((x[:, None] - means) ** 2) / 2) / math.sqrt(2 * math.pi)
    total, first = weighted.sum(axis=1), weighted @ np.array(means)
    variance = weighted @ np.array(means) ** 2 - first**2 / total
    return float(np.trapezoid(variance, x))


@pytest.mark.parametrize("k", [2, 3, 5])
@pytest.mark.parametrize("distance", ["5/2", "4", "6", "9"])
def test_it_is_just_below_the_bayes_risk_of_the_chain(k: int, distance: str) -> None:
    with working_precision(96):
        found = label_risk(k, Fraction(distance))
        exact = risk_of_chain(k, found.spacing)
        assert found.spacing == Fraction(distance)
        assert not found.value > exact
        assert exact < found.value * arb("1.02")


@pytest.mark.parametrize(("distance", "about"), [(4, 0.274), (5, 0.118), (6, 0.0374), (8, 0.00157)])
def test_pairs_give_the_two_point_risk_and_chains_more(distance: int, about: float) -> None:
    two = float(bounds.lower.two_point_risk(Fraction(distance, 2), 10))
    assert two == pytest.approx(about, rel=0.01)
    with working_precision(64):
        assert float(label_risk(2, Fraction(distance)).value) == pytest.approx(two, rel=1e-4)
        three, many = (label_risk(k, Fraction(distance)).value for k in (3, 10**9))
        assert three > arb("1.3") * two  # odd: more than two thirds of a pair
        assert many > arb("1.99") * two


@given(st.integers(2, 10**9), st.fractions(0, 60))
@settings(max_examples=15)
def test_it_lies_between_0_and_1_and_falls_with_the_distance(k: int, distance: Fraction) -> None:
    with working_precision(64):
        near, far = label_risk(k, distance).value, label_risk(k, distance + 3).value
        assert far >= 0
        assert not near > 1
        assert not far > near


def unfolded(spacing: Fraction, distance: int) -> arb:
    """Pd(g) by FLINT's own integration over the line, with all components within reach."""
    g = to_ball(spacing)
    far = math.ceil(24 / float(spacing)) + distance

    def at(z: acb, _analytic: bool) -> acb:
        total = acb(0)
        for j in range(-far, far + distance + 1):
            total += (-(z - j * g) * (z - j * g) / 2 + z * z / 2).exp()
        return (-(z - distance * g) * (z - distance * g) / 2).exp() / total

    middle = distance * g / 2
    area = acb.integral(at, acb(middle - 12), acb(middle + 12)).real
    return (distance * g) ** 2 * area / (2 * arb.pi()).sqrt()


@pytest.mark.heavy
@pytest.mark.parametrize("spacing", ["1", heavy("3/2"), "299/100", "3", heavy("5")])
@pytest.mark.parametrize("distance", [1, 2, 3])
def test_a_sum_over_few_values_holds_what_the_line_holds(spacing: str, distance: int) -> None:
    with working_precision(60):
        folded = labels._pair(Fraction(spacing), distance, 60)
        straight = unfolded(Fraction(spacing), distance)
        assert folded.overlaps(straight)
        assert straight.rad() < 1e-14
        assert folded.rad() < folded * arb("1e-14")


def test_the_denominator_needs_all_components() -> None:
    """Step 2: over pairs alone the sum exceeds the Bayes risk of the chain."""
    with working_precision(64):
        pairs = 8 * float(bounds.lower.two_point_risk(Fraction(3, 2), 10)) / 5
        pairs += 6 * float(bounds.lower.two_point_risk(Fraction(3), 10)) / 5
        assert pairs > float(risk_of_chain(5, Fraction(3)))


def test_there_are_k_minus_d_pairs() -> None:
    """Step 2: as many pairs as in an endless chain would be too many."""
    with working_precision(64):
        many = float(label_risk(10**9, Fraction(4)).value)
        assert many > float(risk_of_chain(3, Fraction(4)))


def test_an_empty_mean_counts_as_nothing() -> None:
    """Step 1: with one client, most likely corrupted, the objective is 0 most of the time."""
    with working_precision(64):
        assert float(some_genuine(2, Fraction(8), Fraction(1, 10))) == pytest.approx(0.2)
        assert some_genuine(2, Fraction(0), Fraction(5)) == 1


@pytest.mark.parametrize(
    ("attack", "separation"),
    [(TwoPoints(Fraction(1, 2)), 4), (TwoPoints(Fraction(65, 100)), 6), (CHAINS[7], 5)],
)
def test_both_kinds_of_doubt_against_floats(attack: Attack, separation: int) -> None:
    """One attacked component beside one left alone."""
    with working_precision(64):
        found = labels_and_hiding(2, attack.mass, ((1, attack),), Fraction(separation), None)
        width = float(attack.width())
        inner = attack.weights if hasattr(attack, "weights") else (1, 1)
    places = [width * j / (len(inner) - 1) for j in range(len(inner))]
    means = [*places, width + separation]
    chances = [weight / sum(inner) / 2 for weight in inner] + [0.5]
    assert float(found) == pytest.approx(rough_bayes_risk(means, chances), rel=1e-5)


@pytest.mark.parametrize(("k", "c"), [(2, "1/2"), (20, "1"), (100, "5"), (7, "6")])
@pytest.mark.parametrize("distance", [4, 6, 8])
def test_together_they_give_more_than_each(k: int, c: str, distance: int) -> None:
    plan = bounds.lower_bound(k, c, digits=12).plan
    with working_precision(64):
        both = labels_and_hiding(k, Fraction(c), plan, Fraction(distance), None)
        hidden = float(bounds.lower_bound(k, c, digits=12).value)
        assert float(both) > max(hidden, 0.5 * float(label_risk(k, Fraction(distance)).value))
        assert both < hidden + label_risk(k, Fraction(distance)).value * arb("1.3")
        at_scale = labels_and_hiding(k, Fraction(c), plan, Fraction(distance), Fraction(10**6))
        assert at_scale < both < at_scale * arb("1.01")


def test_far_apart_labels_are_as_good_as_known() -> None:
    plan = bounds.lower_bound(20, 1, digits=12).plan
    with working_precision(64):
        assert labels_and_hiding(20, Fraction(1), plan, Fraction(100), None) == 0
        assert label_risk(20, Fraction(49)).value == 0
        assert label_risk(1, Fraction(4)).value == 0


def test_clients_who_know_all_means_err_more() -> None:
    """Evidence: the Bayes rule of a client who knows the three means, on simulated labels."""
    random = np.random.default_rng(7)
    means = np.array([0.0, 5.0, 10.0])
    truth = random.choice(means, 400_000)
    x = truth + random.standard_normal(truth.size)
    weights = np.exp(-((x[:, None] - means) ** 2) / 2)
    squares = ((weights @ means) / weights.sum(axis=1) - truth) ** 2
    error = squares.std() / math.sqrt(squares.size)
    with working_precision(64):
        bound = float(label_risk(3, Fraction(5)).value)
    assert abs(squares.mean() - bound) < 5 * error + 0.001
