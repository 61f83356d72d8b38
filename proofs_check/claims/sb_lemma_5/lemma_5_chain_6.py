"""Lemma 5, the reduction, line 6: the terms are collected."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-6",
    where="Appendix B, proof of Lemma 5",
    printed="= (1 + g²)(1 + g² + (g/g′)(Δ l̂′ − coth(Δ l̂) Δ l̂′ + ε̂″/ε̂′²)) − 4g², l̂ = l(ε̂)",
    latex=(
        r"= (1+g^2)\left(1 + g^2 + \frac{g}{g'}\left(\Delta \hat l' - \coth(\Delta\hat "
        r"l)\Delta\hat l' + \frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right)\right) - 4g^2"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 6),
    seeded=(
        Seeded(
            "g for g^2",
            lambda: decide_step(6, LINES[6].text.replace("1 + g**2 + g/dg", "1 + g + g/dg")),
        ),
        Seeded("a sign", lambda: decide_step(6, LINES[6].text.replace("- coth", "+ coth"))),
    ),
    rests_on=("lemma-5-chain-5",),
)
