"""Section III: C₁(Δ) is much less than 1 and tends to 0."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import density, number, prove_less
from bounds.functions.terms import loss
from bounds.upper.over_slices import c1, c1_share
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.shared.every_delta import below_everywhere, covered
from proofs_check.claims.shared.upper_bound import PAPER, critical_between


def check(small: str = "1/50", factor: str = "2") -> Decision:
    """Decide C₁ < small and C₁ < factor (φ(Δ)/Δ)² for every Δ ≥ 3/2, and at points once more."""
    proofs = []
    for delta in (Fraction(3, 2), *PAPER):
        value = loss(critical_between(delta)[1], delta)
        proofs.append(prove_less(value, number(small)))
        proofs.append(prove_less(value, number(factor) * (density(delta) / delta) ** 2))
    return Decision(
        CERTIFIED,
        f"for every Delta >= 3/2, with the true eps_cr, C1 < {small} and"
        f" C1 < {factor} (phi(Delta)/Delta)^2, so C1 -> 0",
        (
            covered(),
            Proved(f"C1 < {small} on every slice", below_everywhere(c1, Fraction(small))),
            Proved(
                f"C1 < {factor} (phi(Delta)/Delta)^2 on every slice",
                below_everywhere(c1_share, Fraction(factor)),
            ),
            *(Proved(f"second route, at one Delta: {proof}", proof) for proof in proofs),
        ),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


CLAIM = Claim(
    id="c1-small",
    where="III",
    printed="C₁(Δ) ≪ 1, and C₁(Δ) → 0 as Δ → ∞",
    latex=r"C_1(\Delta) \ll 1, \quad C_1(\Delta) \to 0",
    hypotheses="C₁ = g(ε̂_cr)²/(1 + g(ε̂_cr)²) with the true ε_cr, every Δ ≥ 3/2;"
    " ≪ 1 read as below 1/50",
    method="enclosures of g(ε̂_cr) over slices that cover Δ ≥ 3/2; values at exact points",
    check=check,
    seeded=(
        Seeded("a threshold of 1/100", lambda: check(small="1/100")),
        Seeded("a rate with the factor 3/2", lambda: check(factor="3/2")),
    ),
    rests_on=("lemma-5-criterion",),
)
