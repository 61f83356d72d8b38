"""Proof of Lemma 3, display, line 6: the second exponential is dropped."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import Counterexample, decide_less
from proofs_check.audit.algebra import DENSITY, to_term
from proofs_check.audit.calculus import positive_from, same, settled, shown
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, REPAIRED, Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import (
    FLIPPED,
    PLACE,
    SECANT,
    SECANT_HALF,
    TANGENT,
    bracket_slopes,
    delta,
    span,
)


def check(line: Any = SECANT, following: Any = TANGENT) -> Decision:
    """Decide line 5 <= line 6, and where it fails line 4 <= line 6."""
    end = span * DENSITY(span + delta) / 2
    if same(following - line, end):
        return Decision(CERTIFIED, "line 5 <= line 6", ("the difference is l phi(l + Delta)/2",))
    at = decide_less(
        to_term(line), to_term(following), {n: PLACE[n] for n in ("eps", "Delta", "L")}
    )
    if not isinstance(at, Counterexample):
        return Decision(INCONCLUSIVE, "no counterexample at the place tried", (shown(at),))
    t = sp.Symbol("t", positive=True)
    excess, slope, falling = bracket_slopes(t)
    gain = span * DENSITY(delta) * (sp.Rational(1, 2) - sp.exp(-span * delta - span**2 / 2))
    return settled(
        "it fails for every Delta >= 1/3, exactly for l > sqrt(Delta^2 + 2 log 2) - Delta; line"
        " 5 with"
        " half of its second term (sqrt(8 pi) for sqrt(2 pi)) is between line 4 and"
        " line 6, so line 4 <= line 6 holds",
        {
            f"witness that line 5 > line 6: {at.proof}": True,
            "second route: there it says 1 - e^(-5/2) <= 1/2, that is e^(5/2) <= 2, but"
            " e^(5/2) > 1 + 5/2": sp.Rational(7, 2) > 2,
            "every Delta: line 5 - line 6 is l phi(Delta)(1/2 - e^(-l Delta - l^2/2)), positive"
            " exactly"
            " for l > sqrt(Delta^2 + 2 log 2) - Delta, which is below 3 Delta, the greatest l, for"
            " Delta >= 1/3": same(line - following, gain),
            "half of line 5's second term is below line 6 by l phi(l + Delta)/2": same(
                following - SECANT_HALF, end
            ),
            "and not below line 4 (see line 5); directly: line 6 - line 4 is the excess of the"
            " tangent at Delta over l/2, positive, plus Phi(l + Delta) - Phi(l/2 + Delta)":
                positive_from(0, excess, t, slope)
                and same(following - FLIPPED, excess.subs(t, span / 2)
                         + falling.subs(t, span / 2) + end),
        },
        verdict=REPAIRED,
        certificates=(at.proof.certificate(),),
    )  # fmt: skip


CLAIM = Claim(
    id="eps-hat-chain-9",
    where="Appendix B, proof of Lemma 3",
    printed="≤ ε + l e^{−Δ²/(2σ²)}/√(8πσ²)",
    latex=r"\le \varepsilon + \frac{l}{\sqrt{8\pi\sigma^2}} e^{-\frac{\Delta^2}{2\sigma^2}}",
    hypotheses="line 5 as printed; σ, which is not defined, is 1, the variance of Section II",
    method="exact witness; exact algebra for the repair",
    check=check,
    seeded=(Seeded("half of the second term in line 5", lambda: check(SECANT_HALF)),),
    rests_on=("eps-hat-chain-8",),
)
