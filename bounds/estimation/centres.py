"""A robust estimate of the mean of a cluster, from the reports near it, and how far to trust it.

Tukey's biweight with the known standard deviation 1: the weighted mean in which a report at
distance u from the estimate has the weight (1 − u²/a²)², and none from a on. It starts where the
most reports are near. (A. Beaton and J. Tukey, Technometrics 16, 1974; a = 4.685 loses 5 % where
nobody is corrupted.)

An attack that moves a mean by much makes the reports near it look other than normal. Kolmogorov's
distance from the normal law around the estimate measures that. Where it is more than chance
explains, the median takes the place of the biweight, for nothing moves it less (P. Huber, Annals of
Mathematical Statistics 35, 1964); where it is more by far, no estimate is trusted.

A client's own report has no say in what it plays. So all of this is computed as it is without that
report: for each client from sums over all reports, less its own. What has no such formula (where
the biweight begins, and around which place the law is compared) is taken from a grid so coarse that
few places of it serve all clients.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from bounds.estimation.counts import Counts, Doubles, Integers, Truths

BIWEIGHT = 4.685
_ROUNDS, _LONG = 5, 30
_CLOSE = 1e-9
_STARTS = 24
_NEAR = 1.5
_COMPARED = 3.0  # standard deviations beyond the cluster
_FINE = 4.0  # places of the grid a standard deviation of the mean of a group
# Kolmogorov's distance of n normal reports from N(p, 1) is 0.6/√n on average, and above 1.2/√n
# in one case of a hundred
_NORMAL, _NOT_NORMAL = 0.8, 1.4
_TRUSTED, _NOT_TRUSTED = 0.02, 0.06  # beyond 1.2/√n
_BY_CHANCE = 1.2
_SOME = 0.5  # of a report: a step with less is none


@dataclass(frozen=True)
class Own:
    """The reports that are left out, one for each client.

    Attributes:
        listed: the cells that they were listed in; shape (n,).
        places: where the centre counts them, the middle of a cell; shape (n,).
        weights: with which weight it does, 0 where nothing is left out; shape (n,).
    """

    listed: Integers
    places: Doubles
    weights: Integers

    @classmethod
    def nothing(cls) -> Own:
        """One client, whose report is not among those counted."""
        none = np.zeros(1, np.int64)
        return cls(none, np.zeros(1), none)

    @property
    def counted(self) -> Truths:
        """Whether something is left out."""
        return self.weights > 0

    def part(self, here: Integers | Truths) -> Own:
        """Those of some clients."""
        return Own(self.listed[here], self.places[here], self.weights[here])


@dataclass(frozen=True)
class Centres:
    """The reports near a cluster, which give each client a p.

    Attributes:
        counts: the reports that were listed.
        weighed: what the reports weigh for the biweight, where that is not 1 each.
        points: of the cluster, increasing, at least one.
        eta: η; p lies in the cluster widened by it.
        scale: m′, how many reports count as one component.
    """

    counts: Counts
    weighed: Counts | None
    points: Doubles
    eta: float
    scale: float

    @property
    def low(self) -> float:
        """The least p."""
        return float(self.points[0]) - self.eta

    @property
    def high(self) -> float:
        """The largest one."""
        return float(self.points[-1]) + self.eta

    def of(self, own: Own) -> tuple[Doubles, Doubles]:
        """Each client's p, and from 1 to 0 how far it is trusted, both without its own report."""
        centre = self._starts(own)
        for _ in range(_ROUNDS):
            centre = np.round(self._step(centre, own) / self._grid) * self._grid
            centre = np.clip(centre, self.low, self.high)
        p, trust = self._step(centre, own), np.empty(centre.size)
        for place in np.unique(centre):
            here = np.flatnonzero(centre == place)
            mine = own.part(here)
            misfit, compared = self.misfits(float(place), mine)
            root = np.sqrt(np.maximum(compared, 1))
            trust[here] = _fading(misfit - _BY_CHANCE / root, _TRUSTED, _NOT_TRUSTED)
            step = _fading(misfit * root, _NORMAL, _NOT_NORMAL)
            if step.min() < 1:
                # step: the median, too [call 1/2: p[here]]
                median = self._medians(float(place), mine)
                p[here] = median + step * (p[here] - median)
        # step: p is in the widened cluster [call: p]
        return np.clip(p, self.low, self.high), trust

    @cached_property
    def _grid(self) -> float:
        """The width of the grid; m′ is public, so it says nothing of a report."""
        return 2.0 ** -math.ceil(math.log2(_FINE * math.sqrt(max(self.scale, 1.0))))

    @cached_property
    def _listed(self) -> tuple[Integers, Doubles, Integers]:
        """Cells near the cluster, their middles, and how many reports were listed in each."""
        return _within(self.counts, self.low - BIWEIGHT, self.high + BIWEIGHT)

    @cached_property
    def _there(self) -> tuple[Integers, Doubles, Integers]:
        """The same with the weights of the biweight."""
        if self.weighed is None:
            return self._listed
        return _within(self.weighed, self.low - BIWEIGHT, self.high + BIWEIGHT)

    def _starts(self, own: Own) -> Doubles:
        """Of some points of the cluster, the one with the most reports near."""
        index, places, number = self._listed
        chosen = self.points[np.linspace(0, self.points.size - 1, _STARTS).round().astype(int)]
        below = np.concatenate([[0], np.cumsum(number)])
        first, last = (np.searchsorted(places, chosen + end) for end in (-_NEAR, _NEAR))
        near = (below[last] - below[first])[:, np.newaxis]
        place = np.searchsorted(index, own.listed)
        # step: the start knows no own report [product: 0 * near]
        less = own.counted * ((first[:, np.newaxis] <= place) & (place < last[:, np.newaxis]))
        near = near - less
        ties = near == near.max(axis=0)
        middle = np.cumsum(ties, axis=0) > ties.sum(axis=0) // 2
        return chosen[middle.argmax(axis=0)]

    def _step(self, centre: Doubles, own: Own) -> Doubles:
        """The biweight's step from each centre, without the own report."""
        _, places, weights = self._there
        total, moment = np.empty(centre.size), np.empty(centre.size)
        for start in np.unique(centre):
            away, here = places - start, centre == start
            weight = weights * weight_of(away)
            total[here], moment[here] = weight.sum(), weight @ away
        away = own.places - centre
        # step: no report has a say in the centre that its client takes [product: 0 * away]
        less = own.weights * weight_of(away)
        total, moment = total - less, moment - less * away
        return centre + np.divide(moment, total, out=np.zeros(centre.size), where=total > _SOME)

    def misfits(self, centre: float, own: Own) -> tuple[Doubles, Integers]:
        """Kolmogorov's distance of the other reports near the cluster from N(centre, 1).

        Returns:
            The distance for each client, and how many reports were compared; 1 and 0 where there
            is none.
        """
        index, places, number = self._listed
        first = min(float(self.points[0]), centre) - _COMPARED
        last = max(float(self.points[-1]), centre) + _COMPARED
        start, end = np.searchsorted(places, (first, last))
        index, number = index[start:end], number[start:end]
        law = ndtr(places[start:end] - centre) - ndtr(first - centre)
        law /= ndtr(last - centre) - ndtr(first - centre)
        found = np.cumsum(number)
        total = int(found[-1]) if found.size else 0
        middles = found - number / 2
        place = np.searchsorted(index, own.listed)
        here = np.minimum(place, max(index.size - 1, 0))
        same = (place < index.size) & (index[here] == own.listed if total else False)
        # step: nor in what looks normal [call: own.counted & ~own.counted]
        out = np.logical_and(own.counted, same)
        compared = total - 1 * out
        misfit = np.ones(own.listed.size)
        if total:
            misfit[~out] = np.abs(middles / total - law).max()
        if total > 1 and out.any():
            at = here[out]
            before = np.abs(middles / (total - 1) - law)
            beyond = np.abs((middles - 1) / (total - 1) - law)
            before = np.concatenate([[0.0], np.maximum.accumulate(before)])[at]
            beyond = np.concatenate([np.maximum.accumulate(beyond[::-1])[::-1], [0.0]])[at + 1]
            mine = np.abs((middles[at] - 0.5) / (total - 1) - law[at])
            misfit[out] = np.maximum(np.maximum(before, beyond), np.where(number[at] > 1, mine, 0))
        return misfit, compared

    def _medians(self, centre: float, own: Own) -> Doubles:
        """The lower median of the other reports within 3 of a place; that place if none is."""
        _, places, weights = self._there
        start, end = np.searchsorted(places, (centre - _COMPARED, centre + _COMPARED))
        places, below = places[start:end], np.cumsum(weights[start:end])
        if not below.size:
            return np.full(own.places.size, centre)
        mine = np.searchsorted(places, own.places)
        same = places[np.minimum(mine, places.size - 1)] == own.places
        # step: nor in the median [call: 0 * own.weights]
        less = np.where(same, own.weights, 0)
        left = below[-1] - less
        half = (left + 1) // 2
        first, later = np.searchsorted(below, half), np.searchsorted(below, half + less)
        at = np.where((first < mine) | (less == 0), first, later)
        return np.where(left > 0, places[np.minimum(at, places.size - 1)], centre)


