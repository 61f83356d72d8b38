"""Theorem 2's constants as terms, for the claims about them: each written once, at one exact Δ."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import Term, cdf, density, exp, log, number
from bounds.certify.numbers.enclosure import Enclosure
from bounds.critical import eps_cr
from bounds.functions.terms import central_mass, filter_radius, mass_deficit
from bounds.upper.far import far_expectation, far_loss
from bounds.upper.prices import elongation_price
from bounds.upper.printed import chain_constant, small_constant
from proofs_check.claims.s3_results.critical_value import neighbours

PAPER = (Fraction(2), Fraction(3), Fraction(4))
"""The values of Δ that the paper computes with."""


def price_term(delta: Fraction) -> Term:
    """ρ − f(3Δ) = d(3Δ)."""
    return elongation_price(number(delta))


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
    """Price and gain of the attack with a counterfeit cluster (see `bounds.counterfeit`)."""
    place = delta + filter_radius(central_mass(delta) / 2, delta)
    near, far = place - 3 * delta / 2, place + 3 * delta / 2
    misled = cdf(far) - cdf(near)
    kept = 1 - near * density(near) + far * density(far) - misled
    return price_term(delta) + mass_deficit(place + delta, delta), place * place * misled + kept


def critical_between(delta: Fraction) -> tuple[Fraction, Fraction]:
    """Short decimals around the true ε_cr(Δ): the loss increases, so C₁ lies between theirs."""
    return neighbours(eps_cr(delta, 12).eps)


def listed(name: str, values: dict[Fraction, Enclosure]) -> str:
    """One line of enclosures, Δ by Δ."""
    return "; ".join(f"{name}({show_exact(delta)}) in {value}" for delta, value in values.items())
