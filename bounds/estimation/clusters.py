"""Clusters of possible means, and what a client does with the nearest one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bounds.estimation.budget import budget_of
from bounds.estimation.centres import Centre, centre_of, weight_of
from bounds.estimation.counts import Counts, Doubles, Integers
from bounds.estimation.rules import OWN_SAMPLE, PLAYS, ClusterRule, averaged, best_rule
from bounds.upper.sample_size import Design, Tuning

_LONGER_THAN_ALL = Fraction(2**60)  # than what is counted, see `counts.FARTHEST`
_BLOCK = 1 << 16  # clients
_SOME = 0.5  # of a report: a step with less is none


@dataclass(frozen=True)
class Clusters:
    """Possible means of one half, joined where they are less than 2t apart.

    Attributes:
        means: T, increasing.
        starts: index of the first point of each cluster in `means`.
        tuning: the numbers of the algorithm.
        distance: D, the least distance of two means.
        counts: the reports that the list is from; None for rules that use the list only.
        everyone: all reports, these among them; by default these.
        weighed: what the reports of the list, and all reports, weigh, if not 1 each.
    """

    means: Doubles
    starts: Integers
    tuning: Tuning
    distance: Fraction
    counts: Counts | None = None
    everyone: Counts | None = None
    weighed: tuple[Counts, Counts] | None = None

    @classmethod
    def of(
        cls,
        means: Doubles,
        tuning: Tuning,
        distance: Fraction,
        counts: Counts | None = None,
        everyone: Counts | None = None,
        weighed: tuple[Counts, Counts] | None = None,
    ) -> Clusters:
        """Join the points."""
        # step: points less than 2t apart are joined [last product]
        starts = np.flatnonzero(np.diff(means, prepend=-np.inf) >= float(2 * tuning.reach))
        return cls(means, starts, tuning, distance, counts, everyone or counts, weighed)

    def by_cases(self) -> Clusters:
        """The same clusters with the rules of the cases alone."""
        return Clusters(self.means, self.starts, self.tuning, self.distance)

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
        """Which clusters are long: their hull, a multiple of 2b, is D − 2η or more."""
        step = 2 * self.tuning.cell
        # step: a hull of D − 2η may hold two means [last call 2/2]
        longest = math.ceil(self.tuning.long_from(self.distance) / step) * step
        return self.high - self.low >= float(min(longest, _LONGER_THAN_ALL))

    @cached_property
    def rules(self) -> tuple[ClusterRule, ...]:
        """The rule of each cluster, for the cluster widened by η; a long one has the own sample."""
        eta = float(self.tuning.widening)
        # step: clients of a long cluster keep their sample [false]
        # step: a mean may lie η below the first point [first sum 1/3]
        # step: and η above the last [first sum 2/3]
        # step: and in the largest gap [first sum 3/3]
        return tuple(
            OWN_SAMPLE
            if long
            else self._mixed(place, best_rule(low - eta, high + eta, max(gap - 2 * eta, 0.0)))
            for place, (low, high, gap, long) in enumerate(
                zip(self.low, self.high, self.largest_gap, self.long, strict=True)
            )
        )

    def _mixed(self, place: int, rule: ClusterRule) -> ClusterRule:
        """The rule of a cluster, mixed with the robust estimate from the reports near it."""
        if self.counts is None:
            return rule
        beyond, design = float(self.tuning.roaming), self.tuning
        low, high = float(self.low[place]), float(self.high[place])
        points = self.means[(self.means >= low) & (self.means <= high)]
        counts, everyone, weighed = self._coarse
        centre = centre_of(counts, everyone, points, beyond, weighed)
        # step: a mean may be η beyond the cluster [first sum 1/3]
        # step: B counts where the step may end [call 1/2: max(centre.start - low, high -
        #   centre.start)]
        farthest = max(centre.high - low, high - centre.low) + float(design.widening)
        budget = budget_of(points, design.prices) if isinstance(design, Design) else math.inf
        return rule.mixed(centre, farthest, budget)

    @cached_property
    def _coarse(self) -> tuple[Counts, Counts, Counts | None]:
        """The reports of the list, all reports, and what those of the list weigh."""
        assert self.counts is not None
        assert self.everyone is not None
        cell = self.tuning.cell
        counts, everyone = self.counts.coarsened(cell), self.everyone
        if self.weighed is None:
            return counts, everyone.coarsened(cell), None
        mine, everyone = self.weighed
        return counts, everyone.coarsened(cell), mine.coarsened(cell)

    def labels(self, x: Doubles) -> Integers:
        """The number of the cluster within 2t of each sample, −1 where none is; shape as x."""
        if not self.means.size:
            return np.full(x.shape, -1)
        nearest = np.searchsorted((self.high[:-1] + self.low[1:]) / 2, x)
        away = np.maximum(self.low[nearest] - x, x - self.high[nearest])
        return np.where(away <= float(2 * self.tuning.reach), nearest, -1)

    def intervals(self, x: Doubles) -> Doubles:
        """The cluster within 2t of each sample, widened by η; NaN where none is; shape (n, 2)."""
        labels, eta = self.labels(x), float(self.tuning.widening)
        ends = np.full((x.size, 2), np.nan)
        inside = labels >= 0
        ends[inside, 0] = self.low[labels[inside]] - eta
        ends[inside, 1] = self.high[labels[inside]] + eta
        return ends

    def estimate(
        self,
        x: Doubles,
        *,
        counted: bool = False,
        shares: tuple[Doubles, Integers] | None = None,
    ) -> Doubles:
        """What clients with own samples x estimate; shape as x.

        Args:
            x: own samples.
            counted: whether they are among all reports, so that each is left out of its own p.
            shares: variances of the samples, from 0 to 1, and the weights with which they were
                counted; by default 1 and 1. Shapes as x.
        """
        estimate = x.copy()
        if self.means.size:
            for start in range(0, x.size, _BLOCK):  # little memory, and that in the cache
                here = slice(start, start + _BLOCK)
                part = None if shares is None else (shares[0][here], shares[1][here])
                self._play(x[here], estimate[here], part, counted=counted)
        return estimate

    def _play(
        self,
        x: Doubles,
        estimate: Doubles,
        shares: tuple[Doubles, Integers] | None,
        *,
        counted: bool,
    ) -> None:
        """Write what clients estimate; it is their own sample so far."""
        most = float(min(self.tuning.farthest_move(self.distance), _LONGER_THAN_ALL))
        kept = float(min(self.tuning.kept_from(self.distance), _LONGER_THAN_ALL))
        nearest = np.searchsorted((self.high[:-1] + self.low[1:]) / 2, x)
        # step: a client far from every cluster keeps its sample [condition: x == x]
        near = np.maximum(self.low[nearest] - x, x - self.high[nearest]) <= kept
        kinds, (middle, size, weight, share, plain) = self._plays
        for kind, play in PLAYS.items():
            here = np.flatnonzero(near & (kinds == kind)[nearest])
            if here.size:
                own, cluster = x[here], nearest[here]
                if shares is None:
                    told = middle[cluster] + play(own - middle[cluster], size[cluster])
                else:
                    variance = shares[0][here]
                    # step: whoever has more samples plays on a sample with noise [call 2/2: 0 *
                    #   variance]
                    told = middle[cluster] + averaged(
                        kind, own - middle[cluster], size[cluster], np.sqrt(1 - variance)
                    )
                    # step: or keeps its own, where that is better [value 3/7: 2]
                    told = np.where(variance < plain[cluster], own, told)
                counts = 1 if shares is None else shares[1][here]
                p = self._centres(own, cluster, counts if counted else 0)
                pulled = p + weight[cluster] * (own - p)
                told += share[cluster] * (pulled - told)
                # step: no client moves by more than 2t [call: told]
                estimate[here] = np.clip(told, own - most, own + most)

    def _centres(self, own: Doubles, cluster: Integers, counts: Integers | int) -> Doubles:
        """The p of each client: a step from p₀ with all reports but its own.

        Args:
            own: their samples.
            cluster: which one each takes.
            counts: with what weight the sample is among all reports; 0 if it is not.
        """
        start, low, high, total, moment, part = self._steps[:, cluster]
        cell = float(self.tuning.cell)
        # step: as it was counted [product 1/2: own]
        away = (np.floor(own / cell) + 0.5) * cell - start  # as the report was counted
        # step: it is left out with the weight that it has [last product]
        less = counts * weight_of(away)
        # step: no report has a say in the centre that its client takes [first sum 2/2]
        # step: nor has its weight [first sum 1/2]
        total, moment = total - less, moment - less * away
        step = np.divide(moment, total, out=np.zeros_like(own), where=total > _SOME)
        # step: and it ends there [call: start + part * step]
        return np.clip(start + part * step, low, high)

    @cached_property
    def _plays(self) -> tuple[NDArray[np.str_], Doubles]:
        """Each rule's kind; middle, size, weight, share, risk of the case; (5, clusters)."""
        kinds = np.array([rule.kind for rule in self.rules])
        return kinds, np.array(
            [(r.middle, r.size, r.weight, r.share, r.plain) for r in self.rules]
        ).T

    @cached_property
    def _steps(self) -> Doubles:
        """What the step of each centre asks for; shape (6, clusters)."""
        centres = [rule.centre or Centre.fixed(rule.middle) for rule in self.rules]
        steps = [(c.start, c.low, c.high, c.weight, c.moment, c.step) for c in centres]
        return np.array(steps).T
