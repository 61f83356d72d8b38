"""Proof of Lemma 1: m₁ + m₂ = m′₁ + m′₂ = m, and the expectations of the parts."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import sympy as sp

from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s5_algorithm.listing import c, k, m


def check(sums: str = "always") -> Decision:
    """Decide the sums always, or in expectation; k = c = m = 1, where there are two clients."""
    genuine = [sum(coins) for coins in product((0, 1), repeat=2)]  # of two clients, for k m = 1
    off = Fraction(sum(count != 1 for count in genuine), len(genuine))
    lam = sp.Symbol("lambda", positive=True)
    clients = (k + c) * m
    facts = (
        Proved(
            f"witness: k = c = m = 1, two clients: k(m1 + m2) is the number of genuine ones, which"
            f" is not 1 with probability {off}",
            less(0, off),
        ),
        Exact(
            "expectations: (k + c) m clients, genuine with probability k/(k + c), in phase 1 with"
            " probability lambda: E[k m1] = lambda k m, E[c m1'] = lambda c m, and E[m1 + m2] ="
            " E[m1' + m2'] = m",
            equal(clients * k / (k + c) * lam / k, lam * m),
            equal(clients * c / (k + c) * lam / c, lam * m),
        ),
    )
    if sums != "always":
        return Decision(CERTIFIED, "true in expectation", facts)
    return Decision(
        REPAIRED,
        "E[m1] = E[m1'] = lambda m and E[m2] = E[m2'] = (1 - lambda) m; the sums are m in"
        " expectation only, as clients are corrupted independently",
        facts,
        readings=(
            Reading("m1 + m2 = m1' + m2' = m always", REFUTED, "not with independent corruption"),
            Reading("in expectation", CERTIFIED, "true", needed=True),
        ),
    )


CLAIM = Claim(
    id="phase-counts",
    where="Appendix B, proof of Lemma 1",
    printed="m₁ + m₂ = m′₁ + m′₂ = m, E[m₁] = E[m′₁] = λm, E[m₂] = E[m′₂] = (1 − λ)m",
    latex=r"m_1 + m_2 = m_1' + m_2' = m,\quad \mathbb{E}[m_1] = \mathbb{E}[m_1'] = \lambda m",
    hypotheses="km₁, km₂ genuine and cm′₁, cm′₂ adversarial points in the two phases; Section II",
    method="exact expectations; two clients enumerated",
    check=check,
    seeded=(Seeded("in expectation in place of always", lambda: check("mean")),),
)
