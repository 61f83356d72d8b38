"""Lemma 4: the error of a client that mixes the server's estimate with its own sample."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq

import bounds
from bounds.certify.errors import DomainError
from proofs_check.audit.pytest_plugin import Holds
from proofs_check.lemmas.drawn import shares
from proofs_check.lemmas.strategies import epsilons


def moments(low: arb, high: arb) -> tuple[arb, arb, arb]:
    """∫ zⁿ φ(z) dz over [low, high] for n = 0, 1, 2."""
    mass = bounds.functions.cdf(high) - bounds.functions.cdf(low)
    first = bounds.functions.density(low) - bounds.functions.density(high)
    return (
        mass,
        first,
        mass + low * bounds.functions.density(low) - high * bounds.functions.density(high),
    )


@pytest.mark.lemma
def test_the_error_near_the_mean(delta: Fraction, holds: Holds) -> None:
    """E[(μ̂ − μ)² given |x_v − μ| < Δ − g(ε)/2] ≤ g(ε̃)²/(1 + g(ε̃)²), for ε ≤ ε̃ ≤ ε̂.

    The server's estimate is off by `off` times g(ε), and ε̃ is `along` the way from ε to ε̂.
    """

    def margin(eps: fmpq, off: fmpq, along: fmpq, delta: fmpq) -> arb:
        shift = bounds.median_shift(eps, delta)
        if not shift < delta:
            raise DomainError("the estimate must be nearer than Delta")
        reported = eps + along * (bounds.mass_estimate(eps, delta) - eps)
        weight = bounds.median_shift(reported, delta) ** 2
        mass, _, second = moments(shift / 2 - delta, delta - shift / 2)
        error = ((off * shift) ** 2 + weight * weight * second / mass) / (1 + weight) ** 2
        return weight / (1 + weight) - error

    holds(margin, eps=epsilons(delta, estimate=True), off=shares(), along=shares())


@pytest.mark.lemma(printed=True)
def test_lemma_4(delta: Fraction, holds: Holds) -> None:
    """Printed: E[(μ̂ − μ)² given |x_v − μ| < 3Δ/2] ≤ 2g(ε̃)²/(1 + g(ε̃)²); here ε̃ = ε.

    In the worst case of Lemma 2 the server is g(ε) off, and a client farther than 3Δ/2 from the
    server's estimate keeps its own sample.
    """

    def margin(eps: fmpq, delta: fmpq) -> arb:
        g, reach = bounds.median_shift(eps, delta), arb(3 * delta / 2)
        weight = g * g
        mass, first, second = moments(g - reach, reach)
        mixed = (g * g * mass + 2 * weight * g * first + weight**2 * second) / (1 + weight) ** 2
        error = (mixed + moments(-reach, g - reach)[2]) / moments(-reach, reach)[0]
        return 2 * weight / (1 + weight) - error

    holds(margin, eps=epsilons(delta))
