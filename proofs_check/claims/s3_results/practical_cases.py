"""Section III: for all practical cases the first case of Theorem 2 applies."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.exact import show_exact
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.verdict import NOT_MACHINE_CHECKABLE, REFUTED, Decision
from proofs_check.claims.shared.upper_bound import critical_between

_REASON = (
    "what is of practical interest is not defined. The reason given is the printed eps_cr; with the"
    " true one, eps_cr(2) = 0.00397..., the other case of Theorem 2 applies at Delta = 2 when one"
    " client in a thousand is corrupted"
)


def check(precise: bool = False) -> Decision:
    """Leave it as words, or decide the precise statement next to it."""
    kappa = Fraction(1, 1000)
    low, _ = critical_between(Fraction(2))
    told = Proved(
        f"witness: Delta = 2, c/k = {kappa} < {show_exact(low)} < eps_cr", less(kappa, low)
    )
    if not precise:
        return Decision(NOT_MACHINE_CHECKABLE, _REASON, (told,))
    return Decision(REFUTED, "the second case of Theorem 2 applies there", (told,))


CLAIM = Claim(
    id="practical-cases",
    where="III",
    printed="for all practical cases of interest the bound is C₀(Δ)c/k + C₁(Δ), as ε_cr is very"
    " small",
    latex=r"\tfrac ck > \varepsilon_{cr} \text{ in all practical cases}",
    hypotheses="the true ε_cr",
    method="words; the precise statement beside it is decided as a seeded error",
    check=check,
    seeded=(Seeded("for every c/k of at least 1/1000", lambda: check(precise=True)),),
    rests_on=(
        "eps-cr-2",
        "eps-cr-3",
        "eps-cr-4",
    ),
)
