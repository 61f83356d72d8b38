"""Lemma 6: the choice of C in the proof, and the C of the statement."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import prove_less
from bounds.functions.terms import mass_deficit
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved
from proofs_check.audit.verdict import GAP, Decision
from proofs_check.claims.sb_lemma_5.early_turn import proof
from proofs_check.claims.sb_lemma_6.small_mass import ratio_certificate, ratio_falls
from proofs_check.claims.shared.every_delta import turn_is_early


def check(
    delta: Fraction = Fraction(4), top: Fraction = Fraction(3), x: Fraction = Fraction(2)
) -> Decision:
    """Decide whether C = d(x_cr)/x_cr³ gives f ≤ h on [0, x_cr] whatever x_cr is.

    Args:
        delta: Δ of the witness, in standard deviations.
        top: x_cr of the witness, in standard deviations.
        x: where f > h, if the step fails, in standard deviations.
    """
    above = prove_less(mass_deficit(x, delta) / x**3, mass_deficit(top, delta) / top**3)
    place = f"Delta = {show_exact(delta)}, x_cr = {show_exact(top)}, x = {show_exact(x)}"
    return Decision(
        GAP,
        "the proof does not show that C = eps_cr/l(eps_cr)^3 may be chosen; it may (lemma-6), as"
        " l(eps_cr) Delta < 1/2",
        (
            "f <= h implies rho - f >= rho - h, and f^-1 <= h^-1 as both fall: these steps hold,"
            " and some C > 0 always serves (the least value of d(x)/x^3 on [0, x_cr])",
            Proved(
                "that C = d(x_cr)/x_cr^3 serves is not argued, and it depends on x_cr: witness"
                f" {place}, where d(x)/x^3 < d(x_cr)/x_cr^3, so f(x) > h(x)",
                above,
            ),
            f"what fills the gap (lemma-6): {ratio_falls()[0].statement}",
            turn_is_early(),
        ),
        certificates=(above.certificate(), ratio_certificate(), *proof()),
    )


CLAIM = Claim(
    id="lemma-6-choice",
    where="Appendix B, proof of Lemma 6",
    printed="choose C such that f(x) ≤ h(x) for all x ∈ [0, x_cr] (C = ε_cr/x_cr³ is such a C);"
    " then f⁻¹(ρ − ε) ≤ h⁻¹(ρ − ε) for all ε ∈ [0, ε_cr]",
    latex=r"\forall x \in [0, x_{cr}]: f(x) \le h(x) \implies f^{-1}(\rho - \varepsilon) \le"
    r" h^{-1}(\rho - \varepsilon) \;\forall \varepsilon \in [0, \varepsilon_{cr}]",
    hypotheses="Δ ≥ 3/2, x_cr = l(ε_cr)",
    method="a witness with another x_cr for the step; a bound of l(ε_cr)Δ for all Δ ≥ 3/2",
    check=check,
    seeded=(
        Seeded("a small x_cr in the witness", lambda: check(top=Fraction(1, 8), x=Fraction(1, 16))),
    ),
    rests_on=("lemma-6-small-x",),
)
