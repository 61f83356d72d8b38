"""Lemma 5, the reduction, line 7: the square is completed."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-7",
    where="Appendix B, proof of Lemma 5",
    printed="= (1 − g²)² + (1 + g²)(g/g′)(Δ l̂′ − coth(Δ l̂) Δ l̂′ + ε̂″/ε̂′²), l̂ = l(ε̂)",
    latex=(
        r"= (1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\left(\Delta \hat l' - \coth(\Delta\hat "
        r"l)\Delta\hat l' + \frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right)"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 7),
    seeded=(
        Seeded(
            "a sign in the square",
            lambda: decide_step(7, LINES[7].text.replace("(1 - g**2)**2", "(1 + g**2)**2")),
        ),
        Seeded(
            "a dropped hat: l(eps)",
            lambda: decide_step(7, LINES[7].text.replace("coth(Delta*l_hat)", "coth(Delta*l)")),
        ),
    ),
    rests_on=("lemma-5-chain-6",),
)
