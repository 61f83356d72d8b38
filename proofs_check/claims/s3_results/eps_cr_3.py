"""Section III and Lemma 5: ε_cr ≈ 1.2·10⁻⁹ for Δ = 3."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.s3_results.critical_value import decide_critical_value, draw_critical_value

PRINTED = "1.2e-9"


def check(printed: str = PRINTED) -> Decision:
    """Decide whether ε_cr(3) rounds to `printed`."""
    return decide_critical_value(Fraction(3), printed)


CLAIM = Claim(
    id="eps-cr-3",
    where="III; Lemma 5",
    printed="ε_cr ≈ 1.2·10⁻⁹ for Δ = 3",
    latex=r"\varepsilon_{cr} \approx 1.2 \cdot 10^{-9} \quad (\Delta = 3)",
    hypotheses="Δ = 3; ε_cr is the point beyond which the loss is convex",
    method="enclosure of the root against the rounding cell; loss″ by Taylor arithmetic",
    check=check,
    figure=lambda: draw_critical_value(Fraction(3), PRINTED),
    seeded=(Seeded("the true value in place of the printed one", lambda: check("2.2e-4")),),
    rests_on=("lemma-5-zero", "lemma-5-criterion"),
)
