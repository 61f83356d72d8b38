"""Lower bounds for k components: order, limits, what a user may pass."""

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.errors import InputError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.functions import quantile
from bounds.lower.attacks import CHAINS, TwoPoints, rough_two_point_risk
from bounds.lower.plans import plan_mass


@pytest.mark.heavy
@settings(max_examples=15)
@given(st.integers(1, 50), st.fractions(Fraction(1, 100), 4, max_denominator=100))
def test_the_three_methods_are_in_order(k: int, ratio: Fraction) -> None:
    c = k * ratio
    sharp, corrected = bounds.lower_bound(k, c, digits=8), bounds.lower_bound(k, c, "corrected", 8)
    assert corrected.value.low.fraction() <= sharp.value.high.fraction()
    assert sharp.value.low.fraction() <= sharp.ceiling.high.fraction()
    assert plan_mass(sharp.plan) <= c
    assert sum(count for count, _ in sharp.plan) <= k
    if ratio < Fraction(5, 2):
        printed = bounds.lower_bound(k, c, "printed", 8)
        assert corrected.value.high.fraction() < printed.value.low.fraction()
        assert printed.caveat is not None
        if c >= Fraction(13, 100):  # the theorem is true there, by another attack
            assert sharp.value.low.fraction() > printed.value.high.fraction()


@pytest.mark.parametrize("k", [1, 4])
def test_the_factor_to_the_upper_bound(k: int) -> None:
    """min(1, c/k)/value; √(8π) for the printed bound, 1/r at the best mass."""
    with working_precision(80):
        root = (8 * arb.pi()).sqrt()
        assert bounds.lower_bound(k, "0.3", "printed", 15).factor.ball().overlaps(root)
        best = bounds.risk_to_mass(20)
        found = bounds.lower_bound(k, best.mass.low.fraction(), digits=15).factor
        assert found.ball().overlaps(best.factor.ball())
    far = bounds.lower_bound(k, 3 * k, digits=10)
    product = far.factor.ball() * far.value.ball()
    assert product.contains(1)


def test_where_the_printed_bound_is_false_or_true() -> None:
    def told(k: int, c: str) -> str:
        return str(bounds.lower_bound(k, c, "printed").caveat)

    assert told(1, "0.1292").endswith("false for large m")
    assert told(2, "0.1292").endswith("far apart")
    assert "true here" in told(1, "0.1293")
    assert "true here" in told(3, "7")


def test_many_components_reach_the_ceiling() -> None:
    bound = bounds.lower_bound(10**6, 10**5, digits=10)
    assert bound.ceiling.high.fraction() - bound.value.low.fraction() < Fraction(1, 10**9)


def test_one_component_and_a_small_budget() -> None:
    """B(t) and t²/(1 + t²) with t = Φ⁻¹((1 + c)/2) close in on the error at k = 1."""
    c = Fraction(1, 20)
    bound = bounds.lower_bound(1, c, digits=20)
    with working_precision(100):
        t = quantile(to_ball((1 + c) / 2))
        above = t * t / (1 + t * t)
        assert bound.value.ball() < above
        assert bound.value.ball() > to_ball(Fraction(9999, 10000)) * above


@settings(max_examples=15)
@given(st.integers(1, 20), st.fractions(Fraction(1, 100), Fraction(706, 1000)))
def test_small_budgets_are_exact(k: int, c: Fraction) -> None:
    """All on one component: no split into two-point attacks of random sizes is better."""
    bound = bounds.lower_bound(k, c, digits=12)
    assert bound.exact
    assert bound.value == bound.ceiling
    with working_precision(80):
        whole = TwoPoints(c).risk()
        for share in (Fraction(1, 3), Fraction(1, 2), Fraction(9, 10)):
            assert TwoPoints(c * share).risk() + TwoPoints(c * (1 - share)).risk() < whole
    assert not bounds.lower_bound(k, c + Fraction(7062, 10_000), digits=12).exact


