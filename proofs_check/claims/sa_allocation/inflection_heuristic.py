"""Appendix A: as many cliques as possible close to the inflection point."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import PI, Term, number, prove_less
from proofs_check.audit.algebra import vanishes
from proofs_check.audit.calculus import has_slope, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H


def _split(c: Fraction, parts: int) -> Term:
    """The value of n equal shares, n h(c/n)."""
    return number(c * c * parts) / (c * c + 2 * parts * parts * PI)


PRINTED = sp.sqrt(2 * sp.pi / 3)


def check(best: Any = PRINTED, c: Fraction = Fraction(5)) -> Decision:
    """Decide whether shares near `best` are the most worth, mass for mass: max of h(ε)/ε."""
    rate = Exact(
        "h(eps)/eps has the slope (2 pi - eps^2)/(eps^2 + 2 pi)^2: it rises up to sqrt(2 pi),"
        " then falls",
        has_slope(H / EPS, EPS, (2 * sp.pi - EPS**2) / (EPS**2 + 2 * sp.pi) ** 2),
    )
    if vanishes(best**2 - 2 * sp.pi):
        return Decision(CERTIFIED, "h(eps)/eps is largest there", (rate,))
    more = prove_less(_split(c, 3), _split(c, 2))
    near = prove_less(2 * PI / 3, (c / 3) ** 2)  # √(2π/3) < c/3 < c/2
    return Decision(
        REPAIRED,
        "the best share is sqrt(2 pi), sqrt(3) times the inflection point sqrt(2 pi/3): there a"
        " unit of mass is worth the most",
        (
            Proved(
                f"witness: c = {c}, k >= 3: two shares of 5/2 are worth more than three of 5/3,"
                f" which are closer to sqrt(2 pi/3) = 1.447...: {shown(more)}",
                more,
                near,
            ),
            rate,
        ),
        certificates=(more.certificate(), near.certificate()),
    )


CLAIM = Claim(
    id="inflection-heuristic",
    where="Appendix A",
    printed="informally, the best strategy is to bring as many cliques close to the inflection"
    " point as possible",
    latex=r"\varepsilon_i \approx \sqrt{2\pi/3} \text{ for as many } i \text{ as possible}",
    hypotheses="maximise Σ h(ε_i), Σ ε_i ≤ c",
    method="exact slope of h(ε)/ε; a witness",
    check=check,
    beside="hessian-formula",
    seeded=(Seeded("sqrt(2 pi) in place of sqrt(2 pi/3)", lambda: check(sp.sqrt(2 * sp.pi))),),
    rests_on=("h-inflection", "equal-split-value"),
)
