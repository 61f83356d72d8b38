"""The shape of the loss for whole ranges of Δ."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest

import bounds
from bounds.convexity.family import prove_family, slice_of
from bounds.convexity.regimes import ONE_TURN, one_turn_proved

ONE = ("concave", "convex", "concave")


def test_slices_cover_a_range_without_gaps() -> None:
    parts = list(prove_family(Fraction(5, 2), Fraction(26, 10)))
    assert parts[0].low == Fraction(5, 2)
    assert parts[-1].high == Fraction(26, 10)
    assert all(left.high == right.low for left, right in pairwise(parts))
    assert {part.shape for part in parts} == {ONE}


def test_slices_of_the_theorem_drawn_anew() -> None:
    """The theorem that eps_cr rests on: both ends, and ten slices that differ from run to run."""
    draw = random.Random()
    low, high = ONE_TURN
    for _ in range(10):
        start = low + (high - low) * Fraction(draw.randrange(10**6), 10**6)
        assert slice_of(start, min(start + Fraction(1, 100), high)).shape == ONE
    assert slice_of(low, low + Fraction(1, 200)).shape == ONE
    assert slice_of(high - Fraction(1, 200), high).shape == ONE


@pytest.mark.parametrize(("low", "width"), [("15", "1/64"), ("20", "1/64"), ("100", "1/1000")])
def test_slices_at_large_delta_need_not_be_thin(low: str, width: str) -> None:
    part = slice_of(Fraction(low), Fraction(low) + Fraction(width))
    assert part.shape == ONE
    (rising, falling) = part.crossings
    assert rising.high < falling.low


@pytest.mark.campaign
def test_the_whole_theorem() -> None:
    parts = list(prove_family(*ONE_TURN))
    assert {part.shape for part in parts} == {ONE}
    assert (parts[0].low, parts[-1].high) == ONE_TURN


@pytest.mark.parametrize(
    ("low", "high"), [("0.5", "0.95"), ("1.09", "1.11"), ("1.47", "1.49")], ids=str
)
def test_where_the_picture_changes_nothing_is_proved(low: str, high: str) -> None:
    with pytest.raises(bounds.Inconclusive, match="Delta"):
        list(prove_family(Fraction(low), Fraction(high)))


@pytest.mark.parametrize(
    ("delta", "known"),
    [("1.5", True), ("10", True), ("1.4999999", False), ("10.0000001", False), ("3", True)],
)
def test_the_theorem_is_used_only_inside_its_range(delta: str, known: bool) -> None:
    assert one_turn_proved(Fraction(delta)) is known


def test_with_and_without_the_theorem_the_answer_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by_theorem = bounds.eps_cr("2.7", 25)
    monkeypatch.setattr("bounds.convexity.critical.one_turn_proved", lambda _: False)
    by_survey = bounds.eps_cr("2.7", 25)
    assert by_theorem.eps.decimals() == by_survey.eps.decimals()
    assert by_theorem.turns == by_survey.turns == 1
