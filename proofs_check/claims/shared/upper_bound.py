"""Theorem 2's constants as terms, for the claims about them: each written once, at one exact Δ."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import Term, cdf, density, exp, log, number
from bounds.certify.numbers.enclosure import Enclosure
from bounds.critical import eps_cr
from bounds.functions.terms import central_mass, filter_radius, mass_deficit
from bounds.upper import Envelope
from bounds.upper.far import far_expectation, far_loss
from bounds.upper.prices import elongation_price
from bounds.upper.printed import chain_constant, small_constant
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import falls_to, grows, has_slope, manifest
from proofs_check.audit.facts import Exact, Proved, Run
from proofs_check.claims.s3_results.critical_value import neighbours

PAPER = (Fraction(2), Fraction(3), Fraction(4))
"""The values of Δ that the paper computes with."""


def price_term(delta: Fraction) -> Term:
    """ρ − f(3Δ) = d(3Δ)."""
    return elongation_price(number(delta))


DELTA = sp.Symbol("Delta", positive=True)
PRICE = 2 * PHI(DELTA) - 1 - PHI(4 * DELTA) + PHI(2 * DELTA)
"""ρ − f(3Δ), for exact algebra."""

T = sp.Symbol("t", positive=True)
FAR = 2 * ((1 + T**2) * PHI(-T) + 3 * T * DENSITY(T))
"""The far term 2[(1 + t²)Φ(−t) + 3tφ(t)], t = 3Δ/2, for exact algebra."""


def price_grows() -> Exact:
    """That C₀ decreases for every Δ > 0."""
    first, second = (
        4 * DENSITY(times * DELTA) * sp.exp(-half) * sp.sinh(half)  # 2φ(times Δ) − 2φ(4Δ)
        for times, half in ((1, 15 * DELTA**2 / 4), (2, 3 * DELTA**2))
    )
    return Exact(
        "the derivative of the price, 2 phi(Delta) + 2 phi(2 Delta) - 4 phi(4 Delta), is positive:"
        " C0 decreases",
        grows(PRICE, DELTA, first + second),
    )


def far_term_falls() -> Exact:
    """That the far term decreases for t ≥ 1, t = 3Δ/2."""
    lead = sp.Symbol("lead", positive=True)
    mills = DENSITY(T) / T - PHI(-T)
    beyond = 8 * ((1 + lead) ** 2 - 1)
    return Exact(
        "the far term at t = 3 Delta/2 decreases: its derivative is -8 (t^2 - 1) phi(t) -"
        " 4 t (phi(t)/t - Phi(-t)), negative for t >= 1 by Mills' bound Phi(-t) < phi(t)/t",
        has_slope(FAR, T, -8 * (T**2 - 1) * DENSITY(T) - 4 * T * mills),
        falls_to(0, mills, T, DENSITY(T) / T**2),
        manifest(sp.expand(beyond)),
    )


def root(base: Term, power: Fraction) -> Term:
    """A fractional power of a positive term."""
    return exp(number(power) * log(base))


def chain_term(eps: Fraction, delta: Fraction) -> Term:
    """C̄ as Appendix B displays it, from ε_cr = eps."""
    return chain_constant(number(eps), filter_radius(eps, delta), delta)


def small_term(eps: Fraction, delta: Fraction) -> Term:
    """C₂ as Appendix B displays it, from ε_cr = eps."""
    return small_constant(number(eps), filter_radius(eps, delta), delta)


def far_expectation_term(delta: Fraction) -> Term:
    """E[(x + 3Δ/2)² given x ≥ 3Δ/2]."""
    return far_expectation(number(delta))


def lone_far_term(delta: Fraction) -> Term:
    """E[x²; |x| ≥ 3Δ/2]: what far clients lose when they keep their own sample."""
    return far_loss(number(delta))


def counterfeit_terms(delta: Fraction) -> tuple[Term, Term]:
    """Price and gain of the attack with a counterfeit cluster (see `bounds.upper.counterfeit`)."""
    place = delta + filter_radius(central_mass(delta) / 2, delta)
    near, far = place - 3 * delta / 2, place + 3 * delta / 2
    misled = cdf(far) - cdf(near)
    kept = 1 - near * density(near) + far * density(far) - misled
    return price_term(delta) + mass_deficit(place + delta, delta), place * place * misled + kept


def contact(shapes: dict[Fraction, Envelope]) -> Proved:
    """That the exact optimum is the concave envelope, at each Δ."""
    return Proved(
        "the exact optimum is the concave envelope: a chord from eps_t to the corner (eps_c, 1); "
        + "; ".join(
            f"Delta = {value}: one point of contact, chord above the loss on {shape.pieces} pieces,"
            f" eps_t in {shape.tangent}, eps_c in {shape.corner}"
            for value, shape in shapes.items()
        ),
        *(Run("bounds.upper.envelope", shape.pieces) for shape in shapes.values()),
    )


def critical_between(delta: Fraction) -> tuple[Fraction, Fraction]:
    """Short decimals around the true ε_cr(Δ): the loss increases, so C₁ lies between theirs."""
    return neighbours(eps_cr(delta, 12).eps)


def listed(name: str, values: dict[Fraction, Enclosure]) -> str:
    """One line of enclosures, Δ by Δ."""
    return "; ".join(f"{name}({show_exact(delta)}) in {value}" for delta, value in values.items())
