"""Lemma 5, the reduction, line 4: the positive factor is dropped."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-4",
    where="Appendix B, proof of Lemma 5",
    printed="same sign as (1 + g²)(1 + g g″/g′² + (g/g′) ε̂″/ε̂′²) − 4g²",
    latex=(
        r"(1+g^2)\left(1 + \frac{g g''}{g'^2} + "
        r"\frac{g}{g'}\frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right) - 4g^2"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 4),
    seeded=(
        Seeded("a dropped square", lambda: decide_step(4, LINES[4].text.replace("dg**2", "dg"))),
        Seeded("a sign", lambda: decide_step(4, LINES[4].text.replace("- 4", "+ 4"))),
    ),
    rests_on=("lemma-5-chain-3",),
)
