"""Lemma 5, the reduction, line 11: Δ l′(ε̂) is taken out."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-11",
    where="Appendix B, proof of Lemma 5",
    printed=(
        "= (1 − g²)² + (1 + g²)(g/g′) Δ l̂′ (l̂′/ε̂′² φ(Δ)(l̂/Δ − coth(l̂Δ)) − "
        "e^{−l̂Δ}/sinh(l̂Δ)), l̂ = l(ε̂), hats as printed"
    ),
    latex=(
        r"= (1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\Delta\hat l'\left(\frac{\hat "
        r"l'}{\hat\varepsilon'^2}\varphi(\Delta)\left(\frac{\hat l}{\Delta} - \coth(\hat "
        r"l\Delta)\right) - \frac{e^{-\hat l\Delta}}{\sinh(\hat l\Delta)}\right)"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 11),
    seeded=(
        Seeded(
            "a dropped prime: eps_hat for eps_hat'",
            lambda: decide_step(11, LINES[11].text.replace("dh**2", "eps_hat**2")),
        ),
        Seeded("a sign", lambda: decide_step(11, LINES[11].text.replace(" - exp", " + exp"))),
    ),
    rests_on=("lemma-5-chain-10",),
)
