"""The shape of the loss for whole ranges of Δ."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from flint import arb
from marks import heavy

import bounds
from bounds.critical import regimes, small_delta
from bounds.critical.domain import LEAST_DELTA, MOST_DELTA
from bounds.critical.family import prove_family, slice_of
from bounds.critical.large_delta import shape
from bounds.critical.regimes import FAR, REGIMES, Regime, regime_of

ONE = ("concave", "convex", "concave")


def test_slices_cover_a_range_without_gaps() -> None:
    parts = list(prove_family(Fraction(5, 2), Fraction(26, 10)))
    assert parts[0].low == Fraction(5, 2)
    assert parts[-1].high == Fraction(26, 10)
    assert all(left.high == right.low for left, right in pairwise(parts))
    assert {part.shape for part in parts} == {ONE}


@pytest.mark.heavy
@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: str(float(regime.low)))
def test_slices_of_the_theorem_drawn_anew(regime: Regime) -> None:
    """The theorem that eps_cr rests on: both ends, and slices that differ from run to run."""
    draw = random.Random()
    low, high = regime.low, regime.high
    for _ in range(4):
        start = low + (high - low) * Fraction(draw.randrange(10**6), 10**6)
        stop = min(start + Fraction(1, 2**12), high)
        assert slice_of(start, stop).shape == regime.shape
    for end in (low, high):  # next to a fold a slice of some width is not decided
        assert slice_of(end, end).shape == regime.shape


@pytest.mark.parametrize(("low", "width"), [("15", "1/64"), ("20", "1/64"), ("100", "1/1000")])
def test_slices_at_large_delta_need_not_be_thin(low: str, width: str) -> None:
    part = slice_of(Fraction(low), Fraction(low) + Fraction(width))
    assert part.shape == ONE
    (rising, falling) = part.crossings
    assert rising.high < falling.low


@pytest.mark.campaign
@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: str(float(regime.low)))
def test_the_whole_theorem(regime: Regime) -> None:
    parts = list(prove_family(regime.low, regime.high))
    assert {part.shape for part in parts} == {regime.shape}
    assert (parts[0].low, parts[-1].high) == (regime.low, regime.high)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        heavy("0.8339", "0.8341"),
        pytest.param("1.0909", "1.0911", marks=pytest.mark.campaign),
        pytest.param("1.4773", "1.4775", marks=pytest.mark.campaign),
    ],
    ids=str,
)
def test_where_the_picture_changes_nothing_is_proved(low: str, high: str) -> None:
    with pytest.raises(bounds.Inconclusive, match="Delta"):
        list(prove_family(Fraction(low), Fraction(high)))


def test_a_slice_of_no_width_before_it_does_not_stop_the_range() -> None:
    one = slice_of(Fraction(3), Fraction(3))
    parts = list(prove_family(Fraction(3), Fraction("3.0000001"), one))
    assert (parts[0].low, parts[-1].high) == (Fraction(3), Fraction("3.0000001"))
    assert len(parts) < 5


@pytest.mark.step("Δ is no less than the range", "and no greater")
@pytest.mark.parametrize(
    ("delta", "turns"),
    [("1/64", 0), ("0.83397", 0), ("0.833975", None), ("1", 1), ("1.2", 2), ("1.4773555", None),
     ("1.5", 1), ("10", 1), ("10.0000001", 1), ("1024", 1), ("1025", None), ("1/65", None)],
)  # fmt: skip
def test_the_theorem_is_used_only_inside_its_ranges(delta: str, turns: int | None) -> None:
    regime = regime_of(Fraction(delta))
    assert (None if regime is None else regime.turns) == turns


@pytest.mark.step("a ball lies in it as a whole, below", "and above the start of a regime")
def test_a_ball_of_delta_must_lie_in_a_range_as_a_whole() -> None:
    for seen in (5, 11):  # the first one asked for is surveyed, and a ball is too wide for that
        assert regime_of(Fraction(seen)) is not None
    assert regime_of(arb(5, "0.1")) is REGIMES[3]
    assert regime_of(arb(10, "0.1")) is FAR
    assert regime_of(arb("1.4773", "0.001")) is None


def test_a_range_holds_its_ends_and_no_ball_that_reaches_beyond() -> None:
    first, *_, last = REGIMES
    step = Fraction(1, 10**40)
    for regime in (first, last):
        assert regime.holds(regime.low)
        assert regime.holds(regime.high)
        assert not regime.holds(regime.low - step)
        assert not regime.holds(regime.high + step)
    assert last.holds(arb(10))
    assert first.holds(arb(1) / 64)
    for regime, ball in (
        (first, arb(1) / 64 + arb(0, "1e-9")),
        (first, arb("0.01")),
        (first, arb("0.84")),
        (last, arb(10, "1e-9")),
        (last, arb(11)),
        (last, arb(1)),
    ):
        assert not regime.holds(ball)


def test_the_last_range_is_what_is_proved_for_all_large_delta() -> None:
    assert FAR.low == shape._START
    assert FAR.high == MOST_DELTA
    assert REGIMES[0].low == LEAST_DELTA == small_delta.LEAST
    assert regimes._bends(5) == ("concave", "convex", "concave", "convex", "concave")


def test_a_stored_range_is_not_believed_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    false = Regime(Fraction("1.1"), Fraction(2), ONE)  # there are two turns up to 1.477
    monkeypatch.setattr(regimes, "REGIMES", (false,))
    monkeypatch.setattr(regimes, "_checked", set())
    assert regime_of(Fraction("1.8")) is false
    monkeypatch.setattr(regimes, "_checked", set())
    with pytest.raises(bounds.BoundsError, match=r"altered"):
        bounds.eps_cr("1.3")
    assert regime_of(arb("1.477", "0.01")) is None  # undecided there, and so not used


def test_with_and_without_the_theorem_the_answer_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by_theorem = bounds.eps_cr("2.7", 25)
    monkeypatch.setattr("bounds.critical.critical.regime_of", lambda _: None)
    by_survey = bounds.eps_cr("2.7", 25)
    assert by_theorem.eps.decimals() == by_survey.eps.decimals()
    assert by_theorem.turns == by_survey.turns == 1
