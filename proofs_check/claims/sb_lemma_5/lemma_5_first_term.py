"""Lemma 5: the first term of the criterion is non-negative."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.calculus import equal, manifest
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision


def check(printed: str = "(1 - g**2)**2") -> Decision:
    """Decide whether the polynomial in g is nowhere negative, by its factors."""
    import sympy as sp

    g = sp.Symbol("g", real=True)
    polynomial = sp.parse_expr(printed, local_dict={"g": g})
    lead, factors = sp.factor_list(polynomial)
    if lead > 0 and all(power % 2 == 0 for _, power in factors):
        zeros = ", ".join(map(str, sp.roots(sp.Poly(polynomial, g))))
        return Decision(
            CERTIFIED,
            "a square; it vanishes at g(eps_hat) = 1, so it gives no positive lower bound",
            (
                Exact(
                    f"{printed} is a positive number times even powers; zeros at g = {zeros}",
                    equal(
                        polynomial,
                        lead * sp.Mul(*(factor**power for factor, power in factors)),
                    ),
                    manifest(lead),
                ),
            ),
        )
    for value in (sp.Rational(1, 2), sp.Integer(1), sp.Integer(2)):
        if polynomial.subs(g, value) < 0:
            shown = f"{printed} = {polynomial.subs(g, value)} at g = {value}"
            below = Fraction(str(polynomial.subs(g, value)))
            return Decision(REFUTED, shown, (Proved(shown, less(below, 0)),))
    raise AssertionError(f"{printed} is not decided by these points: add one")


CLAIM = Claim(
    id="lemma-5-first-term",
    where="Appendix B, proof of Lemma 5",
    printed="the first term (1 − g(ε̂)²)² is clearly non-negative",
    latex=r"(1 - g(\hat\varepsilon)^2)^2 \ge 0",
    hypotheses="g real",
    method="factorisation into even powers",
    check=check,
    seeded=(Seeded("a dropped square", lambda: check("(1 - g**2)")),),
    rests_on=("lemma-5-last-line",),
)
