"""One draw of the clients: who is corrupted, who belongs where, and what each reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from bounds.certify.errors import InputError
from bounds.simulation.problem import Doubles, Problem
from bounds.simulation.split import Parts, split

Adversary: TypeAlias = Callable[[Problem, int, np.random.Generator], Doubles]
"""What the corrupted clients report, given the problem with its means, but no samples."""


@dataclass(frozen=True)
class Clients:
    """All reports in one array: component by component, the corrupted ones last.

    Attributes:
        problem: what they were drawn from.
        reports: the samples {yᵢ} that the server sees (it must not look at their order). Those of a
            component are independent and stand in no order: see `split`.
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

    def split(self, part_h: float, part_1: float, rng: np.random.Generator) -> Parts:
        """Lines 4 and 5 of Algorithm 1: each client to H, T₁ or T₂, independently of the others.

        The genuine samples of a component are independent and of one law, and in no order. Which of
        them a coin chooses makes no difference then, only how many: so many from the first on are
        H, the next T₁, the rest T₂. What the adversary reports has an order, and a coin each.

        Args:
            part_h: the chance of H.
            part_1: the chance of T₁.
            rng: for the coins.

        Paper: Algorithm 1, lines 4 and 5.
        """
        sizes = np.diff(self.ends, prepend=0)
        counts = rng.multinomial(sizes, [part_h, part_1, 1 - part_h - part_1])
        corrupted = split(self.reports[self.ends[-1] :], part_h, part_1, rng)
        pieces = [[*part] for part in corrupted]
        start = 0
        for row in counts.tolist():
            for part, number in zip(pieces, row, strict=True):
                part.append(self.reports[start : start + number])
                start += number
        return pieces[0], pieces[1], pieces[2]


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
