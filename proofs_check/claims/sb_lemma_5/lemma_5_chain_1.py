"""Lemma 5, the reduction, line 1: half the numerator of loss″."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIM = Claim(
    id="lemma-5-chain-1",
    where="Appendix B, proof of Lemma 5",
    printed="½(1 + g²)(g²)″ − ((g²)′)² has the sign of loss″ (g at ε̂)",
    latex=(
        r"\frac{d^2}{d\varepsilon^2}\frac{g^2}{1+g^2} \gtrless 0 \iff \tfrac12 (1+g^2)(g^2)'' "
        r"- (g^2)'^2 \gtrless 0"
    ),
    hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
    method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
    check=partial(decide_step, 1),
    seeded=(
        Seeded(
            "the factor 1/2 is dropped", lambda: decide_step(1, LINES[1].text.replace("1/2*", ""))
        ),
        Seeded("a sign", lambda: decide_step(1, LINES[1].text.replace("- dG", "+ dG"))),
    ),
    rests_on=("loss-derivatives",),
)
