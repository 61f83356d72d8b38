"""Each case of the proof that no set beats two points, altered so that it alone fails."""

import cmath
import math
import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from flint import arb

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import any_set, tanh_estimate
from bounds.lower.any_set import FAR, SEAM, end_excess, gap_mass, prove_no_set_beats_two_points

prove = any_set._proof_for.__wrapped__
UNSURE = [arb(-1), arb(0), arb(0, 1), arb.nan()]


@pytest.fixture
def only_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the boxes, which take most of the time."""
    monkeypatch.setattr(any_set, "_cover", lambda *_: 1)
    monkeypatch.setattr(any_set, "_cover_boxes", lambda *_: 1)


def refused_for(case: str, ratio: Fraction | None = None) -> None:
    with pytest.raises(bounds.Inconclusive, match=f"ratio [0-9.]+: {re.escape(case)}$"):
        prove(ratio)


def other_at(gap: float, value: arb) -> Any:
    """q, but at one gap alone another one."""
    return lambda g: value if g.overlaps(arb(gap)) else gap_mass(g)


@pytest.mark.step("sets as small as one wants")
@pytest.mark.usefixtures("only_ends")
def test_sets_as_small_as_one_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a ratio below 0.54308 (other masses altered, so that nothing else notices)."""
    assert prove(None).ratio > Fraction(66, 100)
    monkeypatch.setattr(any_set, "gap_mass", lambda _: arb(3))
    refused_for("small a", Fraction("0.5430"))
    assert prove(Fraction("0.5432")).ratio == Fraction("0.5432")


