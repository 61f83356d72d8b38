"""Lemma 5: the five displayed forms of g′."""

from __future__ import annotations

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import Decision

FORMS = (
    "1/(2*phi(g))*(1 + phi(l + Delta)*dl)",
    "1/(2*phi(g))*(1 + phi(l + Delta)*1/(phi(l - Delta) - phi(l + Delta)))",
    "1/(2*phi(g))*phi(l - Delta)/(phi(l - Delta) - phi(l + Delta))",
    "1/(2*phi(g))*1/(1 - exp(-2*l*Delta))",
    "exp(l*Delta)/(4*phi(g)*sinh(l*Delta))",
)


def check(forms: tuple[str, ...] = FORMS) -> Decision:
    """Decide whether every form is the derivative of g."""
    from proofs_check.claims.sb_lemma_5.derivatives import decide_forms

    return decide_forms("dg", forms)


CLAIM = Claim(
    id="g-prime",
    where="Appendix B, proof of Lemma 5",
    printed="g′ = (1 + φ(l+Δ) l′)/(2φ(g)) = (1/2φ(g))(1 + φ(l+Δ)/(φ(l−Δ) − φ(l+Δ)))"
    " = (1/2φ(g)) φ(l−Δ)/(φ(l−Δ) − φ(l+Δ)) = (1/2φ(g))/(1 − e^{−2lΔ}) = e^{lΔ}/(4φ(g) sinh(lΔ))",
    latex=r"g' = \frac{1}{2\varphi(g)}(1 + \varphi(l+\Delta)l')"
    r" = \frac{1}{2\varphi(g)}\left(1 + \frac{\varphi(l+\Delta)}{\varphi(l-\Delta) -"
    r" \varphi(l+\Delta)}\right)"
    r" = \frac{1}{2\varphi(g)}\frac{\varphi(l-\Delta)}{\varphi(l-\Delta) - \varphi(l+\Delta)}"
    r" = \frac{1}{2\varphi(g)}\frac{1}{1 - e^{-2l\Delta}}"
    r" = \frac{e^{l\Delta}}{4\varphi(g)\sinh(l\Delta)}",
    hypotheses="Δ > 0, 0 < ε < ρ; l = l(ε), g = g(ε)",
    method="implicit differentiation of 2Φ(g) = 1 + ε + Φ(l + Δ) − Φ(Δ); Taylor arithmetic",
    check=check,
    beside="g-second",
    seeded=(
        Seeded(
            "a dropped prime in form 1: l for l'", lambda: check((FORMS[0].replace("dl", "l"),))
        ),
        Seeded("2 for 4 in form 5", lambda: check((FORMS[4].replace("4", "2"),))),
    ),
    rests_on=("l-prime",),
)
