"""Section III and Lemma 5: ε_cr ≈ 8.1·10⁻⁶ for Δ = 2."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.s3_results.critical_value import decide_critical_value, draw_critical_value

PRINTED = "8.1e-6"


def check(printed: str = PRINTED) -> Decision:
    """Decide whether ε_cr(2) rounds to `printed`."""
    return decide_critical_value(Fraction(2), printed)


CLAIM = Claim(
    id="eps-cr-2",
    where="III; Lemma 5",
    printed="ε_cr ≈ 8.1·10⁻⁶ for Δ = 2",
    latex=r"\varepsilon_{cr} \approx 8.1 \cdot 10^{-6} \quad (\Delta = 2)",
    hypotheses="Δ = 2; ε_cr is the point beyond which the loss is convex",
    method="enclosure of the root against the rounding cell; loss″ by Taylor arithmetic",
    check=check,
    figure=lambda: draw_critical_value(Fraction(2), PRINTED),
    seeded=(Seeded("the true value in place of the printed one", lambda: check("4.0e-3")),),
    rests_on=("lemma-5-zero", "lemma-5-criterion"),
)
