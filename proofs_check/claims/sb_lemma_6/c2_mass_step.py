"""Theorem 2: c/k ≤ ε_cr^{2/3} ∛(c/k)."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import number, prove_less
from proofs_check.audit.calculus import equal, grows
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
from proofs_check.claims.sb_lemma_6.small_mass import root


def check(fixed: Fraction = Fraction(2, 3), left: Fraction = Fraction(1, 3)) -> Decision:
    """Decide κ ≤ e^fixed κ^left for all 0 < κ ≤ e < 1.

    Divided by κ^left it is κ^{1−left} ≤ e^fixed: for left ≤ 1 the left side rises to e^{1−left}.
    """
    if left <= 1 and fixed + left <= 1:
        slack = "with equality at c/k = eps_cr" if fixed + left == 1 else "with room"
        shown = f"(c/k)^({1 - left}) <= eps_cr^({1 - left}) <= eps_cr^({fixed}), {slack}"
        k = sp.Symbol("kappa", positive=True)
        power = sp.Rational(1 - left)
        rises = Exact(
            f"{shown}: powers with positive exponents increase",
            grows(k**power, k, power * k ** (power - 1)),
            equal(fixed + left, 1),
        )
        return Decision(CERTIFIED, shown, (rises,))
    e = number(Fraction(1, 1000))
    above = root(e, fixed.denominator, fixed.numerator) * root(e, left.denominator, left.numerator)
    more = prove_less(above, e)
    return Decision(
        REFUTED,
        "it fails",
        (Proved("witness c/k = eps_cr = 1/1000", more),),
        certificates=(more.certificate(),),
    )


CLAIM = Claim(
    id="c2-mass-step",
    where="Appendix B, before the chain to C₂",
    printed="c/k ≤ ε_cr^{2/3} ∛(c/k)",
    latex=r"c/k \le \varepsilon_{cr}^{2/3} \sqrt[3]{c/k}",
    hypotheses="0 < c/k ≤ ε_cr < 1",
    method="exponents, exact",
    check=check,
    seeded=(Seeded("eps_cr^(4/3)", lambda: check(fixed=Fraction(4, 3))),),
)
