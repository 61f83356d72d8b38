"""Section I: collaboration is almost always beneficial."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import prove_less
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved
from proofs_check.audit.verdict import NOT_MACHINE_CHECKABLE, REFUTED, Decision
from proofs_check.claims.shared.upper_bound import counterfeit_terms

_REASON = (
    '"almost always" has no measure on instances. Read as "for c/k < 1/C0" it is the claim'
    ' collaboration-helps; read as "for every c/k < 1/C0, for Algorithms 1 and 2" it is false: at'
    " Delta = 2 they lose more than 1 at c/k = 7/10"
)


def check(precise: bool = False) -> Decision:
    """Leave it as words, or decide the precise statement next to it."""
    price, gain = counterfeit_terms(Fraction(2))
    harmed = prove_less(price, Fraction(7, 10) * gain)
    told = "witness: Delta = 2, c/k = 7/10: counterfeit clusters (see theorem-2) cost more than 1"
    evidence = (Proved(told, harmed),)
    proofs = (harmed.certificate(),)
    if not precise:
        return Decision(NOT_MACHINE_CHECKABLE, _REASON, evidence, (), proofs)
    return Decision(REFUTED, "not for the algorithms", evidence, (), proofs)


CLAIM = Claim(
    id="almost-always-beneficial",
    where="I",
    printed="with respect to the error of the average client, collaboration is almost always"
    " beneficial",
    latex=r"\text{MSE with collaboration} < 1 \text{ almost always}",
    hypotheses="the error of the average client against 1 without collaboration",
    method="words; the precise statement beside it is decided as a seeded error",
    check=check,
    seeded=(Seeded("for every c/k < 1/C0, for Algorithms 1 and 2", lambda: check(precise=True)),),
    rests_on=(
        "collaboration-helps",
        "no-collaboration",
    ),
)
