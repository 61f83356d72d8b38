"""Lemma 5, the reduction, line 5: g″ is inserted."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-5",
    where="Appendix B, proof of Lemma 5",
    printed=(
        "= (1 + g²)(1 + (g/g′)(Δ l̂′ + g g′ − coth(Δ l̂) Δ l̂′) + (g/g′) ε̂″/ε̂′²) − 4g², l̂ = l(ε̂)"
    ),
    latex=(
        r"= (1+g^2)\left(1 + \frac{g}{g'}\left(\Delta \hat l' + g g' - \coth(\Delta\hat "
        r"l)\Delta\hat l'\right) + "
        r"\frac{g}{g'}\frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right) - 4g^2"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 5),
    seeded=(
        Seeded(
            "a dropped hat: l'(eps)",
            lambda: decide_step(5, LINES[5].text.replace("Delta*dl_hat", "Delta*dl", 1)),
        ),
        Seeded("a dropped prime", lambda: decide_step(5, LINES[5].text.replace("dh**2", "dh"))),
    ),
    rests_on=("lemma-5-chain-4", "g-second"),
)
