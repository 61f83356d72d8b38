"""Two reaches, step by step: each number by an integral, each condition where it alone fails."""

import itertools
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import arb
from scipy.integrate import quad
from scipy.stats import norm

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.large_delta import CriticalSlice
from bounds.upper import two_reaches
from bounds.upper.over_slices import c2_share
from bounds.upper.possible_means import Parts
from bounds.upper.prices import elongation_price
from bounds.upper.two_reaches import parts_between, prove_first_case, second_case_until

RATIO = 0.66104640


def _q(gap: float) -> float:
    return float(2 * norm.cdf(gap / 2) - 1)


def _slice(low: str, high: str | None, mass: float = 0.155) -> CriticalSlice:
    ball = arb("0.1")
    end = None if high is None else Fraction(high)
    return CriticalSlice(
        Fraction(low), end, ball, ball, arb("0.4"), ball, arb(mass), ball, ball, arb("0.12"), ball
    )


@pytest.mark.parametrize(
    ("distance", "join", "move"),
    [
        (13.5, 2.37, 4.38),
        (20, 3, 5),
        (30, 4, 8),
        (8, 1, 2),
        (6, 1.4, 1.6),
        (9, 1.1, 1.2),
        (60, 2, 4),
        (60, 0.7, 1.4),
    ],
)
def test_each_part_by_an_integral(distance: float, join: float, move: float) -> None:
    with working_precision(96):
        parts = parts_between(arb(distance), arb(join), arb(move))
        alone = float(two_reaches._square(arb(move), arb(join)))
    assert parts is not None

    def cost_of(z: float) -> float:
        return float((z + move) ** 2 * norm.pdf(z))

    assert alone == pytest.approx(quad(cost_of, join, 40)[0], rel=1e-7)
    fooled, beyond = quad(cost_of, join, move)[0], quad(cost_of, move, 40)[0]
    gap = 2 * norm.cdf(-join)
    whole = int(distance / (2 * join))
    cost = whole * _q(2 * join) + _q(distance - whole * 2 * join)
    ends = (distance - 2 * move) / (2 * join) * (1 - gap)
    several = (2 - 2 / (1 + cost) ** 2) / (cost - 1)
    own = (RATIO * ends + fooled) / (ends - gap)
    slope = max(several, own, 2 * fooled / (1 - 2 * gap))
    assert float(parts.slope) == pytest.approx(slope, rel=1e-7)
    assert float(parts.shared) == pytest.approx(2 * norm.cdf(-move), rel=1e-9)
    assert float(parts.far) == pytest.approx(2 * beyond, rel=1e-6)


@pytest.mark.parametrize(
    ("distance", "join", "move", "alone"),
    [("60", "0.6", "1.2", 0), ("2.6", "1", "0.5", 1), ("6", "1", "2.9", 2)],
)
def test_each_condition_alone_says_nothing(distance: str, join: str, move: str, alone: int) -> None:
    """p < 1/2, Q > 1 and λ(1 − p) > p: the two others hold each time."""
    d, t, s = float(distance), float(join), float(move)
    gap, whole = 2 * norm.cdf(-t), int(d / (2 * t))
    cost = whole * _q(2 * t) + _q(d - whole * 2 * t)
    holds = [gap < 0.5, cost > 1, (d - 2 * s) / (2 * t) * (1 - gap) > gap]
    assert [place for place, true in enumerate(holds) if not true] == [alone]
    with working_precision(64):
        assert parts_between(arb(distance), arb(join), arb(move)) is None


@pytest.mark.step("no set beats two points, for two reaches")
def test_without_the_line_through_two_points_nothing_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise Inconclusive("not proved")

    monkeypatch.setattr(two_reaches, "prove_no_set_beats_two_points", refuse)
    with pytest.raises(Inconclusive, match="not proved"), working_precision(64):
        parts_between(arb(20), arb(3), arb(5))


