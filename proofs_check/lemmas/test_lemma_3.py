"""Lemma 3: the server's estimate of the mass lies between ε and ε̂ = ε + φ(Δ) l(ε)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq

import bounds
from bounds.certify.errors import DomainError
from proofs_check.audit.pytest_plugin import Holds
from proofs_check.lemmas.drawn import distances, shares
from proofs_check.lemmas.strategies import epsilons


def genuine(a: arb, b: arb, delta: fmpq) -> arb:
    """Genuine mass of the interval (−a − Δ, b + Δ) around the mean."""
    return bounds.functions.cdf(b + delta) - bounds.functions.cdf(-a - delta)


def least_genuine(a: arb, b: arb, delta: fmpq) -> arb:
    """What line 15 of Algorithm 1 takes for it, from the length alone: all excess on one side."""
    return genuine(arb(0), a + b, delta)


@pytest.mark.lemma
def test_genuine_count(delta: Fraction, holds: Holds) -> None:
    """Φ(L + Δ) − Φ(−Δ) ≤ genuine mass ≤ Φ(L/2 + Δ) − Φ(−L/2 − Δ), for the length L + 2Δ."""

    def margin(a: fmpq, b: fmpq, delta: fmpq) -> arb:
        if a == b:
            raise DomainError("the upper bound is attained")
        mass, middle = genuine(arb(a), arb(b), delta), arb((a + b) / 2)
        above = mass - least_genuine(arb(a), arb(b), delta)
        return above * (genuine(middle, middle, delta) - mass)

    holds(margin, a=distances(), b=distances())


@pytest.mark.lemma
def test_the_estimate_is_at_least_eps(delta: Fraction, holds: Holds) -> None:
    """With m₂ in place of m in line 15, ε ≤ ε̃, for ε < ε_max ≤ ρ − f(2Δ)."""

    def margin(eps: fmpq, a: fmpq, b: fmpq, delta: fmpq) -> arb:
        x = _radius(eps, delta)
        estimate = eps + genuine(a * x, b * x, delta) - least_genuine(a * x, b * x, delta)
        return estimate - eps

    holds(margin, eps=epsilons(delta, estimate=True), a=shares(), b=shares())


@pytest.mark.lemma
def test_the_estimate_is_at_most_eps_hat(delta: Fraction, holds: Holds) -> None:
    """With m₂ in place of m in line 15, ε̃ ≤ ε̂, for ε < ε_max ≤ ρ − f(2Δ)."""

    def margin(eps: fmpq, a: fmpq, b: fmpq, delta: fmpq) -> arb:
        x = _radius(eps, delta)
        estimate = eps + genuine(a * x, b * x, delta) - least_genuine(a * x, b * x, delta)
        return bounds.mass_estimate(eps, delta) - estimate

    holds(margin, eps=epsilons(delta, estimate=True), a=shares(), b=shares())


@pytest.mark.lemma(printed=True)
def test_line_15(delta: Fraction, holds: Holds) -> None:
    """Printed: ε ≤ ε̃ with m in line 15, though T₂ holds half of the points of a component."""

    def margin(eps: fmpq, delta: fmpq) -> arb:
        x = _radius(eps, delta)
        counted = (eps + genuine(arb(0), x, delta)) / 2
        return counted - least_genuine(arb(0), x, delta) - eps

    holds(margin, eps=epsilons(delta, estimate=True))


@pytest.mark.lemma(printed=True)
def test_line_9_of_the_proof(delta: Fraction, holds: Holds) -> None:
    """Printed: (L/√(2π)) (e^{−Δ²/2} − e^{−(L+Δ)²/2}) ≤ (L/√(8π)) e^{−Δ²/2}."""

    def margin(length: fmpq, delta: fmpq) -> arb:
        near, far = bounds.functions.density(delta), bounds.functions.density(length + delta)
        return near / 2 - (near - far)

    holds(margin, length=distances())


def _radius(eps: fmpq, delta: fmpq) -> arb:
    x = bounds.filter_radius(eps, delta)
    if not x <= 2 * delta:
        raise DomainError("eps must be at most rho - f(2 Delta)")
    return x
