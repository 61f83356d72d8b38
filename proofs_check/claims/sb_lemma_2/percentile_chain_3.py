"""Proof of Lemma 2, display, line 3: the level of g(ε)."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.algebra import PHI
from proofs_check.audit.calculus import decide_equal
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_2.percentile_chain import (
    PLACE,
    SECOND_LINE,
    THIRD_LINE,
    delta,
    scaled,
)


def check(line: Any = THIRD_LINE) -> Decision:
    """Decide whether line 2 = line 3."""
    return decide_equal(
        SECOND_LINE,
        line,
        PLACE,
        "line 2 = line 3 for every sigma > 0, and g(eps) for sigma = 1, as Section II has it",
        "Phi(-t) - Phi(-t)/2 = 1/2 - Phi(t)/2, t = Delta/sigma: exact",
    )


CLAIM = Claim(
    id="percentile-chain-3",
    where="Appendix B, proof of Lemma 2, display, line 3",
    printed="= σ Φ⁻¹(½ + ε/2 + ½(Φ((f⁻¹(ρ − ε) + Δ)/σ) − Φ(Δ/σ)))",
    latex=r"= \sigma\,\Phi^{-1}\left(\tfrac12 + \tfrac{\varepsilon}{2} +"
    r" \tfrac12\left(\Phi\left(\tfrac{f^{-1}(\rho-\varepsilon)+\Delta}{\sigma}\right) -"
    r" \Phi(\tfrac{\Delta}{\sigma})\right)\right)",
    hypotheses="any σ > 0",
    method="exact algebra",
    check=check,
    seeded=(
        Seeded("Phi(-Delta) in place of Phi(Delta)",
               lambda: check(THIRD_LINE + scaled(PHI(delta) - PHI(-delta)) / 2)),
    ),
    rests_on=("percentile-chain-2",),
)  # fmt: skip
