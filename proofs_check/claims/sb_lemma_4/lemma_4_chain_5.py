"""Proof of Lemma 4, line 5: the common factor cancels."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.calculus import decide_equal
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision

G = sp.Symbol("G", positive=True)


def check(line: Any = G / (1 + G)) -> Decision:
    """Decide whether (G + G²)/(1 + G)² is line 5; G = g(ε̃)²."""
    return decide_equal(
        (G + G**2) / (1 + G) ** 2, line, {"G": 2}, "line 4 = line 5", "1 + G cancels: exact"
    )


CLAIM = Claim(
    id="lemma-4-chain-5",
    where="Appendix B, proof of Lemma 4, line 5",
    printed="= g(ε̃)²/(1 + g(ε̃)²)",
    latex=r"= \frac{g(\tilde\varepsilon)^2}{1+g(\tilde\varepsilon)^2}",
    hypotheses="none",
    method="exact algebra",
    check=check,
    seeded=(Seeded("a factor 2", lambda: check(2 * G / (1 + G))),),
    rests_on=("lemma-4-chain-4",),
)