@pytest.mark.step("case (1) far out")
@pytest.mark.usefixtures("only_ends")
@pytest.mark.parametrize("value", [*UNSURE, arb("0.75")], ids=str)
def test_sets_with_small_gaps_far_out(value: arb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(any_set, "gap_mass", other_at(2.5, value))
    refused_for("case (1), a ≥ 5/2")


@pytest.mark.step("case (3)", "a case that fails ends the proof")
@pytest.mark.usefixtures("only_ends")
@pytest.mark.parametrize("value", UNSURE, ids=str)
def test_the_estimate_in_the_middle(value: arb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(any_set, "end_excess", lambda _: value)
    refused_for("case (3)")


@pytest.mark.usefixtures("only_ends")
def test_the_middle_reaches_up_to_the_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(any_set, "SEAM", Fraction(1057, 1000))
    refused_for("case (3)")
    with working_precision(64):
        assert end_excess(to_ball(SEAM)) > 0


@pytest.mark.step("case (5), wide")
@pytest.mark.usefixtures("only_ends")
@pytest.mark.parametrize("gap", [7, 1.5])
def test_two_wide_clusters_far_out(gap: float, monkeypatch: pytest.MonkeyPatch) -> None:
    with working_precision(64):
        less = gap_mass(arb(gap)) - arb("0.05")
    monkeypatch.setattr(any_set, "gap_mass", other_at(gap, less))
    refused_for("case (5), wide")


@pytest.mark.step("case (5), narrow")
@pytest.mark.usefixtures("only_ends")
def test_two_narrow_clusters_far_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(any_set, "cdf", lambda _: arb("0.001"))
    refused_for("case (5)")
    monkeypatch.undo()
    monkeypatch.setattr(any_set, "_cover", lambda *_: 1)
    monkeypatch.setattr(any_set, "_cover_boxes", lambda *_: 1)
    monkeypatch.setattr(any_set, "gap_mass", other_at(8.5, arb("0.88")))
    refused_for("case (5)")


@pytest.mark.step("case (1), each piece", "case (2), each piece")
@pytest.mark.parametrize(
    ("case", "low", "high"),
    [("case (1)", "1.3", "2.3"), ("case (2)", "1", "1.3"), ("case (2)", "1.4", "1.5")],
)
def test_every_piece_of_a_range_is_compared(
    case: str, low: str, high: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """q a half of it between two gaps: the pieces there are not proved."""
    honest = any_set._cover
    monkeypatch.setattr(any_set, "_MOST_BOXES", 400)
    monkeypatch.setattr(any_set, "_cover_boxes", lambda *_: 1)
    monkeypatch.setattr(any_set, "_cover", lambda *at: honest(*at) if at[-1] == case else 1)

    def less(gap: arb) -> arb:
        here = gap >= arb(low) and gap <= arb(high)
        return gap_mass(gap) / 2 if here else gap_mass(gap)

    monkeypatch.setattr(any_set, "gap_mass", less)
    with pytest.raises(bounds.Inconclusive, match=re.escape(case)):
        prove(None)


@pytest.mark.step("case (4), all boxes")
def test_the_boxes_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """With this ratio all else goes through, and no box next to a = 21/20, w = 0 does."""
    monkeypatch.setattr(any_set, "_cover", lambda *_: 1)
    monkeypatch.setattr(any_set, "_MOST_BOXES", 200)
    with pytest.raises(bounds.Inconclusive, match="200 parts do not suffice"):
        prove(Fraction("0.65"))


@pytest.mark.step("case (2) up to 3/4")
def test_the_ranges_of_the_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}
    monkeypatch.setattr(
        any_set, "_cover", lambda low, high, _, what: asked.setdefault(what, (low, high)) and 1
    )
    monkeypatch.setattr(any_set, "_cover_boxes", lambda *_: 1)
    prove(None)
    assert asked["case (1)"] == (Fraction(2, 5), Fraction(5, 2))
    assert asked["case (2)"] == (Fraction(2, 5), Fraction(3, 4))


@pytest.mark.step("both halves of a range")
def test_a_cover_leaves_nothing_out() -> None:
    kept: list[tuple[Fraction, Fraction]] = []

    def narrow(start: Fraction, end: Fraction) -> bool:
        fine = end - start < (Fraction(1, 50) if start < Fraction(1, 3) else Fraction(1, 5))
        if fine:
            kept.append((start, end))
        return fine

    assert any_set._cover(Fraction(0), Fraction(1), narrow, "test") == len(kept)
    kept.sort()
    assert kept[0][0] == 0
    assert kept[-1][1] == 1
    assert all(a[1] == b[0] for a, b in pairwise(kept))
    with pytest.raises(bounds.Inconclusive, match="do not suffice"):
        any_set._cover(Fraction(0), Fraction(1), lambda *_: False, "test")


@pytest.mark.step("boxes from the seam", "both parts of a box", "on either side")
def test_the_boxes_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that hold add up to [21/20, 5] × [0, 5]; one that does not ends the proof."""
    kept: list[tuple[Fraction, ...]] = []

    def narrow(_: Fraction, *box: Fraction) -> bool:
        a0, a1, w0, w1 = box
        fine = a1 - a0 < Fraction(1, 2) and w1 - w0 < Fraction(3, 4)
        if fine:
            kept.append(box)
        return fine

    monkeypatch.setattr(any_set, "_box_holds", narrow)
    assert any_set._cover_boxes(Fraction(1, 2)) == len(kept)
    assert sum((a1 - a0) * (w1 - w0) for a0, a1, w0, w1 in kept) == (FAR - SEAM) * FAR
    assert min(box[0] for box in kept) == SEAM
    assert max(box[1] for box in kept) == FAR
    assert min(box[2] for box in kept) == 0
    assert max(box[3] for box in kept) == FAR
    monkeypatch.setattr(any_set, "_MOST_BOXES", 50)
    monkeypatch.setattr(any_set, "_box_holds", lambda _, *box: box[0] > 2)
    with pytest.raises(bounds.Inconclusive, match="do not suffice"):
        any_set._cover_boxes(Fraction(1, 2))


RATIO = Fraction("0.66104")
BOX = (Fraction(5, 4), Fraction(41, 32), Fraction(0), Fraction(1, 32))


@pytest.mark.step(
    "the linear estimate, at the greatest a",
    "the tanh estimate, at the least distance",
    "and at the greatest",
)
def test_a_box_needs_the_risk_at_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    with working_precision(64):
        assert any_set._box_holds(RATIO, *BOX)
        honest = any_set.tanh_risk
        near, far = BOX[0] - BOX[3], BOX[1]
        for end in (near, far):
            monkeypatch.setattr(
                any_set,
                "tanh_risk",
                lambda scale, theta, end=end: arb(2) if theta == end else honest(scale, theta),
            )
            assert not any_set._box_holds(RATIO, *BOX)
        monkeypatch.setattr(any_set, "tanh_risk", lambda *_: arb(0))
        assert any_set._box_holds(RATIO, *BOX)
        monkeypatch.setattr(any_set, "tanh_risk", lambda *_: arb(2))
        monkeypatch.setattr(any_set, "linear_risk", lambda a: arb(0) if a == BOX[1] else arb(2))
        assert any_set._box_holds(RATIO, *BOX)
        monkeypatch.setattr(any_set, "linear_risk", lambda a: arb(2) if a == BOX[1] else arb(0))
        assert not any_set._box_holds(RATIO, *BOX)


@pytest.mark.parametrize(
    ("box", "near"),
    [
        (BOX, BOX[0] - BOX[3]),
        ((Fraction(5, 4), Fraction(3, 2), Fraction(1, 2), Fraction(3, 4)), Fraction(1, 2)),
        ((Fraction(5, 4), Fraction(3, 2), Fraction(1), Fraction(9, 8)), Fraction(1, 8)),
        ((Fraction(5, 4), Fraction(3, 2), Fraction(1), Fraction(2)), Fraction(0)),
    ],
)
def test_the_risk_is_asked_for_at_the_nearest_mean_and_the_farthest(
    box: tuple[Fraction, ...], near: Fraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a − w, or 0 if that is negative, to a; all risks are told to be small but one."""
    monkeypatch.setattr(any_set, "linear_risk", lambda _: arb(2))
    for worst in (near, box[1], None):
        monkeypatch.setattr(
            any_set, "tanh_risk", lambda _, theta, worst=worst: arb(2 if theta == worst else 0)
        )
        with working_precision(64):
            assert any_set._box_holds(RATIO, *box) is (worst is None)


@pytest.mark.step("the least mass of a box, across the large gap", "and in the clusters")
@pytest.mark.parametrize(
    "box",
    [
        BOX,
        (Fraction(3, 2), Fraction(25, 16), Fraction(1, 2), Fraction(5, 8)),
        (Fraction(2), Fraction(9, 4), Fraction(15, 8), Fraction(2)),
        (Fraction(9, 8), Fraction(5, 4), Fraction(1), Fraction(9, 8)),
    ],
)
def test_the_mass_of_a_box_is_the_least_in_it(
    box: tuple[Fraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """q(2a − w) + q(w) at the gaps asked for, against points of the box with γ ≥ a."""
    a0, a1, w0, w1 = box
    gaps: list[arb] = []
    monkeypatch.setattr(any_set, "gap_mass", lambda g: gaps.append(g) or gap_mass(g))
    with working_precision(64):
        any_set._box_holds(RATIO, *box)
        least = gap_mass(gaps[0]) + gap_mass(gaps[1])
        for i in range(5):
            for j in range(5):
                a, w = a0 + (a1 - a0) * i / 4, w0 + (w1 - w0) * j / 4
                if w <= a:
                    exact = gap_mass(to_ball(2 * a - w)) + gap_mass(to_ball(w))
                    assert not least > exact


@pytest.mark.step("a box is empty only with w above a")
def test_an_empty_box_is_one_with_w_above_a(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(any_set, "gap_mass", lambda _: arb(0))
    with working_precision(64):
        for w0, holds in ((Fraction(3, 2), True), (Fraction(23, 16), False), (Fraction(0), False)):
            box = (Fraction(5, 4), Fraction(3, 2), w0, w0 + Fraction(1, 8))
            assert any_set._box_holds(RATIO, *box) is holds


@pytest.mark.step("the sample alone")
@pytest.mark.parametrize(("level", "holds"), [("1.001", True), ("0.999", False)])
def test_the_sample_alone_does_above_1(
    level: str, holds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(any_set, "gap_mass", lambda _: arb(level) / 2)
    monkeypatch.setattr(any_set, "linear_risk", lambda _: arb(2))
    monkeypatch.setattr(any_set, "tanh_risk", lambda *_: arb(2))
    with working_precision(64):
        assert any_set._box_holds(Fraction(1), *BOX) is holds


@pytest.mark.parametrize(("scale", "theta"), [("1", "0"), ("1.25", "0.5"), ("3", "2")])
def test_the_risk_of_the_tanh_estimate_by_a_sum(scale: str, theta: str) -> None:
    s, t = float(scale), float(theta)
    step = 0.01
    total = sum(
        math.exp(-((x - t) ** 2) / 2) * (s * math.tanh(s * x) - t) ** 2
        for x in (step * k for k in range(-1200, 1400))
    )
    told = any_set.tanh_risk(Fraction(scale), Fraction(theta))
    exact = total * step / math.sqrt(2 * math.pi)  # but for rounding, as all is analytic
    assert told.rad() < 1e-6
    assert abs(float(told.mid()) - exact) <= float(told.rad()) + 1e-12


@pytest.mark.step("r* is rounded down")
def test_the_ratio_is_rounded_down() -> None:
    assert prove_no_set_beats_two_points().ratio <= bounds.risk_to_mass(30).ratio.low.fraction()


@pytest.mark.parametrize(("scale", "theta"), [("1/2", "0"), ("1/2", "2"), ("3", "1"), ("4", "5")])
def test_the_height_is_one_on_the_whole_strip(
    scale: str, theta: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error of the quadrature rests on it, which no value of the integral shows."""
    seen: dict[str, arb] = {}
    honest = tanh_estimate.nodes_for

    def noted(strip: arb, spread: arb, height: arb, bits: int) -> Any:
        seen.update(strip=strip, spread=spread, height=height)
        return honest(strip, spread, height, bits)

    monkeypatch.setattr(tanh_estimate, "nodes_for", noted)
    tanh_estimate._table.cache_clear()
    tanh_estimate.tanh_risk.__wrapped__(Fraction(scale), Fraction(theta))
    tanh_estimate._table.cache_clear()
    s, mean = float(Fraction(scale)), float(Fraction(theta))
    most = 0.0
    for step in range(-400, 401):
        for part in (0, 0.5, 1, -1):
            z = complex(step / (100 * s), part * float(seen["strip"]))
            most = max(most, abs(s * cmath.tanh(s * z) - mean) ** 2)
    assert most < float(seen["height"])
    assert float(seen["spread"].abs_upper()) >= mean


def test_case_5_begins_where_it_is_argued() -> None:
    """Its numbers are those of a ≥ 5: q(7) and q(17/2), Φ(−7/2), 100 = 4·5²."""
    assert FAR == 5


def test_a_mean_that_is_a_ball_is_not_passed_over() -> None:
    with pytest.raises(bounds.InputError, match="not a ball"):
        any_set.attack_mass([0, 1, arb(2, 0.1)])
