from itertools import combinations

import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from proofs_check.claims.s5_algorithm.listing import HALF, cliques, genuine_in, m, m_h, maximal


def test_parts_hold_their_odds() -> None:
    assert sp.simplify(genuine_in(m_h) + 2 * genuine_in(HALF) - m) == 0


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6, unique=True))
def test_cliques_are_what_they_are_called(points: list[int]) -> None:
    groups = cliques(tuple(sorted(points)), 3)
    for group in groups:
        assert all(b - a < 3 for a, b in combinations(group, 2))
    assert {p for group in maximal(groups) for p in group} == set(points)
    assert (len(maximal(groups)) == 1) == (max(points) - min(points) < 3)
