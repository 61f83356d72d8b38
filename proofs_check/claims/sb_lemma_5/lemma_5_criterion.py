"""Lemma 5: the criterion in the statement, whose zero is to be ε_cr."""

from __future__ import annotations

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_5.lemma_5_lines import (
    CRITERION,
    CRITERION_WITH_PRIME,
    MENDED,
    Line,
)
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_sign


def _reading(text: str, found: Decision, *, needed: bool) -> Reading:
    verdict = REFUTED if found.verdict is REPAIRED else found.verdict
    return Reading(text, verdict, found.evidence[0], needed)


def check(printed: Line = CRITERION, correction: Line = MENDED[11]) -> Decision:
    """Decide whether the criterion has the sign of loss″, literally and with the prime restored."""
    literal = decide_sign(printed, correction)
    primed = decide_sign(CRITERION_WITH_PRIME, correction)
    readings = (
        _reading("the divisor is eps_hat^2, as printed", literal, needed=True),
        _reading("eps_hat'^2, as in the proof's last line", primed, needed=False),
    )
    evidence = (
        *literal.lines,
        f"with the prime restored: {primed.evidence[0]}",
        "the proof's last line has l'(eps_hat), l(eps_hat) where the statement has l'(eps), l(eps):"
        " the two printed criteria differ from each other and from the derived one, which has"
        " l'(eps)^2/l'(eps_hat) and eps_hat'^2",
    )
    certificates = literal.certificates + primed.certificates
    return Decision(literal.verdict, literal.finding, evidence, readings, certificates)


CLAIM = Claim(
    id="lemma-5-criterion",
    where="Appendix B, Lemma 5",
    printed="(1 − g²)² + (1 + g²)(g/g′) Δ l′(ε̂) [l′(ε)/ε̂² φ(Δ)(l(ε)/Δ − coth(l(ε)Δ))"
    " − e^{−l(ε̂)Δ}/sinh(l(ε̂)Δ)] has the sign of the second derivative of g²/(1+g²), g = g(ε̂)",
    latex=r"(1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\Delta l'(\hat\varepsilon)\left("
    r"\frac{l'(\varepsilon)}{\hat\varepsilon^2}\varphi(\Delta)\left(\frac{l(\varepsilon)}{\Delta}"
    r" - \coth(l(\varepsilon)\Delta)\right) - \frac{e^{-l(\hat\varepsilon)\Delta}}"
    r"{\sinh(l(\hat\varepsilon)\Delta)}\right) \gtrless 0",
    hypotheses="0 < ε < ε_max",
    method="exact algebra against loss″; signs at exact points, loss″ by Taylor arithmetic",
    check=check,
    beside="g-second",
    seeded=(
        Seeded("the derived criterion in its place", lambda: check(MENDED[11])),
        Seeded(
            "a hat in the correction",
            lambda: check(
                correction=Line(MENDED[11].text.replace("(l/", "(l_hat/"), MENDED[11].scale)
            ),
        ),
    ),
    rests_on=("lemma-5-last-line",),
)
