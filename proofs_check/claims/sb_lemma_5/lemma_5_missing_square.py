"""Lemma 5, last sentence: the second derivative of g/(1 + g²), where g²/(1 + g²) is meant."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from bounds.functions import mass_estimate, median_shift
from bounds.functions.terms import mass_estimate as estimate_term
from bounds.functions.terms import median_shift as shift_term
from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading

_G = sp.Symbol("g", positive=True)
_LOSS = _G**2 / (1 + _G**2)
_POINT, _STEP, _DELTA = Fraction(1, 10), Fraction(1, 20), Fraction(2)


def check(power: int = 1) -> Decision:
    """Decide whether g^power/(1 + g²) has the second derivative that the proof reduces.

    Args:
        power: of g in the numerator: 1 as printed.
    """
    from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

    def printed(eps: Any, delta: Any) -> Any:
        g = median_shift(mass_estimate(eps, delta), delta)
        return g**power / (1 + g * g) if power > 1 else g / (1 + g * g)

    def term(eps: Fraction) -> Any:
        g = shift_term(estimate_term(eps, _DELTA), _DELTA)
        return (g * g if power == 2 else g) / (1 + g * g)

    point = Point(_POINT, _DELTA)
    bend, loss_bend = point.taylor(printed), point.taylor()
    name = "g^2/(1+g^2)" if power == 2 else "g/(1+g^2)"
    shown = (
        f"witness {point}: the second derivatives of {name} and of the loss are"
        f" {bend.str(6, radius=False)} and {loss_bend.str(6, radius=False)} (Taylor arithmetic)"
    )
    if power == 2 and bend.overlaps(loss_bend):
        same = Exact("the loss, by definition", equal(_G**power / (1 + _G**2), _LOSS))
        return Decision(CERTIFIED, "it is the loss", (shown, same))
    chord = prove_less(term(_POINT - _STEP) + term(_POINT + _STEP), 2 * term(_POINT))
    return Decision(
        REPAIRED,
        "g^2/(1+g^2) is meant: the reduction starts from it",
        (
            Proved(shown, less(bend, 0), less(0, loss_bend)),
            Proved(
                f"g/(1+g^2) lies above its chord from {_POINT - _STEP} to {_POINT + _STEP},"
                " at Delta = 2, in the stretch where the loss is convex",
                chord,
            ),
            "the square of g is restored: see the claim loss-derivatives",
        ),
        (
            Reading("g/(1+g^2), as printed", REFUTED, shown),
            Reading("g^2/(1+g^2)", CERTIFIED, "the loss, by definition", needed=True),
        ),
        (chord.certificate(),),
    )


CLAIM = Claim(
    id="lemma-5-missing-square",
    where="Appendix B, proof of Lemma 5, last paragraph",
    printed="hence the second derivative of g(ε̂)/(1 + g(ε̂)²) is positive where the criterion is",
    latex=r"\frac{d^2}{d\varepsilon^2} \frac{g(\hat\varepsilon)}{1 + g(\hat\varepsilon)^2} > 0",
    hypotheses="Δ > 0, where the criterion is positive",
    method="Taylor arithmetic at a point; a chord",
    check=check,
    seeded=(Seeded("the square restored", lambda: check(2)),),
    rests_on=("loss-derivatives",),
)