@pytest.mark.parametrize(("length", "gap"), [(13.0, 4.0), (12.5, 4.0), (3.0, 4.0), (8.25, 1.5)])
def test_a_stretch_costs_its_whole_gaps_and_the_rest(length: float, gap: float) -> None:
    whole = math.floor(length / gap)
    with working_precision(64):
        told = float(two_reaches.stretch_mass(arb(length), arb(gap)))
    assert told == pytest.approx(whole * _q(gap) + _q(length - whole * gap), rel=1e-12)


def test_a_stretch_whose_length_is_a_ball_costs_what_the_shortest_does() -> None:
    with working_precision(64):
        told = two_reaches.stretch_mass(arb(12, "0.01"), arb(4))
    assert float(told.lower()) <= 2 * _q(4) + _q(3.99)


@pytest.mark.step("t ≤ s ≤ 2t, for both reaches")
@pytest.mark.parametrize(
    "joins", [("1.58", "1"), ("1", "1.55"), ("1.58", "2.3"), ("2.3", "1.55"), ("1.49", "1.49")]
)
def test_each_reach_must_lie_between(joins: tuple[str, str]) -> None:
    """t ≤ s ≤ 2t for both: else nothing is proved, whatever the pieces say."""
    with pytest.raises(Inconclusive, match="says nothing"):
        prove_first_case((Fraction(joins[0]), Fraction(joins[1])))


def test_the_reaches_are_those_of_the_proof() -> None:
    assert (Fraction(79, 50), Fraction(31, 20)) == two_reaches.JOIN
    assert Fraction(33, 20) == two_reaches.CHANGE


SLICES = (_slice("3/2", "8/5"), _slice("8/5", "17/10"), _slice("17/10", "9/5"), _slice("9/5", "2"))


@pytest.mark.parametrize(
    "slices", [SLICES, (*SLICES[:2], _slice("17/10", None)), (*SLICES[:2], _slice("17/10", "7/4"))]
)
@pytest.mark.parametrize(
    "joins", [(Fraction(79, 50), Fraction(31, 20)), (Fraction(3, 2),) * 2, (Fraction(9, 4),) * 2]
)
def test_the_pieces_leave_no_delta_out(
    monkeypatch: pytest.MonkeyPatch, slices: Any, joins: tuple[Fraction, Fraction]
) -> None:
    pieces: list[Any] = []
    monkeypatch.setattr(two_reaches, "critical_slices", lambda: slices)
    monkeypatch.setattr(two_reaches, "c1", lambda part: part.low)
    monkeypatch.setattr(two_reaches, "_prove_piece", lambda *a: pieces.append(a))
    assert prove_first_case(joins) == len(pieces)
    reached = arb("1.5")
    for delta, least, reach, move in pieces:
        part = next(part for part in slices if part.low == least)
        assert to_ball(part.low) <= delta.upper()
        assert part.high is None or delta.lower() <= to_ball(part.high)
        assert delta.lower() <= reached < delta.upper()
        reached = delta.upper()
        assert float(delta.rad()) < 0.01
        assert move == Fraction(9, 2) - reach
        assert reach == (joins[0] if delta.mid() < Fraction(33, 20).__float__() else joins[1])
        assert least < Fraction(7, 4)
    assert float(reached) == pytest.approx(1.75, abs=1e-9)
    assert reached >= 1.75


def test_a_piece_needs_all_three_of_its_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    delta, join, move = arb("1.6"), Fraction(3, 2), Fraction(3)

    def with_parts(parts: Parts | None) -> Callable[..., Any]:
        def between(*arguments: arb) -> Parts | None:
            told.append([float(argument) for argument in arguments])
            return parts

        return between

    def piece(least: str, *numbers: Any) -> None:
        parts = Parts(*map(arb, numbers)) if numbers else None
        monkeypatch.setattr(two_reaches, "parts_between", with_parts(parts))
        two_reaches._prove_piece(delta, arb(least), join, move)

    most = float(1 / elongation_price(delta))  # C₀
    piece("0.5", 0.999 * most, "0.01", "0.45")
    assert told[-1] == pytest.approx([14.4, 2.4, 4.8])
    with pytest.raises(Inconclusive, match="condition fails"):
        piece("0.5")
    for numbers in ((1.001 * most, "0.0001", "0.01"), (arb(most * 0.99, 0.1), 0, 0)):
        with pytest.raises(Inconclusive, match="C0"):
            piece("0.5", *numbers)
    piece("0.5", "1", "0.2", "0.2999")
    for numbers in (("1", "0.2", "0.3001"), ("1.05", "0.2", "0.2951"), ("1", "0.25", "0.25")):
        with pytest.raises(Inconclusive, match="C1"):
            piece("0.5", *numbers)


