"""Proof of Lemma 2, display, line 1: the percentile of the truncated distribution."""

from __future__ import annotations

from typing import Any

from proofs_check.calculus import decide_equal
from proofs_check.percentile_chain import PLACE, first_line, level, rest
from proofs_check.registry import Claim, Seeded
from proofs_check.verdict import Decision


def check(line: Any = None) -> Decision:
    """Decide whether line 1 is the level of the quantile; r stands for any right end."""
    return decide_equal(
        first_line(rest) if line is None else line,
        level(0, rest),
        PLACE,
        "line 1 is the (1/2 + eps/(2 alpha)) quantile of N(0, 1) restricted to (-Delta, b + Delta),"
        " for eps <= alpha (read sigma = 1, which the paper leaves undefined)",
        "(F(t) - F(-Delta))/alpha = 1/2 + eps/(2 alpha), solved for F(t): exact",
    )


CLAIM = Claim(
    id="percentile-chain-1",
    where="Appendix B, proof of Lemma 2, display, line 1",
    printed="the quantile is Φ⁻¹(Φ(−Δ) + (½ + ε/(2α))α)",
    latex=r"\Phi^{-1}\left(\Phi(-\Delta) + \left(\tfrac12 +"
    r" \tfrac{\varepsilon}{2\alpha}\right)\alpha\right)",
    hypotheses="α = Φ(b + Δ) − Φ(−Δ), 0 ≤ ε ≤ α, σ = 1",
    method="exact algebra",
    check=check,
    seeded=(Seeded("Phi(-Delta) dropped", lambda: check(first_line(rest) - level(0, rest) / 100)),),
    rests_on=("median-quantiles", "worst-truncation"),
)
