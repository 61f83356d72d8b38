"""Proof of Lemma 4, line 3: "=" where Lemma 2 gives "<="."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import prove_less
from bounds.functions.terms import median_shift
from proofs_check.audit.calculus import settled, shown
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision


def check(relation: str = "=") -> Decision:
    """Decide line 3 with the relation given, "=" or "<="."""
    moved = prove_less(0, median_shift(Fraction(1, 10), 2))
    return settled(
        "line 2 <= line 3 by Lemma 2 in the limit; the printed equality holds for the worst attack"
        " only",
        {
            "witness: Delta = 2, eps = 1/10, half of it at +1/10 and half at -1/10 of the mean: the"
            f" median stays at the mean, the left side has 0 where the right has g^2, and"
            f" {shown(moved)}": True,
            "E[(x_v - mu)^2] = 1 is exact": True,
        },
        verdict=REPAIRED if relation == "=" else CERTIFIED,
        certificates=(moved.certificate(),),
    )


CLAIM = Claim(
    id="lemma-4-chain-3",
    where="Appendix B, proof of Lemma 4, line 3",
    printed="= (g(ε)² + g(ε̃)⁴)/(1 + g(ε̃)²)²",
    latex=r"= \frac{g(\varepsilon)^2 + g(\tilde\varepsilon)^4}{(1+g(\tilde\varepsilon)^2)^2}",
    hypotheses="Lemma 2 in the limit; the paper writes ε̂ for the server's estimate ε̃",
    method="exact witness",
    check=check,
    seeded=(Seeded("<= in place of =", lambda: check("<=")),),
    rests_on=("lemma-2",),
)