@pytest.mark.step("the comparison at κ = 0", "the comparison at ε_cr")
def test_both_ends_of_the_second_case_are_compared() -> None:
    """At κ = 0 the far terms, at ε_cr the whole: each fails alone, just beyond the other side."""
    part, high = _slice("2", "2.01"), arb("2.01")
    delta, mass = 2.01, 0.155
    unit = norm.pdf(delta) / delta
    far = 3.25 * 2 * norm.cdf(-1.5 * delta) * delta**2
    eps = mass * unit
    with working_precision(96):
        c2 = float(c2_share(part)) * unit ** (16 / 9)
        room = c2 * eps ** (2 / 9) + far

        def holds(slope: float, shared: float, rest: float) -> bool:
            parts = Parts(arb(slope), arb(shared), arb(rest))
            return two_reaches._below_printed(part, parts, high)

        for scale, said in ((0.9999, True), (1.0001, False)):
            assert holds(0.1, far / 2, far * scale - 0.05 * far) is said
            rest = 0.5 * far
            slope = (room * scale - rest) / eps
            assert holds(slope, 0, rest) is said
            shared = 0.2 * far
            slope = (room * scale - rest) / (eps + shared)
            if slope * shared + rest < far:
                assert holds(slope, shared, rest) is said
        assert holds(1, 0, far) is False


@pytest.mark.parametrize(
    ("join", "move"), [("1", "0.99"), ("1", "2.01"), ("2.3", "1"), ("1.6", "1.82"), ("4", "2")]
)
def test_a_narrow_slice_with_reaches_that_do_not_fit_holds_nothing(
    monkeypatch: pytest.MonkeyPatch, join: str, move: str
) -> None:
    monkeypatch.setattr(two_reaches, "_below_printed", lambda *_: True)
    monkeypatch.setattr(two_reaches, "parts_between", lambda *_: Parts(arb(1), arb(0), arb(0)))
    part = _slice("2", "2.01")
    assert not two_reaches._holds_on(part, Fraction(join), Fraction(move))
    for fits in (("1", "1"), ("1", "2"), ("1.5", "2"), ("2.25", "1")):  # 2t(1 + s/t) is 9 at most
        assert two_reaches._holds_on(part, *map(Fraction, fits))


def test_a_narrow_slice_is_enclosed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    part, seen = _slice("2", "2.5"), []
    found: Parts | None = Parts(arb(1), arb(0), arb(0))
    answer = True

    def compared(*arguments: Any) -> bool:
        seen.append(arguments)
        return answer

    def between(*balls: arb) -> Parts | None:
        for ball, factor in zip(balls, (9.0, 1.5, 3.0), strict=True):
            assert ball.contains(arb(2 * factor))
            assert ball.contains(arb(2.5 * factor))
            assert float(ball.rad()) < 0.3 * factor
        return found

    monkeypatch.setattr(two_reaches, "parts_between", between)
    monkeypatch.setattr(two_reaches, "_below_printed", compared)
    fine = Fraction(3, 2), Fraction(2)
    assert two_reaches._holds_on(part, *fine)
    assert seen[0][:2] == (part, found)
    assert float(seen[0][2]) == 2.5
    answer = False
    assert not two_reaches._holds_on(part, *fine)
    answer, found = True, None
    assert not two_reaches._holds_on(part, *fine)
    assert not two_reaches._holds_on(_slice("2", None), *fine)


