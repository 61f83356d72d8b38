"""The chain to C₂, line 2: Lemma 6 and c/k ≤ ε_cr^{2/3}∛(c/k) are inserted."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_5.early_turn import STATEMENT
from proofs_check.claims.sb_lemma_6.small_mass import (
    LINES,
    Line,
    after,
    decide_line,
    ratio_falls,
    root,
)


def check(right: Line = LINES[2]) -> Decision:
    """Decide line 2 against line 1."""
    _, certificate = ratio_falls()
    return decide_line(
        LINES[1],
        right,
        (
            "c/k + l(c/k) phi(Delta) <= A (c/k)^(1/3) by the claims c2-mass-step and lemma-6; l and"
            " the quantile increase",
            "at c/k = eps_cr both sides are equal: A eps_cr^(1/3) = eps_cr + phi(Delta) l(eps_cr),"
            " so everything is defined up to there",
            STATEMENT,
        ),
        (Fraction(1, 2), Fraction(1, 1000)),
        certificates=(certificate,),
    )


CLAIM = Claim(
    id="c2-chain-2",
    where="Appendix B, chain to C₂",
    printed="≤ Q(½(1 + A κ^{1/3} + l(A κ^{1/3})φ(Δ)))², A = ε_cr^{2/3} + φ(Δ)/C^{1/3}",
    latex=r"\le \Phi^{-1}\left(\tfrac12\left(1 + A\sqrt[3]{\kappa} + l(A\sqrt[3]{\kappa})"
    r"\varphi(\Delta)\right)\right)^2, \quad A = \varepsilon_{cr}^{2/3} +"
    r" \frac{\varphi(\Delta)}{\sqrt[3]{C}}",
    hypotheses="Δ ≥ 3/2, 0 < κ = c/k ≤ ε_cr, printed or true",
    method="monotonicity step by step; points",
    check=check,
    seeded=(
        Seeded(
            "the addend eps_cr^(2/3) of A dropped under l",
            lambda: check(
                after(
                    lambda s: (
                        s.a * root(s.k, 3) + s.radius(s.phi / s.c_root * root(s.k, 3)) * s.phi / 2
                    )
                )
            ),
        ),
    ),
    rests_on=("c2-chain-1", "lemma-6", "lemma-6-cube-root", "c2-mass-step"),
)
