"""Lemma 5, the reduction, line 2: the derivatives of g² are written out."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import MENDED
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-2",
    where="Appendix B, proof of Lemma 5",
    printed="= (1 + g²)((g′² + g g″) ε̂′² + g g′ ε̂″ − (2 g g′ ε̂′)²), brackets as printed",
    latex=(
        r"= (1+g^2)\left((g'^2 + g g'')\hat\varepsilon'^2 + g g' \hat\varepsilon'' - (2 g g' "
        r"\hat\varepsilon')^2\right)"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 2),
    seeded=(
        Seeded(
            "the bracket closed before the square, as it should be",
            lambda: decide_step(2, MENDED[2].text),
        ),
        Seeded(
            "a dropped square in the correction",
            lambda: decide_step(2, mended=MENDED[2].text.replace("*dh)**2", "*dh)")),
        ),
    ),
    rests_on=("lemma-5-chain-1",),
)
