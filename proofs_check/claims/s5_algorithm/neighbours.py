"""What other components add: genuine mass from means at least D = 9Δ away.

Windows around the other means are disjoint, so a window that ends r from the nearest of them on
either side holds at most 2Φ(−r) of their mass.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import Proved, Term, cdf, prove_less
from bounds.functions.terms import mass_deficit, window_mass

SPACING = 9
"""The least distance of two means in Theorem 2, in units of Δ."""


def foreign(beyond: Fraction, delta: Fraction) -> Term:
    """Bound on the foreign mass in a window that stays `beyond` Δ away from all other means."""
    return 2 * cdf(-beyond * delta)


def passes_without_attack(h: Fraction, delta: Fraction, spacing: Fraction) -> Proved:
    """Proof that a point h > 0 off its mean passes with no adversarial mass at all.

    One neighbour at D gives more than the window lacks: d(h) < f(D − h).
    """
    return prove_less(mass_deficit(h, delta), window_mass(spacing - h, delta))
