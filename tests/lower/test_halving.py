"""A region cut in halves: nothing is left out."""

import pytest

from bounds.certify.errors import Inconclusive
from bounds.lower.halving import halved

Ends = tuple[int, int]


def halves(ends: Ends) -> tuple[Ends, Ends]:
    low, high = ends
    return (low, (low + high) // 2), ((low + high) // 2, high)


def told(ends: Ends) -> str:
    return f"at {ends[0]}"


@pytest.mark.step("a part that fails is cut")
def test_every_part_is_tested_and_told() -> None:
    proved: list[Ends] = []

    def narrow(ends: Ends) -> bool:
        fine = ends[1] - ends[0] <= (2 if ends[0] < 8 else 8)
        if fine:
            proved.append(ends)
        return fine

    assert halved((0, 32), narrow, halves, told) == len(proved) == 7
    assert sorted(place for low, high in proved for place in range(low, high)) == list(range(32))


def test_a_search_without_end_says_where() -> None:
    end = 2**60
    with pytest.raises(Inconclusive, match=r"^50 parts do not suffice: at \d{19}$"):
        halved((0, end), lambda ends: ends[1] != end, halves, told, 50)
