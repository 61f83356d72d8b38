"""One draw of the clients: who is corrupted, who belongs where, and what each reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from bounds.certify.errors import InputError
from bounds.simulation.problem import Doubles, Problem

Adversary: TypeAlias = Callable[[Problem, int, np.random.Generator], Doubles]
"""What the corrupted clients report, given the problem with its means, but no samples."""


@dataclass(frozen=True)
class Clients:
    """All reports in one array: component by component, the corrupted ones last.

    Attributes:
        problem: what they were drawn from.
        reports: the samples {yᵢ} that the server sees (it must not look at their order).
        ends: where the block of each component ends.
    """

    problem: Problem
    reports: Doubles
    ends: tuple[int, ...]

    def components(self) -> Iterator[tuple[float, Doubles]]:
        """Each mean with the genuine samples around it."""
        start = 0
        for mean, end in zip(self.problem.means, self.ends, strict=True):
            yield float(mean), self.reports[start:end]
            start = end


def draw_clients(
    problem: Problem,
    adversary: Adversary,
    genuine: np.random.Generator,
    corrupted: np.random.Generator,
) -> Clients:
    """Draw every client, each corrupted independently with probability c/(k + c).

    Args:
        problem: what to draw from.
        adversary: what the corrupted clients report.
        genuine: for who is corrupted, who belongs where, and the genuine samples.
        corrupted: for the adversary, who so learns nothing of the samples.

    Raises:
        InputError: no client is genuine, or the adversary did not return that many finite numbers.
    """
    n, k = problem.clients, problem.k
    bad = int(genuine.binomial(n, float(problem.c / (k + problem.c))))
    if bad == n:
        raise InputError("no client is genuine in this draw: pass a larger m or a smaller c")
    sizes = genuine.multinomial(n - bad, np.full(k, 1 / k))
    ends = tuple(int(end) for end in np.cumsum(sizes))
    clients = Clients(problem, np.empty(n), ends)
    for mean, block in clients.components():
        genuine.standard_normal(out=block)
        block += mean
    if bad:
        clients.reports[ends[-1] :] = _checked(adversary(problem, bad, corrupted), bad)
    return clients


def _checked(reports: object, count: int) -> Doubles:
    array = np.asarray(reports)
    if array.shape != (count,) or array.dtype.kind not in "fiu" or not np.all(np.isfinite(array)):
        raise InputError(
            f"an adversary must return {count} finite numbers, one for each corrupted client"
        )
    return array.astype(np.float64, copy=False)
