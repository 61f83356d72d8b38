"""Section III: C₂(Δ) is much less than 1 and tends to 0."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import density, number, prove_less
from bounds.upper import constants
from bounds.upper.over_slices import c2, c2_share
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.shared.every_delta import below_everywhere, covered
from proofs_check.claims.shared.upper_bound import PAPER, root

_POWER = Fraction(16, 9)


def check(small: str = "1/20", factor: str = "10/3") -> Decision:
    """Decide C₂ < small and C₂ < factor (φ(Δ)/Δ)^{16/9} for every Δ ≥ 3/2; at points once more."""
    proofs = []
    for delta in (Fraction(3, 2), *PAPER):
        regime = constants(delta, 6).true
        if regime is None:
            raise AssertionError("these Delta have an eps_cr")
        value = number(regime.c2.decimals()[1])
        proofs.append(prove_less(value, number(small)))
        proofs.append(prove_less(value, number(factor) * root(density(delta) / delta, _POWER)))
    return Decision(
        CERTIFIED,
        f"for every Delta >= 3/2, with the true eps_cr, C2 < {small} and"
        f" C2 < {factor} (phi(Delta)/Delta)^(16/9), so C2 -> 0",
        (
            covered(),
            Proved(f"C2 < {small} on every slice", below_everywhere(c2, Fraction(small))),
            Proved(
                f"C2 < {factor} (phi(Delta)/Delta)^(16/9) on every slice",
                below_everywhere(c2_share, Fraction(factor)),
            ),
            *(Proved(f"second route, at one Delta: {proof}", proof) for proof in proofs),
        ),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


CLAIM = Claim(
    id="c2-small",
    where="III",
    printed="C₂(Δ) ≪ 1, and C₂(Δ) → 0 as Δ → ∞",
    latex=r"C_2(\Delta) \ll 1, \quad C_2(\Delta) \to 0",
    hypotheses="C₂ as displayed, with the true ε_cr, every Δ ≥ 3/2; ≪ 1 read as below 1/20",
    method="enclosures over slices that cover Δ ≥ 3/2; values at exact points",
    check=check,
    seeded=(
        Seeded("a threshold of 1/30", lambda: check(small="1/30")),
        Seeded("a rate with the factor 3", lambda: check(factor="3")),
    ),
    rests_on=("lemma-5-criterion",),
)
