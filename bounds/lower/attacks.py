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

from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import decimal_text, dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.lower.any_set import gap_mass
from bounds.lower.bayes import bayes_risk_ball
from bounds.lower.information import information_bound
from bounds.lower.two_point import risk, separation_of

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
        return information_bound(to_ball(self.mass))

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
    _chain("0.8695", "23/20", 4501, middle=998),
    _chain("0.9030", "6/5", 4283, middle=1434),
    _chain("0.9361", "5/4", 4094, middle=1812),
    _chain("0.9687", "13/10", 3928, middle=2144),
    _chain("1.0007", "27/20", 3782, middle=2436),
    _chain("1.0322", "7/5", 3654, middle=2692),
    _chain("1.0631", "29/20", 3541, middle=2918),
    _chain("1.0935", "3/2", 3441, middle=3118),
    _chain("1.1234", "31/20", 3353, middle=3294),
    _chain("1.1526", "8/5", 3275, middle=3450),
    _chain("1.1813", "33/20", 3206, middle=3588),
    _chain("1.2094", "17/10", 3145, middle=3710),
    _chain("1.2369", "7/4", 3090, middle=3820),
    _chain("1.2901", "37/20", 2999, middle=4002),
    _chain("1.3409", "39/20", 2928, middle=4144),
    _chain("1.3893", "41/20", 2871, middle=4258),
    _chain("1.4353", "43/20", 2827, middle=4346),
    _chain("1.4789", "9/4", 2792, middle=4416),
    _chain("1.5201", "47/20", 2765, middle=4470),
    _chain("1.6850", "31/20", 2167, 2833),
    _chain("1.7719", "33/20", 2067, 2933),
    _chain("1.8553", "7/4", 1980, 3020),
    _chain("1.9352", "37/20", 1904, 3096),
    _chain("2.0114", "39/20", 1839, 3161),
    _chain("2.0481", "2", 1811, 3189),
    _chain("2.0840", "41/20", 1784, 3216),
    _chain("2.1529", "43/20", 1739, 3261),
    _chain("2.2183", "9/4", 1701, 3299),
    _chain("2.2801", "47/20", 1670, 3330),
    _chain("2.4187", "17/10", 1391, 2221, middle=2776),
    _chain("2.5276", "9/5", 1318, 2279, middle=2806),
    _chain("2.6316", "19/10", 1256, 2322, middle=2844),
    _chain("2.7308", "2", 1203, 2353, middle=2888),
    _chain("2.8252", "21/10", 1160, 2377, middle=2926),
    _chain("2.9147", "11/5", 1123, 2395, middle=2964),
    _chain("2.9995", "23/10", 1093, 2408, middle=2998),
    _chain("3.1594", "9/5", 932, 1722, 2346),
    _chain("3.2895", "19/10", 881, 1740, 2379),
    _chain("3.3522", "39/20", 859, 1747, 2394),
    _chain("3.4135", "2", 838, 1752, 2410),
    _chain("3.5315", "21/10", 802, 1759, 2439),
    _chain("3.8703", "37/20", 661, 1321, 1938, middle=2160),
    _chain("4.0227", "39/20", 623, 1325, 1955, middle=2194),
    _chain("4.0962", "2", 606, 1325, 1964, middle=2210),
    _chain("4.1679", "41/20", 591, 1324, 1973, middle=2224),
    _chain("4.5153", "37/20", 497, 1024, 1579, 1900),
    _chain("4.6931", "39/20", 466, 1022, 1588, 1924),
    _chain("4.7789", "2", 452, 1020, 1592, 1936),
    _chain("4.8625", "41/20", 440, 1017, 1596, 1947),
    _chain("5.2632", "19/10", 369, 805, 1291, 1646, middle=1778),
    _chain("5.4616", "2", 346, 799, 1294, 1662, middle=1798),
    _chain("5.6503", "21/10", 326, 791, 1297, 1677, middle=1818),
    _chain("5.9210", "19/10", 290, 642, 1060, 1405, 1603),
    _chain("6.1443", "2", 270, 635, 1059, 1415, 1621),
    _chain("6.3566", "21/10", 254, 628, 1058, 1425, 1635),
)
"""Chains for masses from 0.87 to 6.4, by rising mass and risk."""


@cache
def rough_risk(attack: Attack) -> float:
    """The risk in floating point, to choose among attacks: proves nothing."""
    if isinstance(attack, TwoPoints):
        return rough_two_point_risk(float(attack.mass))
    if isinstance(attack, Plateau):
        return float(attack.risk())
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
