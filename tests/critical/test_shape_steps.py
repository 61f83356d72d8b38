"""Each step from marked pieces to a theorem on the shape, at what only this step refuses."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from flint import arb
from marks import heavy

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical import (
    critical,
    domain,
    family,
    fold,
    passage,
    point,
    small_delta,
    subdivision,
    whole_domain,
)
from bounds.critical.curve import Piece, Slice, slope_in_delta, station
from bounds.critical.domain import point_at, survey
from bounds.critical.passage import pass_through
from bounds.critical.regimes import REGIMES, Regime
from bounds.critical.seeds import guess
from bounds.critical.small_delta import prove_concave
from bounds.critical.subdivision import Run, crossings

FOLDS = bounds.folds(20)
GAPS = [(a.high, b.low) for a, b in pairwise(REGIMES)]


# Pieces and runs


@pytest.mark.step(
    "a value that is no number has no mark",
    "positive is strict",
    "negative is strict",
    "a slope is a finite number",
    "increasing is strict",
    "decreasing is strict",
)
@pytest.mark.parametrize(
    ("value", "trend", "mark"),
    [
        (arb(2, 1), arb(0, 1), "+"),
        (arb(-2, 1.5), arb(0, 1), "-"),
        (arb(1, 1), arb(0, 1), None),
        (arb(-1, 1), arb(0, 1), None),
        (arb(0, 1), arb(2, 1), "/"),
        (arb(0, 1), arb(-2, 1), "\\"),
        (arb(0, 1), arb(1, 1), None),
        (arb(0, 1), arb(-1, 1), None),
        (arb(0, 1), arb.nan(), None),
        (arb(0, 1), arb.pos_inf(), None),
        (arb.nan(), arb(2, 1), None),
        (arb.nan(), arb(-2, 1), None),
        (arb(0), arb(0), None),
    ],
)
def test_a_piece_is_marked_only_where_a_sign_is_strict(
    value: arb, trend: arb, mark: str | None
) -> None:
    assert subdivision._mark(Piece(value, trend)) == mark


def run(mark: str, low: int) -> Run:
    return Run(mark, arb(low), arb(low + 1), 1)  # type: ignore[arg-type]


def marked(marks: str) -> list[Run]:
    return [run(mark, place) for place, mark in enumerate(marks)]


@pytest.mark.step("a sign stands before a monotone run", "a sign stands after it")
@pytest.mark.parametrize("marks", ["/\\-", "-/\\", "-/\\+", "-\\/-", "-/\\-", "-/\\+\\-"])
def test_between_monotone_runs_a_sign_is_missing(marks: str) -> None:
    with pytest.raises(bounds.Inconclusive, match="monotone runs meet"):
        crossings(marked(marks))


@pytest.mark.step("opposite signs do not meet")
def test_opposite_signs_side_by_side_are_an_error() -> None:
    with pytest.raises(AssertionError, match="opposite sign"):
        crossings(marked("-+-"))


@pytest.mark.step("and the signs differ")
@pytest.mark.parametrize(
    ("marks", "turns"),
    [("-/+\\-", [True, False]), ("-/-", []), ("-\\-/+\\+\\-", [True, False]), ("-", [])],
)
def test_a_crossing_is_where_the_signs_differ(marks: str, turns: list[bool]) -> None:
    assert [c.to_convex for c in crossings(marked(marks))] == turns


@pytest.mark.step("a piece without a mark is cut", "a piece too small ends the proof")
def test_a_piece_without_a_mark_is_cut_and_never_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where a stretch of the curve stays unmarked, nothing is proved; at a mark it goes on."""
    honest = subdivision._mark

    def blind(piece: Piece | None) -> Any:
        return None if piece is not None and piece.value.contains(0) else honest(piece)

    monkeypatch.setattr(subdivision, "_mark", blind)
    with working_precision(64), pytest.raises(bounds.Inconclusive, match="double root"):
        list(subdivision.pieces(Slice(arb(2))))


