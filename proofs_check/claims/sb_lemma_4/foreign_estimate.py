"""Appendix B: a foreign estimate that is used is not more than 1.5Δ from the sample."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
from proofs_check.claims.sb_lemma_4.client_error import THRESHOLD


def check(threshold: Fraction = THRESHOLD) -> Decision:
    """Decide it for a client that uses estimates nearer than `threshold` Δ."""
    if threshold > Fraction(3, 2):
        farther = (threshold + THRESHOLD) / 2
        return Decision(
            REFUTED,
            "farther estimates are used",
            (Proved(f"witness: {farther} Delta", less(Fraction(3, 2), farther)),),
        )
    off, w, apart = sp.symbols("off w apart", real=True)  # x_v − μ, the weight, μ̃ − x_v
    return Decision(
        CERTIFIED,
        "an estimate that is used, foreign or not, is less than 3 Delta/2 from x_v, so the client's"
        " error is at most |x_v - mu| + 3 Delta/2; this may happen for |x_v - mu| < 3 Delta/2 too"
        " (lemma-4, witness 2), not only for far samples",
        (
            Exact(
                "line 3 of Algorithm 2 asks for |mu~ - x_v| < 3 Delta/2",
                equal(threshold, Fraction(3, 2)),
            ),
            Exact(
                "mu^ - mu = (x_v - mu) + w (mu~ - x_v) with 0 <= w <= 1",
                equal((1 - w) * off + w * (off + apart), off + w * apart),
            ),
        ),
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
