"""The bound for any line: the theorem of the possible means is its case α = 0."""

import itertools
from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from possible_sets import lost, whole

from bounds.bracket import mixture_bound
from bounds.certify.numbers.precision import working_precision
from bounds.lower.any_set import gap_mass
from bounds.lower.attacks import Plateau
from bounds.lower.bayes import bayes_risk_ball
from bounds.lower.bound import risk_to_mass
from bounds.lower.line import Line
from bounds.lower.support_lines import LINES, distant_line, split_cost
from bounds.upper.beyond_slope import parts_for, reach_for
from bounds.upper.possible_means import parts_at


@pytest.mark.parametrize(("distance", "reach"), [("18", "3"), ("27", "3.3"), ("40", "4")])
def test_with_height_0_and_slope_r_it_is_the_theorem_of_the_possible_means(
    distance: str, reach: str
) -> None:
    ratio = risk_to_mass(20).ratio
    line = Line(Fraction(0), ratio.high.fraction(), Fraction(5))
    with working_precision(64):
        mine = parts_for(line, arb(distance), arb(reach))
        theirs = parts_at(arb(distance), arb(reach), 20)
        assert mine is not None
        assert theirs is not None
        assert mine.slope.overlaps(theirs.slope)
        assert mine.shared.overlaps(theirs.shared)
        assert mine.far.overlaps(theirs.far)


def test_the_slope_tends_to_that_of_the_line() -> None:
    for line in (LINES[5], LINES[-1], distant_line(Fraction(3))):
        with working_precision(128):
            parts = parts_for(line, arb(4000), arb(30))
            assert parts is not None
            assert abs(parts.slope - float(line.beta)) < 1e-12 + float(line.beta) / 10**6


@pytest.mark.heavy
@settings(max_examples=100)
@given(
    st.sampled_from(LINES),
    st.sampled_from([(24.0, 2.4), (30.0, 3.0), (40.0, 2.5)]),
    st.lists(st.floats(min_value=1, max_value=1.7), min_size=0, max_size=3),
    st.lists(st.floats(min_value=-0.6, max_value=3.6), min_size=0, max_size=12),
)
def test_no_set_of_possible_means_costs_less_than_what_it_gains_beyond_the_height(
    line: Line, sizes: tuple[float, float], gaps: list[float], extra: list[float]
) -> None:
    """Steps 1 to 4 by sums: what clients lose beyond α, against σ times what the set costs."""
    separation, reach = sizes
    means = [separation * place for place in itertools.accumulate(gaps, initial=0.0)]
    points = [*means, *(separation * place for place in extra)]
    budget = whole(points) - len(means)
    with working_precision(64):
        bound = parts_for(line, arb(separation), arb(reach))
    assert bound is not None
    allowed = float(bound.slope) * (budget + len(means) * float(bound.shared))
    height = (float(line.alpha), float(line.beta))
    assert lost(points, separation, reach, set(means), height) <= allowed + 1e-6


def test_long_clusters_must_pay_for_what_lies_above_the_line() -> None:
    """5′: with Q too small for α + βQ ≥ 1 nothing is claimed."""
    with working_precision(64):
        assert parts_for(LINES[9], arb("7"), arb("1.1")) is None
        assert parts_for(LINES[0], arb("20"), arb("0.2")) is None


def test_the_reach_is_at_most_a_sixth() -> None:
    for line in LINES:
        for distance in (12.0, 20.0, 80.0):
            assert 0 < reach_for(line, distance, 1.0) <= Fraction(1, 6)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0, 4), st.integers(1, 9)), min_size=2, max_size=5),
    st.lists(st.floats(-1, 1), min_size=5, max_size=5),
    st.sampled_from([0.1, 0.01, 0.001]),
)
def test_sets_close_to_each_other_have_nearly_one_mass_and_risk(
    prior: list[tuple[float, int]], moves: list[float], shift: float
) -> None:
    """Step 8: M and the Bayes risk of a prior move by no more than a multiple of the shift."""
    prior = sorted(dict(prior).items())
    if len(prior) < 2:
        return
    moved = sorted(
        (place + shift * move, weight) for (place, weight), move in zip(prior, moves, strict=False)
    )
    total = sum(weight for _, weight in prior)
    with working_precision(53):
        found = []
        for each in (prior, moved):
            means = [arb(place) for place, _ in each]
            masses = [gap_mass(b - a) for a, b in itertools.pairwise(means)]
            risk = bayes_risk_ball(means, [arb(weight) / total for _, weight in each])
            found.append((float(sum(masses, arb(0))), float(risk)))
    (mass, risk), (other_mass, other_risk) = found
    assert abs(mass - other_mass) <= 2 * shift * len(prior) * 0.4 + 1e-9
    assert abs(risk - other_risk) <= 2 * shift * (1 + 4) ** 2 + 1e-9


@pytest.mark.parametrize("gap", [6, 8, 12])
@pytest.mark.parametrize("left", [(0,), (0, 2), (0, 1, 3)])
def test_a_cut_costs_little_where_the_gap_is_wide(gap: int, left: tuple[int, ...]) -> None:
    """Step 8: the Bayes risk of both sides together, against that of each and the price W."""
    right = [left[-1] + gap + 2 * place for place in (0, 1)]
    with working_precision(64):
        one = bayes_risk_ball([arb(t) for t in left], [arb(1) / len(left)] * len(left))
        other = bayes_risk_ball([arb(t) for t in right], [arb(1) / 2] * 2)
        both = bayes_risk_ball(
            [arb(t) for t in (*left, *right)],
            [arb(1) / (2 * len(left))] * len(left) + [arb(1) / 4] * 2,
        )
        assert both < (one + other) / 2 + split_cost(arb(gap))
        assert split_cost(arb(2 * gap)) < split_cost(arb(gap)) / 10


@settings(max_examples=30)
@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=6),
    st.fractions(Fraction(1, 50), 30, max_denominator=50),
)
def test_a_plateau_on_every_component_is_paid_for(weights: list[int], kappa: Fraction) -> None:
    """Step 10: whatever the weights, a client errs by κ²/(κ² + 2π) or more."""
    with working_precision(64):
        wide = Plateau(kappa).risk()
        assert mixture_bound(weights, kappa).low.ball() > wide * (1 - arb(10) ** -9)


@settings(max_examples=60)
@given(st.floats(0, 9), st.integers(1, 9), st.floats(1e-6, 0.3), st.integers(0, 40))
def test_counterfeits_pay_for_the_cuts_beside_them(
    c: float, k: int, p: float, counterfeits: int
) -> None:
    """Step 6: N of them cost N, and there are k + N − 1 cuts of p each."""
    affordable = counterfeits <= c + (k + counterfeits - 1) * p
    if affordable:
        assert counterfeits <= (c + k * p) / (1 - p)
        assert c + (k + counterfeits) * p <= (c + k * p) / (1 - p) + 1e-9
    if k * p <= 1 and (c + 2) * p <= 1:
        assert (c + k * p) / (1 - p) <= c + 2 + 1e-9
