"""Algorithm 1, line 15: m̃ is divided by m, though its points are from T₂."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.algebra import same
from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.s5_algorithm.listing import HALF, genuine_in, m, m_h


def check(divisor: Any = m, threshold: Any = HALF) -> Decision:
    """Decide whether lines 7 and 15 measure mass in units of one component."""
    facts = (
        Exact("odds m_h : m1 : m2 add up to m", equal(m_h + 2 * HALF, m)),
        Exact(
            "line 7: T1 holds m1 points of each component, and the threshold is (rho - delta) m1",
            equal(genuine_in(HALF), threshold),
        ),
        Exact("line 11: T2 holds m2 points of each component", equal(genuine_in(HALF), HALF)),
    )
    if same(genuine_in(HALF) / divisor, 1):
        return Decision(CERTIFIED, "the normalisations agree", facts)
    return Decision(
        REPAIRED,
        "line 15 must divide by m2: m~/m2 - (Phi(l + Delta) - Phi(-Delta)) + delta; divided by m,"
        " all masses come out less than half, and the estimate is negative with no attack. Lines 4"
        " and 7 are consistent. (The proofs write m for the points of a component in one phase.)",
        (
            *facts,
            Exact(
                "line 15: they are counted as m2/m = (1 - m_h/m)/2 < 1/2, not 1",
                equal(genuine_in(HALF) / m, (1 - m_h / m) / 2),
            ),
        ),
    )


CLAIM = Claim(
    id="algorithm-1-count",
    where="V, Algorithm 1, lines 4, 7, 11 and 15",
    printed="ε̃_c = m̃/m − (Φ(l + Δ) − Φ(−Δ)) + δ with m̃ = |S_c|, S_c ⊂ T₂",
    latex=r"\tilde\varepsilon_c \leftarrow \frac{\tilde m}{m} - (\Phi(l+\Delta) -"
    r" \Phi(-\Delta)) + \delta",
    hypotheses="n = (k + c)m clients, odds m_h : m₁ : m₂, m₁ = m₂ = (m − m_h)/2",
    method="exact expectations",
    check=check,
    seeded=(
        Seeded("m2 in place of m", lambda: check(divisor=HALF)),
        Seeded("(rho - delta) m in line 7", lambda: check(threshold=m)),
    ),
)
