"""Plans found by floats: they fit, and come close to the best that dynamic programming finds."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.lower.attacks import (
    CHAINS,
    LARGEST_TWO_POINT_MASS,
    rough_risk,
    rough_two_point_risks,
)
from bounds.lower.plans import best_plan, plan_mass

_GRID = 100


def worth(plan: object) -> float:
    return sum(count * rough_risk(attack) for count, attack in plan)  # type: ignore[attr-defined]


def best_on_a_grid(k: int, steps: int) -> np.ndarray:
    """The most that k components can earn, for each budget in hundredths, shares in hundredths."""
    eps = np.arange(steps + 1) / _GRID
    one = rough_two_point_risks(np.minimum(eps, float(LARGEST_TWO_POINT_MASS)))
    one = np.maximum(one, eps * eps / (eps * eps + 2 * np.pi))
    for chain in CHAINS:
        one = np.where(eps >= float(chain.mass), np.maximum(one, rough_risk(chain)), one)
    total = one
    for _ in range(k - 1):
        total = np.array([np.max(total[: n + 1] + one[n::-1]) for n in range(steps + 1)])
    return total


@pytest.mark.heavy
@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_no_split_on_a_grid_is_much_better(k: int) -> None:
    top = best_on_a_grid(k, 7 * _GRID)
    for n in range(20, 7 * _GRID, 37):
        assert worth(best_plan(k, Fraction(n, _GRID))) > 0.995 * top[n]


@pytest.mark.heavy
@settings(max_examples=25)
@given(st.integers(1, 200), st.fractions(Fraction(1, 10), 6, max_denominator=50))
def test_plans_fit(k: int, ratio: Fraction) -> None:
    plan = best_plan(k, k * ratio)
    assert plan_mass(plan) <= k * ratio
    assert sum(count for count, _ in plan) <= k
    assert all(count > 0 for count, _ in plan)
