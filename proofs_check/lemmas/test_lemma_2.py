"""Lemma 2: how far ε of adversarial mass moves the median of a component."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq
from hypothesis import strategies as st

import bounds
from bounds.certify.errors import DomainError
from proofs_check.audit.pytest_plugin import Holds
from proofs_check.claims.sb_lemma_2.median_quantiles import lower_quantile, medians, upper_quantile
from proofs_check.lemmas.drawn import distances, shares
from proofs_check.lemmas.strategies import epsilons


@pytest.mark.lemma
def test_filter_radius(delta: Fraction, holds: Holds) -> None:
    """Mass ε lets in a point x from the mean, ρ − f(x) ≤ ε, exactly if x ≤ l(ε)."""

    def margin(eps: fmpq, x: fmpq, delta: fmpq) -> arb:
        passes = eps - bounds.functions.mass_deficit(x, delta)
        return passes * (bounds.filter_radius(eps, delta) - x)

    holds(margin, eps=epsilons(delta), x=distances())


@pytest.mark.lemma(printed=True)
def test_filter_radius_in_the_mixture(delta: Fraction, holds: Holds) -> None:
    """Printed: without an attack no point off the mean passes; here one 10^-n off, D = 9Δ."""

    def margin(n: int, delta: fmpq) -> arb:
        x = arb(10) ** -n
        return bounds.functions.mass_deficit(x, delta) - bounds.window_mass(9 * delta - x, delta)

    holds(margin, n=st.integers(1, 10_000))


@pytest.mark.lemma
def test_worst_truncation(delta: Fraction, holds: Holds) -> None:
    """Of all intervals (−a − Δ, b + Δ), a and b up to l(ε), the worst is (−Δ, l(ε) + Δ)."""

    def margin(eps: fmpq, a: fmpq, b: fmpq, delta: fmpq) -> arb:
        x = bounds.filter_radius(eps, delta)
        level = eps + bounds.functions.cdf(b * x + delta) + bounds.functions.cdf(-a * x - delta)
        return bounds.median_shift(eps, delta) - bounds.functions.quantile(level / 2)

    holds(margin, eps=epsilons(delta), a=shares(), b=shares())


@pytest.mark.lemma
def test_the_skew_costs(delta: Fraction, holds: Holds) -> None:
    """The shift is at least that of a plain median, Φ⁻¹((1 + ε)/2)."""

    def margin(eps: fmpq, delta: fmpq) -> arb:
        return bounds.median_shift(eps, delta) - bounds.functions.quantile((1 + eps) / 2)

    holds(margin, eps=epsilons(delta))


@pytest.mark.lemma
def test_the_skew_shrinks(delta: Fraction, holds: Holds) -> None:
    """At fixed ε the shift falls as Δ grows."""

    def margin(eps: fmpq, wider: fmpq, delta: fmpq) -> arb:
        return bounds.median_shift(eps, delta) - bounds.median_shift(eps, delta + wider)

    holds(margin, eps=epsilons(delta), wider=distances())


@pytest.mark.lemma
def test_median_quantiles(holds: Holds) -> None:
    """N genuine and E < N other points: the median is between the 1/2 ∓ E/2N genuine quantiles."""
    places = st.integers(-50, 50).map(Fraction)

    def margin(good: tuple[fmpq, ...], bad: tuple[fmpq, ...]) -> Fraction:
        if len(bad) >= len(good):
            raise DomainError("fewer points must be bad than good")
        genuine = sorted(Fraction(int(p.p), int(p.q)) for p in good)
        every = sorted(Fraction(int(p.p), int(p.q)) for p in (*good, *bad))
        shift = Fraction(len(bad), 2 * len(good))
        low, high = medians(every)
        return min(
            low - lower_quantile(genuine, Fraction(1, 2) - shift),
            upper_quantile(genuine, Fraction(1, 2) + shift) - high,
        )

    several = st.lists(places, min_size=1, max_size=9).map(tuple)
    holds(margin, good=several, bad=st.lists(places, max_size=6).map(tuple))
