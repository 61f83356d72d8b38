"""Proof of Lemma 3, display, line 1: ε is at most the estimate."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.calculus import decide_equal
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import ESTIMATE, LEAST, MOST, PLACE, eps, genuine


def check(estimate: Any = ESTIMATE) -> Decision:
    """Decide whether the estimate exceeds ε by G − LEAST >= 0."""
    return decide_equal(
        estimate - eps,
        genuine - LEAST,
        PLACE,
        "eps <= eps~ = m~/m - (Phi(l + Delta) - Phi(-Delta)) (the paper writes eps^ for eps~ here;"
        " Algorithm 1 adds delta, and must divide by m2)",
        "eps~ - eps = G - (Phi(l + Delta) - Phi(-Delta)), at least 0 by genuine-count: exact",
    )


CLAIM = Claim(
    id="eps-hat-chain-4",
    where="Appendix B, proof of Lemma 3",
    printed="ε ≤ ε̂ = m̃/m − (Φ(l+Δ) − Φ(−Δ))",
    latex=r"\varepsilon \le \hat\varepsilon = \tfrac{\tilde m}{m} - (\Phi(l+\Delta)-\Phi(-\Delta))",
    hypotheses="points in an interval of length l + 2Δ around the mean",
    method="exact algebra",
    check=check,
    seeded=(Seeded("the greatest mass subtracted", lambda: check(ESTIMATE + LEAST - MOST)),),
    rests_on=("eps-hat-chain-1",),
)
