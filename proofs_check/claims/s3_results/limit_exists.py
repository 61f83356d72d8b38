"""Theorem 2: K∞ is the limit of K(m)."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import PI, number, prove_less
from proofs_check.audit.calculus import shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved
from proofs_check.audit.verdict import NOT_MACHINE_CHECKABLE, REFUTED, Decision

_REASON = (
    "a statement about all algorithms at once: the paper gives no argument, and there is nothing to"
    " compute. Weigh each client by 1/E|U| instead of 1/|U|: then K(m) cannot increase with the"
    " number of clients, since the server may publish all reports and a client may use a random"
    " part of them with its own, so the limit exists (an argument in words). With 1/|U| as printed"
    " the bounds of the theorems are on lim sup and lim inf, and need no limit"
)


def check(monotone: bool = False) -> Decision:
    """Decide whether K(m) falls with m, if that is claimed."""
    if not monotone:
        return Decision(NOT_MACHINE_CHECKABLE, _REASON, (_REASON,))
    c = Fraction(2)
    first = prove_less(c / 3 * number(Fraction(1, 2)), number(4) / (4 + 2 * PI))  # 1/3 < h(2)
    told = f"k = 1, c = 2: at most 1/3 for one client, at least h(2) in the limit: {shown(first)}"
    return Decision(
        REFUTED,
        "with 0 where U is empty K(m) rises from one client to many",
        (Proved(told, first),),
        certificates=(first.certificate(),),
    )


CLAIM = Claim(
    id="limit-exists",
    where="III, Theorem 2",
    printed="K∞ = lim_{m → ∞} K(m)",
    latex=r"K_\infty = \lim_{m \to \infty} K(m)",
    hypotheses="K(m) as in Section II",
    method="words; the limit is not used beyond lim sup and lim inf",
    check=check,
    seeded=(Seeded("K(m) decreases in m, with 0 where U is empty", lambda: check(monotone=True)),),
    rests_on=("objective",),
)
