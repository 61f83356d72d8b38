"""A robust estimate of the mean of a cluster, from the reports near it, and how far to trust it.

Tukey's biweight with the known standard deviation 1: the weighted mean in which a report at
distance u from the estimate has the weight (1 − u²/a²)², and none from a on. It starts where the
most reports are near. (A. Beaton and J. Tukey, Technometrics 16, 1974; a = 4.685 loses 5 % where
nobody is corrupted.)

The half that the cluster is from gives the start p₀. A client moves it by one more step, with all
reports but its own: its own sample has no say in p, and twice as many reports do.

An attack that moves a mean by much makes the reports near it look other than normal. Kolmogorov's
distance from the normal law around p₀ measures that. Where it is more than chance explains, the
median takes the place of the biweight, for nothing moves it less (P. Huber, Annals of Mathematical
Statistics 35, 1964); where it is more by far, no estimate is trusted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from bounds.estimation.counts import Counts, Doubles, Integers, weighted_median

BIWEIGHT = 4.685
_ROUNDS = 30
_STARTS = 24
_NEAR = 1.5
_CLOSE = 1e-9
_LONGEST_STEP = 2.5  # standard deviations of p₀
_COMPARED = 3.0  # standard deviations beyond the cluster
# Kolmogorov's distance of n normal reports from N(p₀, 1) is 0.6/√n on average, and above 1.2/√n
# in one case of a hundred
_NORMAL, _NOT_NORMAL = 0.8, 1.4
_TRUSTED, _NOT_TRUSTED = 0.02, 0.06  # beyond 1.2/√n
_BY_CHANCE = 1.2


@dataclass(frozen=True)
class Centre:
    """p₀, and what the step from it asks for.

    Attributes:
        start: p₀, in the cluster widened by η.
        low, high: p ends between: near p₀, and in the widened cluster.
        weight: the sum of the weights of all reports, at p₀.
        moment: the sum of weight times distance from p₀.
        step: the share of the step that is made: 1 for the biweight, 0 for the median.
        trust: from 1, where the reports near the cluster look normal around p₀, to 0.
    """

    start: float
    low: float
    high: float
    weight: float
    moment: float
    step: float
    trust: float

    @classmethod
    def fixed(cls, place: float) -> Centre:
        """One that no step moves, trusted."""
        return cls(place, place, place, 0.0, 0.0, 0.0, 1.0)


def weight_of(away: Doubles) -> Doubles:
    """The biweight of reports at such distances."""
    weight: Doubles = np.square(np.maximum(1 - np.square(away / BIWEIGHT), 0))
    return weight


def centre_of(
    counts: Counts, everyone: Counts, points: Doubles, eta: float, weighed: Counts | None = None
) -> Centre:
    """The estimate for a cluster.

    Args:
        counts: the reports of the half that the cluster is from.
        everyone: all reports, on the same cells, or what they weigh.
        points: of the cluster, increasing, at least one.
        eta: η; p₀ and p lie in the cluster widened by it.
        weighed: what the reports of the half weigh; by default 1 each.
    """
    low, high = float(points[0]) - eta, float(points[-1]) + eta
    places, number = _within(counts, low - BIWEIGHT, high + BIWEIGHT)
    there, weights = places, number
    if weighed is not None:
        there, weights = _within(weighed, low - BIWEIGHT, high + BIWEIGHT)
    start = biweight_of(there, weights, _densest(places, number, points), low, high)
    misfit, compared = misfit_of(places, number, start, float(points[0]), float(points[-1]))
    root = math.sqrt(max(compared, 1))
    trust = _fading(misfit - _BY_CHANCE / root, _TRUSTED, _NOT_TRUSTED)
    step = _fading(misfit * root, _NORMAL, _NOT_NORMAL)
    near = np.abs(there - start) <= _COMPARED
    if step < 1 and near.any():
        # step: the median, too [call 1/3: weighted_median(there[near], weights[near])]
        median = min(max(weighted_median(there[near], weights[near]), low), high)
        start += (1 - step) * (median - start)
    longest = _LONGEST_STEP / math.sqrt(max(float(number @ weight_of(places - start)), 1.0))
    there, weights = _within(everyone, start - BIWEIGHT, start + BIWEIGHT)
    weight = weights * weight_of(there - start)
    # step: no step leaves the cluster below [last call 1/5]
    # step: nor above [last call 2/5]
    return Centre(
        start=start,
        low=max(low, start - longest),
        high=min(high, start + longest),
        weight=float(weight.sum()),
        moment=float(weight @ (there - start)),
        step=step,
        trust=trust,
    )


def misfit_of(
    places: Doubles, number: Integers, centre: float, low: float, high: float
) -> tuple[float, int]:
    """Kolmogorov's distance of the reports near a cluster from N(p₀, 1).

    Args:
        places: where reports are, increasing.
        number: how many are at each.
        centre: p₀.
        low: the first point of the cluster; what lies within 3 of it is compared with the law.
        high: the last one.

    Returns:
        The distance, and how many reports were compared; 1 and 0 where there is none.
    """
    first, last = min(low, centre) - _COMPARED, max(high, centre) + _COMPARED
    start, end = np.searchsorted(places, (first, last))
    found = np.cumsum(number[start:end])
    if not found.size:
        return 1.0, 0
    law = ndtr(places[start:end] - centre) - ndtr(first - centre)
    law /= ndtr(last - centre) - ndtr(first - centre)
    middles = found - number[start:end] / 2
    return float(np.abs(middles / found[-1] - law).max()), int(found[-1])


def biweight_of(
    places: Doubles,
    number: Integers | Doubles,
    start: float,
    low: float = -math.inf,
    high: float = math.inf,
) -> float:
    """Tukey's biweight of numbers with standard deviation 1, between two ends.

    Args:
        places: where reports are.
        number: how many are at each, or what they weigh.
        start: where the search begins.
        low: the lower end.
        high: the upper one.
    """
    centre = start
    for _ in range(_ROUNDS):
        weight = number * weight_of(places - centre)
        total = float(weight.sum())
        if not total > 0:
            break
        # step: the centre stays in the cluster [call 2/2: weight @ places / total]
        before, centre = centre, float(np.clip(weight @ places / total, low, high))
        if abs(before - centre) < _CLOSE:
            break
    return centre


def _fading(value: float, start: float, end: float) -> float:
    """1 up to the start, 0 from the end on, linear between."""
    return min(max((end - value) / (end - start), 0.0), 1.0)


def _within(counts: Counts, low: float, high: float) -> tuple[Doubles, Integers]:
    """The cells between, by their middles, and how many reports are in each."""
    cell = float(counts.cell)
    start, end = np.searchsorted(counts.index, (math.floor(low / cell), math.ceil(high / cell)))
    return counts.middles[start:end], counts.number[start:end]


def _densest(places: Doubles, number: Integers, points: Doubles) -> float:
    """Of some points of the cluster, the one with the most reports near."""
    chosen = points[np.linspace(0, points.size - 1, _STARTS).round().astype(int)]
    below = np.concatenate([[0.0], np.cumsum(number)])
    near = below[np.searchsorted(places, chosen + _NEAR)]
    near = near - below[np.searchsorted(places, chosen - _NEAR)]
    ties = np.flatnonzero(near == near.max())
    return float(chosen[ties[ties.size // 2]])
