"""Lemma 5: the last line of the reduction, read as what it is for: the sign of loss″."""

from __future__ import annotations

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_5.lemma_5_figure import draw_last_line
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES, MENDED, Line
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_sign


def check(printed: Line = LINES[11], correction: Line = MENDED[11]) -> Decision:
    """Decide whether the last line has the sign of loss″."""
    return decide_sign(printed, correction)


CLAIM = Claim(
    id="lemma-5-last-line",
    where="Appendix B, proof of Lemma 5",
    printed="the last line, (1 − g²)² + (1 + g²)(g/g′) Δ l̂′ (l̂′/ε̂′² φ(Δ)(l̂/Δ − coth(l̂Δ))"
    " − e^{−l̂Δ}/sinh(l̂Δ)) with l̂ = l(ε̂), has the sign of the second derivative of the loss",
    latex=r"(1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\Delta\hat l'\left("
    r"\frac{\hat l'}{\hat\varepsilon'^2}\varphi(\Delta)"
    r"\left(\frac{\hat l}{\Delta} - \coth(\hat l\Delta)\right)"
    r" - \frac{e^{-\hat l\Delta}}{\sinh(\hat l\Delta)}\right) \gtrless 0",
    hypotheses="0 < ε < ε_max",
    method="exact algebra against loss″; signs at exact points, loss″ by Taylor arithmetic",
    check=check,
    figure=lambda: draw_last_line(LINES[11], MENDED[11]),
    seeded=(
        Seeded("the corrected line in its place", lambda: check(MENDED[11])),
        Seeded(
            "a dropped prime in the correction",
            lambda: check(
                correction=Line(MENDED[11].text.replace("dh**2", "eps_hat**2"), MENDED[11].scale)
            ),
        ),
    ),
    rests_on=("lemma-5-chain-11",),
)
