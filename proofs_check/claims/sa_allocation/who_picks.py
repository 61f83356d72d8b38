"""Appendix A: who picks the best number of components, the algorithm or the adversary."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import PI, number, prove_less
from proofs_check.audit.calculus import shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision


def check(who: str = "algorithm", c: Fraction = Fraction(5)) -> Decision:
    """Decide whether the one who picks k′ gets the maximum: k = 2, shares on 1 or 2 components."""
    square = c * c
    one, two = (number(square * n / 2) / (square + 2 * n * n * PI) for n in (1, 2))
    apart = prove_less(one, two)
    if who == "adversary":
        return Decision(
            CERTIFIED, "the adversary wants a large error", (Proved(str(apart), apart),)
        )
    return Decision(
        REPAIRED,
        "the adversary picks the best k': it wants the error large, and the maximum over k' is"
        " meant",
        (
            Proved(
                f"witness: k = 2, c = {c}: with k' = 1 the error is smaller than with k' = 2, so"
                f" the algorithm would pick k' = 1, and the maximum is at k' = 2: {shown(apart)}",
                apart,
            ),
        ),
        certificates=(apart.certificate(),),
    )


CLAIM = Claim(
    id="who-picks",
    where="Appendix A",
    printed="the algorithm will pick the best k′",
    latex=r"\text{the algorithm picks } k' \text{ to maximise } \frac{c^2 k'}{c^2 + 2\pi k'^2}",
    hypotheses="the algorithm wants a small error, the adversary a large one",
    method="two exact values",
    check=check,
    seeded=(Seeded("the adversary in place of the algorithm", lambda: check("adversary")),),
    rests_on=("equal-split-value",),
)
