"""Theorem 2: the far term stands in one of its two cases.

In words:

1. A client with |x_v − μ| ≥ 3Δ/2 keeps its sample when no estimate is near, whatever c/k is, and
   no estimate is near when no one attacks: all clients together lose E[x²; |x| ≥ 3Δ/2] of the
   average.
2. A client that is far and does find an estimate is at most 3Δ/2 farther off (foreign-estimate):
   its squared error is at most (|z| + 3Δ/2)², whose mean over |z| ≥ 3Δ/2 is the far term.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import number, prove_less
from bounds.functions.terms import loss
from bounds.upper import constants
from bounds.upper.over_delta import far_term_serves_from
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import REPAIRED, Decision
from proofs_check.claims.shared.every_delta import decided_everywhere
from proofs_check.claims.shared.upper_bound import critical_between, lone_far_term, price_term


def check(kappa: str = "1/200", delta: Fraction = Fraction(2)) -> Decision:
    """Compare C₀κ + C₁ with what far clients lose when no one attacks them."""
    above = critical_between(delta)[1]
    printed = number(kappa) / price_term(delta) + loss(above, delta)
    outcome = prove_less(printed, lone_far_term(delta))
    finding = (
        "the far term belongs to both cases, exactly 2[(1 + 9 Delta^2/4) Phi(-3 Delta/2) +"
        f" (9 Delta/2) phi(3 Delta/2)], in {constants(delta, 6).far} at Delta = {delta};"
        f" without it the bound at c/k = {kappa} is below the loss of only far clients; next above"
        f" c/k = eps_cr it is so exactly for Delta below {far_term_serves_from(8)}"
    )
    return Decision(
        REPAIRED,
        finding,
        (
            Argued(
                "clients with |x_v - mu| >= 3 Delta/2 keep their sample when no estimate is near,"
                " whatever c/k is: they lose E[x^2; |x| >= 3 Delta/2] of the average without any"
                " attack",
                f"{__name__}, step 1",
            ),
            Proved(
                f"witness: c/k = {kappa}, Delta = {delta}, above eps_cr < {show_exact(above)}: C0"
                f" c/k + C1 is below that loss: {outcome}",
                outcome,
                less(above, Fraction(kappa)),
            ),
            Argued("the far term covers far clients that are attacked", f"{__name__}, step 2"),
            decided_everywhere("C0 c/k + C1 >= far clients"),
            "C_3 is not defined in Theorem 2; the last display of Appendix B suggests 3.25, which"
            " is too small (far-sample)",
        ),
        certificates=(outcome.certificate(),),
    )


CLAIM = Claim(
    id="far-term",
    where="III",
    printed="2Φ(−3Δ/2)C₃Δ² is added for c/k ≤ ε_cr, and not for c/k > ε_cr",
    latex=r"C_0\tfrac{c}{k} + C_1 \;\text{ above } \varepsilon_{cr}, \quad"
    r" C_2(\tfrac{c}{k})^{2/9} + 2\Phi(-\tfrac{3\Delta}{2})C_3\Delta^2 \;\text{ below}",
    hypotheses="Algorithms 1 and 2, m → ∞; the true ε_cr",
    method="the loss of far clients without attack against the printed bound: at one point, and"
    " over slices of Δ with the one Δ at which the greater changes",
    check=check,
    seeded=(Seeded("a c/k at which the printed bound covers them", lambda: check("1/20")),),
    rests_on=("far-sample", "far-probability"),
)
