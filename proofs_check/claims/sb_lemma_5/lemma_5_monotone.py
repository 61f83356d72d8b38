"""Lemma 5: the two monotone terms, and what is to follow from them."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_5.domain_end import decide_convexity

RISING = "l_hat/Delta - coth(l_hat*Delta)"
FADING = "-exp(-l_hat*Delta)/sinh(l_hat*Delta)"


def increases(text: str) -> bool:
    """Whether the term increases with l(ε̂) > 0 for every Δ > 0.

    With e^{l(ε̂)Δ} = 1 + w its slope is a quotient of polynomials in w > 0 and Δ; it is positive if
    all their coefficients are.
    """
    import sympy as sp

    from proofs_check.audit.fraction import coefficient_signs
    from proofs_check.claims.sb_lemma_5.lemma_5 import DELTA, L_HAT, V, read

    term = read(text)
    slope = sp.diff(term, L_HAT) + sp.diff(term, V) * DELTA * V
    signs = coefficient_signs(slope.subs(V, 1 + sp.Symbol("w")))
    return signs in (({1}, {1}), ({-1}, {-1}))


def limit(text: str) -> Any:
    """The limit of the term as l(ε̂) → ∞, where e^{l(ε̂)Δ} overtakes every polynomial."""
    import sympy as sp

    from proofs_check.claims.sb_lemma_5.lemma_5 import L_HAT, V, read

    far = read(text)
    for symbol in (V, L_HAT):
        top, bottom = (sp.Poly(part, symbol) for part in sp.fraction(sp.together(far)))
        if top.degree() > bottom.degree():
            return sp.oo * sp.sign(top.LC() / bottom.LC())
        far = top.LC() / bottom.LC() if top.degree() == bottom.degree() else sp.Integer(0)
    return far


def check(rising: str = RISING, fading: str = FADING) -> Decision:
    """Decide the two statements on monotone terms, and the inference from them."""
    import sympy as sp

    first = increases(rising) and limit(rising) == sp.oo
    second = increases(fading) and limit(fading) == 0
    if not (first and second):
        wrong = rising if not first else fading
        return Decision(REFUTED, f"{wrong} does not behave so", (f"{wrong}: slope or limit",))
    inference = decide_convexity(anew=False)
    readings = (
        Reading("l/Delta - coth(l Delta) increases without bound", CERTIFIED, "slope > 0"),
        Reading("-e^-u/sinh u increases to 0", CERTIFIED, "slope > 0, limit 0"),
        Reading(
            "therefore the criterion is positive above one point",
            REFUTED,
            "it is negative next to eps_max",
            needed=True,
        ),
    )
    evidence = (
        f"{rising}: its slope in l_hat is a quotient of polynomials with positive coefficients in"
        " e^{l_hat Delta} - 1 and Delta; its limit is infinite",
        f"{fading}: likewise; its limit is 0",
        "the criterion is not their sum: they carry factors that vary with eps, (1 - g^2)^2 falls"
        " to 0 at g = 1, and with l and l' at eps, as they must be, the first term stays bounded up"
        " to eps_max while the factor l'(eps_hat) of the second grows without bound",
        *inference.evidence,
    )
    verdict = REPAIRED if inference.verdict is REPAIRED else inference.verdict
    return Decision(verdict, inference.finding, evidence, readings, inference.certificates)


CLAIM = Claim(
    id="lemma-5-monotone",
    where="Appendix B, proof of Lemma 5",
    printed="l/Δ − coth(lΔ) increases without bound; −e^{−lΔ}/sinh(lΔ) increases to 0 (l = l(ε̂));"
    " therefore the criterion is positive above one point",
    latex=r"\frac{\hat l}{\Delta} - \coth(\hat l\Delta) \nearrow \infty, \quad"
    r" -\frac{e^{-\hat l\Delta}}{\sinh(\hat l\Delta)} \nearrow 0, \quad"
    r" \text{hence positive for } \varepsilon > \varepsilon_{cr}",
    hypotheses="Δ > 0, 0 < ε < ε_max",
    method="slopes as quotients of polynomials with positive coefficients; limits; a witness next"
    " to ε_max for the inference",
    check=check,
    seeded=(
        Seeded(
            "a sign in the first term", lambda: check(rising=RISING.replace("l_hat/", "-l_hat/"))
        ),
        Seeded("a sign in the second term", lambda: check(fading=FADING.removeprefix("-"))),
    ),
    rests_on=("lemma-5-last-line",),
)
