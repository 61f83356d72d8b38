"""Proof of Lemma 4, line 2: the condition only lowers the sample's error."""

from __future__ import annotations

import sympy as sp

from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import grows, settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_4.client_error import truncated_variance_below_one


def check(inside: bool = True) -> Decision:
    """Decide E[z² given |z| < a] <= E[z²] = 1, or the same for |z| > a."""
    a = sp.Symbol("a", positive=True)
    excess = 2 * a * DENSITY(a) * (1 if inside else -1)
    return settled(
        "E[z^2 given |z| < a] = 1 - 2 a phi(a)/(2 Phi(a) - 1) < 1 for every a > 0",
        {
            "the integral of z^2 phi over (-a, a) is that of phi less 2 a phi(a)": (
                truncated_variance_below_one()
            ),
            "2 a phi(a) > 0": (excess / DENSITY(a)).is_positive is True,
            "2 Phi(a) - 1 > 0: it grows from 0": grows(2 * PHI(a) - 1, a, 2 * DENSITY(a)),
        },
    )


CLAIM = Claim(
    id="lemma-4-chain-2",
    where="Appendix B, proof of Lemma 4, line 2",
    printed="E[(x_v − μ)² | (x_v − μ)² < 9Δ²/4] ≤ E[(x_v − μ)²]",
    latex=r"\mathbb{E}[(x_v-\mu)^2 \mid (x_v-\mu)^2 < \tfrac94\Delta^2] \le"
    r" \mathbb{E}[(x_v-\mu)^2]",
    hypotheses="x_v ~ N(μ, 1)",
    method="exact integral",
    check=check,
    seeded=(Seeded("the condition turned round", lambda: check(inside=False)),),
)
