"""Proof of Lemma 1, condition 3: at most ε_i adversarial points contribute to component i."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.s5_algorithm.listing import HALF, m, m_h


def check(unit: Fraction = Fraction(10)) -> Decision:
    """Decide it where phase 2 has `unit` genuine points of a component and one point is bad."""
    points = Fraction(1)
    eps = points / unit
    share = (m_h + HALF) / m  # λ: H and T1 are phase 1
    drawn = Exact(
        "with lambda = (m_h + m1)/m, as Algorithm 1 draws, (1 - lambda) m = m2",
        equal((1 - share) * m, HALF),
    )
    if points <= eps:
        return Decision(CERTIFIED, "points and mass are the same here", (drawn,))
    return Decision(
        REPAIRED,
        "at most eps_i (1 - lambda) m = eps_i m2 adversarial points contribute to component i, by"
        " the definition of eps_i, which is a mass and not a number",
        (
            Proved(
                f"witness: (1 - lambda) m = {unit}: one adversarial point in the clique has eps_i ="
                f" {eps}, and {points} point contributes",
                less(eps, points),
            ),
            drawn,
        ),
    )


CLAIM = Claim(
    id="lemma-1-condition-3",
    where="Appendix B, proof of Lemma 1, condition 3",
    printed="there are at most ε_i adversarial points contributing to the i-th component, if it"
    " forms a clique",
    latex=r"\#\{\text{adversarial points in the clique of } i\} \le \varepsilon_i",
    hypotheses="ε_i = (number of adversarial points in the clique)/((1 − λ)m)",
    method="exact arithmetic",
    check=check,
    seeded=(Seeded("one genuine point in phase 2", lambda: check(Fraction(1))),),
    rests_on=("phase-counts", "algorithm-1-cliques"),
)
