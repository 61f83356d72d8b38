"""What a client makes of its own sample: estimators affine on intervals, and their risk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bounds.simulation.clients import Clients
from bounds.simulation.problem import Doubles

_CHUNK = 10_000  # stays in the processor's cache, and BLAS starts no threads for it


@dataclass(frozen=True)
class Rule:
    """x ↦ weight·centre + (1 − weight)·x on the open interval (low, high), and x elsewhere.

    Attributes:
        low, high: the intervals, disjoint and sorted.
        centre: the server's estimate for each.
        weight: how far a client trusts it, in [0, 1].
    """

    low: Doubles
    high: Doubles
    centre: Doubles
    weight: Doubles

    def __call__(self, x: Doubles, less: float = 0.0) -> Doubles:
        """The estimates of clients whose samples are `x`, less a number.

        All are mixed as on the interval where the middle one is, and then those outside it put
        right: clients mostly come component by component.
        """
        j = int(self.low.searchsorted(x[x.size // 2])) - 1 if x.size else -1
        if j < 0:
            return self._by_intervals(x) - less
        estimate = (1 - self.weight[j]) * x
        estimate += self.weight[j] * self.centre[j] - less
        outside = x <= self.low[j]
        outside |= x >= self.high[j]
        others = outside.nonzero()[0]
        if others.size:
            estimate[others] = self._by_intervals(x[others]) - less
        return estimate

    def _by_intervals(self, x: Doubles) -> Doubles:
        estimate = x.copy()
        if not x.size:
            return estimate
        first = int(np.searchsorted(self.high, x.min(), side="right"))
        last = int(np.searchsorted(self.low, x.max(), side="left"))
        for j in range(first, last):
            inside = x > self.low[j]
            inside &= x < self.high[j]
            mixed = (1 - self.weight[j]) * x
            mixed += self.weight[j] * self.centre[j]
            np.copyto(estimate, mixed, where=inside)
        return estimate


OWN_SAMPLE = Rule(*np.empty((4, 0)))


def nearest(centres: Doubles, weight: Doubles, threshold: float) -> Rule:
    """Each client mixes its sample with the nearest centre nearer than `threshold`."""
    order = np.argsort(centres, kind="stable")
    centres, weight = centres[order], weight[order]
    middles = (centres[1:] + centres[:-1]) / 2
    low = np.maximum(centres - threshold, np.r_[-np.inf, middles])
    high = np.minimum(centres + threshold, np.r_[middles, np.inf])
    return Rule(low, high, centres, weight)


def estimates_risk(estimates: Doubles, clients: Clients) -> float:
    """The mean of (μᵢ − estimate)² over the uncorrupted clients.

    Args:
        estimates: one for each report, in the order of the reports; shape (n,).
        clients: the draw.
    """
    total, start = 0.0, 0
    for mean, block in clients.components():
        error = estimates[start : start + block.size] - mean
        total += float(error @ error)
        start += block.size
    return total / clients.ends[-1]


def risk(rule: Rule, clients: Clients) -> float:
    """The mean of (μᵢ − estimate)² over the uncorrupted clients, as the problem defines it.

    Args:
        rule: what a client makes of its sample.
        clients: one draw, of at least one genuine client.
    """
    total = 0.0
    for mean, block in clients.components():
        for start in range(0, block.size, _CHUNK):
            error = rule(block[start : start + _CHUNK], mean)
            total += float(error @ error)
    return total / clients.ends[-1]
