"""Cases of sets, at the edge: whole numbers that decide, and that a split leaves no set out."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.functions.normal import cdf
from bounds.lower import set_cases, sets
from bounds.lower.line import Line
from bounds.lower.set_cases import first_case, prove_cases
from bounds.lower.set_information import enough
from bounds.lower.sets import (
    UNIT,
    Case,
    Steps,
    costs,
    costs_at_least,
    farthest,
    gap_cost,
    holds,
    line_at,
    places_of,
    risks,
    splits,
    widest_of,
)

TABLE = 9 * UNIT
WIDE = 100 * UNIT


def test_the_table_of_phi_is_at_most_two_too_small() -> None:
    table = sets._cdf_table()
    assert len(table) == 4 * TABLE + 1
    with working_precision(96):
        for index in (0, 1, 2 * TABLE - 1, 2 * TABLE, 2 * TABLE + 1, 4 * TABLE - 1, 4 * TABLE):
            exact = cdf(arb(index - 2 * TABLE) / 1024) * 2**32
            assert 0 <= exact - int(table[index]) < 2
        for index in range(0, 4 * TABLE, 2111):
            exact = cdf(arb(index - 2 * TABLE) / 1024) * 2**32
            assert 0 <= exact - int(table[index]) < 2


def test_what_gaps_cost_to_the_unit() -> None:
    gaps = np.array([0, 1, 2, UNIT, 5 * UNIT, 2 * TABLE - 1, 2 * TABLE, 2 * TABLE + 1, 10**6])
    with working_precision(96):
        for gap, found in zip(gaps, gap_cost(gaps), strict=True):
            exact = (2 * cdf(arb(int(gap)) / 1024) - 1) * 2**32
            assert 0 <= exact - int(found) < 5 or gap > 2 * TABLE
    assert gap_cost(np.array([0]))[0] == 0
    assert gap_cost(np.array([3]))[0] < gap_cost(np.array([4]))[0]


@pytest.mark.parametrize("gap", [1, 2, 7, 64])
def test_places_are_dense_and_reach_the_ends(gap: int) -> None:
    case: Case = ((0, 0, True), (3, 90, False), (90, 154, True), (160, 160, False))
    for (low, high, _), places in zip(case, places_of(case, gap), strict=True):
        assert (places[0], places[-1]) == (low, high)
        assert all(0 <= b - a <= gap for a, b in pairwise(places))


def chains(case: Case) -> list[tuple[int, ...]]:
    """Every choice of an end in each taken stretch."""
    return list(product(*({low, high} for low, high, taken in case if taken)))


def cost(points: list[int]) -> int:
    ordered = np.array(sorted(points), dtype=np.int64)
    return int(gap_cost(np.diff(ordered)).sum())


CASES: list[Case] = [
    ((0, 0, True), (100, 700, True)),
    ((0, 0, True), (50, 90, False), (100, 300, False), (300, 900, True), (1200, 1300, True)),
    ((0, 0, True), (80, 200, True), (200, 600, False), (700, 900, True), (900, 1500, False),
     (1500, 2500, True), (2600, 2700, True)),
    ((0, 0, True), (20 * UNIT, 24 * UNIT, True)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_cost_at_a_place_is_the_least_over_ends(case: Case) -> None:
    places, masses = costs(case, WIDE, 100)
    index = 0
    for number, (low, high, taken) in enumerate(case):
        before = sum(stretch[2] for stretch in case[:number])
        for place in places_of(case, 100)[number]:
            assert places[index] == place
            assert low <= place <= high
            least = min(
                cost([*chain[:before], int(place), *chain[before + taken :]])
                for chain in chains(case)
            )
            assert masses[index] == least
            index += 1
    assert index == len(places)
    least = min(cost([*chain]) for chain in chains(case))
    assert costs_at_least(case, WIDE, Fraction(least, 2**32))
    assert not costs_at_least(case, WIDE, Fraction(2 * least + 1, 2**33))


@given(
    values=st.lists(st.integers(0, 6 * UNIT), min_size=2, max_size=12).map(sorted),
    first=st.integers(-3 * UNIT, UNIT),
    width=st.integers(8, UNIT),
    place=st.integers(0, 6 * UNIT),
)
@settings(max_examples=60)
def test_a_risk_is_off_by_no_more_than_is_told(
    values: list[int], first: int, width: int, place: int
) -> None:
    found = int(risks(Steps(first, width, np.array(values)), np.array([place]))[0])
    with working_precision(96):
        exact = arb(values[-1] - place) ** 2
        for number, (a, b) in enumerate(pairwise(values)):
            chance = cdf(arb(first + number * width - place) / UNIT)
            exact -= ((b - place) ** 2 - (a - place) ** 2) * chance
        hull = arb(max(values[-1], place)) / UNIT
        assert abs(exact / UNIT**2 - arb(found) / 2**50) <= 3 * hull * hull / 2**31


def needed(case: Case, beta: Fraction, estimate: Steps, gap: int) -> Fraction:
    """The least α for which the condition holds, as the docstring of `sets` has it."""
    hull = Fraction(case[-1][1], UNIT)
    far = Fraction(farthest(estimate, case[-1][1]), UNIT)
    places, masses = costs(case, WIDE, gap)
    bend = (97 * far**2 + 548 * far + 818) / 100 * Fraction(gap, UNIT) ** 2 / 8
    slope = int(beta * 2**20)
    level = max(
        int(risk) - (slope * int(mass) >> 2)
        for risk, mass in zip(risks(estimate, places), masses, strict=True)
    )
    return Fraction(level, 2**50) + bend + 3 * hull**2 / 2**31


ESTIMATES = [
    Steps(-UNIT, UNIT // 4, np.array([0, 10, 80, 200, 320, 500, 620, 700])),
    Steps(0, 300, np.array([0, 700])),
    Steps(-50, 200, np.array([20, 20, 350, 660])),
]


@pytest.mark.parametrize("estimate", ESTIMATES)
@pytest.mark.parametrize("beta", ["0", "0.37", "2"])
@pytest.mark.parametrize(("number", "gap"), [(0, 4), (0, 100), (1, 50)])
def test_a_case_holds_from_one_alpha_on(estimate: Steps, beta: str, number: int, gap: int) -> None:
    case, slope = CASES[number], Fraction(beta)
    alpha = needed(case, slope, estimate, gap)
    line = Line(alpha, slope, Fraction(100))
    assert holds(case, line, estimate, gap)
    assert not holds(case, replace(line, alpha=alpha - Fraction(1, 10**15)), estimate, gap)


@pytest.mark.parametrize(
    ("values", "good"),
    [([0, 700], True), ([-1, 700], False), ([0, 701], False), ([5, 4], False), ([700, 0], False),
     ([4, 4], True), ([0], False), ([0, 300, 299, 700], False)],
)  # fmt: skip
def test_an_estimate_rises_within_the_hull(values: list[int], good: bool) -> None:
    estimate = Steps(0, 100, np.array(values))
    assert holds(CASES[0], Line(*map(Fraction, (100, 1, 5))), estimate, 8) is good


def test_the_widest_hull_is_let_in() -> None:
    for hull, good in ((sets.MOST_HULL, True), (sets.MOST_HULL + 1, False)):
        case: Case = ((0, 0, True), (hull, hull, True))
        estimate = Steps(0, 9, np.array([0, 9]))
        assert holds(case, Line(*map(Fraction, (2000, 0, 5))), estimate, 8) is good
    # sums of squares of its places, times 2³², fit into 64 bits
    assert sets.MOST_HULL**2 << 32 < 2**63 // 2


@given(st.fractions(-2, 2), st.fractions(0, 4), st.integers(0, 2**33))
@settings(max_examples=40)
def test_a_line_is_rounded_down(alpha: Fraction, beta: Fraction, mass: int) -> None:
    found = int(line_at(alpha, beta, np.array([mass]))[0])
    exact = (alpha + beta * Fraction(mass, 2**32)) * 2**50
    assert exact - 2**32 < found <= exact


def test_an_estimate_may_be_farthest_at_either_end() -> None:
    assert farthest(Steps(5, 9, np.array([700, 700])), 700) == 700
    assert farthest(Steps(690, 9, np.array([0, 0])), 700) == 700
    assert farthest(Steps(5, 9, np.array([0, 0])), 700) == 700


# How cases are split


def in_order(case: Case) -> bool:
    ends = [end for low, high, _ in case for end in (low, high)]
    return ends == sorted(ends) and case[0] == (0, 0, True) and case[-1][2]


def has(case: Case, points: set[int]) -> bool:
    covered = all(any(low <= point <= high for low, high, _ in case) for point in points)
    return covered and all(
        any(low <= point <= high for point in points) for low, high, taken in case if taken
    )


@pytest.mark.parametrize(("low", "high"), [(4, 5), (4, 6), (4, 7), (4, 11), (4, 12), (4, 4)])
@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("apart", [0, 3])
@pytest.mark.parametrize("last", [True, False])
def test_no_set_of_a_case_is_left_out(
    low: int, high: int, taken: bool, last: bool, apart: int
) -> None:
    if last and not taken:
        return
    case: Case = ((0, 0, True), (low, high, taken), *(() if last else ((high + apart, 20, True),)))
    rest = [] if last else [20]
    inner = range(low, high + 1)
    every = [set(c) for n in range(4) for c in combinations(inner, n)]
    for parts in splits(case, 1):
        for part in parts:
            assert in_order(part)
        for points in every:
            if has(case, {0, *points, *rest}):
                assert any(has(part, {0, *points, *rest}) for part in parts)
        for part in parts:  # each is narrower, where it can be
            assert high - low < 2 or part != case or (not taken and part[1] == (low, high, True))
    if taken:
        assert len(splits(case, 1)) == (0 if high - low < 2 else 1 if last else 2)
    else:
        assert len(splits(case, 1)) == 4


def test_an_open_stretch_is_split_in_four_ways() -> None:
    case: Case = ((0, 0, True), (8, 24, False), (40, 50, True))
    first, end = case[0], case[2]
    opened = [
        (first, *((low, high, n == k) for n, (low, high) in enumerate(parts)), end)
        for parts, k in (
            (((8, 24),), 0),
            (((8, 16), (16, 24)), 0),
            (((8, 12), (12, 20), (20, 24)), 1),
            (((8, 16), (16, 24)), 1),
        )
    ]
    assert [parts[0] for parts in splits(case, 1)] == opened
    assert [parts[1] for parts in splits(case, 1)] == [
        tuple(stretch for stretch in part if stretch in (first, end) or not stretch[2])
        for part in opened
    ]


def test_the_first_cases_hold_every_hull() -> None:
    assert first_case(0) == ((0, 0, True), (0, UNIT // 2, True))
    assert first_case(1) == ((0, 0, True), (0, UNIT // 2, False), (UNIT // 2, UNIT, True))
    assert first_case(5)[1:] == ((0, 5 * UNIT // 2, False), (5 * UNIT // 2, 3 * UNIT, True))


def narrow(case: Case) -> bool:
    return all(high - low <= UNIT // 8 for low, high, taken in case if taken)


def guided(monkeypatch: pytest.MonkeyPatch, refused: Any = None) -> tuple[list[Case], list[Any]]:
    """Cases are proved where they are narrow, else split at their widest taken stretch."""
    proved: list[Case] = []
    asked: list[Any] = []

    def is_proved(case: Case, *given: Any) -> bool:
        asked.append(given)
        if narrow(case) and case != refused:
            proved.append(case)
        return narrow(case) and case != refused

    def judged(case: Case, *given: Any) -> str:
        if is_proved(case, *given):
            return "-"
        widths = [(high - low, index) for index, (low, high, taken) in enumerate(case) if taken]
        return set_cases._LETTERS[4 * max(widths)[1]]

    monkeypatch.setattr(set_cases, "_judged", judged)
    monkeypatch.setattr(set_cases, "_is_proved", is_proved)
    return proved, asked


LINE = Line(Fraction(1, 9), Fraction(1, 3), Fraction(5))


@pytest.mark.step("a case that a guide leaves whole is proved")
def test_every_case_of_a_guide_is_judged_and_together_they_are_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proved, asked = guided(monkeypatch)
    case: Case = ((0, 0, True), (UNIT // 4, UNIT // 2, True), (UNIT // 2, UNIT, True))
    done, guide = prove_cases(case, LINE, None, False)
    assert done == len(proved) == guide.count("-") > 7
    assert {given[-1] for given in asked} == {False}
    found = list(proved)
    points = range(UNIT // 4, UNIT + 1, UNIT // 16)
    for pair in combinations(points, 2):
        if has(case, {0, *pair}):
            assert any(has(part, {0, *pair}) for part in found)
    proved.clear()
    asked.clear()
    assert prove_cases(case, LINE, guide) == (done, guide)
    assert proved == found
    assert len(asked) == done
    assert set(asked) == {(LINE, enough(LINE.alpha, LINE.beta), "-")}
    asked.clear()
    assert prove_cases(case, LINE, guide, far=Fraction(3)) == (done, guide)
    assert set(asked) == {(LINE, Fraction(3), "-")}
    proved[:] = found
    assert prove_cases(case, LINE, guide, most=done)[0] == done
    for number in (0, len(found) // 2, -1):
        guided(monkeypatch, refused=found[number])
        with pytest.raises(Inconclusive, match="may be above"):
            prove_cases(case, LINE, guide)


@pytest.mark.step("a case without an estimate is proved, drawn or not")
def test_of_a_guide_every_split_is_walked_and_the_estimates_that_are_drawn_are_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case: Case = ((0, 0, True), (UNIT // 4, UNIT // 2, True), (UNIT // 2, UNIT, True))
    guided(monkeypatch)
    done, guide = prove_cases(case, LINE, None, False)
    places = [place for place, letter in enumerate(guide) if letter == "-"]
    estimated = {places[n] for n in (1, 4, 5)}
    told = "".join("+" if place in estimated else each for place, each in enumerate(guide))
    for drawn, wanted in ((None, [1, 4, 5]), ({4, 6}, [4]), ({1, 5}, [1, 5]), ((), [])):
        proved, asked = guided(monkeypatch)
        assert prove_cases(case, LINE, told, drawn=drawn) == (done, told)
        letters = [given[-1] for given in asked]
        assert len(proved) == done - 3 + len(wanted)  # those without an estimate are, always
        assert letters.count("+") == len(wanted)
    with pytest.raises(Inconclusive, match="no split has that letter"):
        prove_cases(case, LINE, told.replace("+", "~", 1), drawn=())


def test_a_search_ends_with_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    case: Case = ((0, 0, True), (UNIT // 2, UNIT, True))
    proved, _ = guided(monkeypatch)
    assert prove_cases(case, LINE, None, True, 3)[0] == 4
    with pytest.raises(Inconclusive, match=r"\(1.0, 1.0\)|0.5"):
        prove_cases(case, LINE, None, True, 1)
    assert len(proved) > 4


def test_letters_tell_the_stretch_and_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    case: Case = ((0, 0, True), (64, 128, False), (128, 256, True), (256, 512, True))
    for index in (1, 2, 3):
        for way, parts in enumerate(splits(case, index)):
            seen: list[Case] = []
            monkeypatch.setattr(
                set_cases, "_is_proved", lambda part, *_, seen=seen: seen.append(part) or True
            )
            letter = set_cases._LETTERS[4 * index + way]
            assert prove_cases(case, LINE, f"{letter}--") == (2, f"{letter}--")
            assert sorted(seen) == sorted(parts)
    letters = set_cases._LETTERS
    assert len(set(letters)) == len(letters) > 4 * 100
    assert not {"-", "!", *"*+,./"} & set(letters)


def test_a_case_is_done_by_a_gap_or_by_its_mass_alone() -> None:
    """The gap reaches G, or M reaches M₀, to the unit."""
    for gap, good in ((5 * UNIT, True), (5 * UNIT - 1, False)):
        case: Case = ((0, 0, True), (9, UNIT, False), (UNIT + gap, 7 * UNIT, True))
        assert set_cases._is_done(case, LINE, Fraction(9)) is good
    dear: Case = ((0, 0, True), (UNIT, 2 * UNIT, True))
    least = Fraction(int(gap_cost(np.array([UNIT]))[0]), 2**32)
    assert set_cases._is_done(dear, LINE, least)
    assert not set_cases._is_done(dear, LINE, least + Fraction(1, 2**40))


@pytest.mark.step("G is rounded up")
@pytest.mark.parametrize("widest", ["5", "79/16", "2.7182818"])
def test_the_widest_gap_is_rounded_up(widest: str) -> None:
    line = replace(LINE, widest=Fraction(widest))
    assert 0 <= widest_of(line) - line.widest * UNIT < 1
    assert isinstance(widest_of(line), int)


@pytest.mark.parametrize("over", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("proved", ["*", ",", ""])
@pytest.mark.parametrize("split", [None, (2, 3)])
def test_a_case_is_judged_by_what_is_proved(
    over: float, done: bool, proved: str, split: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the search a case is as the first letter tells that holds."""
    monkeypatch.setattr(set_cases, "_is_done", lambda *_: done)
    monkeypatch.setattr(set_cases, "_holds", lambda *given: given[-1] == proved)
    monkeypatch.setattr(set_cases, "excess", lambda *_: (over, None, None))
    monkeypatch.setattr(set_cases, "best_split", lambda *_: split)
    found = set_cases._judged(first_case(1), LINE, Fraction(2), True)
    if done:
        assert found == "-"
    elif over < 0 and proved:
        assert found == proved
    else:
        assert found == ("!" if split is None else set_cases._LETTERS[11])
    # a guide is believed in nothing: its letter, or a finer one, is to hold
    for letter in set_cases._LEAVES:
        finer = set_cases._ESTIMATED.find(letter) <= set_cases._ESTIMATED.find(proved)
        wanted = done if letter == "-" else bool(proved) and finer
        assert set_cases._is_proved(first_case(1), LINE, Fraction(2), letter) is wanted


