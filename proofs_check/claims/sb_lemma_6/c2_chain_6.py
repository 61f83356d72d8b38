"""The chain to C₂, line 6: the definition of C₂."""

from __future__ import annotations

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.sb_lemma_6.small_mass import c2_values, defined_as


def check(c2: str = "c_bar**2/phi_at**2") -> Decision:
    """Decide whether line 5 is C₂κ^{2/9}, and give the values of C₂."""
    decision = defined_as("(c_bar*k/phi_at)**2", f"({c2})*k**2")
    if decision.verdict is not CERTIFIED:
        return decision
    return Decision(CERTIFIED, decision.finding, (*decision.evidence, *c2_values()))


CLAIM = Claim(
    id="c2-chain-6",
    where="Appendix B, chain to C₂",
    printed="= C̄²/φ(C̄ε_cr^{1/9})² κ^{2/9} =: C₂ κ^{2/9}",
    latex=r"= \frac{\bar C^2}{\varphi(\bar C\sqrt[9]{\varepsilon_{cr}})^2}\kappa^{2/9} =:"
    r" C_2(\Delta)\kappa^{2/9}",
    hypotheses="0 < κ = c/k ≤ ε_cr",
    method="exact algebra in the roots; values of C₂ by balls",
    check=check,
    seeded=(Seeded("a dropped square", lambda: check("c_bar**2/phi_at")),),
    rests_on=("c2-chain-5",),
)
