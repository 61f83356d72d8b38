"""Lower bounds for a given m: against the limit, the oracle's error, integrals and the median."""

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import example, given, settings
from hypothesis import strategies as st
from marks import heavy
from scipy import integrate, stats

import bounds
from bounds.certify.numbers.precision import working_precision
from bounds.lower.attacks import CHAINS, Attack, Plateau, TwoPoints
from bounds.lower.binomial import binomial_tail
from bounds.lower.finite import finite_bound


@pytest.mark.heavy
@pytest.mark.parametrize(("k", "c"), [(1, "1/20"), heavy(3, "1"), (10, "9"), heavy(4, "30")])
@pytest.mark.parametrize("method", ["corrected", "sharp"])
def test_bounds_for_one_m_tend_to_the_limit(k: int, c: str, method: str) -> None:
    limit = bounds.lower_bound(k, c, method, 12)
    lower = [bounds.lower_bound(k, c, method, 12, m) for m in (20, 2000, 2 * 10**5, 10**9)]
    value = limit.value.low.fraction()
    away = [abs(bound.value.low.fraction() / value - 1) for bound in lower]
    assert away[3] < away[2] < away[0]
    assert away[3] < Fraction(1, 5000)
    assert lower[0].m == 20


@pytest.mark.parametrize("m", [1, 2, 17, 10**6])
def test_without_contamination_one_component_costs_one_over_m(m: int) -> None:
    """The mean of all samples attains it."""
    with working_precision(128):
        bound = finite_bound((), 1, Fraction(0), Fraction(m))
        assert abs(bound * m - 1) < arb(10) ** -30


def test_a_tiny_budget_with_few_clients_costs_what_an_oracle_errs() -> None:
    c = Fraction(1, 10**400)
    bound = bounds.lower_bound(1, c, m=10**6 / (1 + c), digits=5)
    assert Fraction(99, 10**8) < bound.value.low.fraction() < Fraction(1, 10**6)


@pytest.mark.parametrize("digits", [17, 20, 30])
def test_for_very_many_clients_it_is_what_an_oracle_errs(digits: int) -> None:
    """The tail's exponent is a difference in which as many bits cancel."""
    with working_precision(64):
        bound = finite_bound((), 1, Fraction(1, 20), Fraction(10**digits))
        assert 0.9 < float(bound * 10**digits) < 1


@pytest.mark.heavy
@settings(max_examples=25)
@example(1, Fraction(137438953467, 2634304187950), 121793)
@given(st.integers(1, 20), st.fractions(Fraction(1, 50), 3), st.integers(40, 10**7))
def test_never_less_than_nine_tenths_of_what_an_oracle_needs(k: int, c: Fraction, m: int) -> None:
    """With all labels and no corrupted client, 1/(1 + (n − 1)/k)."""
    scale = Fraction(m * c.denominator)
    clients = (k + c) * scale
    with working_precision(64):
        oracle = 1 / (1 + (float(clients) - 1) / (k + float(c)))
        if scale > 1000:
            assert float(finite_bound((), k, c, scale)) > 0.9 * oracle


@pytest.mark.heavy
def test_the_bracket_at_the_witness_is_narrow() -> None:
    """k = 1, c = 1/20, m = 1020: within a factor of 1.3 of the median's certified risk."""
    above = bounds.lower.median_risk("1/20", 1020).risk.high.fraction()
    bound = bounds.lower_bound(1, "1/20", m=1020).value.low.fraction()
    assert bound > Fraction("0.00481")
    assert bound < above < Fraction(13, 10) * bound


def test_both_bounds_of_the_tail_are_needed() -> None:
    """Where nothing is spent on a component the tail is binomial; hidden, it is thinner."""
    hidden = ((1, TwoPoints(Fraction(1, 20))),)
    with working_precision(64):
        square = hidden[0][1].square_surprise() / (1 + arb(1) / 20)
        spread = (1071 * float(square)) ** 0.5
        assert spread < 0.5 * math.sqrt(1071 * 20 / 21**2)


@pytest.mark.parametrize("attack", [TwoPoints(Fraction(1, 20)), TwoPoints(Fraction(7, 10))])
def test_the_integrals_of_two_points(attack: TwoPoints) -> None:
    with working_precision(64):
        t = float(attack.width()) / 2
        information, square = float(attack.information()), float(attack.square_surprise())
    x = np.linspace(-12, 12, 400_001)
    left, right = stats.norm.pdf(x + t), stats.norm.pdf(x - t)
    largest = np.maximum(left, right)
    slope = np.where(x < 0, x + t, x - t)
    assert information == pytest.approx(integrate.trapezoid(slope**2 * largest, x), abs=1e-6)
    inside = np.where(x < 0, (left - right) ** 2 / left, 0)
    assert square == pytest.approx(integrate.trapezoid(inside, x), abs=1e-6)


@pytest.mark.parametrize("attack", [CHAINS[0], CHAINS[30], Plateau(Fraction(1, 2))])
def test_the_square_of_the_surprise_is_at_most_the_mass(attack: Attack) -> None:
    with working_precision(64):
        assert attack.square_surprise() >= 0
        assert float(attack.square_surprise()) == float(attack.mass)
        assert attack.information() >= 1


def test_chernoff_bounds_the_exact_tail() -> None:
    """The one in place of the other for many clients."""
    with working_precision(64):
        for number in (1030, 1040, 1050):
            exact = binomial_tail(1070, arb(20) / 21, number)
            p, q = arb(20) / 21, arb(number) / 1070
            apart = q * (q / p).log() + (1 - q) * ((1 - q) / (1 - p)).log()
            assert exact < (-1070 * apart).exp()


def test_the_mean_of_s_moves_by_at_most_its_variance() -> None:
    """Step 2: with a hull of 2 or more E[θ|Y,u] may fall with u, and the step would be false."""
    t, x = 1.2, np.linspace(-3, 3, 601)
    rate = 1 - t * t / np.cosh(t * x) ** 2
    assert rate.min() < 0
    t = 0.9
    assert (1 - t * t / np.cosh(t * x) ** 2).min() >= 1 - t * t - 1e-12


@pytest.mark.heavy
def test_simulated_estimates_err_more_than_the_bound() -> None:
    """Evidence: the mean, told who is genuine, and the median, against two hidden means."""
    random = np.random.default_rng(13)
    bound = float(bounds.lower_bound(1, "1/20", m=1020).value)
    with working_precision(64):
        t = float(TwoPoints(Fraction(1, 20)).width()) / 2
    errors = []
    for _ in range(3000):
        sign = random.choice((-1, 1))
        genuine = random.random(1071) < 20 / 21
        samples = random.standard_normal(1071) + sign * t
        # corrupted reports from φ(x + s) − φ(x − s) on its positive side, by rejection
        other = random.standard_normal(20000) - sign * t
        ratio = np.exp(2 * sign * t * other)
        kept = other[(other * sign < 0) & (random.random(20000) > ratio)]
        count = int((~genuine).sum())
        samples[~genuine] = kept[:count]
        errors.append((np.median(samples) - sign * t) ** 2)
    mean, error = np.mean(errors), np.std(errors) / math.sqrt(len(errors))
    assert mean - 5 * error > bound
