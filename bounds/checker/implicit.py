r"""The paper's functions of ε that are defined by equations, at one ε and one Δ, each enclosed.

l(ε) solves d(x) = ε, for 0 < ε < ρ; then g(ε) = g of the curve at y = l(ε), ε̂ = ε + φ(Δ)l(ε), and
the loss is g(ε̂)²/(1 + g(ε̂)²). All of them increase with ε.
"""

from __future__ import annotations

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.inverse import SlopeNear, zero_of_increasing
from bounds.certify.checker.normal import normal_density
from bounds.certify.checker.verdict import Undecided
from bounds.checker.criterion import steepness
from bounds.checker.curve import shift
from bounds.checker.masses import deficit, window


def filter_radius(eps: Interval, delta: Interval) -> Interval:
    """l(ε), from the log of d(x)/ε, or of f(x)/(ρ − ε) where ε is the greater part of ρ."""
    rho = window(delta * 0, delta)
    if not (eps > 0 and eps < rho):
        raise Undecided("eps is not proved to lie between 0 and rho(Delta)")
    unit = normal_density(delta)
    if eps * 2 < rho:

        def lacking(x: Interval) -> tuple[Interval, SlopeNear]:
            side = deficit(x, delta)

            def slope(near: Interval) -> Interval:
                return unit * steepness(near, delta) / deficit(near, delta)

            return (side / eps).log(), slope

        # e^{−t²/2} sinh(tΔ) ≤ t cosh(Δt)…: the parabola φ(Δ)Δx² leads to a start
        start = (eps / (unit * delta)).sqrt()
        return zero_of_increasing(lacking, _least(start, delta), delta * 2 + 2)

    goal = rho - eps

    def held(x: Interval) -> tuple[Interval, SlopeNear]:
        side = window(x, delta)

        def slope(near: Interval) -> Interval:
            return unit * steepness(near, delta) / window(near, delta)

        return (goal / side).log(), slope

    # f(x) ≤ T(x − Δ)/2 ≤ e^{−(x−Δ)²/2}/2 beyond Δ
    ceiling = delta + (-2 * goal.log()).positive_part().sqrt() + 1
    return zero_of_increasing(held, delta, ceiling)


def median_shift(eps: Interval, delta: Interval) -> Interval:
    """g(ε)."""
    return shift(filter_radius(eps, delta), delta)


def mass_estimate(eps: Interval, delta: Interval) -> Interval:
    """ε̂(ε)."""
    return eps + normal_density(delta) * filter_radius(eps, delta)


def loss(eps: Interval, delta: Interval) -> Interval:
    """g(ε̂)²/(1 + g(ε̂)²)."""
    square = median_shift(mass_estimate(eps, delta), delta).squared()
    return square / (1 + square)


def _least(a: Interval, b: Interval) -> Interval:
    return b if b < a else a
