r"""The one-component loss on its whole, extended domain, in the coordinate x = l(ε).

Up to ε_max it is g(ε̂)²/(1 + g(ε̂)²). Beyond, ε̂ ≥ ρ and l(ε̂) = ∞, so that g(ε̂) is
Φ⁻¹(½(1 + ε̂ + Φ(−Δ))), until ε̂ = Φ(Δ), where it is infinite and the loss is 1. Because
Φ(l + Δ) ≤ 1, this second form is an upper bound of g everywhere.
"""

from __future__ import annotations

from flint import arb

from bounds.certify.arithmetic.ball import BALL
from bounds.functions.estimate import mass_estimate_at
from bounds.functions.loss import loss_of_shift
from bounds.functions.normal import cdf
from bounds.functions.primitives.ball import solve_deficit
from bounds.functions.shift import median_shift_at
from bounds.functions.window import central_mass, mass_deficit


def shift_of_mass(mass: arb, delta: arb) -> arb:
    """An upper bound of g at the given mass, exact where the mass is surely below ρ.

    Infinite where the mass is not surely below Φ(Δ).
    """
    if mass <= 0:
        return arb(0)
    if mass.upper() < central_mass(delta):
        return median_shift_at(solve_deficit(mass, delta), delta)
    rest = cdf(delta) - mass
    if not rest > 0:
        return arb.pos_inf()
    return BALL.central_quantile(1 - rest, rest)


def loss_above(mass: arb, delta: arb) -> arb:
    """An upper bound of g²/(1 + g²) at the given mass; 1 where g is infinite."""
    return loss_up_to(shift_of_mass(mass, delta))


def loss_up_to(g: arb) -> arb:
    """g²/(1 + g²), 1 where g is infinite."""
    return loss_of_shift(g) if g.is_finite() else arb(1)


def estimate_at(x: arb, delta: arb) -> arb:
    """ε̂ in terms of x = l(ε) ≥ 0: d(x) + φ(Δ) x."""
    return mass_estimate_at(x, mass_deficit(x, delta), delta)


def sight(g: arb) -> arb:
    """(1 + g²)·2Φ(−g), which falls from 1 at g = 0 to 0.

    Its derivative is 4gΦ(−g) − 2(1 + g²)φ(g), negative since Mills' ratio Φ(−g)/φ(g) is below
    (1 + g²)/(2g): the ratio falls from 1.2534 at 0 and is 0.91 at 0.45, the other is above 1.33 up
    to 0.45 and at least 1 everywhere. So 1 − loss = 1/(1 + g²) is at least
    2Φ(−g), which is at least Φ(Δ) − ε̂ ≥ ε_full − ε: the loss lies below the line of slope 1 through
    (ε_full, 1), and, once `sight` is below 1/σ, below the line of slope σ through it.
    """
    return (1 + g * g) * 2 * cdf(-g)
