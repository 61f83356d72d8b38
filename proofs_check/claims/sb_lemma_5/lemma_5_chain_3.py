"""Lemma 5, the reduction, line 3: g′² ε̂′² is taken out."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-3",
    where="Appendix B, proof of Lemma 5",
    printed="= g′² ε̂′² [(1 + g²)(1 + g g″/g′² + (g/g′) ε̂″/ε̂′²) − 4g²]",
    latex=(
        r"= g'^2 \hat\varepsilon'^2 \left[(1+g^2)\left(1 + \frac{g g''}{g'^2} + "
        r"\frac{g}{g'}\frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right) - 4g^2\right]"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 3),
    seeded=(
        Seeded(
            "2 in place of 4", lambda: decide_step(3, LINES[3].text.replace("4*g**2", "2*g**2"))
        ),
        Seeded(
            "a dropped prime: g for g'",
            lambda: decide_step(3, LINES[3].text.replace("g/dg*ddh", "g/g*ddh")),
        ),
    ),
    rests_on=("lemma-5-chain-2",),
)
