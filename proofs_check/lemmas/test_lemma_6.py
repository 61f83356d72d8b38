"""Lemma 6, l(ε) ≤ (ε/C)^{1/3} up to ε_cr, and the chain of bounds that it opens (to C₂)."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from flint import arb, fmpq

import bounds
from proofs_check.audit.pytest_plugin import Holds
from proofs_check.claims.sb_lemma_6.small_mass import (
    LINES,
    Line,
    Setting,
    after_c_of_estimate,
    at_the_quantile,
)
from proofs_check.lemmas.drawn import distances, shares


def remainder(bend: arb, x: fmpq, delta: fmpq) -> arb:
    """x⁴/20 minus |f(x) − ρ − bend x²|."""
    return arb(x) ** 4 / 20 - abs(bend * x * x + bounds.functions.mass_deficit(x, delta))


@pytest.mark.lemma
def test_taylor_of_f(delta: Fraction, holds: Holds) -> None:
    """|f(x) − ρ − φ′(Δ)x²| ≤ x⁴/20."""
    holds(
        lambda x, delta: remainder(-delta * bounds.functions.density(delta), x, delta),
        x=distances(),
    )


@pytest.mark.lemma(printed=True)
def test_taylor_of_f_as_printed(delta: Fraction, holds: Holds) -> None:
    """Printed: f(x) = ρ + 2φ′(x + Δ)x² + O(x⁴); here with x⁴/20."""

    def margin(x: fmpq, delta: fmpq) -> arb:
        return remainder(-2 * (x + delta) * bounds.functions.density(x + delta), x, delta)

    holds(margin, x=distances())


@pytest.mark.lemma
def test_the_parabola_below(delta: Fraction, holds: Holds) -> None:
    """ρ − f(x) ≥ Δφ(Δ)x² e^{−x²/2}, so that f(x) ≤ ρ − Cx³ for small x, whatever C is."""

    def margin(x: fmpq, delta: fmpq) -> arb:
        below = delta * bounds.functions.density(delta) * x * x * (-arb(x) * x / 2).exp()
        return bounds.functions.mass_deficit(x, delta) - below

    holds(margin, x=distances())


@pytest.mark.lemma(low="3/2")
def test_lemma_6(delta: Fraction, holds: Holds) -> None:
    """l(ε) ≤ (ε/C)^{1/3}, C = ε_cr/l(ε_cr)³, for ε < ε_cr."""
    top = _threshold(delta)

    def margin(share: fmpq, delta: fmpq) -> arb:
        near = bounds.filter_radius(share * fmpq(top.numerator, top.denominator), delta)
        far = bounds.filter_radius(fmpq(top.numerator, top.denominator), delta)
        return share - (near / far) ** 3

    holds(margin, share=shares())


@pytest.mark.lemma(low="3/2")
@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(LINES[0], LINES[1], id="line 1"),
        pytest.param(LINES[1], LINES[2], id="line 2"),
        pytest.param(LINES[2], after_c_of_estimate, id="line 3 with C at eps_hat"),
        pytest.param(LINES[4], at_the_quantile, id="line 5 with phi at the quantile"),
    ],
)
def test_the_chain(left: Line, right: Line, delta: Fraction, holds: Holds) -> None:
    """Each line of the chain to C₂ is a bound of the one before, for c/k < ε_cr."""
    _compare(left, right, delta, holds)


@pytest.mark.lemma(printed=True, low="3/2")
@pytest.mark.parametrize("number", [3, 5])
def test_the_chain_as_printed(number: int, delta: Fraction, holds: Holds) -> None:
    """Printed: lines 3 and 5 of the chain to C₂."""
    _compare(LINES[number - 1], LINES[number], delta, holds)


def _compare(left: Line, right: Line, delta: Fraction, holds: Holds) -> None:
    top = _threshold(delta)

    def margin(share: fmpq, delta: fmpq) -> arb:
        part = Fraction(int(share.p), int(share.q))
        setting = Setting(part * top, top, width)
        return right(setting).at({}) - left(setting).at({})

    width = delta
    holds(margin, share=shares())


@cache
def _threshold(delta: Fraction) -> Fraction:
    """A rational just below ε_cr."""
    return bounds.eps_cr(delta, 12).eps.low.fraction()