def test_a_letter_tells_the_accuracy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    prior, places = np.array([0.5, 0.5]), np.array([0.0, 2.0])
    case: Case = ((0, 0, True), (2 * UNIT, 2 * UNIT, True))
    held = True

    def told(*given: Any) -> bool:
        assert given[:2] == (case, LINE)
        asked.append((given[3], given[2].width))
        return held

    monkeypatch.setattr(set_cases, "holds", told)
    for letter in "*+,./":
        assert set_cases._holds(case, LINE, places, prior, letter)
    assert asked == [*set_cases._ACCURACIES]
    held = False
    assert not set_cases._holds(case, LINE, places, prior, "*")


def test_the_bound_of_the_bend_is_above_its_moments() -> None:
    """K = E|e² (Z² − 1)| + 4 E|e Z| + 2 at most, for |e| ≤ s + |Z|."""
    with mpmath.workdps(20):
        moments = [
            mpmath.quad(lambda z, k=k: z**k * abs(z * z - 1) * mpmath.npdf(z), [0, 1, 12]) * 2
            for k in range(3)
        ]
        first = 2 * mpmath.npdf(0)
        square = moments[0]
        linear = 2 * moments[1] + 4 * first
        constant = moments[2] + 4 + 2
        assert (square < 0.97, linear < 5.48, constant < 8.18) == (True, True, True)
