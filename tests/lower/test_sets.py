"""Cases of sets: costs and risks against plain sums, and that no step of the proof can go."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import norm

from bounds.certify.numbers.precision import working_precision
from bounds.lower import sets
from bounds.lower.any_set import gap_mass
from bounds.lower.line import Line
from bounds.lower.set_search import estimate_of, excess
from bounds.lower.sets import (
    UNIT,
    Case,
    Steps,
    costs,
    costs_at_least,
    farthest,
    gap_cost,
    holds,
    risks,
    span_cost,
    splits,
)

WIDE = 100 * UNIT

TWO: Case = ((0, 0, True), (2 * UNIT, 2 * UNIT, True))
THREE: Case = ((0, 0, True), (UNIT, 3 * UNIT // 2, True), (2 * UNIT, 5 * UNIT // 2, False),
               (3 * UNIT, 7 * UNIT // 2, True))  # fmt: skip


def mass(points: list[float]) -> float:
    return sum(2 * norm.cdf((b - a) / 2) - 1 for a, b in pairwise(sorted(points)))


@pytest.mark.step("a gap costs no more than it is said to")
@given(st.integers(0, 12 * UNIT))
def test_what_a_gap_costs_is_rounded_down_by_little(gap: int) -> None:
    with working_precision(96):
        exact = gap_mass(arb(gap) / UNIT) * 2**32
        found = int(gap_cost(np.array([gap]))[0])
        assert arb(found) <= exact
        assert exact < found + 5


@pytest.mark.step("the points of the others are at their worst ends")
@given(st.data())
def test_no_set_of_a_case_costs_less(data: st.DataObject) -> None:
    inside = [data.draw(st.integers(low, high)) for low, high, taken in THREE if taken]
    places, masses = costs(THREE, WIDE, UNIT // 8)
    index = data.draw(st.integers(0, len(places) - 1))
    points = [*(place / UNIT for place in inside), places[index] / UNIT]
    assert masses[index] / 2**32 <= mass(points) + 1e-8


@pytest.mark.step("and what is left of a span costs as one gap")
@given(st.lists(st.integers(1, 2 * UNIT), min_size=2, max_size=9), st.data())
def test_no_set_of_small_gaps_costs_less_than_its_span(
    gaps: list[int], data: st.DataObject
) -> None:
    """p(d) ≤ the sum of q, for every number n of gaps G that is told to be within the span."""
    widest, span = max(gaps), sum(gaps)
    least = data.draw(st.integers(0, span))
    found = int(span_cost(np.array([span]), widest, least)[0])
    assert found <= int(gap_cost(np.array(gaps)).sum()) + 5 * len(gaps)
    whole, rest = divmod(span, widest)
    if least >= whole * widest:  # then it is reached
        ends = np.array([*[widest] * whole, rest])
        assert found == int(gap_cost(ends).sum())


LONG: Case = ((0, 0, True), (0, 3 * UNIT, False), (3 * UNIT, 4 * UNIT, True),
              (4 * UNIT, 9 * UNIT, False), (9 * UNIT, 10 * UNIT, True))  # fmt: skip


@pytest.mark.step("whole gaps G only where stretches are that far apart")
@pytest.mark.heavy
@settings(max_examples=200)
@given(st.data())
def test_no_set_without_wide_gaps_costs_less(data: st.DataObject) -> None:
    """Points all over a case, G their widest gap: at each of them M(θ) is at most M(S)."""
    points = {0}
    for low, high, taken in LONG[1:]:
        few = st.lists(st.integers(low, high), min_size=taken, max_size=4)
        points |= set(data.draw(few))
    chain = np.array(sorted(points))
    widest, total = int(np.diff(chain).max()), int(gap_cost(np.diff(chain)).sum())
    places, masses = costs(LONG, widest, 1)
    assert masses[np.isin(places, chain)].max() <= total + 5 * len(points)
    assert not costs_at_least(LONG, widest, Fraction(total + 5 * len(points) + 1, 2**32))


def test_gaps_below_g_are_counted_on_each_side_of_a_place() -> None:
    """Points of THREE no more than 1 apart cost what a chain with gaps of 1 does, by hand."""
    places, masses = costs(THREE, UNIT, UNIT // 8)
    for place, least in zip(places / UNIT, masses / 2**32, strict=True):
        seconds = (place,) if 1 <= place <= 1.5 else (1, 1.5)
        thirds = (place,) if place >= 3 else (3, 3.5)
        one, some = mass([0, 1]), []
        for second in seconds:
            for third in thirds:
                total = one + mass([1, second])  # 0 and the second stretch are 1 apart
                if 2 <= place <= 2.5:  # and the third is as far from the place at least
                    total += mass([second, place]) if place < 2.5 + 1 else 0
                    total += mass([place, third])
                else:
                    total += one + mass([second + 1, third])
                some.append(total)
        assert least == pytest.approx(min(some), abs=1e-7)


def test_the_cost_is_reached_by_points_at_ends() -> None:
    places, masses = costs(THREE, WIDE, UNIT // 8)
    for place, least in zip(places / UNIT, masses / 2**32, strict=True):
        seconds = (place,) if 1 <= place <= 1.5 else (1, 1.5)
        thirds = (place,) if place >= 3 else (3, 3.5)
        reached = min(mass([0, place, second, third]) for second in seconds for third in thirds)
        assert least == pytest.approx(reached, abs=1e-7)


@pytest.mark.heavy
def test_risks_against_an_integral() -> None:
    values = np.array([0, 100, 300, 700, 1000, 1024])
    estimate = Steps(-UNIT, UNIT // 2, values)
    steps = (estimate.first + estimate.width * np.arange(5)) / UNIT
    x = np.linspace(-12, 14, 2_000_001)
    told = values[np.searchsorted(steps, x, side="right")] / UNIT
    for place in (0, 300, 1024):
        theta = place / UNIT
        plain = np.trapezoid((told - theta) ** 2 * norm.pdf(x - theta), x)
        found = int(risks(estimate, np.array([place]))[0]) / 2**50
        assert found == pytest.approx(plain, abs=2e-5)


def level(alpha: float | Fraction, beta: float = 0) -> Line:
    return Line(Fraction(alpha), Fraction(beta), Fraction(100))


def best(case: Case, alpha: float, beta: float, width: int = 8) -> Steps:
    _, places, prior = excess(case, level(alpha, beta))
    return estimate_of(places, prior, case[-1][1], width)


def test_two_points_are_told_apart_from_a_line_below_their_risk() -> None:
    """B(1) = 0.4495…: a line is proved just above it and refused just below."""
    risk = 0.44955
    estimate = best(TWO, risk, 0)
    assert holds(TWO, level(risk + 5e-4), estimate, 2)
    assert not holds(TWO, level(risk - 5e-4), estimate, 2)


@pytest.mark.step("every place is compared")
def test_every_place_of_a_case_counts() -> None:
    """The estimate 0 has no risk at 0 and the risk 4 at 2."""
    nothing = Steps(0, UNIT, np.array([0, 0]))
    assert not holds(TWO, level(2), nothing, 2)
    assert holds(TWO, level(4.1), nothing, 2)


@pytest.mark.step("δ never falls", "δ stays in the hull, on the right", "and on the left")
def test_an_estimate_that_falls_or_leaves_the_hull_is_refused() -> None:
    good = best(TWO, 0.46, 0)
    assert holds(TWO, level(0.46), good, 2)
    fallen = good.values.copy()
    fallen[0] = 1
    outside = np.maximum(good.values, good.values[-1] + 1)
    for values in (fallen, outside, good.values - 1, good.values[:1]):
        assert not holds(TWO, level(9), Steps(good.first, 8, values), 2)


@pytest.mark.step("Kη²/8 is paid", "the bend of the risk counts")
def test_what_lies_between_places_counts() -> None:
    """Kη²/8: without it a risk that is largest in between would be accepted."""
    case: Case = ((0, 0, True), (0, 2 * UNIT, False), (2 * UNIT, 2 * UNIT, True))
    estimate = best(case, 0.6, 0)
    coarse, fine = (risks(estimate, costs(case, WIDE, gap)[0]).max() for gap in (UNIT, 2))
    assert fine >= coarse
    line = level(Fraction(int(fine), 2**50) + Fraction(1, 1000))
    assert holds(case, line, estimate, 2)
    assert not holds(case, line, estimate, UNIT)


HULL = 6 * UNIT


def drawn(data: st.DataObject, hull: int = HULL) -> Steps:
    """A step function that never falls, from −1 on."""
    count = data.draw(st.integers(2, 30))
    values = sorted(data.draw(st.lists(st.integers(0, hull), min_size=count, max_size=count)))
    return Steps(-UNIT, data.draw(st.integers(8, UNIT // 2)), np.array(values))


def told(estimate: Steps, x: NDArray[np.float64]) -> NDArray[np.float64]:
    steps = estimate.first + estimate.width * np.arange(len(estimate.values) - 1)
    return estimate.values[np.searchsorted(steps, x * UNIT, side="right")] / UNIT


@pytest.mark.step(
    "and grows with the distance of the estimate",
    "at both ends of a step",
    "and on the last one, up to the end of the hull",
)
@given(st.data())
def test_how_far_an_estimate_is_from_its_sample(data: st.DataObject) -> None:
    """s against a fine grid, on which it is reached but for a step of the grid."""
    estimate = drawn(data)
    x = np.arange(-2, HULL / UNIT + 20, 1 / (4 * UNIT))
    most = np.abs(told(estimate, x) - np.clip(x, 0, HULL / UNIT)).max() * UNIT
    assert most <= farthest(estimate, HULL) <= most + 1


@settings(max_examples=30)
@given(st.data())
def test_the_risk_bends_by_at_most_k(data: st.DataObject) -> None:
    """r″ by differences of an integral, against K = (97s² + 548s + 818)/100."""
    estimate = drawn(data)
    s = farthest(estimate, HULL) / UNIT
    x = np.linspace(-9, HULL / UNIT + 9, 20_001)
    guess = told(estimate, x)
    for theta in np.linspace(0, HULL / UNIT, 13):
        e, z = guess - theta, x - theta
        bend = np.trapezoid((e * e * (z * z - 1) - 4 * e * z + 2) * norm.pdf(z), x)
        assert abs(bend) <= (97 * s * s + 548 * s + 818) / 100 + 1e-3


def test_the_widest_hull_is_within_64_bits() -> None:
    """Sums of whole numbers against Python's own, for the largest steps that there are."""
    hull = sets.MOST_HULL
    estimate = Steps(hull // 2, UNIT, np.array([0, hull]))
    table = sets._cdf_table()
    for place in (0, hull // 2, hull):
        below = int(table[2 * (int(np.clip(hull // 2 - place, -9 * UNIT, 9 * UNIT)) + 9 * UNIT)])
        exact = ((hull - place) ** 2 << 32) - below * hull * hull + 2 * place * below * hull
        assert int(risks(estimate, np.array([place]))[0]) == exact
        assert abs(exact) < 2**63


@pytest.mark.step("no sum is beyond 64 bits")
def test_hulls_beyond_whole_numbers_of_64_bits_are_refused() -> None:
    case: Case = ((0, 0, True), (sets.MOST_HULL + 1, sets.MOST_HULL + 1, True))
    flat = Steps(0, UNIT, np.array([0, 0]))
    assert not holds(case, level(10**6), flat, 2)


@pytest.mark.step("sets that need no estimate cost enough")
def test_sets_that_cost_enough_need_no_estimate() -> None:
    assert costs_at_least(TWO, WIDE, Fraction("0.6826"))  # q(2) = 0.68268…
    assert not costs_at_least(TWO, WIDE, Fraction("0.6827"))


@pytest.mark.step("an open stretch that holds a point, or none")
@given(st.data())
def test_the_parts_of_a_case_cover_it(data: st.DataObject) -> None:
    case: Case = ((0, 0, True), (UNIT, 3 * UNIT, False), (3 * UNIT, 4 * UNIT, True),
                  (4 * UNIT, 4 * UNIT + 200, False), (5 * UNIT, 6 * UNIT, True))  # fmt: skip
    points = {0}
    for low, high, taken in case[1:]:
        points |= set(data.draw(st.lists(st.integers(low, high), min_size=taken, max_size=3)))
    index = data.draw(st.integers(1, len(case) - 1))
    for parts in splits(case, index):
        assert any(_holds_set(part, points) for part in parts)
        assert all(part[-1][2] and part[0] == (0, 0, True) for part in parts)


def _holds_set(case: Case, points: set[int]) -> bool:
    covered = all(any(low <= point <= high for low, high, _ in case) for point in points)
    return covered and all(
        any(low <= point <= high for point in points) for low, high, taken in case if taken
    )
