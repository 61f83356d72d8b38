r"""Theorem 2's small constants for every Δ ≥ 3/2 at once, from ε_cr over slices of Δ.

In the units of `bounds.critical.large_delta.slices`, κ₁ = φ(Δ)/Δ: ε_cr = Eκ₁ and g = Gκ₁. With
p = u/E^{1/3} and A = E^{2/3} + p the displays of Appendix B become

    C̄ = κ₁^{8/9} (A E^{2/9} + p A^{1/3})/2,    C₂ = C̄²/φ(C̄ε_cr^{1/9})² = 2πC̄² e^{(C̄ε_cr^{1/9})²}.

The loss below ε_cr, with the notation of `bounds.upper.small`: exactly

    L(κ) = (π/2) κ₁^{3/2} √κ (1 + uσ(x)) m²/(σ(y) n² √σ(x) (1 + g²)).

There e^{−x²/2}c(u) ≤ σ(x) ≤ c(u), m² ≤ c(v)e^v, and by Jensen's inequality, for the means of
e^{−t²/2} under sinh(tΔ) dt on (0, y) and under dt on (0, g), σ(y) ≥ c(v) e^{−r(v)y²/2} and
n ≥ e^{−g²/6}; so 1/(n²(1 + g²)) ≤ e^{g²/3}/(1 + g²) < 1. Here r(v)y² is the mean of t²,

    r(v) = (v² cosh v − 2v sinh v + 2 cosh v − 2)/(v² (cosh v − 1)),

which increases with v, as sinh(sv) weighs greater s more. Hence

    L(κ)/κ^{2/9} ≤ (π/2) κ₁^{3/2} κ^{5/18} (1 + u c(u)) e^{v + r(v)y²/2 + x²/4},

whose right side increases with κ: up to ε_cr its value there serves. In units of κ₁^{16/9} that is

    (π/2) E^{5/18} (1 + u c(u)) e^{v + r(v)v²τ/2 + u²τ/4}.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from bounds.certify.exact import to_ball
from bounds.critical.large_delta import CriticalSlice
from bounds.functions.normal import density
from bounds.upper.far import PRINTED_FAR_FACTOR, far_probability


def c1(part: CriticalSlice) -> arb:
    """C₁ = g²/(1 + g²)."""
    square = part.g * part.g
    return square / (1 + square)


def c1_share(part: CriticalSlice) -> arb:
    """C₁ in units of (φ(Δ)/Δ)²."""
    return part.shift * part.shift / (1 + part.g * part.g)


def _chain(part: CriticalSlice) -> arb:
    """C̄ in units of κ₁^{8/9}."""
    pull = part.u / part.mass.root(3)
    both = part.mass.root(3) * part.mass.root(3) + pull
    ninth = part.mass.root(9)
    return (both * ninth * ninth + pull * both.root(3)) / 2


def chain_top(part: CriticalSlice) -> arb:
    """C̄ ε_cr^{1/9}, the greatest argument in lines 4 to 6 of the chain to C₂."""
    return _chain(part) * part.mass.root(9) * part.unit


def c2_share(part: CriticalSlice) -> arb:
    """C₂ in units of κ₁^{16/9}."""
    chain, top = _chain(part), chain_top(part)
    return 2 * arb.pi() * chain * chain * (top * top).exp()


def c2(part: CriticalSlice) -> arb:
    """An upper bound of C₂, at the greatest κ₁."""
    ninth = part.unit.upper().root(9)
    return c2_share(part).upper() * ninth**16


def printed_far_share(delta: Fraction, far_factor: Fraction = PRINTED_FAR_FACTOR) -> arb:
    """An upper bound of 2Φ(−3Δ/2)·far_factor·Δ² in units of κ₁ at Δ, which falls from 3/2 on."""
    square = to_ball(delta * delta)
    return to_ball(far_factor * 4 / 3) * square * (-5 * square / 8).exp()


def small_case_share(part: CriticalSlice, far_factor: Fraction) -> arb:
    """The printed bound at ε_cr with C₃ = far_factor, from above, in units of κ₁."""
    ninth = part.mass.root(9)
    far = printed_far_share(part.low, far_factor)
    if part.high is not None:  # on a narrow slice the exact term is less
        delta = to_ball(part.low).union(to_ball(part.high))
        exact = far_probability(delta) * delta * delta * delta / density(delta)
        if exact.is_finite():
            far = far.min((to_ball(far_factor) * exact).upper())
    return c2_share(part) * ninth * ninth * part.unit + far


def loss_share(part: CriticalSlice) -> arb:
    """The bound above of L(κ)/κ^{2/9} for all κ ≤ ε_cr, in units of κ₁^{16/9}."""
    u, v, tau = part.u, part.v, part.tau
    mean = (v * v * v.cosh() - 2 * v * v.sinh() + 2 * v.cosh() - 2) / (v * v * (v.cosh() - 1))
    bulge = 2 * (u.cosh() - 1) / (u * u)
    power = v + mean * v * v * tau / 2 + u * u * tau / 4
    return arb.pi() / 2 * part.mass.root(18) ** 5 * (1 + u * bulge) * power.exp()
