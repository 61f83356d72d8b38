"""Proof of Lemma 1, condition 1: c₁ + Σ ε_i <= c(1 + o(1)).

In words:

1. Each phase-2 point is counted at most once (separation, as the proof counts), so the sum is at
   most the number of adversarial points of phase 2.
2. Chebyshev's inequality with that number's mean and variance; the bound tends to 0 as m grows.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading
from proofs_check.claims.s5_algorithm.listing import c, k, m

lam, d = sp.symbols("lambda delta", positive=True)


def check(unit: Any = (1 - lam) * m) -> Decision:
    """Decide condition 1 with adversarial points of phase 2 counted in the given unit."""
    clients = (k + c) * m
    chance = c / (k + c) * (1 - lam)  # corrupted, and assigned to phase 2
    mean, variance = clients * chance, clients * chance * (1 - chance)
    chebyshev = variance / (d * mean) ** 2
    return Decision(
        CERTIFIED,
        "c1 + sum of eps_i <= c(1 + delta) with probability at least 1 - 1/(delta^2 c (1 - lambda)"
        " m), for every delta > 0; where eps_i counts genuine points of other components too, add"
        " at most 2 k Phi(-5 Delta)",
        (
            Argued(
                "each phase-2 point is counted at most once (separation, as the proof counts)",
                f"{__name__}, step 1",
            ),
            Exact(
                "the expected number of adversarial points of phase 2, in this unit, is c",
                equal(mean / unit, c),
            ),
            Exact(
                "Chebyshev: P(more than 1 + delta times the mean) <= (1 - p)/(delta^2 c (1 -"
                " lambda) m), p = c(1 - lambda)/(k + c)",
                equal(chebyshev, (1 - chance) / (d**2 * c * (1 - lam) * m)),
            ),
            Argued("which tends to 0", f"{__name__}, step 2"),
        ),
        readings=(
            Reading("corruption independent with probability c/(k + c) (Section II)", CERTIFIED,
                    "true with high probability", needed=True),
            Reading("exactly cm of the (k + c)m points are adversarial (Appendix B)", REFUTED,
                    "not so in the problem as stated: for k = c = m = 1 with probability 1/2 only;"
                    " the bound above needs no such count"),
        ),
    )  # fmt: skip


CLAIM = Claim(
    id="budget",
    where="Appendix B, proof of Lemma 1, condition 1",
    printed="c₁ + Σ ε_i ≤ c m′₂/((1 − λ)m) = c m′₂/E[m′₂] ≤ c(1 + o(1)) with high probability",
    latex=r"c_1 + \sum_i \varepsilon_i \le c\,\frac{m_2'}{(1-\lambda)m} \le c(1+o(1))",
    hypotheses="each point is in phase 2 with probability 1 − λ, independently",
    method="exact mean and variance; Chebyshev",
    check=check,
    seeded=(Seeded("the unit lambda m", lambda: check(lam * m)),),
    rests_on=("separation", "phase-counts"),
)
