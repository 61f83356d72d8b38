"""Lines above the risk of every set: proved, tight where claimed, and refuted when lowered."""

import itertools
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import heavy
from scipy.stats import norm

import bounds
from bounds.certify.errors import Inconclusive, Notice
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import set_cases, support_lines
from bounds.lower.any_set import gap_mass
from bounds.lower.attacks import CHAINS, rough_two_point_risk
from bounds.lower.line import Line
from bounds.lower.set_cases import _LETTERS, first_case, found_guide, prove_cases, stored_guides
from bounds.lower.set_information import enough
from bounds.lower.support_lines import (
    LINES,
    best_line,
    distant_line,
    far_mass,
    first_cases,
    is_distant,
    prove_line,
    split_cost,
)
from bounds.lower.two_point import risk as two_point_risk

RATIO = 0.66104640


def test_a_line_is_proved() -> None:
    assert all(count > 0 for count in prove_line(LINES[5]).pieces.values())


@pytest.mark.step("a gap costs what the wrong side errs by")
@pytest.mark.parametrize("gap", [3.0, 4.5, 5.0, 6.0])
@pytest.mark.parametrize("half", [0.3, 0.937, 1.0])
def test_taking_the_nearer_side_of_a_gap_costs_at_most_w(gap: float, half: float) -> None:
    """Step 1 by sums: two pairs, the two-point estimate of the side taken, moved towards X."""
    middles, move = np.array([-half - gap / 2, half + gap / 2]), gap / 2 - 1
    x = np.linspace(-18, 18, 200_001)
    right = x > 0
    middle = middles[right.astype(int)]
    estimate = middle + half * np.tanh(half * (x - middle))
    estimate = np.where(right, np.minimum(estimate, x + move), np.maximum(estimate, x - move))
    with working_precision(64):
        own, most = float(two_point_risk(arb(half))), float(split_cost(arb(gap)))
    for mean in (*(middles - half), *(middles + half)):
        found = np.trapezoid((estimate - mean) ** 2 * norm.pdf(x - mean), x)
        assert found <= own + most + 1e-9


def test_a_line_is_proved_by_cases_as_its_guide_has_it() -> None:
    """Every case is decided anew, so a guide for another line proves nothing."""
    line = LINES[5]
    guides = stored_guides()[line.key()]
    assert len(guides) == first_cases(line)
    case, guide = first_case(3), guides[3]
    far = far_mass(line)
    done, same = prove_cases(case, line, guide, far=far)
    assert same == guide
    assert done == (len(guide) + 1) // 2
    with pytest.raises(Inconclusive, match="may be above"):
        prove_cases(case, replace(line, alpha=line.alpha - Fraction(1, 100)), guide, far=far)
    with pytest.raises(Inconclusive, match="may be above"):
        prove_cases(case, line, guide[:-1] + "!", far=far)
    with pytest.raises(Inconclusive, match="may be above"):
        prove_cases(case, line, "-", far=far)
    for letters in ("~", "\x00", _LETTERS[-1]):  # none of them, and a stretch that is not there
        with pytest.raises(Inconclusive, match="no split has that letter"):
            prove_cases(case, line, letters, far=far)


