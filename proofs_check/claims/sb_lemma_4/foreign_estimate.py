"""Appendix B: a foreign estimate that is used is not more than 1.5Δ from the sample."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.calculus import settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import REFUTED, Decision
from proofs_check.claims.sb_lemma_4.client_error import THRESHOLD


def check(threshold: Fraction = THRESHOLD) -> Decision:
    """Decide it for a client that uses estimates nearer than `threshold` Δ."""
    if threshold > Fraction(3, 2):
        return Decision(
            REFUTED,
            "farther estimates are used",
            (f"witness: {(threshold + THRESHOLD) / 2} Delta",),
        )
    return settled(
        "an estimate that is used, foreign or not, is less than 3 Delta/2 from x_v, so the client's"
        " error is at most |x_v - mu| + 3 Delta/2; this may happen for |x_v - mu| < 3 Delta/2 too"
        " (lemma-4, witness 2), not only for far samples",
        {
            "line 3 of Algorithm 2 asks for |mu~ - x_v| < 3 Delta/2": threshold == Fraction(3, 2),
            "mu^ - mu = (x_v - mu) + w (mu~ - x_v) with 0 <= w <= 1": True,
        },
    )


CLAIM = Claim(
    id="foreign-estimate",
    where="Appendix B, on far samples",
    printed="the foreign component's mean estimate cannot be more than 1.5Δ units away from x_v",
    latex=r"|\tilde\mu_j - x_v| \le 1.5\Delta",
    hypotheses="the client combines (Algorithm 2, line 3)",
    method="the condition of the algorithm",
    check=check,
    seeded=(Seeded("a threshold of 2 Delta", lambda: check(Fraction(2))),),
)
