"""Proof of Lemma 2, display, line 2: the genuine mass α is bounded."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import decide_order, grows, same, settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_2.percentile_chain import (
    PLACE,
    SECOND_LINE,
    delta,
    eps,
    first_line,
    radius,
    rest,
    scaled,
    sigma,
)


def check(line: Any = SECOND_LINE) -> Decision:
    """Decide whether line 1 <= line 2 for every right end b <= l; r = l − b."""
    if not same(first_line(radius), line):
        return decide_order(first_line(radius), line, PLACE)
    gap = scaled((PHI(radius + delta) - PHI(radius - rest + delta)) / 2)
    return settled(
        "line 1 <= line 2 for every right end b <= l(eps), with equality at b = l(eps)",
        {
            "line 2 - line 1 = (Phi((l + Delta)/sigma) - Phi((b + Delta)/sigma))/2": same(
                line - first_line(radius - rest), gap
            ),
            "it is 0 at b = l and grows with l - b, with slope phi((b + Delta)/sigma)/(2 sigma)": (
                grows(gap, rest, scaled(DENSITY(radius - rest + delta)) / (2 * sigma))
            ),
        },
    )


CLAIM = Claim(
    id="percentile-chain-2",
    where="Appendix B, proof of Lemma 2, display, line 2",
    printed="≤ σ Φ⁻¹(Φ(−Δ/σ) + ε/2 + ½(Φ((f⁻¹(ρ − ε) + Δ)/σ) − Φ(−Δ/σ)))",
    latex=r"\le \sigma\,\Phi^{-1}\left(\Phi(-\tfrac{\Delta}{\sigma}) + \tfrac{\varepsilon}{2} +"
    r" \tfrac12\left(\Phi\left(\tfrac{f^{-1}(\rho-\varepsilon)+\Delta}{\sigma}\right) -"
    r" \Phi(-\tfrac{\Delta}{\sigma})\right)\right)",
    hypotheses="the right end of the interval is at most l(ε) + Δ; any σ > 0",
    method="exact difference of the lines, and its slope",
    check=check,
    seeded=(
        Seeded("eps in place of eps/2", lambda: check(SECOND_LINE + eps / 2)),
    ),
    rests_on=("percentile-chain-1", "filter-radius"),
)  # fmt: skip
