"""Appendix A: the second derivative of h as displayed."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import to_term, vanishes
from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H

_CUBE = (2 * sp.pi + EPS**2) ** 3
_PRINTED = 4 * sp.pi * (2 * sp.pi - 3 * EPS) / _CUBE
_REPAIRED = 4 * sp.pi * (2 * sp.pi - 3 * EPS**2) / _CUBE
_WITNESS = sp.Integer(2)


def check(printed: Any = _PRINTED, repaired: Any = _REPAIRED) -> Decision:
    """Decide the displayed formula, and the one with the missing square put back."""
    second = sp.diff(H, EPS, 2)
    if vanishes(second - printed):
        return Decision(CERTIFIED, f"h'' = {printed}", (Exact("identically", second - printed),))
    at = {EPS: _WITNESS}
    true_sign = prove_less(to_term(second.subs(at)), 0)
    printed_sign = prove_less(0, to_term(printed.subs(at)))
    return Decision(
        REPAIRED,
        "h''(eps) = 4 pi (2 pi - 3 eps^2)/(2 pi + eps^2)^3",
        (
            Exact(
                "a square is missing: the formula with 3 eps^2 is h'', identically",
                equal(second, repaired),
            ),
            Proved(
                f"witness eps = {_WITNESS}, where the printed formula has the wrong sign:"
                f" h'' < 0 ({true_sign}), printed > 0 ({printed_sign})",
                true_sign,
                printed_sign,
            ),
            "with the printed formula the inflection would be 2 pi/3, against h-inflection",
        ),
        certificates=(true_sign.certificate(), printed_sign.certificate()),
    )


CLAIM = Claim(
    id="hessian-formula",
    where="Appendix A",
    printed="h″(ε) = 4π(2π − 3ε)/(2π + ε²)³ at the two roots of h′ = α",
    latex=r"h''(\varepsilon) = 4\pi \frac{2\pi - 3\varepsilon}{(2\pi + \varepsilon^2)^3}",
    hypotheses="ε ≥ 0",
    method="exact algebra, and a witness where the signs differ",
    check=check,
    seeded=(
        Seeded("the formula with the square restored", lambda: check(printed=_REPAIRED)),
        Seeded(
            "2 eps^2 in the repaired formula",
            lambda: check(repaired=4 * sp.pi * (2 * sp.pi - 2 * EPS**2) / _CUBE),
        ),
    ),
    rests_on=("h-derivative",),
)
