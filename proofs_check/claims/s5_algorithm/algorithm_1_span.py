"""Algorithm 1, line 12: l is read off the points that were counted.

In words:

1. Genuine points have a positive density, so as m grows T₂ fills the windows up to Δ beyond the
   outer hypotheses: max − min − 2Δ tends to their span from below.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, same
from proofs_check.audit.calculus import decide_order, equal, grows
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading
from proofs_check.claims.sb_lemma_3.eps_hat_chain import LEAST, PLACE, delta, span


def check(taken: Any = 2 * delta) -> Decision:
    """Decide whether max(S_c) − min(S_c) − taken is the span of the hypotheses in the limit."""
    start = sp.Symbol("a", real=True)
    read = (start + span + delta) - (start - delta) - taken
    if not same(read, span):
        return decide_order(read, span, {name: PLACE[name] for name in ("L", "Delta")})
    return Decision(
        CERTIFIED,
        "in the limit l is the span of the cluster's hypotheses; for finite m it is smaller, which"
        " only raises eps~, so that eps <= eps~ stays true",
        (
            Argued(
                "genuine points have a positive density, so T2 fills the windows up to Delta beyond"
                " the outer hypotheses: max - min - 2 Delta tends to their span",
                f"{__name__}, step 1",
            ),
            Exact("between these ends it is the span", equal(read, span)),
            Exact(
                "what line 15 subtracts, Phi(l + Delta) - Phi(-Delta), increases with l: slope"
                " phi(l + Delta)",
                grows(LEAST, span, DENSITY(span + delta)),
            ),
        ),
        readings=(
            Reading("limit m -> infinity", CERTIFIED, "the span", needed=True),
            Reading("finite m, l as a length", REFUTED,
                    "one point in S_c gives l = -2 Delta, and no point gives nothing"),
        ),
    )  # fmt: skip


CLAIM = Claim(
    id="algorithm-1-span",
    where="V, Algorithm 1, line 12",
    printed="l ← max(S_c) − min(S_c) − 2Δ (and the interval has length l + 2Δ)",
    latex=r"l \leftarrow \max(S_c) - \min(S_c) - 2\Delta",
    hypotheses="S_c the points of T₂ within Δ of a hypothesis of the cluster",
    method="exact algebra of the ends; exact slope",
    check=check,
    seeded=(Seeded("Delta in place of 2 Delta", lambda: check(delta)),),
    rests_on=("cluster-interval",),
)
