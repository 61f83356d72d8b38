"""What one would write in practice: centres of k groups, from all reports, robustly.

All know k, c and D, and start from the k heaviest windows of width D/2, none inside another.
Reports are counted on cells of 1/32 of a standard deviation.
- EM of a mixture of k normal laws and a uniform one, which takes up what is corrupted (J. Banfield
  and A. Raftery, Model-based Gaussian and non-Gaussian clustering, Biometrics 49, 1993).
- Trimmed k-means: the share c/(k + c) that is farthest from all centres is left out of the means
  (J. Cuesta-Albertos, A. Gordaliza and C. Matrán, Trimmed k-means, Annals of Statistics 25, 1997).
- Clusters, then a median in each (A. Ghosh, J. Hong, D. Yin and K. Ramchandran, Robust federated
  learning in a heterogeneous environment, 2019).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bounds.estimation.counts import Counts, weighted_median
from bounds.estimation.spread import heaviest
from bounds.simulation.problem import Doubles, Problem

_CELL = Fraction(1, 32)
_ROUNDS = 40
_CLOSE = 1e-6
_ROWS = 4096

Step = Callable[[Doubles, NDArray[np.int64], Doubles], Doubles]
"""The next centres, from places, how many reports are there, and the centres before."""


def centres(reports: Doubles, problem: Problem, step: Step) -> Doubles:
    """Centres of the groups: heavy windows, and then one step again and again.

    Args:
        reports: all of them.
        problem: k, c and D are read, the means are not.
        step: of the method.
    """
    counts = Counts.of(reports, _CELL)
    places, number = counts.middles, counts.number
    windows = heaviest(places, number, problem.k, float(problem.separation) / 2)
    found = np.sort([weighted_median(places[a:b], number[a:b]) for a, b in windows])
    for _ in range(_ROUNDS):
        before, found = found, step(places, number, found)
        if np.abs(found - before).max() < _CLOSE:
            break
    return found


def em_step(share: float) -> Step:
    """One round of EM, with the weight of the uniform law held at the share of the corrupted."""

    def step(places: Doubles, number: NDArray[np.int64], found: Doubles) -> Doubles:
        width = float(places[-1] - places[0]) + 1
        uniform = share / width
        weight, sums = np.zeros(found.size), np.zeros(found.size)
        for start in range(0, places.size, _ROWS):
            here = slice(start, start + _ROWS)
            laws = np.exp(-np.square(places[here, np.newaxis] - found) / 2)
            laws *= (1 - share) / found.size / np.sqrt(2 * np.pi)
            laws /= laws.sum(axis=1, keepdims=True) + uniform + 1e-300
            weight += number[here] @ laws
            sums += (number[here] * places[here]) @ laws
        return np.where(weight > 0, sums / np.maximum(weight, 1e-300), found)

    return step


def trimmed_step(share: float) -> Step:
    """One round of trimmed k-means."""

    def step(places: Doubles, number: NDArray[np.int64], found: Doubles) -> Doubles:
        nearest = _nearest(places, found)
        away = np.abs(places - found[nearest])
        order = np.argsort(away, kind="stable")
        kept = np.zeros(places.size)
        room = (1 - share) * number.sum() - (np.cumsum(number[order]) - number[order])
        kept[order] = np.clip(room, 0, number[order])
        weight = np.bincount(nearest, kept, found.size)
        sums = np.bincount(nearest, kept * places, found.size)
        return np.where(weight > 0, sums / np.maximum(weight, 1), found)

    return step


def median_step(places: Doubles, number: NDArray[np.int64], found: Doubles) -> Doubles:
    """One round of k-medians."""
    cuts = np.searchsorted(_nearest(places, found), np.arange(found.size + 1))
    return np.array(
        [
            weighted_median(places[a:b], number[a:b]) if a < b else centre
            for a, b, centre in zip(cuts[:-1], cuts[1:], found, strict=True)
        ]
    )


def _nearest(places: Doubles, found: Doubles) -> NDArray[np.int64]:
    return np.searchsorted((found[1:] + found[:-1]) / 2, places)
