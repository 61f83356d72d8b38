"""The chain to C₂, line 4: the definition of C̄, with its factors ½."""

from __future__ import annotations

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_6.small_mass import defined_as

C_BAR = "a*e2/2 + phi/(2*c)*a_root"


def check(c_bar: str = C_BAR) -> Decision:
    """Decide whether ½ + C̄κ^{1/9} is the argument of the quantile in line 3."""
    return defined_as("(1 + a*e2*k + phi/c*a_root*k)/2", f"1/2 + ({c_bar})*k")


CLAIM = Claim(
    id="c2-chain-4",
    where="Appendix B, chain to C₂",
    printed="=: Q(½ + C̄ κ^{1/9})², C̄ = A ε_cr^{2/9}/2 + φ(Δ) A^{1/3}/(2C^{1/3})",
    latex=r"=: \Phi^{-1}\left(\tfrac12 + \bar C\sqrt[9]{\kappa}\right)^2, \quad \bar C ="
    r" A\frac{\varepsilon_{cr}^{2/9}}{2} + \frac{\varphi(\Delta)}{2\sqrt[3]{C}}A^{1/3}",
    hypotheses="0 < κ = c/k ≤ ε_cr",
    method="exact algebra in the roots",
    check=check,
    seeded=(
        Seeded("a factor 1/2 dropped", lambda: check(C_BAR.replace("(2*c)", "c"))),
        Seeded("a sign", lambda: check(C_BAR.replace("+", "-"))),
    ),
    rests_on=("c2-chain-3",),
)
