"""How an adversary with budget c spreads attacks over k components: good plans, found by floats.

A plan is chosen in floating point, which proves nothing: that it fits the budget is exact, and what
it earns is evaluated by balls elsewhere. So each gives a valid bound, and only its being the best
one is not proved (but see `limit`, for small budgets).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache, partial
from itertools import combinations_with_replacement
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

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

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BEST_MASS = Fraction(6510977559, 10**10)  # near that of the best ratio: the search starts there
_MASSES_BESIDE = (_BEST_MASS, *(Fraction(share, 100) for share in range(66, 80, 2)))
"""Masses of two-point attacks worth trying on the components beside the chains."""

_MASSES = tuple(chain.mass for chain in CHAINS)
_UNIT = 10**10
_IN_UNITS = tuple(int(mass * _UNIT) for mass in _MASSES)
_BESIDE = tuple(int(mass * _UNIT) for mass in _MASSES_BESIDE)
"""The masses of both, in units of which all are whole numbers."""

_STEEPEST, _HIGHEST = 0.6612, 0.5
"""Above what two points earn for their mass, and in all."""
_ROUNDED_UP = 1 + 1e-9

_GRID = 64
_FEW = 100  # components: up to here plans are refined
_STARTS, _SWAPS = 4, 12  # how many plans are refined, and how often each

Integers: TypeAlias = "NDArray[np.intp]"

Plan = tuple[tuple[int, Attack], ...]
"""An allocation: how many components suffer which attack; the others are left alone."""


def best_plan(k: int, c: Fraction) -> Plan:
    """The best plan found for k components and the budget c > 0."""
    if k > _FEW:  # one component more or less is worth nothing there
        return _best_plans(k, c, 1)[0]
    return max((_swapped(k, c, plan) for plan in _best_plans(k, c, _STARTS)), key=_rough_value)


def _best_plans(k: int, c: Fraction, number: int) -> list[Plan]:
    """So many plans of the largest values, the best one first; of equal ones the earlier.

    They are made in the order of what they promise, until no promise is as good as what is found.
    """
    found: list[tuple[float, int, Plan]] = []
    trials = enumerate(_trials(k, c))
    for place, (promise, plan_of) in sorted(trials, key=lambda trial: -trial[1][0]):
        if len(found) == number and promise < -found[-1][0]:
            break
        plan = plan_of()
        if plan is None:
            continue
        found = sorted([*found, (-_rough_value(plan), place, plan)], key=itemgetter(0, 1))[:number]
    return [plan for _, _, plan in found]


def _swapped(k: int, c: Fraction, plan: Plan) -> Plan:
    for _ in range(_SWAPS):
        better = _swap(k, c, plan)
        if better is None:
            break
        plan = better
    return plan


def _rough_value(plan: Plan) -> float:
    return sum(count * rough_risk(attack) for count, attack in plan)


def _trials(k: int, c: Fraction) -> Iterator[tuple[float, Callable[[], Plan | None]]]:
    """Plans with one kind of attack, or two kinds and perhaps one component with what is left.

    Each with a number that its value does not exceed.
    """
    split = best_split(k, c)
    yield math.inf, lambda: ((split.parts, Plateau(c / split.parts)),)
    yield math.inf, lambda: _two_point_plan(k, c)
    budget, parts = c.numerator * _UNIT, c.denominator  # whole numbers: Fractions are slow
    masses, risks = (array.tolist() for array in _chain_table())
    for number, mass in enumerate(_IN_UNITS):
        most = min(k, budget // (mass * parts))
        mixed = [_whole(budget - k * rest * parts, (mass - rest) * parts) for rest in _BESIDE]
        for count in {most, *mixed, *(other + 1 for other in mixed)}:
            if 1 <= count <= most:
                left = max(0.0, float(c) - count * masses[number])
                promise = count * risks[number] + min(_STEEPEST * left, _HIGHEST * (k - count))
                yield promise * _ROUNDED_UP, partial(_chain_and_pairs, k, c, CHAINS[number], count)
    yield from _two_chains(k, c)


def _two_chains(k: int, c: Fraction) -> Iterator[tuple[float, Callable[[], Plan | None]]]:
    """Two chains on all components; by floats for all pairs at once, which may be one off."""
    import numpy as np

    masses, risks = _chain_table()
    low, high = _chain_pairs()
    with np.errstate(over="ignore"):
        count = (float(c) - k * masses[low]) / (masses[high] - masses[low])
        promise = count * risks[high] + (k - count) * risks[low]
    likely = np.flatnonzero((count > 1 - 1e-3) & (count < k * _ROUNDED_UP))
    for pair, most in zip(likely.tolist(), promise[likely].tolist(), strict=True):
        yield most * _ROUNDED_UP, partial(_two_kinds, k, c, int(low[pair]), int(high[pair]))


@cache
def _chain_pairs() -> tuple[Integers, Integers]:
    """Which chain of each pair is the lighter and which the heavier one."""
    import numpy as np

    return np.triu_indices(len(CHAINS), 1)


def _two_kinds(k: int, c: Fraction, low: int, high: int) -> Plan | None:
    """As many of the heavier chain as the budget allows, the lighter one on all others."""
    less, more, parts = _IN_UNITS[low], _IN_UNITS[high], c.denominator
    count = _whole(c.numerator * _UNIT - k * less * parts, (more - less) * parts)
    return ((count, CHAINS[high]), (k - count, CHAINS[low])) if 1 <= count < k else None


def _chain_and_pairs(k: int, c: Fraction, chain: Chain, count: int) -> Plan:
    """A chain on so many components, pairs of means on others with what is left."""
    left = c - count * chain.mass
    others = _two_point_plan(k - count, left) if count < k and left > 0 else ()
    return ((count, chain), *others)


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