@pytest.mark.parametrize("text", ["", '{"a": ["-"', "[]", '{"a": null}', '{"a": [7]}', '{"a": 7}'])
def test_guides_that_cannot_be_read_are_searched_for(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = tmp_path / "set_cases.json"
    stored.write_text(text, encoding="utf-8")
    monkeypatch.setattr(set_cases, "STORED", stored)
    told = "cannot be read.*write the file by python -m bounds.lower.support_lines"
    with pytest.warns(Notice, match=told):
        assert stored_guides.__wrapped__() == {}
    stored.unlink()
    with pytest.warns(Notice, match=told):
        assert stored_guides.__wrapped__() == {}
    monkeypatch.setattr(support_lines, "stored_guides", dict)
    assert support_lines._guides_for(LINES[3]) == []
    with pytest.raises(Inconclusive, match="no guide is stored"):
        support_lines._guides_for(replace(LINES[3], alpha=Fraction(1, 50)))


@pytest.mark.step("a line that serves from a mass on is proved")
def test_a_line_rests_on_the_next_flatter_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """From M₀ on that one lies below, or the bound by information; it is proved as well."""
    for line, flatter in itertools.pairwise(LINES):
        far = far_mass(line)
        assert flatter.at(far) <= line.at(far)
        assert flatter.at(far - Fraction(1, 100)) > line.at(far - Fraction(1, 100))
    last = LINES[-1]
    assert far_mass(last) == enough(last.alpha, last.beta)
    assert first_cases(LINES[-2]) < first_cases(last)
    asked: list[Line] = []
    prove = support_lines.prove_line.__wrapped__
    monkeypatch.setattr(support_lines, "prove_line", asked.append)
    monkeypatch.setattr(support_lines, "_kept_cases", lambda _: [1])
    prove(LINES[-2])
    assert asked == [last]
    prove(last)
    assert asked == [last]


@pytest.mark.parametrize("number", [2, heavy(3)])
def test_a_guide_is_found_again_where_there_are_few_cases(number: int) -> None:
    line = LINES[4]
    guide = found_guide(first_case(number), line, far_mass(line))
    found = prove_cases(first_case(number), line, guide, far=far_mass(line))
    assert found == ((len(guide) + 1) // 2, guide)


def test_a_search_that_fails_in_one_way_is_made_in_the_other_and_with_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[bool, int]] = []

    def prove(*given: Any) -> tuple[int, str]:
        asked.append(given[-3:-1])
        if len(asked) < 4:
            raise Inconclusive("not within this budget")
        return 2, "0--"

    monkeypatch.setattr(set_cases, "prove_cases", prove)
    assert found_guide(first_case(1), Line(*map(Fraction, (0, 1, 5)))) == "0--"
    small, large = set_cases._BUDGETS[:2]
    assert asked == [(False, small), (True, small), (False, large), (True, large)]
    monkeypatch.setattr(set_cases, "_BUDGETS", (small,))
    asked.clear()
    with pytest.raises(Inconclusive, match="too low"):
        found_guide(first_case(1), Line(*map(Fraction, (0, 1, 5))))


@pytest.mark.step("an estimate is one that is proved")
def test_what_the_search_says_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It claims that the estimate 0 will do for two means 2 apart."""
    found = (-1.0, np.array([0.0]), np.array([1.0]))
    monkeypatch.setattr(set_cases, "excess", lambda *_: found)
    two = ((0, 0, True), (2 * 512, 2 * 512, True))
    with pytest.raises(Inconclusive, match="may be above"):
        prove_cases(two, Line(Fraction(1, 10), Fraction(0), Fraction(7)), "*", far=Fraction(9))


@pytest.mark.step("a case with a gap G is split there, and no other")
def test_a_gap_is_no_case_to_prove() -> None:
    """Two points 6 apart: split at the gap with G = 5, and to be proved with G = 7."""
    far = ((0, 0, True), (6 * 512, 6 * 512, True))
    line, most = Line(*map(Fraction, (0, 0, 5))), Fraction(9)
    assert prove_cases(far, line, far=most) == (1, "-")
    with pytest.raises(Inconclusive):
        prove_cases(far, replace(line, widest=Fraction(7)), most=3, far=most)


@pytest.mark.campaign
@pytest.mark.parametrize("line", LINES)
def test_every_line_is_proved(line: Line) -> None:
    assert prove_line(line).line == line


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (replace(LINES[5], widest=Fraction(3)), "costs less than it may confuse"),
        (Line(Fraction("0.55"), Fraction("0.15"), Fraction(47, 8)), "no guide"),
        (replace(LINES[0], alpha=Fraction("0.0180")), "may be above the line"),
        (replace(LINES[5], alpha=Fraction("0.1562")), "may be above the line"),
    ],
)
def test_a_lower_line_or_a_smaller_gap_is_refused(line: Line, told: str) -> None:
    with pytest.raises(Inconclusive, match=told):
        prove_line(line)


def test_up_to_0_71_the_envelope_is_known_to_a_thousandth() -> None:
    for mass in np.linspace(0.05, 0.71, 300):
        above = min(RATIO * mass, *(float(line.alpha) + float(line.beta) * mass for line in LINES))
        below = rough_two_point_risk(mass) if mass > 0.6511 else RATIO * mass
        assert below < above + 1e-6
        assert above < 1.001 * below


def test_no_chain_is_above_a_line() -> None:
    with working_precision(64):
        for chain in CHAINS:
            risk, cost = chain.risk(), chain.cost()
            for line in LINES:
                assert risk < to_ball(line.alpha) + to_ball(line.beta) * cost


@settings(max_examples=25)
@given(st.lists(st.floats(0.2, 5.5), min_size=1, max_size=4))
def test_no_prior_on_few_means_is_above_a_line(gaps: list[float]) -> None:
    """Hill-climbing over the weights of a prior on any means: its Bayes risk is below each line."""
    means = np.concatenate([[0.0], np.cumsum(gaps)])
    x = np.linspace(-7, means[-1] + 7, 900)
    density = np.exp(-((x[:, None] - means) ** 2) / 2) / np.sqrt(2 * np.pi)
    weights = np.full(len(means), 1 / len(means))
    for _ in range(60):  # towards the means where the Bayes estimate errs most
        joint = density * weights
        estimate = joint @ means / joint.sum(axis=1)
        risks = ((estimate[:, None] - means) ** 2 * density).sum(axis=0) * (x[1] - x[0])
        found = float(weights @ risks)
        weights = weights * risks**0.5
        weights /= weights.sum()
    with working_precision(53):
        mass = sum(float(gap_mass(arb(gap))) for gap in gaps)
    for line in LINES:
        assert found < float(line.alpha) + float(line.beta) * mass


@pytest.mark.parametrize("kappa", [Fraction(1, 2), 1, 3, 10, 1000])
def test_some_line_is_below_1_at_every_budget(kappa: Fraction) -> None:
    line = distant_line(Fraction(kappa))
    assert line.at(Fraction(kappa)) < 1
    masses = np.geomspace(1e-6, 1e9, 4000)
    level = float(line.alpha) + float(line.beta) * masses
    assert np.all(level >= 1 - (1 + masses) ** -2 - 1e-12)


@pytest.mark.step("a distant line is one that step 3 proves")
def test_a_distant_line_is_proved_by_itself() -> None:
    line = distant_line(Fraction(20))
    assert prove_line(line).pieces == {"any hull": 1}
    assert not any(is_distant(line) for line in LINES)
    assert not is_distant(replace(line, alpha=line.alpha - (1 - line.alpha) * 2))
    assert not is_distant(replace(line, beta=line.beta / 2))


def test_the_best_line_is_below_1() -> None:
    far = best_line(Fraction(10))
    assert far == distant_line(Fraction(10))
    assert best_line(Fraction(10**7)).at(Fraction(10**7)) < 1
    line = best_line(Fraction(5, 2))
    assert line in LINES
    assert line.at(Fraction(5, 2)) < 1
    assert best_line(Fraction(7, 10)) == LINES[4]


@pytest.mark.heavy
def test_the_bracket_beyond_the_slope() -> None:
    found = bounds.risk_bracket(1000, 2000, 60, digits=8)
    assert found.high.method == "line above every set"
    assert found.high.value.high.fraction() < Fraction(80, 100)
    assert found.low.value.low.fraction() > Fraction(74, 100)


def test_the_bracket_just_beyond_the_best_mass() -> None:
    found = bounds.risk_bracket(1000, 700, 60, digits=8)
    assert found.high.method == "line above every set"
    assert found.ratio is not None
    assert found.ratio.high.fraction() < Fraction(101, 100)
