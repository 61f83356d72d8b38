"""Section III and Abstract: the MSE must worsen at least linearly with c/k.

In words:

1. For one component the median of all reports has the limit error t², 2Φ(t) − 1 = c, in the worst
   case (contamination-median), so K is at most that.
2. By lower-bound-reduction the limit of K(m) is at least the value of the best split into whole
   components, which integer-relaxation bounds by c/(3 k √π) for √π ≤ c < √(2π) k.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import number, prove_less, quantile
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import positive_from, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sa_allocation import integer_relaxation


def check(c: Fraction = Fraction(1, 100), slope: Fraction = Fraction(1, 50)) -> Decision:
    """Decide K∞ ≥ slope·c for one component, whose median has the error t², 2Φ(t) − 1 = c."""
    t = sp.Symbol("t", positive=True)
    below = prove_less(quantile((1 + number(c)) / 2) ** 2, number(slope) * c)
    large = integer_relaxation.check()
    return Decision(
        REPAIRED,
        "for sqrt(pi) <= c < sqrt(2 pi) k, so at every fixed c/k < sqrt(2 pi) for large k, the"
        " limit of K(m) is at least"
        " c/(3 k sqrt(pi)): linear in c/k. For small c it is not: one component with budget c has"
        " an error of at most t^2 = Phi^-1((1 + c)/2)^2, of order c^2",
        (
            Proved(
                f"witness: k = 1, c = {c}: the median's limit is below c/50: {shown(below)}", below
            ),
            Argued("the median's limit bounds K from above", f"{__name__}, step 1"),
            Exact(
                "no slope serves: t^2/c tends to 0 with c, as c = 2 Phi(t) - 1 >= 2 t phi(t): the"
                " difference is 0 at t = 0 and has the slope 2 t^2 phi(t)",
                positive_from(0, 2 * PHI(t) - 1 - 2 * t * DENSITY(t), t, 2 * t**2 * DENSITY(t)),
            ),
            *large.facts,
            Argued(
                "c >= sqrt(pi): by integer-relaxation and lower-bound-reduction",
                f"{__name__}, step 2",
            ),
        ),
        readings=(
            Reading("for every k and c", REFUTED, "not for k = 1 and small c"),
            Reading("for c >= sqrt(pi)", CERTIFIED, "slope 1/(3 sqrt(pi)) in c/k", needed=True),
        ),
        certificates=(below.certificate(),),
    )


CLAIM = Claim(
    id="linear-is-optimal",
    where="III; Abstract",
    printed="the MSE must worsen at least linearly when the ratio of corrupt to genuine clients"
    " increases; the lower bound shows that the linear dependence on c/k is optimal",
    latex=r"K_\infty \ge \mathrm{const} \cdot \tfrac ck",
    hypotheses="m → ∞; one constant for all k and c",
    method="the median of one component as a witness; exact algebra for the repair",
    check=check,
    seeded=(Seeded("c = 1/10, where the median is above c/50",
                   lambda: check(c=Fraction(1, 10))),),
    rests_on=("theorem-1", "integer-relaxation", "lower-bound-reduction"),
)  # fmt: skip
