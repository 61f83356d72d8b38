"""The bound for the algorithm that lists the possible means: its parts against plain sums."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import heavy
from possible_sets import lost, whole
from scipy.stats import norm

from bounds.certify.errors import InputError
from bounds.certify.numbers.precision import working_precision
from bounds.upper import helps_below, upper_bound
from bounds.upper.possible_means import Parts, best_reach, fooled_term, parts_at

RATIO = 0.6610463931
"""r*, see `bounds.risk_to_mass`."""


def parts(separation: float, reach: float) -> Parts | None:
    with working_precision(64):
        return parts_at(arb(separation), arb(reach), 15)


@pytest.mark.heavy
@settings(max_examples=100)
@given(
    st.sampled_from([(13.5, 2.25), (18.0, 3.0), (13.5, 1.8), (20.0, 2.5), (9.0, 1.5)]),
    st.lists(st.floats(min_value=1, max_value=1.7), min_size=0, max_size=3),
    st.lists(st.floats(min_value=-0.6, max_value=3.6), min_size=0, max_size=9),
)
def test_no_set_of_possible_means_costs_less(
    sizes: tuple[float, float], gaps: list[float], extra: list[float]
) -> None:
    separation, reach = sizes
    means = [separation * place for place in itertools.accumulate(gaps, initial=0.0)]
    points = [*means, *(separation * place for place in extra)]
    budget = whole(points) - len(means)
    bound = parts(separation, reach)
    assert bound is not None
    allowed = float(bound.slope) * (budget + len(means) * float(bound.shared))
    assert lost(points, separation, reach, set(means), (0, RATIO)) <= allowed + 1e-6


@pytest.mark.parametrize("delta", [1.5, 2.0, 4.0])
def test_two_stepping_stones_cost_no_more_than_is_claimed(delta: float) -> None:
    """The slope at t = 3Δ/2 and D = 9Δ is reached: one 2% lower would be wrong."""
    separation, reach = 9 * delta, 1.5 * delta + 1e-9
    points = [0.0, 3 * delta, 6 * delta, separation]
    bound = parts(separation, reach)
    assert bound is not None
    destroyed = lost(points, separation, reach, {0.0, separation}, (0, RATIO))
    paid = whole(points) - 2
    assert destroyed == 2
    assert float(bound.slope) * paid * (1 + 1e-6) >= destroyed
    if delta > 1.75:
        assert 0.98 * float(bound.slope) * paid < destroyed


@pytest.mark.parametrize("delta", [1.3, 1.5, 1.75])
def test_a_counterfeit_on_each_side_costs_more_than_it_gains(delta: float) -> None:
    separation, reach = 9 * delta, 1.5 * delta
    means = [separation * place for place in range(5)]
    between = [mean + side * 2 * reach for mean in means for side in (-1, 1)]
    bound = parts(separation, reach)
    assert bound is not None
    budget = whole([*means, *between]) - len(means)
    gained = lost([*means, *between], separation, reach, set(means), (0, RATIO))
    assert gained > 0
    assert gained <= float(bound.slope) * budget


@pytest.mark.parametrize("reach", [1.5, 2.25, 4.0])
def test_the_terms_of_far_and_fooled_clients_are_the_integrals(reach: float) -> None:
    bound = parts(100.0, reach)
    assert bound is not None
    x = np.linspace(2 * reach, 2 * reach + 12, 200_001)
    tail = 2 * np.trapezoid((x + 2 * reach) ** 2 * norm.pdf(x), x)
    assert float(bound.far) == pytest.approx(tail, rel=1e-6)
    assert float(bound.shared) == pytest.approx(math.erfc(2 * reach / math.sqrt(2)))
    x = np.linspace(reach, reach + 12, 200_001)
    tail = np.trapezoid((x + 2 * reach) ** 2 * norm.pdf(x), x)
    with working_precision(64):
        assert float(fooled_term(arb(reach))) == pytest.approx(tail, rel=1e-6)


@pytest.mark.parametrize("reach", [1.5, 2.25, 3.0])
@pytest.mark.parametrize("half", [0.3, heavy(0.937), 1.0])
def test_the_clients_rule_with_counterfeits_on_both_sides(reach: float, half: float) -> None:
    """Risk of the rule, the two-point estimate being minimax, against r* M + 2E + F, by sums."""
    own = np.array([0.0, 2 * half])
    others = np.array([-2 * reach, 2 * half + 2 * reach])
    x = np.linspace(-14, 14 + 2 * half, 400_001)
    from_own = np.abs(x[:, None] - own).min(axis=1)
    estimate = half + half * np.tanh(half * (x - half))
    distances = np.abs(x[:, None] - others)
    foreign = others[distances.argmin(axis=1)]
    estimate = np.where(distances.min(axis=1) < from_own, foreign, estimate)
    estimate = np.clip(estimate, x - 2 * reach, x + 2 * reach)
    bound = parts(100.0, reach)
    assert bound is not None
    with working_precision(64):
        fooled = 2 * float(fooled_term(arb(reach)))
    for mean in own:
        risk = np.trapezoid((estimate - mean) ** 2 * norm.pdf(x - mean), x)
        assert risk <= RATIO * (whole(list(own)) - 1) + fooled + float(bound.far) + 1e-9


@pytest.mark.parametrize("delta", ["1.5", "2", "3", "8"])
@pytest.mark.parametrize("kappa", ["1e-6", "0.01", "0.1", "0.5", "0.95"])
def test_it_lies_between_the_lower_bound_and_the_closed_form(delta: str, kappa: str) -> None:
    value = upper_bound(delta, kappa, "proved", 12)
    assert value.value.high.fraction() > Fraction(66104, 100_000) * Fraction(kappa)
    closed = parts(9 * float(delta), 1.5 * float(delta))
    assert closed is not None
    plain = float(closed.slope) * (float(kappa) + float(closed.shared)) + float(closed.far)
    assert float(value.value) <= min(1, plain) * (1 + 1e-9)
    assert float(value.value) <= float(upper_bound(delta, kappa, "sharp", 12).value)
    assert not value.rests_on("assumed")
    assert not value.rests_on("refuted")


def test_a_larger_separation_only_helps() -> None:
    values = [
        upper_bound(2, "1/10", "proved", 12, separation=apart).value
        for apart in (4, 6, 9, "12.5", 100)
    ]
    assert all(a.high.fraction() >= b.low.fraction() for a, b in itertools.pairwise(values))
    assert float(values[-1]) == pytest.approx(RATIO / 10, rel=1e-9)


@pytest.mark.parametrize("delta", ["1.5", "2", "3"])
@pytest.mark.parametrize("apart", [6, 9, 20])
def test_it_helps_up_to_the_threshold(delta: str, apart: int) -> None:
    threshold = helps_below(delta, "proved", 12, separation=apart)
    if threshold is None:
        assert upper_bound(delta, 0, "proved", separation=apart).value.high.fraction() == 1
        return
    inside = threshold.low.fraction() * Fraction(999, 1000)
    outside = threshold.high.fraction() * Fraction(1001, 1000)
    assert upper_bound(delta, inside, "proved", 12, separation=apart).value.high.fraction() < 1
    assert upper_bound(delta, outside, "proved", 12, separation=apart).value.high.fraction() >= 1


def test_where_means_are_too_close_there_is_ones_own_sample() -> None:
    bound = upper_bound("1/64", "1/10", "proved")
    assert bound.value.decimals() == ("1.00000000000000", "1.00000000000000")
    assert bound.regime.startswith("own sample")
    assert helps_below("1/64", "proved") is None


def test_the_slope_tends_to_the_lower_bounds_at_the_papers_separation() -> None:
    """With t = 11Δ/10; with t = 6Δ/5 it does not."""
    slopes = [parts(9 * delta, 1.1 * delta) for delta in (2.2, 3.0, 5.0, 8.0)]
    over = [float(found.slope) - RATIO for found in slopes if found is not None]
    assert len(over) == 4
    assert all(low > high > 0 for low, high in itertools.pairwise(over))
    assert over[-1] < 1e-9 + 1e-8
    worse = parts(72.0, 9.6)
    assert worse is not None
    assert float(worse.slope) > 0.72


def test_any_reach_is_allowed_and_the_chosen_one_is_good() -> None:
    chosen = float(best_reach(27.0, 0.1) * 27)
    best = parts(27.0, chosen)
    assert best is not None
    height = float(best.slope) * (0.1 + float(best.shared)) + float(best.far)
    for reach in np.linspace(0.5, 4.5, 60):
        other = parts(27.0, float(reach))
        if other is not None:
            assert height <= float(other.slope) * (0.1 + float(other.shared)) + float(other.far)


@pytest.mark.parametrize("apart", [3, 0, -1, "x", "nan", 10**7, arb("9", "0.1")])
def test_bad_separations_are_refused(apart: object) -> None:
    with pytest.raises(InputError):
        upper_bound(2, "0.1", "proved", separation=apart)


def test_the_separation_belongs_to_this_method() -> None:
    with pytest.raises(InputError, match="method proved"):
        upper_bound(2, "0.1", "sharp", separation=9)
    with pytest.raises(InputError, match="method proved"):
        helps_below(2, "sharp", separation=9)
    with pytest.raises(InputError, match="method repaired"):
        upper_bound(2, "0.1", "proved", k=3)
