"""Proof of Lemma 3, display, line 3."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.algebra import PHI
from proofs_check.audit.calculus import decide_equal
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import ABOVE, PLACE, SPLIT, delta, span


def check(line: Any = SPLIT) -> Decision:
    """Decide whether line 2 = line 3."""
    return decide_equal(ABOVE, line, PLACE, "line 2 = line 3", "exact")


CLAIM = Claim(
    id="eps-hat-chain-6",
    where="Appendix B, proof of Lemma 3",
    printed="= ε − (Φ(l+Δ) − Φ(l/2+Δ)) − (Φ(−(l/2+Δ)) − Φ(−Δ))",
    latex=r"= \varepsilon - (\Phi(l+\Delta)-\Phi(\tfrac l2+\Delta)) - (\Phi(-(\tfrac"
    r" l2+\Delta))-\Phi(-\Delta))",
    hypotheses="none",
    method="exact algebra",
    check=check,
    seeded=(
        Seeded(
            "plus before the last bracket",
            lambda: check(SPLIT + 2 * (PHI(-(span / 2 + delta)) - PHI(-delta))),
        ),
    ),
    rests_on=("eps-hat-chain-5",),
)
