"""Lemma 5: the two monotone terms, and what is to follow from them."""

from __future__ import annotations

from typing import Any

from bounds.certify.errors import Inconclusive
from proofs_check.audit.calculus import equal, functions_equal, manifest
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_5.domain_end import decide_convexity

RISING = "l_hat/Delta - coth(l_hat*Delta)"
FADING = "-exp(-l_hat*Delta)/sinh(l_hat*Delta)"


def increases(text: str) -> bool:
    """Whether the term increases with l(ε̂) > 0 for every Δ > 0.

    With e^{l(ε̂)Δ} = 1 + w its slope is a quotient of polynomials in w > 0 and Δ; it is positive if
    all their coefficients are.
    """
    from proofs_check.audit.fraction import coefficient_signs

    return coefficient_signs(_slope(text)) in (({1}, {1}), ({-1}, {-1}))


def _slope(text: str) -> Any:
    import sympy as sp

    from proofs_check.claims.sb_lemma_5.lemma_5 import DELTA, L_HAT, V, read

    term = read(text)
    slope = sp.diff(term, L_HAT) + sp.diff(term, V) * DELTA * V
    return slope.subs(V, 1 + sp.Symbol("w", positive=True))


def _grows(text: str, value: Any, told: str) -> Exact:
    """That the term increases, to a limit: its slope as a quotient of positive polynomials.

    Raises:
        Inconclusive: it does not.
    """
    import sympy as sp

    top, bottom = sp.fraction(sp.cancel(sp.together(_slope(text))))
    sign = -1 if bottom.could_extract_minus_sign() else 1
    return Exact(
        told,
        functions_equal(_slope(text), top / bottom),
        manifest(sp.expand(sign * top), sp.expand(sign * bottom)),
        equal(1 / (1 + limit(text)), 1 / (1 + value)),
    )


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
        raise Inconclusive(f"{wrong} is not shown to behave so")
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
    lines = (
        _grows(
            rising,
            sp.oo,
            f"{rising}: its slope in l_hat is a quotient of polynomials with positive coefficients"
            " in e^{l_hat Delta} - 1 and Delta; its limit is infinite",
        ),
        _grows(fading, 0, f"{fading}: likewise; its limit is 0"),
        "the criterion is not their sum: they carry factors that vary with eps, (1 - g^2)^2 falls"
        " to 0 at g = 1, and with l and l' at eps, as they must be, the first term stays bounded up"
        " to eps_max while the factor l'(eps_hat) of the second grows without bound",
        *inference.lines,
    )
    return Decision(REPAIRED, inference.finding, lines, readings, inference.certificates)


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
