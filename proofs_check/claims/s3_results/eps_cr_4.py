"""Section III and Lemma 5: ε_cr ≈ 1.4·10⁻¹⁴ for Δ = 4."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.s3_results.critical_value import decide_critical_value, draw_critical_value

PRINTED = "1.4e-14"


def check(printed: str = PRINTED) -> Decision:
    """Decide whether ε_cr(4) rounds to `printed`."""
    return decide_critical_value(Fraction(4), printed)


CLAIM = Claim(
    id="eps-cr-4",
    where="III; Lemma 5",
    printed="ε_cr ≈ 1.4·10⁻¹⁴ for Δ = 4",
    latex=r"\varepsilon_{cr} \approx 1.4 \cdot 10^{-14} \quad (\Delta = 4)",
    hypotheses="Δ = 4; ε_cr is the point beyond which the loss is convex",
    method="enclosure of the root against the rounding cell; loss″ by Taylor arithmetic",
    check=check,
    figure=lambda: draw_critical_value(Fraction(4), PRINTED),
    seeded=(Seeded("the true value in place of the printed one", lambda: check("5.0e-6")),),
    rests_on=("lemma-5-zero", "lemma-5-criterion"),
)
