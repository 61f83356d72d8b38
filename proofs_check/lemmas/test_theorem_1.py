"""Theorem 1 and Appendix A: the lower bound from h(ε) = ε²/(ε² + 2π). No Δ is in it."""

from __future__ import annotations

import pytest
from flint import arb, arb_series, fmpq
from hypothesis import strategies as st

from proofs_check.audit.pytest_plugin import Holds
from proofs_check.lemmas.drawn import distances


def risk(eps: arb) -> arb:
    """The Bayes risk h(ε) = ε²/(ε² + 2π)."""
    return eps * eps / (eps * eps + 2 * arb.pi())


def bend(eps: fmpq) -> arb:
    """The sign of h″(ε), by Taylor arithmetic."""
    curve = arb_series([arb(eps), 1], prec=3)
    second: arb = (curve * curve / (curve * curve + 2 * arb.pi()))[2]
    return second


@pytest.mark.lemma
def test_h_is_convex_then_concave(holds: Holds) -> None:
    """h is convex up to √(2π/3) and concave from there on."""
    holds(lambda eps: bend(eps) * (2 * arb.pi() / 3 - eps * eps), eps=distances())


@pytest.mark.lemma(printed=True)
def test_second_derivative_of_h(holds: Holds) -> None:
    """Printed: h″(ε) has the sign of 2π − 3ε (the square is missing)."""
    holds(lambda eps: bend(eps) * (2 * arb.pi() - 3 * eps), eps=distances())


@pytest.mark.lemma
def test_the_line_above_h(holds: Holds) -> None:
    """h(ε) ≤ ε/√(8π): no split of the budget c gives more than c/(√(8π) k)."""
    holds(lambda eps: eps / (8 * arb.pi()).sqrt() - risk(arb(eps)), eps=distances())


@pytest.mark.lemma(printed=True)
def test_whole_numbers_of_components(holds: Holds) -> None:
    """Printed: the best whole number k′ of components gives Σ h(c/k′) ≥ c/√(8π)."""

    def margin(c: int) -> arb:
        least = c * 2 // 5  # c/√(2π) is between 2c/5 − 1 and 2c/5
        best = max(
            (n * risk(arb(c) / n) for n in range(max(1, least - 1), least + 2)),
            key=lambda value: float(value.mid()),
        )
        return best - c / (8 * arb.pi()).sqrt()

    holds(margin, c=st.integers(1, 20))
