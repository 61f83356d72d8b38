"""Clusters of possible means, and what a client does with the nearest one.

Each client has a list without its own report. These lists differ by few points: `Removals` says
which points leave, and `rows` has, beside the clusters of all points, those that are left of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bounds.estimation.budget import budget_of
from bounds.estimation.centres import BIWEIGHT, Centres, Own
from bounds.estimation.counts import Counts, Doubles, Integers, Truths, cells_of
from bounds.estimation.listing import Removals
from bounds.estimation.rules import OWN_SAMPLE, PLAYS, ClusterRule, averaged, best_rule
from bounds.upper.sample_size import Design, Tuning

_LONGER_THAN_ALL = Fraction(2**60)  # than what is counted, see `counts.FARTHEST`
_BLOCK = 1 << 16  # clients
_NOBODY = -1


@dataclass(frozen=True)
class Near:
    """The reports that the rules of clusters may use.

    Attributes:
        counts: those that were listed, on cells of width b.
        weighed: what they weigh for the centres, if not 1 each.
        scale: m′, how many count as one component.
    """

    counts: Counts
    weighed: Counts | None
    scale: float


@dataclass(frozen=True)
class Clusters:
    """Possible means, joined where they are less than 2t apart.

    Attributes:
        means: T, increasing.
        starts: index of the first point of each cluster in `means`.
        tuning: the numbers of the algorithm.
        distance: D, the least distance of two means.
        near: the reports; None for rules that use the list only.
        removals: which points leave the list of a client.
    """

    means: Doubles
    starts: Integers
    tuning: Tuning
    distance: Fraction
    near: Near | None = None
    removals: Removals = field(default_factory=Removals.none)

    @classmethod
    def of(
        cls,
        means: Doubles,
        tuning: Tuning,
        distance: Fraction,
        near: Near | None = None,
        removals: Removals | None = None,
    ) -> Clusters:
        """Join the points."""
        return cls(
            means, _starts(means, tuning), tuning, distance, near, removals or Removals.none()
        )

    def by_cases(self) -> Clusters:
        """The same clusters with the rules of the cases alone."""
        return replace(self, near=None)

    @property
    def low(self) -> Doubles:
        """The first point of each cluster; shape (clusters,)."""
        return self.means[self.starts]

    @property
    def high(self) -> Doubles:
        """The last point of each cluster; shape (clusters,)."""
        last = np.append(self.starts[1:], self.means.size) - 1
        high: Doubles = self.means[last[: self.starts.size]]
        return high

    @property
    def long(self) -> Truths:
        """Which clusters are long: their hull, a multiple of 2b, is D − 2η or more."""
        return self._is_long(self.high - self.low)

    def _is_long(self, hull: Doubles) -> Truths:
        step = 2 * self.tuning.cell
        # step: a hull of D − 2η may hold two means [last call 2/2]
        longest = math.ceil(self.tuning.long_from(self.distance) / step) * step
        return hull >= float(min(longest, _LONGER_THAN_ALL))

    @property
    def rules(self) -> tuple[ClusterRule, ...]:
        """The rule of each cluster, for the cluster widened by η; a long one has the own sample."""
        return self._rules[: self.starts.size]

    @property
    def every_rule(self) -> tuple[ClusterRule, ...]:
        """Those of what is left of clusters, too."""
        return self._rules

    @cached_property
    def centres(self) -> Doubles:
        """For a new client the p of each cluster; NaN where none is played; shape (clusters,)."""
        own, found = Own.nothing(), np.full(self.starts.size, np.nan)
        for row in range(found.size):
            if self._centres_of[row] is not None:
                p, _, share = self._pulls(row, own)
                found[row] = p[0] if share[0] > 0 else np.nan
        return found

    @cached_property
    def _variants(self) -> tuple[tuple[Doubles, ...], tuple[tuple[int, int, Integers], ...]]:
        """The points of each row, and what is left where points leave.

        For each set that leaves: the first and the last cluster that it is from, and the rows that
        are left of these and of the clusters beside.
        """
        ends = np.append(self.starts[1:], self.means.size)[: self.starts.size]
        rows = [self.means[a:b] for a, b in zip(self.starts, ends, strict=True)]
        known: dict[bytes, int] = {}
        left: list[tuple[int, int, Integers]] = []
        last = self.starts.size - 1
        for leaving in self.removals.sets:
            if not leaving.size:
                left.append((0, -1, np.empty(0, np.int64)))
                continue
            first, final = np.searchsorted(self.starts, leaving[[0, -1]], side="right") - 1
            whole = np.arange(self.starts[first], ends[final])
            points = self.means[np.setdiff1d(whole, leaving)]
            parts = np.split(points, _starts(points, self.tuning)[1:]) if points.size else []
            for part in parts:
                if part.tobytes() not in known:
                    known[part.tobytes()] = len(rows)
                    rows.append(part)
            here = [known[part.tobytes()] for part in parts]
            # step: a cluster beside may be the nearest now [choice: []]
            before = [first - 1] if first else []
            beyond = [final + 1] if final < last else []
            left.append((int(first), int(final), np.array([*before, *here, *beyond], np.int64)))
        return tuple(rows), tuple(left)

    @cached_property
    def _ends(self) -> tuple[Doubles, Doubles]:
        """First and last point of each row."""
        rows = self._variants[0]
        return np.array([row[0] for row in rows], float), np.array([row[-1] for row in rows], float)

    @cached_property
    def _rules(self) -> tuple[ClusterRule, ...]:
        eta = float(self.tuning.widening)
        rules = []
        for points, long in zip(
            self._variants[0], self._is_long(self._ends[1] - self._ends[0]), strict=True
        ):
            # step: clients of a long cluster keep their sample [false]
            if long:
                rules.append(OWN_SAMPLE)
                continue
            gap = float(np.diff(points).max(initial=0.0))
            # step: a mean may lie η below the first point [first sum 1/3]
            # step: and η above the last [first sum 2/3]
            # step: and in the largest gap [first sum 3/3]
            rule = best_rule(points[0] - eta, points[-1] + eta, max(gap - 2 * eta, 0.0))
            rules.append(replace(rule, budget=self._budget(points)))
        return tuple(rules)

    def _budget(self, points: Doubles) -> float:
        if self.near is None:
            return -math.inf
        if isinstance(self.tuning, Design):
            return budget_of(points, self.tuning.prices)
        return math.inf

    @cached_property
    def _centres_of(self) -> tuple[Centres | None, ...]:
        """The reports near each row, where its rule is mixed."""
        near, beyond = self.near, float(self.tuning.roaming)
        if near is None:
            return (None,) * len(self._rules)
        return tuple(
            None
            if rule is OWN_SAMPLE
            else Centres(near.counts, near.weighed, points, beyond, near.scale)
            for rule, points in zip(self._rules, self._variants[0], strict=True)
        )

    def _pulls(self, row: int, own: Own) -> tuple[Doubles, Doubles, Doubles]:
        """p, w and λ of clients who take that row; shape (n,) each."""
        centres, rule = self._centres_of[row], self._rules[row]
        if centres is None:
            return np.zeros(own.places.size), np.ones(own.places.size), np.zeros(own.places.size)
        p, trust = centres.of(own)
        points = centres.points
        # step: a mean may be η beyond the cluster [first sum 1/3]
        # step: B counts where p is [first call 1/2]
        farthest = np.maximum(p - points[0], points[-1] - p) + float(self.tuning.widening)
        return p, *rule.mixed(farthest, trust)

    def _table(self, row: int) -> tuple[int, Doubles]:
        """p, w and λ for every cell near a row, and before these for all others; the first cell."""
        if row not in self._tables:
            assert self.near is not None
            cell, low, high = float(self.tuning.cell), self._ends[0][row], self._ends[1][row]
            reach = BIWEIGHT + float(self.tuning.roaming)
            first = math.floor((low - reach) / cell) - 1
            index = self.near.counts.index
            index = index[np.searchsorted(index, first) :]
            index = index[: np.searchsorted(index, math.ceil((high + reach) / cell) + 1)]
            table = np.empty((3, int(index[-1]) - first + 3 if index.size else 1))
            table[:] = np.array(self._pulls(row, Own.nothing()))
            if index.size:
                own = Own(index, self._middles(index), np.ones_like(index))
                table[:, index - first + 1] = self._pulls(row, own)
            self._tables[row] = first, table
        return self._tables[row]

    @cached_property
    def _tables(self) -> dict[int, tuple[int, Doubles]]:
        return {}

    def labels(self, x: Doubles, listed: Doubles | None = None) -> Integers:
        """The number of the row within 2t of each sample, −1 where none is; shape as x.

        Args:
            x: samples.
            listed: the reports as they were listed, each to be left out; None for new clients.
        """
        row = self._rows(x, listed)
        return np.where(self._away(x, row) <= float(2 * self.tuning.reach), row, _NOBODY)

    def intervals(self, x: Doubles, listed: Doubles | None = None) -> Doubles:
        """The cluster within 2t of each sample, widened by η; NaN where none is; shape (n, 2)."""
        labels, eta = self.labels(x, listed), float(self.tuning.widening)
        ends = np.full((x.size, 2), np.nan)
        inside = labels >= 0
        ends[inside, 0] = self._ends[0][labels[inside]] - eta
        ends[inside, 1] = self._ends[1][labels[inside]] + eta
        return ends

    def _rows(self, x: Doubles, listed: Doubles | None) -> Integers:
        """The nearest cluster of each client, of the list without its report; −1 for none."""
        if not self.means.size:
            return np.full(x.shape, _NOBODY)
        row = np.searchsorted((self.high[:-1] + self.low[1:]) / 2, x)
        if listed is None or not self.removals.edges.size:
            return row
        # step: the list has no own report [call 1/2: 0 * row]
        leaving = self.removals.at(self._cells(listed))
        low, high = self._ends
        for number in np.unique(leaving[leaving > 0]):
            first, last, left = self._variants[1][number]
            here = np.flatnonzero((leaving == number) & (first <= row) & (row <= last))
            if left.size:
                middles = (high[left[:-1]] + low[left[1:]]) / 2
                row[here] = left[np.searchsorted(middles, x[here])]
            else:
                row[here] = _NOBODY
        return row

    def _cells(self, x: Doubles) -> Integers:
        return cells_of(x, self.tuning.cell)

    def _middles(self, cells: Integers) -> Doubles:
        middles: Doubles = np.multiply(cells + 0.5, float(self.tuning.cell), dtype=np.float64)
        return middles

    def _away(self, x: Doubles, row: Integers) -> Doubles:
        """How far each sample is from its row; infinitely far from none."""
        if not self.means.size:
            return np.full(x.shape, np.inf)
        low, high = self._ends
        return np.where(row < 0, np.inf, np.maximum(low[row] - x, x - high[row]))

    def estimate(
        self,
        x: Doubles,
        *,
        listed: Doubles | None = None,
        shares: tuple[Doubles, Integers] | None = None,
    ) -> Doubles:
        """What clients with own samples x estimate; shape as x.

        Args:
            x: own samples.
            listed: the reports as they were listed, each to be left out of its own client's list
                and centre; None for clients whose reports were not counted.
            shares: variances of the samples, from 0 to 1, and the weights with which they were
                counted; by default 1 and 1. Shapes as x.
        """
        estimate = x.copy()
        if self.means.size:
            for start in range(0, x.size, _BLOCK):  # little memory, and that in the cache
                here = slice(start, start + _BLOCK)
                part = None if shares is None else (shares[0][here], shares[1][here])
                mine = None if listed is None else listed[here]
                self._play(x[here], estimate[here], mine, part)
        return estimate

    def _play(
        self,
        x: Doubles,
        estimate: Doubles,
        listed: Doubles | None,
        shares: tuple[Doubles, Integers] | None,
    ) -> None:
        """Write what clients estimate; it is their own sample so far."""
        most, most_of_far = (
            float(min(move, _LONGER_THAN_ALL)) for move in self.tuning.farthest_moves(self.distance)
        )
        kept = float(min(self.tuning.kept_from(self.distance), _LONGER_THAN_ALL))
        nearest = self._rows(x, listed)
        away = self._away(x, nearest)
        # step: a client far from every cluster keeps its sample [condition: x == x]
        near = away <= kept
        # a place of no cluster is none that is near
        kinds, (middle, size, plain) = self._plays
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
                if self.near is not None:
                    mine = None if listed is None else listed[here]
                    weights = None if shares is None else shares[1][here]
                    p, weight, share = self._pulled(own, cluster, mine, weights)
                    told += share * (p + weight * (own - p) - told)
                # step: who is within 2t of a cluster moves by 2t at most [call 1/2: most_of_far]
                move = np.where(away[here] <= float(2 * self.tuning.reach), most, most_of_far)
                # step: no client moves by more than it may [call: told]
                estimate[here] = np.clip(told, own - move, own + move)

    def _pulled(
        self, own: Doubles, cluster: Integers, listed: Doubles | None, weights: Integers | None
    ) -> Doubles:
        """p, w and λ of each client, without its report; shape (3, n).

        Args:
            own: the samples.
            cluster: which row each takes.
            listed: the reports as they were listed; None if they are not among those counted.
            weights: with which weight they are, by default 1.
        """
        pulls = np.empty((3, own.size))
        order = np.argsort(cluster, kind="stable")
        rows, starts = np.unique(cluster[order], return_index=True)
        for row, here in zip(rows, np.split(order, starts[1:]), strict=True):
            if listed is None:
                pulls[:, here] = self._table(row)[1][:, :1]
            elif weights is None:
                first, table = self._table(row)
                cells = self._cells(listed[here]) - first + 1
                # step: it is left out where it was counted [product: 0 * cells]
                inside = cells * ((cells > 0) & (cells < table.shape[1]))
                pulls[:, here] = table[:, inside]
            else:
                places = self._middles(self._cells(own[here]))
                left_out = Own(self._cells(listed[here]), places, weights[here])
                pulls[:, here] = self._pulls(row, left_out)
        return pulls

    @cached_property
    def _plays(self) -> tuple[NDArray[np.str_], Doubles]:
        """Each rule's kind; middle, size, risk of the case; (3, rows)."""
        kinds = np.array([rule.kind for rule in self._rules])
        return kinds, np.array([(r.middle, r.size, r.risk) for r in self._rules]).T


def _starts(means: Doubles, tuning: Tuning) -> Integers:
    # step: points less than 2t apart are joined [last product]
    return np.flatnonzero(np.diff(means, prepend=-np.inf) >= float(2 * tuning.reach))
