"""Proof of Lemma 2, display, line 3: the level of g(ε)."""

from __future__ import annotations

from typing import Any

from proofs_check.algebra import PHI
from proofs_check.calculus import decide_equal
from proofs_check.percentile_chain import PLACE, SECOND_LINE, THIRD_LINE, delta
from proofs_check.registry import Claim, Seeded
from proofs_check.verdict import Decision


def check(line: Any = THIRD_LINE) -> Decision:
    """Decide whether line 2 = line 3."""
    return decide_equal(
        SECOND_LINE,
        line,
        PLACE,
        "line 2 = line 3, the level of g(eps) (sigma = 1)",
        "Phi(-Delta) - Phi(-Delta)/2 = 1/2 - Phi(Delta)/2: exact",
    )


CLAIM = Claim(
    id="percentile-chain-3",
    where="Appendix B, proof of Lemma 2, display, line 3",
    printed="= Φ⁻¹(½ + ε/2 + ½(Φ(f⁻¹(ρ − ε) + Δ) − Φ(Δ)))",
    latex=r"= \Phi^{-1}\left(\tfrac12 + \tfrac{\varepsilon}{2} +"
    r" \tfrac12\left(\Phi(f^{-1}(\rho-\varepsilon)+\Delta) - \Phi(\Delta)\right)\right)",
    hypotheses="σ = 1",
    method="exact algebra",
    check=check,
    seeded=(
        Seeded("Phi(-Delta) in place of Phi(Delta)",
               lambda: check(THIRD_LINE + (PHI(delta) - PHI(-delta)) / 2)),
    ),
    rests_on=("percentile-chain-2",),
)  # fmt: skip
