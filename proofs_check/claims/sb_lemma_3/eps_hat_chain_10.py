"""Proof of Lemma 3, display, line 7: the bound in terms of ε."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY
from proofs_check.audit.calculus import decide_equal
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import PLACE, TANGENT, delta, eps, span

radius = sp.Symbol("x", positive=True)
"""l(ε) = f⁻¹(ρ − ε)."""


PRINTED = eps + radius * DENSITY(delta)
"""Line 7, as printed."""


def check(line: Any = PRINTED) -> Decision:
    """Decide whether line 7 exceeds line 6 by (2l(ε) − l) φ(Δ)/2, which is >= 0."""
    return decide_equal(
        line - TANGENT,
        (2 * radius - span) * DENSITY(delta) / 2,
        {**PLACE, "x": 1},
        "line 6 <= line 7, for 0 <= eps < rho",
        "line 7 - line 6 = (2 f^-1(rho - eps) - l) phi(Delta)/2, at least 0 by eps-hat-chain-3:"
        " exact",
    )


CLAIM = Claim(
    id="eps-hat-chain-10",
    where="Appendix B, proof of Lemma 3",
    printed="≤ ε + f⁻¹(ρ − ε)φ(Δ)",
    latex=r"\le \varepsilon + f^{-1}(\rho-\varepsilon)\varphi(\Delta)",
    hypotheses="l ≤ 2f⁻¹(ρ − ε)",
    method="exact algebra",
    check=check,
    seeded=(Seeded("2 f^-1 in place of f^-1", lambda: check(eps + 2 * radius * DENSITY(delta))),),
    rests_on=("eps-hat-chain-3", "eps-hat-chain-9"),
)
