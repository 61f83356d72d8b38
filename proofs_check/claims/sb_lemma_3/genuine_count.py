"""Proof of Lemma 3: the genuine mass in an interval of length L + 2Δ around the mean."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, PHI, same
from proofs_check.audit.calculus import decide_order, equal, grows
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import LEAST, MOST, PLACE, delta, span


def check(least: Any = LEAST, most: Any = MOST) -> Decision:
    """Decide the least and the greatest mass of (−a − Δ, b + Δ), a, b >= 0, a + b = L."""
    u = sp.Symbol("u", positive=True)  # b = L/2 + u, and by symmetry 0 <= u <= L/2 is enough
    mass = PHI(span / 2 + u + delta) - PHI(-(span / 2 - u) - delta)
    ends = ((0, most), (span / 2, least))
    for end, printed in ends:
        if not same(mass.subs(u, end), printed):
            return decide_order(mass.subs(u, end), printed, PLACE)
    centre = span / 2 + delta
    fall = 2 * DENSITY(centre) * sp.exp(-(u**2) / 2) * sp.sinh(u * centre)
    return Decision(
        CERTIFIED,
        "an interval of length L + 2 Delta that contains (-Delta, Delta) around the mean holds"
        " genuine mass of its component from Phi(L + Delta) - Phi(-Delta), when one-sided, to"
        " Phi(L/2 + Delta) - Phi(-L/2 - Delta), when centred; both are attained",
        (
            Exact(
                "the mass falls as the interval leaves the centre by u: its slope is -2 phi(L/2 +"
                " Delta) e^(-u^2/2) sinh(u (L/2 + Delta)) < 0",
                grows(-mass, u, fall),
            ),
            Exact(
                "its ends are the printed bounds",
                *(equal(mass.subs(u, end), printed) for end, printed in ends),
            ),
        ),
    )


CLAIM = Claim(
    id="genuine-count",
    where="Appendix B, proof of Lemma 3",
    printed="genuine mass in an interval of length L + 2Δ lies between Φ(L + Δ) − Φ(−Δ) and"
    " Φ(L/2 + Δ) − Φ(−(L/2 + Δ))",
    latex=r"\Phi(L+\Delta)-\Phi(-\Delta) \le G \le \Phi(\tfrac L2+\Delta)-\Phi(-(\tfrac"
    r" L2+\Delta))",
    hypotheses="the interval contains (μ − Δ, μ + Δ); points of its own component; m → ∞",
    method="exact slope in the position of the interval",
    check=check,
    seeded=(
        Seeded("the two bounds interchanged", lambda: check(MOST, LEAST)),
        Seeded("L in place of L/2", lambda: check(most=PHI(span + delta) - PHI(-span - delta))),
    ),
)
