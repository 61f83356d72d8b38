"""How an adversary with budget c spreads attacks over k components: good plans, found by floats.

A plan is chosen in floating point, which proves nothing: that it fits the budget is exact, and what
it earns is evaluated by balls elsewhere. So each gives a valid bound, and only its being the best
one is not proved (but see `limit`, for small budgets).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement

from bounds.lower.allocation import best_split
from bounds.lower.attacks import (
    CHAINS,
    LARGEST_TWO_POINT_MASS,
    Attack,
    Chain,
    Plateau,
    TwoPoints,
    rough_risk,
    rough_two_point_risks,
)
from bounds.lower.chains import Doubles

_BEST_MASS = Fraction(6510977559, 10**10)  # near that of the best ratio: the search starts there
_MASSES_BESIDE = (_BEST_MASS, *(Fraction(share, 100) for share in range(66, 80, 2)))
"""Masses of two-point attacks worth trying on the components beside the chains."""

_MASSES = tuple(chain.mass for chain in CHAINS)
_UNIT = 10**10
_IN_UNITS = tuple(int(mass * _UNIT) for mass in _MASSES)
_BESIDE = tuple(int(mass * _UNIT) for mass in _MASSES_BESIDE)
"""The masses of both, in units of which all are whole numbers."""

_GRID = 64
_FEW = 100  # components: up to here plans are refined
_STARTS, _SWAPS = 4, 12  # how many plans are refined, and how often each

Plan = tuple[tuple[int, Attack], ...]
"""An allocation: how many components suffer which attack; the others are left alone."""


def best_plan(k: int, c: Fraction) -> Plan:
    """The best plan found for k components and the budget c > 0."""
    plans = sorted(_plans(k, c), key=_rough_value, reverse=True)
    if k > _FEW:  # one component more or less is worth nothing there
        return plans[0]
    return max((_swapped(k, c, plan) for plan in plans[:_STARTS]), key=_rough_value)


def _swapped(k: int, c: Fraction, plan: Plan) -> Plan:
    for _ in range(_SWAPS):
        better = _swap(k, c, plan)
        if better is None:
            break
        plan = better
    return plan


def _rough_value(plan: Plan) -> float:
    return sum(count * rough_risk(attack) for count, attack in plan)


def _plans(k: int, c: Fraction) -> Iterator[Plan]:
    """Plans with one kind of attack, or two kinds and perhaps one component with what is left."""
    split = best_split(k, c)
    yield ((split.parts, Plateau(c / split.parts)),)
    yield _two_point_plan(k, c)
    budget, parts = c.numerator * _UNIT, c.denominator  # whole numbers: Fractions are slow
    for chain, mass in zip(CHAINS, _IN_UNITS, strict=True):
        most = min(k, budget // (mass * parts))
        mixed = [_whole(budget - k * rest * parts, (mass - rest) * parts) for rest in _BESIDE]
        for count in {most, *mixed, *(number + 1 for number in mixed)}:
            if 1 <= count <= most:
                left = c - count * chain.mass
                others = _two_point_plan(k - count, left) if count < k and left > 0 else ()
                yield ((count, chain), *others)
    for (low, less), (high, more) in combinations(zip(CHAINS, _IN_UNITS, strict=True), 2):
        count = _whole(budget - k * less * parts, (more - less) * parts)
        if 1 <= count < k:
            yield ((count, high), (k - count, low))


def _whole(top: int, bottom: int) -> int:
    """The quotient without its fractional part."""
    quotient = abs(top) // abs(bottom)
    return quotient if (top < 0) == (bottom < 0) else -quotient


def _swap(k: int, c: Fraction, plan: Plan) -> Plan | None:
    """The plan with the attacks on one or two of its components replaced by better ones, if any."""
    counts: Counter[Attack | None] = Counter()  # None: components left alone
    for count, attack in plan:
        counts[attack] += count
    left, counts[None] = c - plan_mass(plan), k - counts.total()
    found, gain = None, 1e-9 * _rough_value(plan)
    for size in (1, 2):
        for out in combinations_with_replacement(counts, size):
            if any(counts[attack] < out.count(attack) for attack in out):
                continue
            removed = [attack for attack in out if attack is not None]
            budget = left + sum((attack.mass for attack in removed), Fraction(0))
            added = _few(size, budget) if budget > 0 else ()
            gained = sum(map(rough_risk, added)) - sum(map(rough_risk, removed))
            if gained > gain:
                found, gain = counts - Counter(out) + Counter(added), gained
    if found is None:
        return None
    return tuple((count, attack) for attack, count in found.items() if attack is not None)


@cache
def _few(parts: int, budget: Fraction) -> tuple[Attack, ...]:
    """The best attacks on one or two components that cost no more than the budget."""
    trials: list[tuple[Attack, ...]] = [(Plateau(budget / parts),) * parts]
    trials.append(tuple(attack for n, attack in _two_point_plan(parts, budget) for _ in range(n)))
    if parts == 1:
        trials += [(chain,) for chain in CHAINS[: bisect_right(_MASSES, budget)][-1:]]
    else:
        for chain in _best_beside(float(budget)):
            rest = budget - chain.mass
            if rest >= 0:
                trials.append((chain, *(_few(1, rest) if rest > 0 else ())))
    return max(trials, key=lambda attacks: sum(map(rough_risk, attacks)))


def _best_beside(budget: float) -> tuple[Chain, ...]:
    """The chain that is best with the best single attack on what it leaves; none if none fits.

    By floats, for all chains at once.
    """
    import numpy as np

    masses, risks = _chain_table()
    rest = budget - masses[masses <= budget]
    if not rest.size:
        return ()
    single = np.maximum(
        rest * rest / (rest * rest + 2 * math.pi),  # a plateau
        rough_two_point_risks(np.minimum(rest, float(LARGEST_TWO_POINT_MASS))),
    )
    fitting = np.searchsorted(masses, rest, side="right")
    single = np.maximum(single, np.insert(np.maximum.accumulate(risks), 0, 0.0)[fitting])
    return (CHAINS[int(np.argmax(risks[: rest.size] + single))],)


@cache
def _chain_table() -> tuple[Doubles, Doubles]:
    """The chains' masses, rising, and their risks."""
    import numpy as np

    return np.array(list(map(float, _MASSES))), np.array(list(map(rough_risk, CHAINS)))


