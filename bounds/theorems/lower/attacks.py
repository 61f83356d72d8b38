"""Attacks on one component, each a set of means made indistinguishable: what they cost and earn.

Two points for small masses (any mass up to the best one); for larger masses chains of equally
spaced points with nearly least favourable weights, found by floating point and rounded. Whatever
the weights, the Bayes risk of the prior is a lower bound, and it is evaluated rigorously.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray
from scipy.special import erf

from bounds.certified.enclosure import decimal_text, dyadic_ends
from bounds.certified.precision import working_precision
from bounds.exact import to_ball
from bounds.theorems.lower.any_set import gap_mass
from bounds.theorems.lower.bayes import bayes_risk_ball
from bounds.theorems.lower.information import information_bound
from bounds.theorems.lower.two_point import risk, separation_of

Doubles = NDArray[np.float64]

LARGEST_TWO_POINT_MASS = Fraction(7806, 10_000)
"""Just below 0.78060…, where the two-point risk is largest: more is of no use to two points."""


@dataclass(frozen=True)
class TwoPoints:
    """Two means with the given mass between them, each with chance ½.

    Attributes:
        mass: ε, 0 < ε ≤ 0.7806, relative to the mass of one component.
    """

    mass: Fraction

    def risk(self) -> arb:
        """Bayes risk at the working precision."""
        return risk(separation_of(to_ball(self.mass)))

    def width(self) -> arb:
        """How far the two means are apart."""
        return 2 * separation_of(to_ball(self.mass))

    def __str__(self) -> str:
        return f"two points, mass {_short(self.mass)}"


@dataclass(frozen=True)
class Chain:
    """Equally spaced means with given weights.

    Attributes:
        mass: an upper bound, to four decimals, of what the chain costs.
        spacing: the gap between neighbours, in standard deviations.
        weights: integers proportional to the prior's weights.
    """

    mass: Fraction
    spacing: Fraction
    weights: tuple[int, ...]

    def cost(self) -> arb:
        """The exact mass, at the working precision: at most `mass`."""
        return (len(self.weights) - 1) * gap_mass(to_ball(self.spacing))

    def risk(self) -> arb:
        """Bayes risk at the working precision."""
        total = sum(self.weights)
        return bayes_risk_ball(
            [to_ball(self.spacing * j) for j in range(len(self.weights))],
            [to_ball(Fraction(weight, total)) for weight in self.weights],
        )

    def width(self) -> arb:
        """How far the outer means are apart."""
        return to_ball(self.spacing * (len(self.weights) - 1))

    def __str__(self) -> str:
        return f"{len(self.weights)} points {self.spacing} apart, mass {_short(self.mass)}"


@dataclass(frozen=True)
class Plateau:
    """The paper's attack: a whole interval of means, and van Trees' bound h(ε) for it.

    Attributes:
        mass: ε > 0, relative to the mass of one component.
    """

    mass: Fraction

    def risk(self) -> arb:
        """h(ε) at the working precision."""
        bound: arb = information_bound(to_ball(self.mass))
        return bound

    def width(self) -> arb:
        """How wide the plateau is: √(2π) ε."""
        return (2 * arb.pi()).sqrt() * to_ball(self.mass)

    def __str__(self) -> str:
        return f"plateau, mass {_short(self.mass)}"


Attack = TwoPoints | Chain | Plateau


def _short(mass: Fraction) -> str:
    """The mass exactly if that is short, else rounded down."""
    if mass.denominator <= 10_000:
        return str(mass)
    with working_precision(64):
        return f"about {decimal_text(dyadic_ends(to_ball(mass))[0], 6, up=False)}"


def _chain(mass: str, spacing: str, *half: int, middle: int | None = None) -> Chain:
    centre = () if middle is None else (middle,)
    return Chain(Fraction(mass), Fraction(spacing), (*half, *centre, *reversed(half)))


CHAINS = (
    _chain("0.9361", "5/4", 4094, middle=1813),
    _chain("1.0936", "3/2", 3441, middle=3117),
    _chain("1.2370", "7/4", 3090, middle=3819),
    _chain("1.3655", "2", 2898, middle=4204),
    _chain("1.4789", "9/4", 2792, middle=4415),
    _chain("1.7290", "8/5", 2116, 2884),
    _chain("1.8957", "9/5", 1941, 3059),
    _chain("2.0482", "2", 1811, 3189),
    _chain("2.2497", "23/10", 1685, 3315),
    _chain("2.4738", "7/4", 1353, 2253, middle=2789),
    _chain("2.7309", "2", 1203, 2353, middle=2886),
    _chain("3.3523", "39/20", 859, 1747, 2425),
    _chain("4.0962", "2", 606, 1325, 1964, middle=2209),
    _chain("5.4616", "2", 346, 799, 1294, 1662, middle=1799),
    _chain("6.3566", "21/10", 254, 628, 1058, 1425, 1636),
)
"""Chains for masses from 0.94 to 6.4, by rising mass and risk."""


@cache
def rough_risk(attack: Attack) -> float:
    """The risk in floating point, to choose among attacks: proves nothing."""
    if isinstance(attack, TwoPoints):
        return rough_two_point_risk(float(attack.mass))
    return float(attack.risk())


def rough_two_point_risk(mass: float) -> float:
    """B at the given mass, in floating point."""
    return float(rough_two_point_risks(np.float64(mass)))


def rough_two_point_risks(mass: Any) -> Any:
    """B at many masses: B/ε², which is smooth, between the entries of a table."""
    return mass * mass * np.interp(mass, *_table())


@cache
def _table() -> tuple[Doubles, Doubles]:
    """Masses ε = 2Φ(t) − 1 and B(t)/ε², for t up to 4; π/2 at 0."""
    t, x = np.linspace(0, 4, 8001)[1:], 0.2 * np.arange(45)
    weights = np.exp(-x * x / 2) * np.where(x > 0, 1, 0.5)
    total = (weights / np.cosh(np.outer(t, x))).sum(axis=1)
    risk = t * t * np.exp(-t * t / 2) * total * 0.4 / math.sqrt(2 * math.pi)
    mass = erf(t / math.sqrt(2))
    return np.insert(mass, 0, 0.0), np.insert(risk / (mass * mass), 0, math.pi / 2)
