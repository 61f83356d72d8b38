"""Proof of Lemma 4, line 4: g(ε) <= g(ε̃)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from bounds.functions.terms import median_shift
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import grows, same, settled, shown
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_2.percentile_chain import G_LEVEL, delta, eps, radius


def check(g_level: Any = G_LEVEL) -> Decision:
    """Decide whether g increases, through the level of g in terms of x = l(ε)."""
    deficit = 2 * PHI(delta) - 1 - PHI(radius + delta) + PHI(radius - delta)
    a, big = sp.symbols("a G", positive=True)
    value = (a + big**2) / (1 + big) ** 2
    reverse = prove_less(median_shift(Fraction(1, 20), 2), median_shift(Fraction(1, 10), 2))
    return settled(
        "line 3 <= line 4 wherever eps <= eps~ < rho; where eps~ < eps it fails. Line 3 itself"
        " increases with eps~, so (g(eps)^2 + g(eps^)^4)/(1 + g(eps^)^2)^2 is a sharper bound",
        {
            "the level of g in terms of l: (1 + Phi(l - Delta) - Phi(-Delta))/2, slope phi(l -"
            " Delta)/2 > 0, and l increases with eps": grows(
                g_level.subs(eps, deficit), radius, DENSITY(radius - delta) / 2
            ),
            "line 4 - line 3 = (g(eps~)^2 - g(eps)^2)/(1 + g(eps~)^2)^2": same(
                value.subs(a, big) - value, (big - a) / (1 + big) ** 2
            ),
            "the slope of line 3 in G = g(eps~)^2 is 2 (G - g(eps)^2)/(1 + G)^3": same(
                sp.diff(value, big), 2 * (big - a) / (1 + big) ** 3
            ),
            f"with eps = 1/10 and eps~ = 1/20 the order is reversed: {shown(reverse)}": True,
        },
        certificates=(reverse.certificate(),),
    )


CLAIM = Claim(
    id="lemma-4-chain-4",
    where="Appendix B, proof of Lemma 4, line 4",
    printed="≤ (g(ε̃)² + g(ε̃)⁴)/(1 + g(ε̃)²)²",
    latex=r"\le \frac{g(\tilde\varepsilon)^2 +"
    r" g(\tilde\varepsilon)^4}{(1+g(\tilde\varepsilon)^2)^2}",
    hypotheses="ε ≤ ε̃ < ρ (Lemma 3)",
    method="exact slopes",
    check=check,
    seeded=(Seeded("g with the skew subtracted", lambda: check(1 + eps - G_LEVEL)),),
    rests_on=("lemma-3",),
)
