r"""The criterion K, which has the sign of loss″(ε).

With u = xΔ, v = yΔ, q(t) = 1 − e^{−2t}, s(t) = d′(t)/φ(Δ) and W = 2gφ(g)/φ(Δ),

    K(x, y, g) = (1 − g²)² + (1 + g²) W [ q(v)(x − Δ coth u)/(1 + s(x))² − 2Δ e^{y²/2 − 3v}/q(v) ].

Why it has this sign: let ε = d(x), ε̂ = ε + φ(Δ)x = d(y), L = g²/(1 + g²), and write g′ for dg/dε̂,
ε̂′ for dε̂/dε and L′ for dL/dε. From the definition of g, 2φ(g)g′ = 1/q(v), and so

    L″/L′ = (1/g − 4g/(1 + g²)) g′ε̂′ + (g″/g′) ε̂′ + ε̂″/ε̂′,
    g″/g′ = g g′ − Δ (coth v − 1)/d′(y),
    ε̂′ = (1 + s(x))/s(x),    ε̂″/ε̂′² = (x − Δ coth u)/((1 + s(x))² φ(Δ)).

Times the positive g(1 + g²)/(g′ε̂′), as (1/g + g − 4g/(1 + g²)) g(1 + g²) = (1 − g²)² and
(coth v − 1)/s(y) = 2e^{y²/2 − 3v}/q(v)², this is K.

Each function is written once, for intervals and for duals.
"""

from __future__ import annotations

from typing import TypeVar

from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval

T = TypeVar("T", Interval, Dual)


def decay(t: T) -> T:
    """q(t) = 1 − e^{−2t}."""
    return -(-2 * t).expm1()


def sinh(t: T) -> T:
    """The hyperbolic sine: e^t q(t)/2."""
    return t.exp() * decay(t) / 2


def coth(t: T) -> T:
    """The hyperbolic cotangent, t > 0: (1 + e^{−2t})/(1 − e^{−2t}) = 2/q(t) − 1."""
    return 2 / decay(t) - 1


def steepness(t: T, delta: T) -> T:
    """s(t) = 2e^{−t²/2} sinh(tΔ) = e^{t(Δ − t/2)} q(tΔ)."""
    return (t * (delta - t / 2)).exp() * decay(t * delta)


def weight(g: T, delta: T) -> T:
    """W = 2gφ(g)/φ(Δ) = 2g e^{(Δ² − g²)/2}."""
    return 2 * g * ((delta.squared() - g.squared()) / 2).exp()


def criterion(x: T, y: T, g: T, delta: T) -> T:
    """K(x, y, g), for one Δ or as a function of Δ, too."""
    share = decay(y * delta)
    bend_of_estimate = share * (x - delta * coth(x * delta)) / (1 + steepness(x, delta)).squared()
    bend_of_shift = 2 * delta * (y * (y / 2 - 3 * delta)).exp() / share
    square = g.squared()
    bend = weight(g, delta) * (bend_of_estimate - bend_of_shift)
    return (1 - square).squared() + (1 + square) * bend
