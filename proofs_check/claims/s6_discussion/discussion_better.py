"""Section VI: despite corruption, collaboration did better than local samples."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import prove_less
from proofs_check.audit.calculus import shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved
from proofs_check.audit.verdict import NOT_MACHINE_CHECKABLE, REFUTED, Decision
from proofs_check.claims.shared.upper_bound import price_term

_REASON = (
    "a summary of Theorem 2 that names neither c/k nor D: see collaboration-helps for the range of"
    " c/k"
    ' in which the bound is below 1, and theorem-2 for what is proved; "for every c/k up to 1" is'
    " false of the bound"
)


def check(precise: bool = False) -> Decision:
    """Leave it as words, or decide the precise statement next to it."""
    over = prove_less(price_term(Fraction(2)), 1)
    told = Proved(f"witness: Delta = 2, c/k = 1: the bound is at least C0 > 1: {shown(over)}", over)
    if not precise:
        return Decision(NOT_MACHINE_CHECKABLE, _REASON, (told,), (), (over.certificate(),))
    return Decision(REFUTED, "the bound is above 1", (told,), (), (over.certificate(),))


CLAIM = Claim(
    id="discussion-better",
    where="VI",
    printed="despite corruption, collaboration did better than using one's own local individual"
    " samples",
    latex=r"\text{MSE with collaboration} < 1",
    hypotheses="none stated",
    method="words; the precise statement beside it is decided as a seeded error",
    check=check,
    seeded=(Seeded("for every c/k up to 1", lambda: check(precise=True)),),
    rests_on=(
        "collaboration-helps",
        "theorem-2",
    ),
)