@pytest.mark.step("a chain's mass is rounded up", "one gap fewer than means")
def test_chains_cost_what_they_are_booked_with_and_earn_more_in_order() -> None:
    with working_precision(64):
        assert all(chain.cost() < to_ball(chain.mass) for chain in CHAINS)
        assert all(to_ball(chain.mass) < chain.cost() + 0.0002 for chain in CHAINS)
        earned = [chain.risk() for chain in CHAINS]
        assert all(one < other for one, other in pairwise(earned))


@pytest.mark.parametrize("mass", ["1e-9", "0.01", "0.5", "0.78"])
def test_the_search_sees_the_true_risk(mass: str) -> None:
    with working_precision(64):
        true = float(TwoPoints(Fraction(mass)).risk())
    assert rough_two_point_risk(float(mass)) == pytest.approx(true, rel=1e-6)


@pytest.mark.parametrize("c", [1, "1", Fraction(1), 1.0, arb(1)])
def test_every_exact_type_gives_the_same(c: Any) -> None:
    assert bounds.lower_bound(3, c, digits=12) == bounds.lower_bound(3, Fraction(1), digits=12)


@pytest.mark.parametrize(
    ("k", "c", "method"),
    [
        *((k, 1, "sharp") for k in (0, -1, 1.0, True, "3", None, 10**9 + 1)),
        *((3, c, "sharp") for c in (0, -1, "x", float("nan"), "1e-1001", 10**11, None)),
        (3, arb(1, 0.1), "sharp"),
        (3, 1, "best"),
        (1, "2.51", "printed"),
    ],
)
def test_bad_input_is_a_clear_error(k: Any, c: Any, method: str) -> None:
    with pytest.raises((bounds.InputError, bounds.DomainError)):
        bounds.lower_bound(k, c, method)


@pytest.mark.parametrize("m", [0, -1, "x", "1/4", 10**18, arb(1, 0.1)])
def test_a_bad_scale_is_a_clear_error(m: Any) -> None:
    with pytest.raises((bounds.InputError, bounds.DomainError)):
        bounds.lower_bound(2, 1, m=m)


def test_the_callers_precision_does_not_matter() -> None:
    reference = bounds.lower_bound(4, "1.7", digits=25)
    with working_precision(20):
        assert bounds.lower_bound(4, "1.7", digits=25) == reference


@pytest.mark.parametrize(
    "call",
    [
        lambda: bounds.lower.attack_mass(2),
        lambda: bounds.lower.bayes_risk(2, [1]),
        lambda: bounds.lower.bayes_risk([0, 1], 2),
        lambda: bounds.lower.bounded_mean_table(0.5),
        lambda: bounds.lower.bounded_mean_table([], digits=mpmath.mpf(3)),
        lambda: bounds.lower.certified_bound(bounds.upper_bound(2, "0.1")),
        lambda: bounds.lower_bound(2, 1, np.ones(3)),
        lambda: bounds.upper_bound(2, "0.1", ["sharp"]),
        lambda: bounds.lower.median_risk("1/2", 202, digits=b"2"),
        lambda: bounds.lower.window_median_risk(2, "1/2", 20_000, digits="2"),
        lambda: bounds.lower.prove_no_set_beats_two_points({1}),
        lambda: bounds.lower.prove_no_set_beats_two_points(arb("inf")),
        lambda: bounds.lower.prove_no_set_beats_two_points(-1),
    ],
)
def test_an_argument_of_another_type_is_refused_in_one_line(call: Callable[[], object]) -> None:
    with pytest.raises(InputError) as told:
        call()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("eps", [-1, -0.5, math.inf, 1e300, math.nan, arb(0, 1), np.array([1, -1])])
def test_the_information_bound_is_for_masses(eps: Any) -> None:
    assert bounds.lower.information_bound(0) == 0
    with pytest.raises(bounds.DomainError, match="adversarial mass"):
        bounds.lower.information_bound(eps)
