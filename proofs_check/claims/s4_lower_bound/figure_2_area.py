"""Fig. 2: the shaded area is ε_i."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, PHI, same
from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading

eps = sp.Symbol("eps", positive=True)


PRINTED = sp.sqrt(2 * sp.pi * eps)
"""Width of the plateau, as typeset."""


def check(width: Any = PRINTED) -> Decision:
    """Decide whether a plateau of this width, at height φ(0), adds mass ε to a component."""
    added = width * DENSITY(sp.Integer(0))
    quarter = sp.Rational(1, 4)
    if same(added, eps):
        area = Exact("width times phi(0)", equal(added, eps))
        return Decision(CERTIFIED, "the added mass is eps", (area,))
    return Decision(
        REPAIRED,
        "the area is eps for a plateau of width sqrt(2 pi) eps, which h(eps) also needs; with"
        " width sqrt(2 pi eps) it is sqrt(eps)",
        (
            Exact(
                "the halves of the density on both sides of the plateau keep mass 1, so the added"
                " mass is width times phi(0)",
                equal(2 * PHI(sp.Integer(0)), 1),
            ),
            Exact(
                "witness: eps = 1/4 gives 1/2", equal(added.subs(eps, quarter), sp.Rational(1, 2))
            ),
            Exact(
                "repair: sqrt(2 pi) eps gives eps",
                equal(sp.sqrt(2 * sp.pi) * eps * DENSITY(sp.Integer(0)), eps),
            ),
        ),
        readings=(
            Reading("width sqrt(2 pi eps), as typeset", REFUTED, "the area is sqrt(eps)"),
            Reading("width sqrt(2 pi) eps", CERTIFIED, "the area is eps", needed=True),
        ),
    )


CLAIM = Claim(
    id="figure-2-area",
    where="IV, Fig. 2",
    printed="the shaded area is ε_i, the additional mass introduced by the adversary",
    latex=r"\int (f_{\varepsilon} - \varphi) = \varepsilon",
    hypotheses="the plateau of f_ε has height 1/√(2π)",
    method="exact area",
    check=check,
    seeded=(Seeded("width sqrt(2 pi) eps", lambda: check(sp.sqrt(2 * sp.pi) * eps)),),
    rests_on=("density-integral",),
)
