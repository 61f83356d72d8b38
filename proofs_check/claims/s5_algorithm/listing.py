"""Algorithm 1 as far as claims need it: what each line sets, and the sizes it draws."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import sympy as sp

SETS = {
    2: "m_h",
    3: "m",
    4: "m_1 = m_2",
    5: "H, T_1, T_2",
    6: "rho",
    7: "H'",
    8: "G",
    9: "C",
    11: "S_c",
    12: "l",
    13: "m~",
    14: "mu~_c",
    15: "eps~_c",
    16: "L",
}
"""Line of Algorithm 1 and what it sets; line 10 opens the loop over C."""

k, c, m, m_h = sp.symbols("k c m m_h", positive=True)

HALF = (m - m_h) / 2
"""m₁ = m₂ (line 4)."""


def genuine_in(odds: Any) -> Any:
    """Expected genuine points of one component in a part that is drawn with the given odds.

    There are n = (k + c)m clients; one is of a given component, and not corrupted, with probability
    (k/(k + c))(1/k), and falls in the part with probability odds/m.
    """
    total = m_h + 2 * HALF
    return sp.cancel((k + c) * m * (k / (k + c)) / k * odds / total)


def cliques(points: tuple[int, ...], edge: int) -> list[tuple[int, ...]]:
    """All cliques of the graph that joins points closer than `edge`."""
    return [
        group
        for size in range(1, len(points) + 1)
        for group in combinations(points, size)
        if max(group) - min(group) < edge
    ]


def maximal(groups: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The groups that are in no other."""
    return [g for g in groups if not any(set(g) < set(other) for other in groups)]
