"""Reports of very many clients, drawn as counts on the estimator's cells: no report is made."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from scipy.special import ndtr

from bounds.estimation.counts import Counts
from bounds.estimation.summary import Lists, Summary
from bounds.upper.sample_size import FINEST_CELL

_HALF = 9  # standard deviations around a mean: what lies beyond is put into the last cells
_NODES = np.arange(-10.0, 10.0, 2.0**-9)
_WEIGHTS = np.exp(-np.square(_NODES) / 2)

Law = Callable[[np.ndarray], np.ndarray]
"""The chance of a corrupted report to lie below each place."""


def normal(mean: float) -> Law:
    """The law N(mean, 1)."""
    return lambda x: ndtr(x - mean)


def beside(mean: float, gap: float) -> Law:
    """The law ∝ (φ(x − mean − gap) − φ(x − mean))⁺: with enough of it both look possible."""

    def below(x: np.ndarray) -> np.ndarray:
        x = np.maximum(x, mean + gap / 2)
        lost = ndtr(x - mean) - ndtr(x - mean - gap)
        mass = 2 * ndtr(gap / 2) - 1
        return 1 - lost / mass

    return below


def at(place: float) -> Law:
    """All reports there."""
    return lambda x: (x > place) * 1.0


def _cells_around(low: float, high: float) -> np.ndarray:
    b = float(FINEST_CELL)
    return np.arange(round((low - _HALF) / b), round((high + _HALF) / b) + 1)


def _drawn(index: np.ndarray, law: Law, number: int, rng: np.random.Generator | None) -> np.ndarray:
    """So many reports of a law in each cell; the expected numbers, rounded, if nothing is drawn."""
    edges = index[1:] * float(FINEST_CELL)
    chances = np.diff(np.concatenate([[0.0], law(edges), [1.0]]))
    if rng is None:
        return np.diff(np.rint(number * np.concatenate([[0.0], law(edges), [1.0]]))).astype(int)
    return rng.multinomial(number, np.maximum(chances, 0))


def counted(
    k: int,
    c: Fraction,
    distance: Fraction,
    n: int,
    means: np.ndarray,
    corrupted: Law | None = None,
    seed: int | None = 0,
) -> Summary:
    """The summary of n reports: of k components at those means, and corrupted ones of a law.

    With seed None nothing is drawn: every cell holds what it is expected to.
    """
    rng = None if seed is None else np.random.default_rng(seed)
    share = float(c / (k + c))
    index = _cells_around(float(means.min()) - 8, float(means.max()) + 8)
    bad = round(n * share) if rng is None else int(rng.binomial(n, share))
    chances = np.full(k, 1 / k)
    sizes = [(n - bad) // k] * k if rng is None else rng.multinomial(n - bad, chances)
    table = np.zeros(index.size, np.int64)
    for mean, number in zip(means, sizes, strict=True):
        table += _drawn(index, normal(float(mean)), int(number), rng)
    if bad:
        table += _drawn(index, corrupted or at(float(index[-1])), bad, rng)
    table[-1] += n - int(table.sum())
    held = np.flatnonzero(table)
    counts = Counts.read(index[held], table[held], FINEST_CELL)
    return Summary(k, c, distance, counts, frozenset(["a stream"]))


def risk(lists: Lists, means: np.ndarray) -> float:
    """The mean squared error of the average genuine client, by sums over its sample."""
    weights = _WEIGHTS / _WEIGHTS.sum()
    errors = [weights @ np.square(lists.clusters.estimate(mean + _NODES) - mean) for mean in means]
    return float(np.mean(errors))
