"""Proof of Lemma 3, before the display: bounds on ε from the count."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.calculus import decide_order, same, settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import COUNT, LEAST, MOST, PLACE, eps, genuine


def check(upper: Any = COUNT - LEAST, lower: Any = COUNT - MOST) -> Decision:
    """Decide lower <= ε <= upper, given LEAST <= G <= MOST."""
    for side, slack in ((upper - eps, genuine - LEAST), (eps - lower, MOST - genuine)):
        if not same(side, slack):
            return decide_order(side, slack, PLACE)
    return settled(
        "eps is between m~/m - (Phi(l/2 + Delta) - Phi(-(l/2 + Delta))) and m~/m - (Phi(l + Delta)"
        " - Phi(-Delta)), where G is within the bounds of genuine-count",
        {
            "the slack is G minus its least value on one side, its greatest value minus G on the"
            " other": True,
        },
    )


CLAIM = Claim(
    id="eps-hat-chain-1",
    where="Appendix B, proof of Lemma 3",
    printed="m̃ − m(Φ(l+Δ) − Φ(−Δ)) ≥ εm ≥ m̃ − m(Φ(l/2+Δ) − Φ(−(l/2+Δ)))",
    latex=r"\tilde m - m(\Phi(l+\Delta)-\Phi(-\Delta)) \ge \varepsilon m \ge \tilde m -"
    r" m(\Phi(\tfrac l2+\Delta)-\Phi(-(\tfrac l2+\Delta)))",
    hypotheses="m̃ = εm + Gm, the genuine mass G within its bounds; points in an interval",
    method="exact algebra",
    check=check,
    seeded=(Seeded("the two sides interchanged", lambda: check(COUNT - MOST, COUNT - LEAST)),),
    rests_on=("genuine-count", "cluster-interval", "foreign-points"),
)
