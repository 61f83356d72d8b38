"""Lemma 5: the two displayed forms of g″, the first with a σ that nothing defines."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, Decision, Reading

FORMS = (
    "dg*(Delta*dl - dphi(g)*dg/phi(g) - coth(Delta*l)*Delta*dl/sigma**2)",
    "dg*(Delta*dl + g*dg - coth(Delta*l)*Delta*dl)",
)


def check(forms: tuple[str, ...] = FORMS) -> Decision:
    """Decide whether every form is the second derivative of g, with σ = 1 and with another σ."""
    from proofs_check.claims.sb_lemma_5.derivatives import decide_forms

    unit = decide_forms("ddg", forms)
    free = decide_forms("ddg", forms[:1], sigma=Fraction(2))
    readings = (
        Reading("σ = 1, the variance that Section II sets", unit.verdict, unit.finding, True),
        Reading("σ free: σ = 2 is a witness", free.verdict, free.evidence[0]),
    )
    if unit.verdict is CERTIFIED:
        finding = "both forms are g'' when sigma = 1; sigma is left over and is not defined"
        return Decision(CERTIFIED, finding, (*unit.lines, *free.lines), readings)
    return Decision(unit.verdict, unit.finding, unit.lines, readings)


CLAIM = Claim(
    id="g-second",
    where="Appendix B, proof of Lemma 5",
    printed="g″ = g′[Δl′ − φ′(g)g′/φ(g) − coth(Δl) Δl′/σ²] = g′[Δl′ + g g′ − coth(Δl) Δl′]",
    latex=r"g'' = g'\left[\Delta l' - \frac{\varphi'(g)g'}{\varphi(g)} - \coth(\Delta l)"
    r"\frac{\Delta l'}{\sigma^2}\right] = g'\left[\Delta l' + g g' - \coth(\Delta l)\Delta l'"
    r"\right]",
    hypotheses="Δ > 0, 0 < ε < ρ; l = l(ε), g = g(ε); σ = 1",
    method="differentiation of g′ by the chain rule; Taylor arithmetic",
    check=check,
    seeded=(
        Seeded("a sign in form 2", lambda: check((FORMS[1].replace("+ g", "- g"),))),
        Seeded("a dropped prime in form 1", lambda: check((FORMS[0].replace("dphi", "phi"),))),
    ),
    rests_on=("l-prime", "g-prime"),
)
