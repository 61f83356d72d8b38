"""Proof of Lemma 3, display, line 5: secants in place of the brackets."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import Counterexample, decide_less
from proofs_check.audit.algebra import DENSITY, to_term
from proofs_check.audit.calculus import grows, positive_from, same, settled, shown
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import REFUTED, Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import (
    FLIPPED,
    PLACE,
    SECANT,
    SECANT_HALF,
    bracket_slopes,
    delta,
    eps,
    span,
)


def check(line: Any = SECANT) -> Decision:
    """Decide line 4 <= line 5, by tangents of Φ at Δ and at l + Δ."""
    at = decide_less(to_term(FLIPPED), to_term(line), {n: PLACE[n] for n in ("eps", "Delta", "L")})
    if isinstance(at, Counterexample):
        return Decision(
            REFUTED, "line 4 > line 5", (shown(at.proof),), (), (at.proof.certificate(),)
        )
    t = sp.Symbol("t", positive=True)
    excess, slope, falling = bracket_slopes(t)
    start = delta + span / 2
    turn = span * (span + 2 * delta) / 4
    surplus = span * DENSITY(delta) * sp.exp(-turn) * sp.sinh(turn)
    return settled(
        "line 4 <= line 5; half of the second term of line 5 is enough, and then the next line"
        " follows",
        {
            "t phi(Delta) - (Phi(Delta + t) - Phi(Delta)) is 0 at t = 0 and grows": positive_from(
                0, excess, t, slope
            ),
            "Phi(s + t) - Phi(s) - t phi(s + t), s = Delta + l/2, is 0 at t = 0 and grows, with"
            " slope t (s + t) phi(s + t)": same(falling.subs(t, 0), 0)
            and grows(falling, t, t * (start + t) * DENSITY(start + t)),
            "line 5 with half of its second term exceeds line 4 by their sum at t = l/2": same(
                SECANT_HALF - FLIPPED, excess.subs(t, span / 2) + falling.subs(t, span / 2)
            ),
            "the other half is positive: l phi(Delta) e^(-u) sinh u, u = l(l + 2 Delta)/4": same(
                line - SECANT_HALF, surplus
            ),
        },
        certificates=(at.certificate(),),
    )


CLAIM = Claim(
    id="eps-hat-chain-8",
    where="Appendix B, proof of Lemma 3",
    printed="≤ ε + (1/√(2π)) l (e^{−Δ²/2} − e^{−(l+Δ)²/2})",
    latex=r"\le \varepsilon + \tfrac{1}{\sqrt{2\pi}} l \left(e^{-\Delta^2/2} -"
    r" e^{-(l+\Delta)^2/2}\right)",
    hypotheses="l ≥ 0, Δ > 0",
    method="tangents of Φ, with exact slopes",
    check=check,
    seeded=(Seeded("minus before the second term", lambda: check(2 * eps - SECANT)),),
    rests_on=("eps-hat-chain-7",),
)
