"""Estimates and ways to split cases, found in floating point: they guide a proof and prove nothing.

For the places θ of a case and their levels t(θ) = α + βM(θ) the best estimate has the least largest
value of risk less level. By duality it is the Bayes estimate of the prior π for which the Bayes
risk less the mean of t is greatest, a concave problem: exponentiated gradient steps with momentum,
as long as they rise.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from bounds.lower.chains import Doubles
from bounds.lower.line import Line
from bounds.lower.sets import UNIT, Case, Steps, costs, places_of, splits, widest_of

_GRID = 0.25  # of the trapezoidal rule, which is exact enough here
_REACH = 5.5
_STEPS = 250
_RATE, _FASTER, _MOMENTUM, _SLOWEST, _LEAST = 3.0, 1.02, 0.95, 1e-2, 1e-300
_NEAR, _NEARER = 1e-3, 2e-5
"""How near to the best a prior is to be: to tell how far a case is from a proof, or else."""
_COARSE, _FINE = UNIT // 4, UNIT // 32  # between places of a search, in units
_ROUNDS = 4
_OPEN, _CURVE, _FEW, _THIN = 0.1, 0.1, 3, 12
_NARROW, _WIDE = 9 * UNIT // 20, 2 * UNIT
_MARGIN = 1.5e-4  # by which a case is to hold in floats, for what rounding to steps costs


@lru_cache(maxsize=20_000)
def excess(case: Case, line: Line) -> tuple[float, Doubles, Doubles]:
    """The least largest value of risk less level that is found; the places and prior behind it.

    A few places at first; then those are added where the value is largest in between. What was
    found for a case when it was one of the ways to split another is not sought again.
    """
    units, masses = costs(case, widest_of(line), _FINE)
    fine: Doubles = np.asarray(units / UNIT, dtype=np.float64)
    level: Doubles = np.asarray(float(line.alpha) + float(line.beta) / 2**32 * masses)
    used = np.concatenate(places_of(case, _COARSE)) / UNIT
    chosen = np.unique(np.searchsorted(fine, used))
    prior: Doubles = np.full(len(chosen), 1 / len(chosen))
    best, kept = math.inf, (fine[chosen], prior)
    for _ in range(_ROUNDS):
        gained, prior, _ = _ascended(fine[chosen], level[chosen], prior)
        over = _over(fine[chosen], prior, fine, level)
        if over.max() < best:
            best, kept = float(over.max()), (fine[chosen], prior)
        if best < -_MARGIN or gained > -_MARGIN:
            break
        inner = np.flatnonzero(
            (over > max(-_MARGIN, gained))
            & (over >= np.append(over[1:], -9))
            & (over >= np.append(-9, over[:-1]))
        )
        added = np.setdiff1d(inner, chosen)
        if not len(added):
            break
        weights = np.zeros(len(fine))
        weights[chosen] = 0.95 * prior
        weights[added] = 0.05 / len(added)
        chosen = np.union1d(chosen, added)
        prior = weights[chosen]
    return best + _MARGIN, *kept


def _ascended(
    places: Doubles, level: Doubles, prior: Doubles | None, steps: int = _STEPS
) -> tuple[float, Doubles, float]:
    """A prior with a greater Bayes risk less the mean of the levels, and that value."""
    x = np.arange(places[0] - _REACH, places[-1] + _REACH, _GRID)
    chances = np.exp(-((x[:, None] - places) ** 2) / 2) * (_GRID / math.sqrt(2 * math.pi))
    rows = chances.T.copy()

    def at(weights: Doubles) -> tuple[Doubles, float]:
        estimate = (chances @ (weights * places)) / (chances @ weights)
        over = rows @ (estimate * estimate) - 2 * places * (rows @ estimate) + squares
        return over, float(over @ weights)

    squares = places * places * rows.sum(axis=1) - level
    if prior is None:
        prior = np.full(len(places), 1 / len(places))
    over, gained = at(prior)
    rate, before = _RATE, prior
    for _ in range(steps):
        most = over.max()
        if most < -_MARGIN or most - gained < (_NEAR if gained > -_MARGIN else _NEARER):
            break
        if rate < _SLOWEST:
            break
        trial = prior * np.exp(np.minimum(rate * (over - gained), 5))
        trial *= (np.maximum(prior, _LEAST) / np.maximum(before, _LEAST)) ** _MOMENTUM
        trial /= trial.sum()
        there, value = at(trial)
        if value >= gained:
            before, prior, over, gained, rate = prior, trial, there, value, _FASTER * rate
        elif before is prior:
            rate /= 2
        else:
            before = prior  # too far: from here without momentum
    return gained, prior, float(over.max())


def _over(places: Doubles, prior: Doubles, fine: Doubles, level: Doubles) -> Doubles:
    """Risk less level of the Bayes estimate, at the fine places."""
    x = np.arange(places[0] - _REACH, places[-1] + _REACH, _GRID)
    weights = np.exp(-((x[:, None] - places) ** 2) / 2) * prior
    estimate = (weights @ places) / weights.sum(axis=1)
    rows = np.exp(-((fine[:, None] - x) ** 2) / 2) * (_GRID / math.sqrt(2 * math.pi))
    found: Doubles = rows @ (estimate * estimate) - 2 * fine * (rows @ estimate) + fine**2 - level
    return found


def estimate_of(places: Doubles, prior: Doubles, hull: int, width: int) -> Steps:
    """The Bayes estimate in the middle of each step, in whole units."""
    first = -5 * UNIT
    count = (hull + 10 * UNIT) // width
    x = (first + width * (np.arange(count + 1) - 0.5)) / UNIT
    weights = np.exp(-((x[:, None] - places) ** 2) / 2) * prior
    values = np.rint(UNIT * (weights @ places) / weights.sum(axis=1)).astype(np.int64)
    values = np.maximum.accumulate(np.clip(values, 0, hull))
    return Steps(first, width, values)


def best_split(
    case: Case, line: Line, places: Doubles, prior: Doubles, narrow: bool
) -> tuple[int, int] | None:
    """The stretch to split and which of its ways: of those that matter, what leaves the least over.

    Wide open stretches are split near their weight if `narrow`, else in the middle. Which leads to
    fewer cases differs from hull to hull. None if no stretch can be split.
    """
    ways = [
        (index, way)
        for index in _that_matter(case, float(line.beta), places, prior)
        for way in _ways(case, index, places, prior, narrow)
    ]

    def left(choice: tuple[int, int]) -> float:
        index, way = choice
        over = (excess(part, line)[0] for part in splits(case, index)[way])
        return sum(math.sqrt(max(0.0, value)) for value in over)

    return min(ways, key=left, default=None)


def _that_matter(case: Case, beta: float, places: Doubles, prior: Doubles) -> list[int]:
    """The stretches that matter most, and the widest open one.

    An open stretch matters by the weight of its means in the prior, a taken one by how far M may
    change as its point moves in it.
    """
    taken = [index for index, stretch in enumerate(case) if stretch[2]]
    matter: dict[int, float] = {}
    for index, (low, high, is_taken) in enumerate(case):
        if high - low < 2:
            continue
        inside = (places * UNIT >= low) & (places * UNIT <= high)
        weight, width = float(prior[inside].sum()), (high - low) / UNIT
        matter[index] = _OPEN * weight
        if is_taken:
            at, middle = taken.index(index), (low + high) / 2
            slope = _steepness(middle - sum(case[taken[at - 1]][:2]) / 2)
            if at + 1 < len(taken):
                slope -= _steepness(sum(case[taken[at + 1]][:2]) / 2 - middle)
            curve = _CURVE * width * width
            matter[index] = beta * (abs(slope) * width + curve) + weight * curve
    widths = {index: case[index][1] - case[index][0] for index in matter}
    opened = [index for index in matter if not case[index][2]]
    widest = max(opened, key=lambda index: widths[index], default=None)
    least = 0 if widest is None else widths[widest] / _THIN
    most = sorted(
        (index for index in matter if widths[index] >= least), key=lambda index: -matter[index]
    )[:_FEW]
    return most if widest is None or widest in most else [*most, widest]


def _steepness(gap: float) -> float:
    """q′ at a gap in units."""
    return math.exp(-((gap / UNIT) ** 2) / 8) / math.sqrt(2 * math.pi)


def _ways(case: Case, index: int, places: Doubles, prior: Doubles, narrow: bool) -> list[int]:
    """Ways to split a stretch; of an open one the whole, a half of it, or both to choose from."""
    low, high, is_taken = case[index]
    if is_taken:
        return list(range(len(splits(case, index))))
    if high - low <= (_NARROW if narrow else _WIDE):
        return [0]
    inside = (places * UNIT >= low) & (places * UNIT <= high)
    weight = float(prior[inside].sum())
    where = 0.5
    if weight > 0:
        where = (float((prior * places)[inside].sum()) / weight * UNIT - low) / (high - low)
    if not narrow:
        return [1 if where <= 0.5 else 3]
    half = min(3, max(1, round(4 * where)))
    return [0, half] if high - low <= _WIDE else [half]
