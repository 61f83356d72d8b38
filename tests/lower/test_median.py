"""Where Theorem 1 as printed fails: the certified bound, and a simulation as evidence beside it."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower.binomial import binomial_tail


def test_the_witness() -> None:
    """k = 1, c = 1/20, m = 1020: 1071 clients."""
    found = bounds.lower.median_risk("1/20", 1020)
    assert found.refutes
    assert found.clients == 1071
    assert found.risk.high.fraction() < Fraction("0.0071") < found.printed.low.fraction()


@pytest.mark.heavy
def test_the_bound_is_above_the_sharp_lower_bound() -> None:
    for m in (1020, 20020):
        found = bounds.lower.median_risk("1/20", m)
        assert found.risk.high.fraction() > bounds.lower_bound(1, "1/20").value.high.fraction()


@pytest.mark.step("the median's bound is below the printed one")
@pytest.mark.heavy
def test_few_clients_or_a_large_budget_decide_nothing() -> None:
    assert not bounds.lower.median_risk("1/20", 300).refutes
    assert not bounds.lower.median_risk("1/2", 1002).refutes


@pytest.mark.heavy
@pytest.mark.parametrize("place", [50.0, 0.0])
def test_simulated_attacks_stay_below_it(place: float) -> None:
    """Evidence, not proof: 4000 runs with all corrupted samples far out, or on the mean."""
    found = bounds.lower.median_risk("1/20", 1020)
    random = np.random.default_rng(20250)
    squares = []
    for _ in range(4000):
        samples = random.standard_normal(found.clients)
        samples[random.random(found.clients) < 1 / 21] = place
        squares.append(np.median(samples) ** 2)
    mean, error = np.mean(squares), np.std(squares) / math.sqrt(len(squares))
    assert mean + 5 * error < float(found.risk)
    if place:
        assert mean > 0.6 * float(found.risk)


@settings(max_examples=30)
@given(st.integers(1, 60), st.fractions(Fraction(1, 100), Fraction(99, 100)), st.integers(-1, 62))
def test_binomial_tails(trials: int, chance: Fraction, least: int) -> None:
    exact = sum(
        (
            math.comb(trials, j) * chance**j * (1 - chance) ** (trials - j)
            for j in range(max(least, 0), trials + 1)
        ),
        Fraction(0),
    )
    with working_precision(64):
        tail = binomial_tail(trials, to_ball(chance), least)
        assert tail.overlaps(to_ball(exact))
        assert tail.rad() < 1e-7


@pytest.mark.parametrize(
    ("c", "m"),
    [("0.6", 1000), ("1/20", 1000), ("1/20", 20), ("1/20", "10.5"), (0, 100), ("1/20", arb(1, 1))],
)
def test_bad_input_is_a_clear_error(c: Any, m: Any) -> None:
    with pytest.raises((bounds.InputError, bounds.DomainError)):
        bounds.lower.median_risk(c, m)


def test_one_sided_attacks_are_the_worst_only_beyond_the_mode() -> None:
    """T(N) + T(0) bounds T(a) + T(N − a) where r − N exceeds the mode; near s = 0 it does not."""
    clients, corrupted, rank = 101, 9, 51
    with working_precision(64):

        def both(chance: str, above: int) -> float:
            sides = (above, corrupted - above)
            trials = clients - corrupted
            return sum(float(binomial_tail(trials, arb(chance), rank - a)) for a in sides)

        assert rank - corrupted > (clients - corrupted + 1) * 0.44
        assert all(both("0.44", a) <= both("0.44", 0) + 1e-9 for a in range(corrupted + 1))
        assert both("0.6", 4) > both("0.6", 0)
