"""Lemma 5, the reduction, line 10: ε̂″ is inserted."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import MENDED
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-10",
    where="Appendix B, proof of Lemma 5",
    printed=(
        "= (1 − g²)² + (1 + g²)(g/g′)(l̂′² (Δ/ε̂′²) φ(Δ)(l̂/Δ − coth(l̂Δ)) − Δ l̂′ "
        "e^{−l̂Δ}/sinh(l̂Δ)), l̂ = l(ε̂), hats as printed"
    ),
    latex=(
        r"= (1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\left(\frac{\hat l'^2 "
        r"\Delta}{\hat\varepsilon'^2}\varphi(\Delta)\left(\frac{\hat l}{\Delta} - \coth(\hat "
        r"l\Delta)\right) - \Delta\hat l' \frac{e^{-\hat l\Delta}}{\sinh(\hat l\Delta)}\right)"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 10),
    seeded=(
        Seeded("the right line, with l and l' at eps", lambda: decide_step(10, MENDED[10].text)),
        Seeded(
            "a hat too many in the correction",
            lambda: decide_step(10, mended=MENDED[10].text.replace("coth(l*", "coth(l_hat*")),
        ),
    ),
    rests_on=("lemma-5-chain-9", "l-prime"),
)
