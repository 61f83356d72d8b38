"""The random split of the reports into H, T₁ and T₂: lines 2 to 5 of Algorithm 1."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bounds.simulation.buckets import Pieces
from bounds.simulation.problem import Doubles, Problem

_CHUNK = 1 << 14  # stays in the processor's cache

Parts: TypeAlias = tuple[Pieces, Pieces, Pieces]
"""H, T₁ and T₂, each in pieces and in any order."""


def shares(number: int, problem: Problem) -> tuple[float, float]:
    """Lines 2 to 5: m_h/m and m₁/m, the chances of so many reports to be in H and in T₁."""
    m = number / float(problem.k + problem.c)
    m_h = problem.filter_size
    return m_h / m, (m - m_h) / 2 / m


def split(reports: Doubles, part_h: float, part_1: float, rng: np.random.Generator) -> Parts:
    """Lines 4 and 5: each point to H, T₁ or T₂, independently; a part keeps their order.

    Args:
        reports: in any order.
        part_h: the chance of H.
        part_1: the chance of T₁.
        rng: for the coins.
    """
    parts: list[list[Doubles]] = [[], [], []]
    for start in range(0, reports.size, _CHUNK):
        some = reports[start : start + _CHUNK]
        fates = fates_of(some.size, part_h, part_1, rng)
        for number, part in enumerate(parts):
            part.append(some.take((fates == number).nonzero()[0]))
    return parts[0], parts[1], parts[2]


def fates_of(
    number: int, part_h: float, part_1: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """0 with the chance `part_h`, 1 with the chance `part_1`, 2 else; independently.

    A byte is mostly enough for a coin: 0 ≤ u < 256 tells that it falls into [u, u + 1)/256. Where
    the chances cut this interval, the coin falls into it uniformly.
    """
    cuts = [part_h, part_h + part_1]
    coins = np.frombuffer(rng.bytes(number), np.uint8)
    whole = np.arange(256) / 256
    least = np.searchsorted(cuts, whole, side="right").astype(np.uint8)
    cut = np.searchsorted(cuts, whole + 1 / 256, side="left") > least
    fates = least.take(coins)
    open_ = cut.take(coins).nonzero()[0]
    exact = (coins[open_] + rng.random(open_.size)) / 256
    fates[open_] = np.searchsorted(cuts, exact, side="right")
    return fates
