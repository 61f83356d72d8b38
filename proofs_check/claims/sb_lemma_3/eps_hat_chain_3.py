"""Proof of Lemma 3, before the display: l ≤ 2 f⁻¹(ρ − ε)."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import prove_less
from bounds.functions.terms import filter_radius
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import grows, settled, shown
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import REFUTED, Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import delta


def check(factor: int = 2) -> Decision:
    """Decide whether ε >= ρ − f(l/2) gives l <= factor · f⁻¹(ρ − ε)."""
    if factor < 2:
        tenth = Fraction(1, 10)
        longer = prove_less(factor * filter_radius(tenth, 2), 2 * filter_radius(tenth, 2))
        return Decision(
            REFUTED,
            "l = 2 f^-1(rho - eps) satisfies the premise with equality",
            (f"witness: {shown(longer)}",),
            certificates=(longer.certificate(),),
        )
    x = sp.Symbol("x", positive=True)
    fall = 2 * DENSITY(x) * sp.exp(-(delta**2) / 2) * sp.sinh(x * delta)
    return settled(
        "the step holds for 0 <= eps < rho, with f^-1 on x >= 0, and is attained; the signs are"
        " right",
        {
            "f falls on x >= 0 (f' = -2 phi(x) e^(-Delta^2/2) sinh(x Delta)), so f(l/2) >= rho -"
            " eps gives l/2 <= f^-1(rho - eps)": grows(PHI(x - delta) - PHI(x + delta), x, fall),
        },
    )


CLAIM = Claim(
    id="eps-hat-chain-3",
    where="Appendix B, proof of Lemma 3",
    printed="ε ≥ ρ − f(l/2) ⟹ l ≤ 2f⁻¹(ρ − ε)",
    latex=r"\varepsilon \ge \rho - f(l/2) \implies l \le 2 f^{-1}(\rho - \varepsilon)",
    hypotheses="0 ≤ ε < ρ; f⁻¹ on x ≥ 0",
    method="f is strictly decreasing, exactly",
    check=check,
    seeded=(Seeded("the factor 2 dropped", lambda: check(1)),),
    rests_on=("eps-hat-chain-2", "f-inverse"),
)