@cache
def _two_point_plan(k: int, c: Fraction) -> Plan:
    """Two-point attacks: n equal ones, and at most one smaller one with what is left.

    By floats for all trials at once; those that are as good as the best are then made exactly.
    """
    import numpy as np

    about = int(c / _BEST_MASS)
    counts = [n for n in {1, k, *range(about - 1, about + 3)} if 1 <= n <= k]
    parts, budget, most = np.array(counts), float(c), float(LARGEST_TWO_POINT_MASS)
    low = np.minimum(budget / parts, most)
    high = np.minimum(budget / np.maximum(parts - 1, 1), most)
    trials = np.linspace(low, high, _GRID + 1)
    left = np.clip(budget - (parts - 1) * trials, 0, most)
    even = parts * rough_two_point_risks(low)
    uneven = (parts - 1) * rough_two_point_risks(trials) + rough_two_point_risks(left)
    goal = max(np.max(even), np.max(uneven)) * (1 - 1e-12)
    plans: list[Plan] = []
    for place, n in enumerate(counts):
        share = min(c / n, LARGEST_TWO_POINT_MASS)
        if even[place] >= goal:
            plans.append(((n, TwoPoints(share)),))
        top = min(c / (n - 1), LARGEST_TWO_POINT_MASS) if n > 1 else share
        step = int(np.argmax(uneven[:, place]))
        if top > share and uneven[step, place] >= goal:
            plans.append(_uneven(n, c, share + (top - share) * step / _GRID))
    return max(plans, key=_rough_value)


def _uneven(parts: int, c: Fraction, share: Fraction) -> Plan:
    """Equal shares on all parts but one, which gets the rest."""
    rest = min(c - (parts - 1) * share, LARGEST_TWO_POINT_MASS)
    small: Plan = ((1, TwoPoints(rest)),) if rest > 0 else ()
    return ((parts - 1, TwoPoints(share)), *small)


def plan_mass(plan: Plan) -> Fraction:
    """What a plan costs at most, relative to the mass of one component."""
    return sum((count * attack.mass for count, attack in plan), Fraction(0))