def weight_of(away: Doubles) -> Doubles:
    """The biweight of reports at such distances."""
    weight: Doubles = np.square(np.maximum(1 - np.square(away / BIWEIGHT), 0))
    return weight


def biweight_of(places: Doubles, number: Integers | Doubles, start: float) -> float:
    """Tukey's biweight of numbers with standard deviation 1.

    Args:
        places: where they are.
        number: how many are at each, or what they weigh.
        start: where the search begins.
    """
    centre = start
    for _ in range(_LONG):
        weight = number * weight_of(places - centre)
        total = float(weight.sum())
        if not total > 0:
            break
        before, centre = centre, float(weight @ places / total)
        if abs(before - centre) < _CLOSE:
            break
    return centre


def _fading(value: Doubles, start: float, end: float) -> Doubles:
    """1 up to the start, 0 from the end on, linear between."""
    faded: Doubles = np.clip((end - value) / (end - start), 0.0, 1.0)
    return faded


def _within(counts: Counts, low: float, high: float) -> tuple[Integers, Doubles, Integers]:
    """The cells between, their middles, and how many reports are in each."""
    cell = float(counts.cell)
    start, end = np.searchsorted(counts.index, (math.floor(low / cell), math.ceil(high / cell)))
    return counts.index[start:end], counts.middles[start:end], counts.number[start:end]
