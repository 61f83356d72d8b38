from itertools import pairwise

import pytest
from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.critical.curve import Piece, Slice, Station, station
from bounds.critical.subdivision import Run, _mark, crossings, merged, pieces, runs


@pytest.mark.parametrize("delta", ["0.3", "1.1", "1.5", "3", "8", "40"])
def test_pieces_cover_the_domain_and_tell_the_truth(delta: str) -> None:
    with working_precision(64):
        d = arb(delta)
        found = list(pieces(Slice(d)))
        assert found[0][1] == 0
        assert found[-1][2] == arb.pos_inf()
        for (_, _, high), (_, low, _) in pairwise(found):
            assert high == low
        for mark, low, high in found[1:-1]:
            values = [station(y.mid(), d).criterion for y in (low, (low + high) / 2, high)]
            if mark == "+":
                assert all(value > 0 for value in values)
            elif mark == "-":
                assert all(value < 0 for value in values)
            else:
                ordered = values if mark == "/" else values[::-1]
                assert not ordered[0] > ordered[1]
                assert not ordered[1] > ordered[2]


@pytest.mark.parametrize(
    ("delta", "turns"),
    [
        ("0.5", []),
        ("0.95", [True, False]),
        ("1.2", [True, False, True, False]),
        ("1.45", [True, False, True, False]),
        ("1.5", [True, False]),
        ("3", [True, False]),
        ("100", [True, False]),
    ],
)
def test_the_number_and_kind_of_crossings(delta: str, turns: list[bool]) -> None:
    with working_precision(64):
        assert [c.to_convex for c in crossings(runs(Slice(arb(delta))))] == turns


def test_a_whole_range_of_delta_at_once() -> None:
    with working_precision(64):
        found = crossings(runs(Slice(arb("2").union(arb("2.005")))))
    assert [c.to_convex for c in found] == [True, False]


def test_a_range_in_which_the_picture_changes_is_not_proved() -> None:
    with working_precision(64), pytest.raises(Inconclusive):
        crossings(runs(Slice(arb("1.46").union(arb("1.48")))))


def run(mark: str, low: int) -> Run:
    return Run(mark, arb(low), arb(low + 1), 1)  # type: ignore[arg-type]


def test_a_monotone_run_between_equal_signs_holds_no_crossing() -> None:
    assert crossings([run("-", 0), run("/", 1), run("-", 2)]) == []


def test_two_monotone_runs_that_meet_prove_nothing() -> None:
    with pytest.raises(Inconclusive, match="monotone runs meet"):
        crossings([run("-", 0), run("/", 1), run("\\", 2), run("-", 3)])


def test_neighbours_of_one_mark_are_one_run() -> None:
    found = [(mark, arb(k), arb(k + 1)) for k, mark in enumerate("-//--\\")]
    wanted = [Run("-", 0, 1, 1), Run("/", 1, 3, 2), Run("-", 3, 5, 2), Run("\\", 5, 6, 1)]  # type: ignore[arg-type]
    assert merged(found) == wanted  # type: ignore[arg-type]
    assert merged([]) == []


def test_a_box_too_wide_to_divide_by_has_no_mark() -> None:
    assert _mark(None) is None


def test_cuts_in_any_order_prove_what_no_cuts_prove(monkeypatch: pytest.MonkeyPatch) -> None:
    """They come from files: backwards, twice, beyond both ends; pieces only go forwards."""
    ends: list[tuple[arb, arb]] = []
    honest = Slice.piece

    def spy(self: Slice, left: Station, right: Station) -> Piece | None:
        ends.append((left.y, right.y))
        return honest(self, left, right)

    monkeypatch.setattr(Slice, "piece", spy)
    with working_precision(64):
        for region in (Slice(arb(3)), Slice(arb(3).union(arb("3.002")))):
            alone = list(pieces(region))
            cuts = [high for _, _, high in alone[:-1]]
            forwards = cuts[0], *(cut for cut in cuts for _ in range(2)), arb(99)
            for order in (forwards, cuts[::-1], [cuts[5], cuts[1], arb(0), *cuts[2:]]):
                found = list(pieces(region, order))
                assert crossings(merged(found))[0].to_convex
                assert len(crossings(merged(found))) == 2
                assert all(low < high for _, low, high in found)
                assert all(a[2] == b[1] for a, b in pairwise(found))
            assert [high for _, _, high in pieces(region, forwards)] == [p[2] for p in alone]
    assert all(left < right for left, right in ends)
