"""Proof of Lemma 2, display, line 1: the percentile of the truncated distribution."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.algebra import PHI
from proofs_check.audit.calculus import decide_equal
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_2.percentile_chain import (
    PLACE,
    delta,
    first_line,
    level,
    rest,
    scaled,
)


def check(line: Any = None) -> Decision:
    """Decide whether line 1 is the level of the quantile; r stands for any right end."""
    return decide_equal(
        first_line(rest) if line is None else line,
        scaled(level(0, rest)),
        PLACE,
        "line 1 is the (1/2 + eps/(2 alpha)) quantile of N(0, sigma^2) restricted to (-Delta, b +"
        " Delta), for eps <= alpha and every sigma > 0, which the paper leaves undefined",
        "(F(t) - F(-Delta))/alpha = 1/2 + eps/(2 alpha), F(t) = Phi(t/sigma), solved for F(t):"
        " exact",
    )


CLAIM = Claim(
    id="percentile-chain-1",
    where="Appendix B, proof of Lemma 2, display, line 1",
    printed="the quantile is σ Φ⁻¹(Φ(−Δ/σ) + (½ + ε/(2α))α)",
    latex=r"\sigma\,\Phi^{-1}\left(\Phi(-\Delta/\sigma) + \left(\tfrac12 +"
    r" \tfrac{\varepsilon}{2\alpha}\right)\alpha\right)",
    hypotheses="α = Φ((b + Δ)/σ) − Φ(−Δ/σ), 0 ≤ ε ≤ α",
    method="exact algebra",
    check=check,
    seeded=(Seeded("Phi(-Delta) dropped", lambda: check(first_line(rest) - scaled(PHI(-delta)))),),
    rests_on=("median-quantiles", "worst-truncation"),
)
