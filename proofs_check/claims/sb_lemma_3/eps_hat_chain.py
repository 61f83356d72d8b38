"""The display in the proof of Lemma 3, σ = 1: from the server's count to ε + l(ε) φ(Δ).

The paper calls the server's estimate ε̂ there; here it is ε̃, and ε̂ its upper bound, as in Lemma 3.
The cluster spans L, written l in the display; m̃/m = ε + G with G the genuine mass counted.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, PHI

eps, span, delta, genuine = sp.symbols("eps L Delta G", positive=True)

LEAST = PHI(span + delta) - PHI(-delta)
"""Least genuine mass in an interval of length L + 2Δ around the mean: it starts at −Δ."""

MOST = PHI(span / 2 + delta) - PHI(-(span / 2 + delta))
"""Most genuine mass: the interval is centred."""

COUNT = eps + genuine
"""m̃/m."""

ESTIMATE = COUNT - LEAST
"""ε̃ = m̃/m − (Φ(L + Δ) − Φ(−Δ))."""

ABOVE = eps - LEAST + MOST
"""Line 2 of the display."""

SPLIT = eps - (PHI(span + delta) - PHI(span / 2 + delta)) - (PHI(-(span / 2 + delta)) - PHI(-delta))
"""Line 3."""

FLIPPED = eps - (PHI(span + delta) - PHI(span / 2 + delta)) + (PHI(span / 2 + delta) - PHI(delta))
"""Line 4."""

_DROP = sp.exp(-(delta**2) / 2) - sp.exp(-((span + delta) ** 2) / 2)

SECANT = eps + span * _DROP / sp.sqrt(2 * sp.pi)
"""Line 5, as printed."""

SECANT_HALF = eps + span * _DROP / sp.sqrt(8 * sp.pi)
"""Line 5 with half of the second term, which is what the two brackets give."""

TANGENT = eps + span * DENSITY(delta) / 2
"""Line 6: ε + L e^{−Δ²/2}/√(8π)."""

PLACE: dict[str, Fraction | int] = {"eps": Fraction(1, 10), "Delta": 2, "L": 1, "G": 1}
"""Where a false line shows."""


def bracket_slopes(t: Any) -> tuple[Any, Any, Any]:
    """What bounds Φ over a step from Δ: the excess of the tangent, its slope, and the same falling.

    Returns:
        tφ(Δ) − (Φ(Δ + t) − Φ(Δ)); its slope φ(Δ) − φ(Δ + t) in a manifestly positive form; and
        Φ(Δ + L/2 + t) − Φ(Δ + L/2) − tφ(Δ + L/2 + t), which is positive too.
    """
    excess = t * DENSITY(delta) - (PHI(delta + t) - PHI(delta))
    turn = t * (t + 2 * delta) / 4
    slope = 2 * DENSITY(delta) * sp.exp(-turn) * sp.sinh(turn)
    start = delta + span / 2
    falling = PHI(start + t) - PHI(start) - t * DENSITY(start + t)
    return excess, slope, falling
