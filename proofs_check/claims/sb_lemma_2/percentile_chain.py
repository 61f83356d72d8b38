"""The display at the end of the proof of Lemma 2: the level of the shifted median.

The median is at most the (½ + ε/(2α)) quantile of the genuine points, which are those of N(0, 1)
between −Δ − a and b + Δ, of mass α. A level p stands for the point Φ⁻¹(p). The display has a σ that
the paper does not define; it is kept there, with samples from N(0, σ²) and all lengths over σ.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from proofs_check.audit.algebra import PHI

eps, delta, radius, rest, sigma = sp.symbols("eps Delta l r sigma", positive=True)
"""ε, Δ, l = f⁻¹(ρ − ε), by how much the right end falls short of l + Δ, and σ."""


def genuine_mass(a: Any, b: Any) -> Any:  # α
    """Mass of N(0, 1) between −Δ − a and b + Δ."""
    return PHI(b + delta) - PHI(-delta - a)


def level(a: Any, b: Any) -> Any:
    """Level of the largest median with ε adversarial points to its right: ½(ε + α) above −Δ − a."""
    return PHI(-delta - a) + (eps + genuine_mass(a, b)) / 2


def scaled(expression: Any) -> Any:
    """The expression with every length over σ."""
    return expression.subs({length: length / sigma for length in (delta, radius, rest)})


def first_line(b: Any) -> Any:
    """Line 1 as printed, for the interval (−Δ, b + Δ)."""
    alpha = genuine_mass(0, b)
    return scaled(PHI(-delta) + (sp.Rational(1, 2) + eps / (2 * alpha)) * alpha)


SECOND_LINE = scaled(PHI(-delta) + eps / 2 + (PHI(radius + delta) - PHI(-delta)) / 2)
THIRD_LINE = scaled(sp.Rational(1, 2) + eps / 2 + (PHI(radius + delta) - PHI(delta)) / 2)
G_LEVEL = (1 + eps + PHI(radius + delta) - PHI(delta)) / 2
"""The level of g(ε), as Lemma 2 prints it."""

PLACE: dict[str, Fraction | int] = {
    "eps": Fraction(1, 10),
    "Delta": 2,
    "l": 1,
    "r": Fraction(1, 2),
    "sigma": 1,
}
"""Where a false line shows."""
