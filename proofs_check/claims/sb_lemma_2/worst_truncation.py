"""Proof of Lemma 2: the worst truncation interval is (−Δ, l + Δ), and the bound is g(ε).

In words:

1. It is attained: the mass ε at l + Δ lets in the point l (filter-radius), and is right of the
   median.
2. For any set between (−Δ, Δ) and (−l − Δ, l + Δ): the genuine mass left of the median equals the
   mass right of it plus ε, so taking mass away on the left or adding it on the right moves the
   median right.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, same
from proofs_check.audit.calculus import decide_order, equal, grows
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.sb_lemma_2.percentile_chain import G_LEVEL, PLACE, delta, level, radius

a, b = sp.symbols("a b", positive=True)


def check(left: Any = 0, right: Any = radius, g_level: Any = G_LEVEL) -> Decision:
    """Decide whether (−Δ − left, right + Δ) is the worst interval among 0 <= a, b <= l."""
    if not same(level(left, right), level(0, radius)):
        return decide_order(level(left, right), level(0, radius), PLACE)
    return Decision(
        CERTIFIED,
        "among all intervals (-Delta - a, b + Delta), 0 <= a, b <= l(eps), the median moves"
        " farthest to the right for a = 0, b = l(eps), there to g(eps) exactly; also among all sets"
        " between (-Delta, Delta) and (-l - Delta, l + Delta)",
        (
            Exact(
                "the level of the median increases with b: slope phi(b + Delta)/2",
                grows(level(a, b), b, DENSITY(b + delta) / 2),
            ),
            Exact(
                "and falls with a: slope -phi(a + Delta)/2",
                grows(-level(a, b), a, DENSITY(a + delta) / 2),
            ),
            Exact("at a = 0, b = l it is the level in Lemma 2", equal(level(0, radius), g_level)),
            Argued(
                "attained: eps at l + Delta lets in the point l, and is right of the median",
                f"{__name__}, step 1",
            ),
            Argued(
                "for a set: genuine mass left of the median equals the mass right of it plus eps,"
                " so taking mass away on the left or adding it on the right moves the median right",
                f"{__name__}, step 2",
            ),
        ),
    )


CLAIM = Claim(
    id="worst-truncation",
    where="Appendix B, proof of Lemma 2",
    printed="the worst truncation interval is (−Δ, f⁻¹(ρ − ε) + Δ), and the shift is then g(ε)",
    latex=r"(-\Delta,\, f^{-1}(\rho-\varepsilon)+\Delta)",
    hypotheses="0 ≤ ε < ρ; hypotheses near the mean pass; shift to the right (left by symmetry)",
    method="exact slopes of the level of the median in both ends",
    check=check,
    seeded=(
        Seeded("the symmetric interval", lambda: check(left=radius)),
        Seeded("a plus sign before Phi(Delta) in g",
               lambda: check(g_level=G_LEVEL + 2 * (level(0, radius) - level(0, 0)))),
    ),
    rests_on=("filter-radius", "median-quantiles"),
)  # fmt: skip
