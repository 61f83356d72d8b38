"""Theorem 2: what the steps after the lemmas say about the adversary and about far samples."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq
from hypothesis import strategies as st

import bounds
from proofs_check.audit.pytest_plugin import Holds
from proofs_check.lemmas.drawn import shares


@pytest.mark.lemma(low="3/2")
def test_destroying_is_enough(delta: Fraction, holds: Holds) -> None:
    """At ε = ρ − f(3Δ) the loss has reached 1: ε̂ ≥ Φ(Δ)."""

    def margin(delta: fmpq) -> arb:
        eps = bounds.functions.mass_deficit(3 * delta, delta)
        return eps + 3 * delta * bounds.functions.density(delta) - bounds.functions.cdf(delta)

    holds(margin)


def far_error(delta: fmpq) -> arb:
    """E[(x + 3Δ/2)² given x ≥ 3Δ/2], by the integrals of the last display."""
    mills = bounds.functions.density(3 * delta / 2) / bounds.functions.cdf(-3 * delta / 2)
    return 1 + 9 * delta**2 / 4 + 9 * delta / 2 * mills


@pytest.mark.lemma
def test_far_samples(delta: Fraction, holds: Holds) -> None:
    """9Δ² ≤ E[(x + 3Δ/2)² given x ≥ 3Δ/2] ≤ 9Δ² + 4."""
    holds(lambda delta: (far_error(delta) - 9 * delta**2) * (9 * delta**2 + 4 - far_error(delta)))


@pytest.mark.lemma(printed=True)
def test_far_samples_as_printed(delta: Fraction, holds: Holds) -> None:
    """Printed: E[(x + 3Δ/2)² given x ≥ 3Δ/2] ≤ 3.25Δ²."""
    holds(lambda delta: 13 * delta**2 / 4 - far_error(delta))


@pytest.mark.lemma(printed=True, low="3/2")
def test_spreading_is_best(delta: Fraction, holds: Holds) -> None:
    """Printed: below ε_cr an even split is the adversary's best; here against one big share.

    One of k components gets `share` of ε_max, the others the rest of the budget c, evenly.
    """
    edge = bounds.inflections(delta, digits=12).eps_max.low.fraction()
    top = bounds.eps_cr(delta, 12).eps.low.fraction()

    def margin(share: fmpq, thousands: int, delta: fmpq) -> arb:
        k = 1000 * thousands
        even = fmpq(top.numerator, top.denominator) / 2
        big = share * fmpq(edge.numerator, edge.denominator)
        rest = (k * even - big) / (k - 1)
        if rest < 0:
            raise bounds.DomainError("the budget does not suffice")
        split = bounds.loss(big, delta) + (k - 1) * bounds.loss(rest, delta)
        return bounds.loss(even, delta) - split / k

    holds(margin, share=shares(), thousands=st.integers(1, 10).map(lambda n: 10 ** (3 * n)))
