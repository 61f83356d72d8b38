"""Lemma 5, the reduction, line 8: 1 − coth is taken together."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-8",
    where="Appendix B, proof of Lemma 5",
    printed="= (1 − g²)² + (1 + g²)(g/g′)(Δ l̂′ (1 − coth(Δ l̂)) + ε̂″/ε̂′²), l̂ = l(ε̂)",
    latex=(
        r"= (1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\left(\Delta \hat l'(1 - \coth(\Delta\hat l)) "
        r"+ \frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right)"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 8),
    seeded=(
        Seeded("a sign", lambda: decide_step(8, LINES[8].text.replace("1 - coth", "1 + coth"))),
        Seeded(
            "a dropped prime: eps_hat' for eps_hat''",
            lambda: decide_step(8, LINES[8].text.replace("ddh", "dh")),
        ),
    ),
    rests_on=("lemma-5-chain-7",),
)
