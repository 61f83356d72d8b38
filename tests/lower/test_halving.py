"""A region cut in halves: nothing is left out, and the letters say how it was cut."""

import pytest

from bounds.certify.errors import Inconclusive
from bounds.lower.halving import halved, parts_of

Ends = tuple[int, int]


def halves(ends: Ends) -> tuple[Ends, Ends]:
    low, high = ends
    return (low, (low + high) // 2), ((low + high) // 2, high)


def told(ends: Ends) -> str:
    return f"at {ends[0]}"


def test_every_part_is_tested_and_told() -> None:
    kept: list[Ends] = []

    def narrow(ends: Ends) -> bool:
        fine = ends[1] - ends[0] <= (2 if ends[0] < 8 else 8)
        if fine:
            kept.append(ends)
        return fine

    letters = halved((0, 32), narrow, halves, told)
    assert list(parts_of(letters, (0, 32), halves)) == kept
    assert sorted(place for low, high in kept for place in range(low, high)) == list(range(32))
    assert letters.count(".") == len(kept) == 7


def test_a_search_without_end_says_where() -> None:
    end = 2**60
    with pytest.raises(Inconclusive, match=r"^50 parts do not suffice: at \d{19}$"):
        halved((0, end), lambda ends: ends[1] != end, halves, told, 50)


@pytest.mark.parametrize("letters", ["", "/", "/.", "..", "/...", "x", "x..", "/.x"])
def test_letters_that_leave_something_out_are_no_subdivision(letters: str) -> None:
    with pytest.raises(ValueError, match="subdivision"):
        list(parts_of(letters, (0, 8), lambda box: (box, box)))
    assert list(parts_of("/..", (0, 8), lambda _: ((0, 4), (4, 8)))) == [(4, 8), (0, 4)]
