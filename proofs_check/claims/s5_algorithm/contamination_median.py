"""Remark after Lemma 2: the median has MSE Φ⁻¹(½(1 + ε))² under ε-additive contamination.

In words:

1. For many samples the median t has half of all mass, (1 + ε)/2, on either side. The mass ε moves
   it farthest to the right when all of it lies to the right: then Φ(t) = (1 + ε)/2.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import number, prove_less, quantile
from proofs_check.audit.calculus import decide_equal, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading

eps = sp.Symbol("eps", positive=True)


def check(level: Any = (1 + eps) / 2) -> Decision:
    """Decide the remark: ε relative to the genuine mass, or as a share of all points."""
    tenth = Fraction(1, 10)
    share = prove_less(quantile((1 + tenth) / 2), quantile(1 / (2 * (1 - number(tenth)))))
    decision = decide_equal(
        level,
        sp.Rational(1, 2) * (eps + 1),
        {"eps": tenth},
        "with eps of additive mass for each unit of genuine mass the worst limit of the median's"
        " squared error is Phi^-1((1 + eps)/2)^2, for 0 <= eps < 1",
        "all eps to the right of the median t: Phi(t) = (1 + eps) - Phi(t), half of all mass",
    )
    if decision.verdict is not CERTIFIED:
        return decision
    return Decision(
        CERTIFIED,
        decision.finding,
        (
            *decision.facts,
            Argued("this is the worst place for the mass", f"{__name__}, step 1"),
            Proved(f"as a share of all points the value is larger: {shown(share)}", share),
        ),
        (
            Reading("worst case, limit of many samples, eps relative to the genuine mass",
                    CERTIFIED, decision.finding, needed=True),
            Reading("worst case, limit, eps a share of all points (Huber's mixture)", REFUTED,
                    f"then it is Phi^-1(1/(2(1 - eps)))^2: {shown(share)}"),
            Reading("the MSE for finitely many samples", REFUTED,
                    "at eps = 0 the value is 0, and the median of one sample has MSE 1"),
        ),
        (share.certificate(),),
    )  # fmt: skip


CLAIM = Claim(
    id="contamination-median",
    where="V, remark after Lemma 2",
    printed="for ε-additive corrupted samples the median has MSE Φ⁻¹(½(1 + ε))²",
    latex=r"\Phi^{-1}\left(\tfrac12 (1+\varepsilon)\right)^2",
    hypotheses="one Gaussian component, worst attack",
    method="exact algebra of the level of the median; certified comparison of two readings",
    check=check,
    seeded=(Seeded("eps in place of eps/2", lambda: check((1 + 2 * eps) / 2)),),
)