@pytest.mark.step("σ and the far term are known to fall from t = 2 on alone")
@pytest.mark.parametrize(("join", "whole"), [("1.1", False), ("0.99", True), ("1", False)])
def test_the_low_end_serves_only_where_all_falls(
    monkeypatch: pytest.MonkeyPatch, join: str, whole: bool
) -> None:
    """From t = 2 on; before, all of the slice is enclosed."""
    part, seen = _slice("2", "2.5"), []
    found: Parts | None = Parts(arb(1), arb(0), arb(0))

    def between(*balls: arb) -> Parts | None:
        factors = 9.0, float(join), 2 * float(join)
        for ball, factor in zip(balls, factors, strict=True):
            assert ball.overlaps(arb(2 * factor, 1e-9))
            assert bool(ball.overlaps(arb(2.5 * factor, 1e-9))) is whole
        return found

    monkeypatch.setattr(two_reaches, "parts_between", between)
    monkeypatch.setattr(two_reaches, "_below_printed", lambda *a: not seen.append(a))
    assert two_reaches._small_case_holds(part, Fraction(join))
    assert seen[0][:2] == (part, found)
    assert float(seen[0][2]) == 2.5
    monkeypatch.setattr(two_reaches, "_below_printed", lambda *_: False)
    assert not two_reaches._small_case_holds(part, Fraction(join))
    found = None
    monkeypatch.setattr(two_reaches, "_below_printed", lambda *_: True)
    assert not two_reaches._small_case_holds(part, Fraction(join))
    assert not two_reaches._small_case_holds(_slice("2", None), Fraction(join))


def test_what_the_reach_costs_falls_from_there_on() -> None:
    """6: the slope of E is at most φ(t)(12 − 9t² + 32t²e^{−3t²/2}) < 0."""
    for t in (two_reaches._FALLING_FROM, 2.5, 4.0, 9.0):
        assert 12 - 9 * t**2 + 32 * t**2 * math.exp(-1.5 * t**2) < 0


@pytest.mark.step("the slices begin at Δ = 3/2")
def test_the_second_case_ends_where_the_first_part_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole slices as far as they serve, then parts of the next, and nothing beyond a failure."""
    fails_at, fine_until = Fraction("1.7"), Fraction("1.76")
    seen: list[Fraction] = []

    def whole(part: CriticalSlice, join: Fraction) -> bool:
        assert join == Fraction(28, 25) == two_reaches.SMALL_JOIN
        seen.append(part.low)
        return part.high is not None and part.high <= fails_at

    def cut(part: CriticalSlice, number: int) -> list[CriticalSlice]:
        assert part.high is not None
        assert number > 100
        ends = [part.low + (part.high - part.low) * j / 4 for j in range(5)]
        return [_slice(str(a), str(b)) for a, b in itertools.pairwise(ends)]

    def narrow(part: CriticalSlice, join: Fraction, move: Fraction) -> bool:
        assert join == Fraction(33, 25) == two_reaches.FINE_JOIN
        assert move == Fraction(8, 5) == two_reaches.FINE_MOVE
        return part.high is not None and (part.high <= fine_until or part.low >= Fraction("1.77"))

    monkeypatch.setattr(two_reaches, "critical_slices", lambda: (*SLICES, _slice("2", None)))
    monkeypatch.setattr(two_reaches, "parts_of", cut)
    monkeypatch.setattr(two_reaches, "_small_case_holds", whole)
    monkeypatch.setattr(two_reaches, "_holds_on", narrow)
    assert second_case_until() == Fraction("1.75")
    assert seen == [Fraction("1.5"), Fraction("1.6"), Fraction("1.7")]
    fails_at = Fraction(3)
    assert second_case_until() == 2
    seen.clear()
    assert second_case_until(Fraction("1.6")) == 2
    assert seen == [Fraction("1.6"), Fraction("1.7"), Fraction("1.8")]
    fails_at = Fraction("1.5")
    assert second_case_until() == Fraction("1.6")  # by parts of the first slice alone
    assert second_case_until(Fraction("1.55")) is None  # a part begins before the start
    assert second_case_until(Fraction(2)) is None
    assert second_case_until(Fraction("1.49")) is None  # nothing is known below 3/2
    fine_until = Fraction(1)
    assert second_case_until() is None
