"""The normal law and r* in plain floats: guides of a search whose result is proved afterwards.

One evaluation of the certified formulas costs a hundred of these. Nothing rests on them: a bad
guide gives a weaker bound, never a false one.
"""

from __future__ import annotations

import math
from statistics import NormalDist

NORMAL = NormalDist()
RATIO = 0.66104639  # r*, rounded down


def density(z: float) -> float:  # φ
    """The normal density."""
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def tail(z: float) -> float:
    """Φ(−z)."""
    return math.erfc(z / math.sqrt(2)) / 2


def gap_mass(gap: float) -> float:
    """2Φ(gap/2) − 1, the mass that one gap between two means costs."""
    return math.erf(gap / math.sqrt(8))


def tail_square(start: float, t: float) -> float:
    """E[(Z + 2t)²; Z ≥ s] = (1 + 4t²)Φ(−s) + (s + 4t)φ(s)."""
    return (1 + 4 * t * t) * tail(start) + (start + 4 * t) * density(start)