@pytest.mark.step("a piece is the one that is told")
def test_the_pieces_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each begins where the last ended, from y = 0 to ∞, over whole slices of Δ too."""
    with working_precision(64):
        for region in (Slice(arb("1.2")), Slice(arb(2).union(arb("2.002")))):
            found = list(subdivision.pieces(region))
            assert found[0][1] == 0
            assert found[-1][2] == arb.pos_inf()
            assert all(before[2] == after[1] for before, after in pairwise(found))
    seen: list[tuple[arb, arb]] = []
    honest = Slice.piece

    def spy(self: Slice, left: Any, right: Any) -> Piece | None:
        seen.append((left.y, right.y))
        return honest(self, left, right)

    monkeypatch.setattr(Slice, "piece", spy)
    with working_precision(64):
        for _, low, high in list(subdivision.pieces(Slice(arb("1.2"))))[1:-1]:
            assert any(low == left and high == right for left, right in seen)


# One Δ and slices of Δ


@pytest.mark.step("the root lies right of its crossing's left end", "and left of its right end")
def test_a_root_outside_its_crossing_is_not_that_of_the_crossing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Newton's method led to the other inflection: its proof is right, its place is not."""
    exact = Fraction(3, 2)
    _, changes = survey(exact)
    first, second = changes
    other = point_at(second, exact, 10)
    monkeypatch.setattr(domain, "locate", lambda *_: other)
    with pytest.raises(bounds.Inconclusive, match="left the interval"):
        point_at(first, exact, 10)
    monkeypatch.undo()
    before = point_at(first, exact, 10)
    monkeypatch.setattr(domain, "locate", lambda *_: before)
    with pytest.raises(bounds.Inconclusive, match="left the interval"):
        point_at(second, exact, 10)


