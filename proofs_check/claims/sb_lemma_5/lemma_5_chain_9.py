"""Lemma 5, the reduction, line 9: coth in exponentials."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-9",
    where="Appendix B, proof of Lemma 5",
    printed=("= (1 − g²)² + (1 + g²)(g/g′)(ε̂″/ε̂′² − Δ l̂′ 2e^{−l̂Δ}/(e^{l̂Δ} − e^{−l̂Δ})), l̂ = l(ε̂)"),
    latex=(
        r"= (1 - g^2)^2 + (1 + "
        r"g^2)\frac{g}{g'}\left(\frac{\hat\varepsilon''}{\hat\varepsilon'^2} - \Delta \hat l' "
        r"\frac{2e^{-\hat l\Delta}}{e^{\hat l\Delta} - e^{-\hat l\Delta}}\right)"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 9),
    seeded=(
        Seeded(
            "the factor 2 is dropped", lambda: decide_step(9, LINES[9].text.replace("*2*", "*"))
        ),
        Seeded(
            "a sign in an exponent",
            lambda: decide_step(9, LINES[9].text.replace("*2*exp(-l_hat", "*2*exp(l_hat")),
        ),
    ),
    rests_on=("lemma-5-chain-8",),
)
