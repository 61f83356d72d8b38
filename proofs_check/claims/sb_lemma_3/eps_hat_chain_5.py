"""Proof of Lemma 3, display, line 2."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.calculus import decide_equal
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import ABOVE, ESTIMATE, MOST, PLACE, genuine


def check(line: Any = ABOVE) -> Decision:
    """Decide whether line 2 exceeds the estimate by MOST − G >= 0."""
    return decide_equal(
        line - ESTIMATE,
        MOST - genuine,
        PLACE,
        "line 1 <= line 2, with equality for a centred interval",
        "line 2 - line 1 = (Phi(l/2 + Delta) - Phi(-(l/2 + Delta))) - G, at least 0 by"
        " genuine-count: exact",
    )


CLAIM = Claim(
    id="eps-hat-chain-5",
    where="Appendix B, proof of Lemma 3",
    printed="≤ ε − (Φ(l+Δ) − Φ(−Δ)) + (Φ(l/2+Δ) − Φ(−(l/2+Δ)))",
    latex=r"\le \varepsilon - (\Phi(l+\Delta)-\Phi(-\Delta)) + (\Phi(\tfrac"
    r" l2+\Delta)-\Phi(-(\tfrac l2+\Delta)))",
    hypotheses="points in an interval of length l + 2Δ around the mean",
    method="exact algebra",
    check=check,
    seeded=(Seeded("minus before the last bracket", lambda: check(ABOVE - 2 * MOST)),),
    rests_on=("genuine-count", "eps-hat-chain-4"),
)
