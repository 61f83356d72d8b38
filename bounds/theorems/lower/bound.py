r"""Lower bounds on the error of every algorithm: as printed, corrected, and sharper (Theorem 1).

Each is a lower bound on lim inf K(m), for any algorithm and any separation of the components; given
m, on K(m) itself (see `finite`).

How good they are for the relaxed problem, in which the server is told the labels (the adversary
chooses those of the corrupted reports). Let ν be the reports with one label divided by m, and S the
set of means θ with ν(I) ≥ Φ_θ(I) − o(1) for all intervals I. The true mean is in it with a chance
that tends to 1 (Glivenko and Cantelli). For a finite subset, max φ(x − θ) is one of the densities
on each of as many intervals, so its mass M is at most ε + o(1), ε = ν(ℝ) − 1 the mass that the
adversary spent there. A client who plays the minimax estimate for a fine finite net of S, clipped
to a neighbourhood of its own sample, has a risk of at most sup{R*(S): M(S) ≤ ε + o(1)} + o(1), at
most r ε + o(1) (`any_set`). So the relaxed error is at most r c/k in the limit, for all k and c;
and for c up to the best mass 0.651… it is at most b(c)/k, b(ε) the two-point risk at mass ε,
because then R*(S) ≤ b(M(S)) and b(ε)/ε increases. There the sharp bound is the exact value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from flint import arb

from bounds.arithmetic.ball import log2_of
from bounds.certified.enclosure import Enclosure
from bounds.certified.precision import bits_for, read_digits, working_precision
from bounds.errors import DomainError, InputError
from bounds.exact import read_positive, show_exact, to_ball
from bounds.names import read_name
from bounds.theorems.lower.allocation import best_split, equal_split_value
from bounds.theorems.lower.attacks import (
    CHAINS,
    LARGEST_TWO_POINT_MASS,
    Attack,
    Plateau,
    TwoPoints,
    rough_risk,
    rough_two_point_risks,
)
from bounds.theorems.lower.finite import finite_bound
from bounds.theorems.lower.two_point import mass, ratio_turn, risk, turning_point

METHODS = ("printed", "corrected", "sharp")
MOST_COMPONENTS = 10**9
_BEST_MASS = Fraction(6510977559, 10**10)  # near that of the best ratio: the search starts there
_EXACT_UP_TO = Fraction(651, 1000)  # below the best mass 0.65109…
_MASSES_BESIDE = (_BEST_MASS, *(Fraction(share, 100) for share in range(66, 80, 2)))
"""Masses of two-point attacks worth trying on the components beside the chains."""

_GRID = 64

Plan = tuple[tuple[int, Attack], ...]
"""An allocation: how many components suffer which attack; the others are left alone."""


@dataclass(frozen=True)
class RiskToMass:
    """The best attack per unit of mass: two points ±t, with its proof in `two_point` and `any_set`.

    Attributes:
        separation: t, the only maximum of B(t)/(2Φ(t) − 1).
        mass: ε = 2Φ(t) − 1, what it costs relative to one component.
        risk: B(t), what it earns.
        ratio: r = B(t)/(2Φ(t) − 1); K(m) ≥ r c/k in the limit of many components and clients, and
            no attack that makes a set of means indistinguishable gives a better slope.
        factor: 1/r, what is left between this bound and an upper bound of c/k; √(8π) = 5.01… in the
            paper.
    """

    separation: Enclosure
    mass: Enclosure
    risk: Enclosure
    ratio: Enclosure
    factor: Enclosure


@dataclass(frozen=True)
class LowerBound:
    """A lower bound on the error, and the attack that gives it.

    Attributes:
        k: the number of components.
        c: the adversary's budget, relative to the mass of one component.
        method: "printed", "corrected" or "sharp".
        value: the bound; its lower end is certified.
        plan: the attack, as (number of components, attack on each) pairs.
        ceiling: the limit of the relaxed problem's error is at most this: no attack on the labelled
            problem gives more. It is the smaller of 1 and r c/k, and the value itself if `exact`.
        exact: the bound is the limit of the relaxed problem's error (sharp, c ≤ 0.651).
        caveat: what is not proved, or None.
        m: the scale for which the bound holds; None for the limit of large m.
    """

    k: int
    c: Fraction
    method: str
    value: Enclosure
    plan: Plan
    ceiling: Enclosure
    exact: bool
    caveat: str | None
    m: Fraction | None


def risk_to_mass(digits: int = 30) -> RiskToMass:
    """The largest ratio of Bayes risk to adversarial mass, and where it is reached.

    Args:
        digits: significant decimal digits of every number.

    Returns:
        Enclosures; the maximum over the separation is proved to exist and to be the only one, and
        no prior on any set of means does better (`prove_no_set_beats_two_points`).

    Raises:
        InputError: digits is not a count.
    """
    return _risk_to_mass(read_digits(digits))


@cache
def _risk_to_mass(digits: int) -> RiskToMass:
    bits = bits_for(digits) + 24
    t = turning_point(ratio_turn, 0.93672070253, bits)
    with working_precision(bits + 32):
        earned, cost = risk(t), mass(t)
        ratio = earned / cost
        return RiskToMass(
            *(Enclosure.of(ball, digits) for ball in (t, cost, earned, ratio, 1 / ratio))
        )


def lower_bound(
    k: int, c: Any, method: str = "sharp", digits: int = 30, m: Any = None
) -> LowerBound:
    """A lower bound on the mean squared error of every algorithm, for k components and budget c.

    Args:
        k: number of components, 1 to 10⁹.
        c: the adversary's budget, relative to the mass of one component (the ratio of corrupted to
            genuine clients is c/k): exact and positive, at most 10⁹ k.
        method: "printed" is Theorem 1 as it stands, c/(k√(8π)), which is false for small c; it
            carries a caveat. "corrected" is the exact maximum over integers that its proof needs.
            "sharp" hides sets of two or more means instead of intervals.
        digits: significant decimal digits.
        m: the scale, exact, if the bound is to hold for K(m) with this m: (k + c)m must be a whole
            number of clients, at most 10¹⁸. By default the bound is on the limit of large m.

    Returns:
        The enclosure of the bound with the attack that proves it.

    Raises:
        InputError: an argument is malformed or out of reach.
        DomainError: method "printed" with c/k at or above √(2π), where the theorem says nothing;
            (k + c)m is not a whole number.

    Paper: Theorem 1, Section IV and Appendix A.
    """
    if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= MOST_COMPONENTS:
        raise InputError(f"k must be a whole number of components from 1 to 10^9, not {k!r:.40}")
    read_name(method, METHODS, "method")
    budget, digits = read_positive(c, "c"), read_digits(digits)
    if isinstance(budget, arb):
        raise InputError("c must be an exact number such as 2.5 or 5/2, not a ball")
    if not Fraction(1, 10**1000) <= budget <= k * 10**9:
        raise InputError("c must be from 10^-1000 to 10^9 k: it is a mass relative to a component")
    scale = None if m is None else _read_scale(k, budget, m)
    value, plan, caveat = _BOUNDS[method](k, budget)
    exact = method == "sharp" and scale is None and budget <= _EXACT_UP_TO
    with working_precision(bits_for(digits) + 24 + 2 * abs(int(log2_of(to_ball(budget / k))))):
        slope = risk_to_mass(digits).ratio.ball() * to_ball(budget / k)
        bound = ceiling = value()
        if not exact:
            ceiling = slope if slope < 1 else arb(1)
        if scale is not None and plan:
            width = max((attack.width() for _, attack in plan), key=float)
            bound = finite_bound(bound, width, k, budget, scale)
        return LowerBound(
            k,
            budget,
            method,
            Enclosure.of(bound, digits),
            plan,
            Enclosure.of(ceiling, digits),
            exact,
            caveat,
            scale,
        )


def _read_scale(k: int, c: Fraction, m: Any) -> Fraction:
    scale = read_positive(m, "m")
    if isinstance(scale, arb):
        raise InputError("m must be an exact number, not a ball")
    clients = (k + c) * scale
    if clients.denominator != 1 or clients > 10**18:
        raise DomainError(
            f"(k + c)m = {show_exact(clients):.60} must be a whole number of clients, at most 10^18"
        )
    return scale


_Recipe = tuple[Callable[[], arb], Plan, str | None]


def _printed(k: int, c: Fraction) -> _Recipe:
    with working_precision(256):
        if not to_ball(c / k) < (2 * arb.pi()).sqrt():
            raise DomainError(
                f"Theorem 1 is stated for c/k below sqrt(2 pi) = 2.50..., not {show_exact(c / k)}:"
                ' use the method "corrected" or "sharp"'
            )
    caveat = (
        "Theorem 1 as printed is not proved for any rational c: the integer maximum in Appendix A"
        " is below the real one"
    )
    if k == 1 and c < Fraction(1, 8):
        caveat += "; here it is false for large m (the median does better, see median_risk)"
    return lambda: to_ball(c / k) / (8 * arb.pi()).sqrt(), (), caveat


def _corrected(k: int, c: Fraction) -> _Recipe:
    split = best_split(k, c)
    share = c / split.parts
    return (
        lambda: equal_split_value(k, to_ball(c), split.parts),
        ((split.parts, Plateau(share)),),
        None,
    )


def _sharp(k: int, c: Fraction) -> _Recipe:
    plan = max(_plans(k, c), key=_rough_value)

    def value() -> arb:
        total = arb(0)
        for count, attack in plan:
            total += count * attack.risk()
        return total / k

    return value, plan, None


_BOUNDS: dict[str, Callable[[int, Fraction], _Recipe]] = {
    "printed": _printed,
    "corrected": _corrected,
    "sharp": _sharp,
}


def _rough_value(plan: Plan) -> float:
    return sum(count * rough_risk(attack) for count, attack in plan)


def _plans(k: int, c: Fraction) -> Iterator[Plan]:
    """Allocations that fit the budget: one of them is nearly the best."""
    if c <= _EXACT_UP_TO:  # all on one component is best (see the top of this file)
        yield ((1, TwoPoints(c)),)
        return
    split = best_split(k, c)
    yield ((split.parts, Plateau(c / split.parts)),)
    yield _two_point_plan(k, c)
    for chain in CHAINS:
        most = min(k, int(c / chain.mass))
        mixed = [int((c - k * rest) / (chain.mass - rest)) for rest in _MASSES_BESIDE]
        for count in {most, *mixed, *(number + 1 for number in mixed)}:
            if 1 <= count <= most:
                rest = c - count * chain.mass
                others = _two_point_plan(k - count, rest) if count < k and rest > 0 else ()
                yield ((count, chain), *others)


@cache
def _two_point_plan(k: int, c: Fraction) -> Plan:
    """Two-point attacks: n equal ones, and at most one smaller one with what is left."""
    plans: list[Plan] = []
    about = int(c / _BEST_MASS)
    for parts in {1, k, *range(about - 1, about + 3)}:
        if not 1 <= parts <= k:
            continue
        share = min(c / parts, LARGEST_TWO_POINT_MASS)
        plans.append(((parts, TwoPoints(share)),))
        top = min(c / (parts - 1), LARGEST_TWO_POINT_MASS) if parts > 1 else share
        if top > share:
            plans.append(_uneven(parts, c, share, top))
    return max(plans, key=_rough_value)


def _uneven(parts: int, c: Fraction, low: Fraction, high: Fraction) -> Plan:
    """Equal shares from `low` to `high` on all parts but one, which gets the rest."""
    trials = np.linspace(float(low), float(high), _GRID + 1)
    left = np.clip(float(c) - (parts - 1) * trials, 0, float(LARGEST_TWO_POINT_MASS))
    earned = (parts - 1) * rough_two_point_risks(trials) + rough_two_point_risks(left)
    share = low + (high - low) * int(np.argmax(earned)) / _GRID
    rest = min(c - (parts - 1) * share, LARGEST_TWO_POINT_MASS)
    small: Plan = ((1, TwoPoints(rest)),) if rest > 0 else ()
    return ((parts - 1, TwoPoints(share)), *small)


def plan_mass(plan: Plan) -> Fraction:
    """What a plan costs at most, relative to the mass of one component."""
    return sum((count * attack.mass for count, attack in plan), Fraction(0))


def chain_costs_hold() -> bool:
    """Whether every chain of the catalogue costs at most the mass that it is booked with."""
    with working_precision(64):
        return all(chain.cost() < to_ball(chain.mass) for chain in CHAINS)
