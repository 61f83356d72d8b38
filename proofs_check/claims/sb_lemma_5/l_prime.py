"""Lemma 5: the four displayed forms of l′."""

from __future__ import annotations

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import Decision

FORMS = (
    "-1/df(l)",
    "1/(phi(l - Delta) - phi(l + Delta))",
    "sqrt(2*pi)/(exp(-(l - Delta)**2/2) - exp(-(l + Delta)**2/2))",
    "sqrt(2*pi)*exp((l**2 + Delta**2)/2)/(2*sinh(l*Delta))",
)


def check(forms: tuple[str, ...] = FORMS) -> Decision:
    """Decide whether every form is the derivative of l."""
    from proofs_check.claims.sb_lemma_5.derivatives import decide_forms

    return decide_forms("dl", forms)


CLAIM = Claim(
    id="l-prime",
    where="Appendix B, proof of Lemma 5",
    printed="l′ = −1/f′(l) = 1/(φ(l−Δ) − φ(l+Δ)) = √(2π)/(e^{−(l−Δ)²/2} − e^{−(l+Δ)²/2})"
    " = √(2π) e^{(l²+Δ²)/2}/(2 sinh(lΔ))",
    latex=r"l' = \frac{-1}{f'(l)} = \frac{1}{\varphi(l-\Delta) - \varphi(l+\Delta)}"
    r" = \frac{\sqrt{2\pi}}{e^{-(l-\Delta)^2/2} - e^{-(l+\Delta)^2/2}}"
    r" = \frac{\sqrt{2\pi} e^{(l^2+\Delta^2)/2}}{2\sinh(l\Delta)}",
    hypotheses="Δ > 0, 0 < ε < ρ; l = l(ε)",
    method="implicit differentiation of f(l) = ρ − ε; Taylor arithmetic through the inverse",
    check=check,
    seeded=(
        Seeded("a sign in form 1", lambda: check(("1/df(l)",))),
        Seeded("the factor 2 of form 4 dropped", lambda: check((FORMS[3].replace("(2*", "("),))),
    ),
)
