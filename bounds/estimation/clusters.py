"""Clusters of possible means, and what a client does with the nearest one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bounds.estimation.counts import Doubles, Integers
from bounds.estimation.rules import OWN_SAMPLE, PLAYS, ClusterRule, best_rule


@dataclass(frozen=True)
class Clusters:
    """Possible means of one half, joined where they are less than 2t apart.

    Attributes:
        means: T, increasing.
        starts: index of the first point of each cluster in `means`.
        reach: t.
        longest: a hull of this length or more is long: its clients keep their sample.
        widening: η, by which the true mean may miss a point of T.
    """

    means: Doubles
    starts: Integers
    reach: float
    longest: float
    widening: float

    @classmethod
    def of(cls, means: Doubles, reach: float, longest: float, widening: float) -> Clusters:
        """Join the points."""
        starts = np.flatnonzero(np.diff(means, prepend=-np.inf) >= 2 * reach)
        return cls(means, starts, reach, longest, widening)

    @cached_property
    def low(self) -> Doubles:
        """The first point of each cluster; shape (clusters,)."""
        return self.means[self.starts]

    @cached_property
    def high(self) -> Doubles:
        """The last point of each cluster; shape (clusters,)."""
        last = np.append(self.starts[1:], self.means.size) - 1
        high: Doubles = self.means[last[: self.starts.size]]
        return high

    @cached_property
    def largest_gap(self) -> Doubles:
        """The largest gap within each cluster, 0 for a single point; shape (clusters,)."""
        if not self.means.size:
            return self.means
        inner = np.diff(self.means, append=self.means[-1])
        inner[self.starts[1:] - 1] = 0.0
        return np.maximum.reduceat(inner, self.starts)

    @property
    def long(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which clusters are long; shape (clusters,)."""
        return self.high - self.low >= self.longest

    @cached_property
    def rules(self) -> tuple[ClusterRule, ...]:
        """The rule of each cluster, for the cluster widened by η; a long one has the own sample."""
        eta = self.widening
        return tuple(
            OWN_SAMPLE if long else best_rule(low - eta, high + eta, max(gap - 2 * eta, 0.0))
            for low, high, gap, long in zip(
                self.low, self.high, self.largest_gap, self.long, strict=True
            )
        )

    def estimate(self, x: Doubles) -> Doubles:
        """What clients with own samples x estimate; shape as x."""
        estimate = x.copy()
        if not self.means.size:
            return estimate
        nearest = np.searchsorted((self.high[:-1] + self.low[1:]) / 2, x)
        distance = np.maximum(self.low[nearest] - x, x - self.high[nearest])
        near = distance <= 2 * self.reach
        kinds = np.array([rule.kind for rule in self.rules])
        middles = np.array([rule.middle for rule in self.rules])
        sizes = np.array([rule.size for rule in self.rules])
        for kind, play in PLAYS.items():
            here = np.flatnonzero(near & (kinds == kind)[nearest])
            if here.size:
                own, cluster = x[here], nearest[here]
                middle = middles[cluster]
                told = middle + play(own - middle, sizes[cluster])
                estimate[here] = np.clip(told, own - 2 * self.reach, own + 2 * self.reach)
        return estimate