@pytest.mark.parametrize("share", ["0.9", "1.1"])
def test_it_is_l_of_the_estimate_that_lies_within_a_crossing(
    share: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other two numbers would lie there, and this one beyond an end."""
    exact = Fraction(3, 2)
    first, _ = survey(exact)[1]
    inside = (first.low + first.high) / 2
    beyond = (first.low if share < "1" else first.high) * arb(share)
    monkeypatch.setattr(domain, "locate", lambda *_: ([inside, beyond, inside], None))
    with pytest.raises(bounds.Inconclusive, match="left the interval"):
        point_at(first, exact, 10)
    monkeypatch.setattr(domain, "locate", lambda *_: ([beyond, inside, beyond], None))
    assert point_at(first, exact, 10)[0][1] is inside


@pytest.mark.step("the first of them is ε_cr")
def test_the_first_turn_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 1.2 there are two, and ε_cr is the smaller."""
    value = bounds.eps_cr("1.2", 12)
    both = bounds.inflections("1.2", 12).turns_to_convex
    assert value.eps.high.fraction() < both[1].eps.low.fraction()
    monkeypatch.setattr(critical, "_from_guesses", lambda *_: None)
    assert bounds.eps_cr("1.2", 12).eps.decimals() == value.eps.decimals()
    # one turn: from a guess that leads to the other inflection
    monkeypatch.undo()
    last = guess(3, Fraction("1.5"))
    monkeypatch.setattr(critical, "guess", lambda *_: last)
    found = bounds.eps_cr("1.5", 12)
    assert found.turn == "concave to convex"
    assert found.radius.high.fraction() < 1


@pytest.mark.step("no turn is a theorem there")
def test_where_no_turn_is_proved_no_guess_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    regime = Regime(Fraction(1), Fraction(2), ("concave",))
    monkeypatch.setattr(critical, "regime_of", lambda _: regime)
    monkeypatch.setattr(critical, "locate", lambda *_: pytest.fail("the guess was taken"))
    with pytest.raises(bounds.NoCriticalValue):
        bounds.eps_cr("1.2", 10)


@pytest.mark.step(
    "what the guesses lead to are turns to convex",
    "as many as the theorem says",
    "and they are different ones, in order",
)
@pytest.mark.heavy
@pytest.mark.parametrize("branches", [(), (0, 3), (2, 3), (2, 1, 0, 3), (0, 1, 0, 3), (1, 0, 2, 3)])
def test_guesses_serve_only_where_they_lead_to_all_turns_in_order(
    branches: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At Δ = 1.2 there are two turns to convex: what leads to one, or to others, is not taken."""
    honest = bounds.eps_cr("1.2", 10)
    regime = Regime(Fraction(1), Fraction(2), ("concave", *("convex", "concave") * 2), branches)
    monkeypatch.setattr(critical, "regime_of", lambda _: regime)
    surveyed: list[object] = []
    monkeypatch.setattr(critical, "survey", lambda d: surveyed.append(d) or survey(d))
    value = bounds.eps_cr("1.2", 10)
    assert surveyed == [Fraction("1.2")]
    assert (value.turns, value.eps.decimals()) == (2, honest.eps.decimals())
    monkeypatch.setattr(whole_domain, "regime_of", lambda _: regime)
    whole = bounds.inflections("1.2", 10)
    assert whole.pieces > 0
    assert whole.points[0].eps.decimals() == honest.eps.decimals()


@pytest.mark.parametrize(
    ("places", "taken"),
    [([(8, 1, 8), (7, 2, 7)], True), ([(1, 8, 1), (2, 7, 2)], False),
     ([(1, 8, 1), (2, 8, 2)], False), ([(1, 5, 1), (9, 4, 9)], False)],
)  # fmt: skip
@pytest.mark.parametrize("turns", [(True, True), (True, False), (False, True)])
def test_the_first_of_two_guesses_is_that_of_less_l_of_the_estimate(
    places: list[tuple[int, ...]],
    taken: bool,
    turns: tuple[bool, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The order of the other two numbers does not count; and both turn to convex."""
    words = ["concave to convex" if to_convex else "convex to concave" for to_convex in turns]
    found = [
        ([arb(number) for number in place], SimpleNamespace(turn=turn))
        for place, turn in zip(places, words, strict=True)
    ]
    answers = iter(found)
    monkeypatch.setattr(critical, "locate", lambda *_, **__: next(answers))
    told: Any = critical._from_guesses(Fraction("1.2"), 20, REGIMES[2])
    assert told is (found[0][1] if taken and all(turns) else None)


@pytest.mark.step("along the curve in x", "and in g")
@pytest.mark.parametrize(
    ("rows", "turn"),
    [
        ([[2, -1, 0], [0, -1, 1], [0, 1, 0]], "concave to convex"),
        ([[2, -1, 0], [0, -1, 1], [0, -1, 0]], "convex to concave"),
        ([[2, -1, 0], [0, -1, 1], [8, -1, 0]], "concave to convex"),  # dx/dy = 1/2
        ([[2, -1, 0], [0, -1, 2], [0, -1, 8]], "concave to convex"),  # dg/dy = 1/2
        ([[2, -1, 0], [0, -1, 2], [0, 1, -8]], "convex to concave"),
    ],
)
def test_the_direction_of_a_turn_is_that_along_the_curve(rows: list[list[int]], turn: str) -> None:
    assert point._turn([[arb(entry) for entry in row] for row in rows]) == turn


@pytest.mark.step("the criterion rises at a point", "or falls at a point")
def test_a_turn_without_a_sign_is_none() -> None:
    for last in (arb(0), arb(0, 1), arb(1, 1), arb(-1, 1), arb.nan()):
        rows = [[arb(2), arb(-1), arb(0)], [arb(0), arb(-1), arb(1)], [arb(0), last, arb(0)]]
        with pytest.raises(bounds.Inconclusive, match="no proved sign"):
            point._turn(rows)


@pytest.mark.step("the slice is the whole range")
@pytest.mark.parametrize(("low", "high"), [("0.83396", "0.83399"), ("1.0909", "1.09095")])
def test_a_slice_with_a_fold_in_it_is_not_proved(low: str, high: str) -> None:
    with pytest.raises(bounds.Inconclusive):
        family.slice_of(Fraction(low), Fraction(high))


@pytest.mark.step("neighbours have one shape")
def test_slices_of_different_shapes_are_no_family(monkeypatch: pytest.MonkeyPatch) -> None:
    part = family.slice_of(Fraction(2), Fraction(2))
    shapes = iter([part.shape, part.shape, ("concave",)] + [part.shape] * 99)

    def next_of(low: Fraction, high: Fraction) -> family.ProvedSlice:
        return replace(part, low=low, high=high, shape=next(shapes))

    monkeypatch.setattr(family, "slice_of", next_of)
    with pytest.raises(bounds.Inconclusive, match="the shape of the loss changes"):
        list(family.prove_family(Fraction(2), Fraction(3)))


@pytest.mark.step("a slice that fails is not stepped over")
def test_a_slice_that_fails_is_proved_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused slices are halved, never stepped over; and refused for good, they end the proof."""
    part, asked = family.slice_of(Fraction(2), Fraction(2)), []

    def wide_ones_fail(low: Fraction, high: Fraction) -> family.ProvedSlice:
        asked.append(high - low)
        if high - low > Fraction(1, 100):
            raise bounds.Inconclusive("too wide")
        return replace(part, low=low, high=high)

    monkeypatch.setattr(family, "slice_of", wide_ones_fail)
    found = list(family.prove_family(Fraction(2), Fraction(21, 10)))
    assert max(asked) > Fraction(1, 100)
    assert found[0].low == 2
    assert found[-1].high == Fraction(21, 10)
    assert all(a.high == b.low for a, b in pairwise(found))

    def all_fail(*_: Fraction) -> family.ProvedSlice:
        raise bounds.Inconclusive("never")

    monkeypatch.setattr(family, "slice_of", all_fail)
    with pytest.raises(bounds.Inconclusive, match="never"):
        list(family.prove_family(Fraction(2), Fraction(21, 10)))


def test_a_family_that_goes_on_has_the_shape_of_what_is_kept() -> None:
    part = family.slice_of(Fraction("1.999"), Fraction(2))
    (more,) = family.prove_family(Fraction(2), Fraction("2.001"), part)
    assert (more.shape, more.low, more.high) == (part.shape, part.high, Fraction("2.001"))
    with pytest.raises(bounds.Inconclusive, match="the shape of the loss changes"):
        list(family.prove_family(Fraction(2), Fraction("2.001"), replace(part, shape=("concave",))))


def test_the_pieces_of_a_slice_are_those_between_its_ends() -> None:
    part = family.slice_of(Fraction(2), Fraction(2))
    with working_precision(64):
        assert part.pieces[0][1] == subdivision.near_zero(arb(2))
        assert part.pieces[-1][2] == subdivision.near_end(arb(2))
    assert all(left[2] == right[1] for left, right in pairwise(part.pieces))


def test_a_survey_without_a_turn_finds_no_critical_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(critical, "regime_of", lambda _: None)
    with pytest.raises(bounds.NoCriticalValue, match="concave on its whole domain"):
        bounds.eps_cr("0.5")


# Through the folds


@pytest.mark.step("the fold lies above the gap's lower end", "and below its upper end")
@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("side", [-1, 1])
def test_a_gap_beside_its_fold_is_refused(number: int, side: int) -> None:
    """All of it on one side: the shape does not change there."""
    near = FOLDS[number].delta.low.fraction() + side * Fraction(2, 10**7)
    ends = sorted([near, near + side * Fraction(2, 10**7)])
    with pytest.raises(bounds.Inconclusive, match="does not lie"):
        pass_through(FOLDS[number], *ends)


@pytest.mark.step("a proof is not skipped", "the sign at the right end of the box")
@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("place", [0, 1])
def test_the_same_sign_at_both_ends_of_the_box(
    number: int, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    honest = passage._sign_at

    def turned(region: Slice, y: arb) -> Any:
        calls.append(1)
        sign = honest(region, y)
        return sign if (len(calls) - 1) % 2 != place else {"+": "-", "-": "+"}.get(sign, sign)

    monkeypatch.setattr(passage, "_sign_at", turned)
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        pass_through(FOLDS[number], *GAPS[number])


@pytest.mark.step("the sign at an end is that for every Δ")
def test_a_sign_at_the_ends_holds_for_every_delta() -> None:
    """At this y the criterion is positive for the middle Δ, and negative for another one."""
    with working_precision(64):
        low, high = arb("1.999"), arb("2.001")
        region, middle = Slice(low.union(high)), arb(2)
        _, (first, *_) = survey(Fraction(2))
        root = point_at(first, Fraction(2), 15)[0][1]
        for step in ("0.00001", "-0.00001", "0.00003", "-0.00003"):
            y = (root * (1 + arb(step))).mid()
            signs = {bool(station(y, d.mid()).criterion > 0) for d in (low, middle, high)}
            assert len(signs) == 2
            assert passage._sign_at(region, y) is None
        assert passage._sign_at(region, (root * arb("1.01")).mid()) == "+"
        assert passage._sign_at(region, (root * arb("0.99")).mid()) == "-"


def test_a_sign_in_a_box_or_at_its_ends_is_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what is exactly 0, or without bounds, nothing is told; else the signs are multiplied."""
    zero, one, endless = arb(0), arb(1), arb.pos_inf()
    with working_precision(64):
        region, y = Slice(arb(2)), arb(1)
        here = region.station(y)
        monkeypatch.setattr(passage, "slope_in_delta", lambda *_: zero)
        for value, sign in ((zero, None), (one, "+"), (-one, "-"), (arb.nan(), None)):
            at = replace(here, criterion=value)
            monkeypatch.setattr(Slice, "station", lambda *_, at=at: at)
            assert passage._sign_at(region, y) == sign
        monkeypatch.undo()
        for bend, drift, rising in (
            (one, one, True),
            (one, -one, False),
            (one, zero, None),
            (zero, one, None),
            (-one, one, None),
            (endless, one, None),
            (one, endless, None),
        ):
            monkeypatch.setattr(passage, "bend_along", lambda *_, bend=bend: bend)
            monkeypatch.setattr(passage, "slope_in_delta", lambda *_, drift=drift: drift)
            assert passage._moves(region, y, y * 2, "+") is rising
            monkeypatch.setattr(passage, "bend_along", lambda *_, bend=bend: -bend)
            monkeypatch.setattr(passage, "slope_in_delta", lambda *_, drift=drift: -drift)
            assert passage._moves(region, y, y * 2, "-") is rising


@pytest.mark.step("the bend has the sign of s")
@pytest.mark.heavy
@pytest.mark.parametrize("number", [0, heavy(1), 2])
@pytest.mark.parametrize("bend", [-1, 0])
def test_the_least_value_in_the_box_is_one(
    number: int, bend: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a bend of no sign, or the other, there may be more turns in the box."""
    honest = passage.bend_along

    def other(*at: arb) -> arb:
        return -honest(*at) if bend else honest(*at) * arb(0, 1)

    monkeypatch.setattr(passage, "bend_along", other)
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        pass_through(FOLDS[number], *GAPS[number])


@pytest.mark.step("the least value rises with Δ", "or falls with Δ")
@pytest.mark.heavy
@pytest.mark.parametrize("number", range(3))
def test_it_moves_one_way_with_delta(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs at the ends as they are; over the box the slope in Δ has none."""
    honest = slope_in_delta

    def unsure(x: arb, y: arb, g: arb, delta: arb) -> arb:
        value = honest(x, y, g, delta)
        return value if y.is_exact() else value * arb(0, 1)

    monkeypatch.setattr(passage, "slope_in_delta", unsure)
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        pass_through(FOLDS[number], *GAPS[number])


@pytest.mark.step("the gap is taken as a whole", "the box as a whole")
@pytest.mark.parametrize("number", range(3))
def test_the_box_of_the_fold_is_looked_at_as_a_whole(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """x, y and g at both ends of the box and for both ends of Δ."""
    seen: list[tuple[arb, ...]] = []
    honest = passage.bend_along
    monkeypatch.setattr(passage, "bend_along", lambda *at: seen.append(at) or honest(*at))
    pass_through(FOLDS[number], *GAPS[number])
    x, y, g, delta = seen[-1]
    with working_precision(64):
        centre = FOLDS[number].radius_of_estimate.ball().mid()
        assert y.lower() < centre < y.upper()
        for place in (y.lower() + y.rad() * arb("1e-6"), y.upper() - y.rad() * arb("1e-6")):
            for end in GAPS[number]:
                assert delta.contains(to_ball(end))
                at = station(place.mid(), to_ball(end))
                assert x.contains(at.x.mid())
                assert g.contains(at.g.mid())


@pytest.mark.step("pieces before the box", "pieces after the box")
@pytest.mark.heavy
def test_what_lies_before_and_after_the_box_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the second fold one turn lies before the box and one after it, at the third likewise."""
    for number, (before, after) in enumerate([(1, 3), (3, 5), (5, 3)]):
        found = pass_through(FOLDS[number], *GAPS[number])
        assert (len(found.before), len(found.after)) == (before, after)
    honest, ends = passage.between, []

    def spy(region: Slice, low: arb, end: arb) -> Any:
        ends.append((low, end))
        return honest(region, low, end)

    monkeypatch.setattr(passage, "between", spy)
    pass_through(FOLDS[1], *GAPS[1])
    (first, low), (high, last) = ends[-2:]
    with working_precision(64):
        region = Slice(to_ball(GAPS[1][0]).union(to_ball(GAPS[1][1])))
        assert first == passage.near_zero(region.delta)
        assert last == passage.near_end(region.delta)
        assert low < FOLDS[1].radius_of_estimate.ball() < high


@pytest.mark.step("the side on which two inflections are", "or are not")
@pytest.mark.parametrize(
    ("bend", "drift", "change"),
    [(1, -1, "appear"), (1, 1, "vanish"), (-1, 1, "appear"), (-1, -1, "vanish")],
)
def test_the_side_of_a_fold_is_that_of_its_slopes(bend: int, drift: int, change: str) -> None:
    zero, one = arb(0), arb(1)
    rows = [
        [one, -one, zero, zero],
        [zero, -one, one, zero],
        [zero, zero, zero, arb(drift)],
        [zero, arb(bend), zero, zero],
    ]
    assert fold._change(rows) == change
    rows[3][1] = arb(0, 1)
    with pytest.raises(bounds.Inconclusive, match="no proved sign"):
        fold._change(rows)


# Small Δ


@pytest.mark.step("the start for small Δ", "the end")
@pytest.mark.parametrize("name", ["concave_up_to", "_concave_beyond"])
def test_both_ends_for_small_deltas_are_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_delta, name, lambda *_: False)
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        prove_concave()


@pytest.mark.step("each piece")
def test_every_piece_for_small_deltas_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """They follow one another from 1/20 to 4, and one that fails ends the proof."""
    pieces: list[tuple[arb, arb]] = []
    honest = small_delta._concave

    def spy(low: arb, high: arb, top: arb) -> bool:
        pieces.append((low, high))
        return honest(low, high, top)

    monkeypatch.setattr(small_delta, "_concave", spy)
    count = prove_concave()
    assert count == len(pieces)
    with working_precision(64):
        assert pieces[0][0].overlaps(to_ball(Fraction(1, 20)))
        assert pieces[-1][1] >= 4
        assert all(a[1].overlaps(b[0]) for a, b in pairwise(pieces))
    for bad in (0, 40, count - 1):
        monkeypatch.setattr(
            small_delta,
            "_concave",
            lambda low, *_, bad=bad: not low.overlaps(pieces[bad][0]),
        )
        with pytest.raises(bounds.Inconclusive, match="not proved"):
            prove_concave()


@pytest.mark.step("the end: the last term grows", "the end: the comparison")
def test_the_last_term_alone_serves_only_where_it_grows() -> None:
    """e^{y²/2 − 3yΔ}/y has its least value at y − 3Δ = 1/y, not at the start, if that is less."""
    with working_precision(64):
        small = to_ball(Fraction(1, 64))
        less, more = small_delta.sides((arb("0.405") - 3 * small).exp() / arb("0.9"), arb("0.9"))
        assert less < more
        assert not small_delta._concave_beyond(arb("0.9"), small)
        assert small_delta._concave_beyond(arb(4), small)
        assert not small_delta._concave_beyond(arb(4), arb("1.2"))
        assert not small_delta._concave_beyond(arb(4), arb("1.3"))


@pytest.mark.step(
    "the bracket over all y of a piece", "for every Δ up to the greatest", "its least value"
)
@pytest.mark.parametrize(
    ("low", "high"), [("0.05", "0.9"), ("0.5", "2"), ("2", "4"), ("3", "3.0001")]
)
def test_the_bracket_over_a_box_is_below_it_at_points(low: str, high: str) -> None:
    with working_precision(64):
        top = to_ball(Fraction(1, 40))
        least = small_delta.bracket(arb(low), arb(high), top)
        for share in ("0", "0.3", "0.7", "1"):
            y = (arb(low) + (arb(high) - arb(low)) * arb(share)).mid()
            for delta in (top, top / 2, top / 64):
                at = station(y, delta)
                v = y * delta
                first = (
                    (1 - (-2 * v).exp())
                    * (delta * small_delta_coth(at.x * delta) - at.x)
                    / (1 + steepness(at.x, delta)) ** 2
                )
                second = 2 * delta * (y * (y / 2 - 3 * delta)).exp() / (1 - (-2 * v).exp())
                assert least < first + second


def small_delta_coth(u: arb) -> arb:
    return u.coth()


def steepness(x: arb, delta: arb) -> arb:
    return 2 * (-x * x / 2).exp() * (x * delta).sinh()


@pytest.mark.parametrize("y", ["0.05", "0.7", "2", "4"])
def test_g_is_no_greater_than_it_is_for_small_deltas(y: str) -> None:
    """(1 − g²)² from above, the factor of the bracket from below, at g₀(y) for every Δ."""
    with working_precision(64):
        less, more = small_delta.sides(arb(1), arb(y))
        for delta in ("1/40", "1/1000"):
            g = station(arb(y), to_ball(Fraction(delta))).g
            square = g * g
            assert (1 - square) * (1 - square) < less
            weight = 2 * g * (-square / 2).exp() * (1 + square)
            assert less / more > (1 - square) * (1 - square) / weight


@pytest.mark.step("Δ up to y/2")
@pytest.mark.parametrize("top", ["1/39", "1/30", "0.1"])
def test_small_is_up_to_1_40(top: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound of the mass behind g increases with Δ only up to y/2."""
    for name in ("concave_up_to", "_concave", "_concave_beyond"):
        monkeypatch.setattr(small_delta, name, lambda *_: True)
    with pytest.raises(bounds.Inconclusive, match="1/40"):
        prove_concave(Fraction(top))
