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

from flint import arb

from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import decimal_text, dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.functions.normal import cdf, density
from bounds.lower.any_set import gap_mass
from bounds.lower.bayes import bayes_risk_ball
from bounds.lower.chains import Doubles, chains
from bounds.lower.information import information_bound
from bounds.lower.two_point import risk, separation_of

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

    def information(self) -> arb:
        """J = ∫ h′²/h on the place of the pair, h the larger of its two densities."""
        return _information([self.width()])

    def square_surprise(self) -> arb:
        """(1 + ε) E ρ² = ∫ (h − φ)²/h = Φ(t) − 2Φ(−t) + e^{4t²} Φ(−3t), φ the density at t."""
        t = self.width() / 2
        square: arb = cdf(t) - 2 * cdf(-t) + (4 * t * t).exp() * cdf(-3 * t)
        return square

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
            symmetric=self.weights == self.weights[::-1],
        )

    def width(self) -> arb:
        """How far the outer means are apart."""
        return to_ball(self.spacing * (len(self.weights) - 1))

    def information(self) -> arb:
        """J = ∫ h′²/h on the place of the chain, h the largest of its densities."""
        return _information([to_ball(self.spacing)] * (len(self.weights) - 1))

    def square_surprise(self) -> arb:
        """A bound of ∫ (h − φ)²/h: it is at most ∫ (h − φ) = ε."""
        return to_ball(self.mass)

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
        return information_bound(to_ball(self.mass))

    def width(self) -> arb:
        """How wide the plateau is: √(2π) ε."""
        return (2 * arb.pi()).sqrt() * to_ball(self.mass)

    def information(self) -> arb:
        """J = ∫ h′²/h on the place of the plateau: 1, as h is flat between its ends."""
        return arb(1)

    def square_surprise(self) -> arb:
        """A bound of ∫ (h − φ)²/h: it is at most ∫ (h − φ) = ε."""
        return to_ball(self.mass)

    def __str__(self) -> str:
        return f"plateau, mass {_short(self.mass)}"


Attack = TwoPoints | Chain | Plateau


def _information(gaps: list[arb]) -> arb:
    """1 + Σ (2Φ(g/2) − 1 − gφ(g/2)): each half of a gap adds ∫ z²φ over its length."""
    total = arb(1)
    for gap in gaps:
        total += gap_mass(gap) - gap * density(gap / 2)
    return total


def _short(mass: Fraction) -> str:
    """The mass exactly if that is short, else rounded down."""
    if mass.denominator <= 10_000:
        return str(mass)
    with working_precision(64):
        return f"about {decimal_text(dyadic_ends(to_ball(mass))[0], 6, up=False)}"


def chains_by_mass() -> tuple[Chain, ...]:
    """The chains with the stored weights; what each costs is computed."""
    found = (Chain(each.mass(), each.spacing, each.weights) for each in chains())
    return tuple(sorted(found, key=lambda chain: chain.mass))


CHAINS = chains_by_mass()
"""Chains for masses from 0.87 to 6.4, by rising mass and risk."""


@cache
def rough_risk(attack: Attack) -> float:
    """The risk in floating point, to choose among attacks: proves nothing."""
    if isinstance(attack, TwoPoints):
        return rough_two_point_risk(float(attack.mass))
    if isinstance(attack, Plateau):
        return float(attack.risk())
    import numpy as np

    weights = np.array(attack.weights) / sum(attack.weights)
    means = float(attack.spacing) * (np.arange(len(weights)) - (len(weights) - 1) / 2)
    x = np.arange(-means[-1] - 7, means[-1] + 7, 0.2)
    density = np.exp(-((x[:, None] - means) ** 2) / 2) * 0.2 / math.sqrt(2 * math.pi)
    variance = density @ (weights * means**2) - (density @ (weights * means)) ** 2 / (
        density @ weights
    )
    return float(variance.sum())


def rough_two_point_risk(mass: float) -> float:
    """B at the given mass, in floating point."""
    return float(rough_two_point_risks(mass))


def rough_two_point_risks(mass: Any) -> Any:
    """B at many masses: B/ε², which is smooth, between the entries of a table."""
    import numpy as np

    return mass * mass * np.interp(mass, *_table())


@cache
def _table() -> tuple[Doubles, Doubles]:
    """Masses ε = 2Φ(t) − 1 and B(t)/ε², for t up to 4; π/2 at 0."""
    import numpy as np

    t, x = np.linspace(0, 4, 8001)[1:], 0.2 * np.arange(45)
    weights = np.exp(-x * x / 2) * np.where(x > 0, 1, 0.5)
    total = (weights / np.cosh(np.outer(t, x))).sum(axis=1)
    risk = t * t * np.exp(-t * t / 2) * total * 0.4 / math.sqrt(2 * math.pi)
    mass = np.array([math.erf(width) for width in t / math.sqrt(2)])
    return np.insert(mass, 0, 0.0), np.insert(risk / (mass * mass), 0, math.pi / 2)
