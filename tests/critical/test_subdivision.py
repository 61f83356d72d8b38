from itertools import pairwise

import pytest
from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.critical.curve import Piece, Slice, Station, station
from bounds.critical.subdivision import Run, _mark, between, crossings, merged, pieces, runs


@pytest.mark.heavy
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
    found = [(mark, arb(k), arb(k + 1)) for k, mark in enumerate("-///--")]
    wanted = [Run("-", arb(0), arb(1), 1), Run("/", arb(1), arb(4), 3), Run("-", arb(4), arb(6), 2)]
    assert merged(found) == wanted  # type: ignore[arg-type]
    assert merged([]) == []


def test_a_box_too_wide_to_divide_by_has_no_mark() -> None:
    assert _mark(None) is None


@pytest.mark.parametrize("width", ["0", "0.002"])
def test_cuts_in_any_order_prove_what_no_cuts_prove(
    width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come from files: backwards, twice, beyond both ends; pieces only go forwards."""
    ends: list[tuple[arb, arb]] = []
    honest = Slice.piece

    def spy(self: Slice, left: Station, right: Station) -> Piece | None:
        ends.append((left.y, right.y))
        return honest(self, left, right)

    monkeypatch.setattr(Slice, "piece", spy)
    with working_precision(64):
        region, low, high = Slice(arb(3).union(arb(3) + arb(width))), arb(7) / 32, arb(8) / 32
        places = [low + (high - low) * k / 8 for k in range(9)]
        orders = [
            [low / 2, *(place.mid() for place in places for _ in range(2)), high * 2],
            places[::-1],
            [places[5], places[1], low / 2, *places[2:]],
        ]
        for order in orders:
            found = list(between(region, low, high, order))
            assert "".join(run.mark for run in merged(found)) in ("/", "-/", "/+", "-/+")
            assert found[0][1] == low
            assert found[-1][2] == high
            assert all(left < right for _, left, right in found)
            assert all(a[2] == b[1] for a, b in pairwise(found))
        assert len(list(between(region, low, high, orders[0]))) == 8
    assert all(left < right for left, right in ends)
