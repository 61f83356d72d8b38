"""Fig. 2: the shaded area is ε_i."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.calculus import same, settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading

eps = sp.Symbol("eps", positive=True)


PRINTED = sp.sqrt(2 * sp.pi * eps)
"""Width of the plateau, as typeset."""


def check(width: Any = PRINTED) -> Decision:
    """Decide whether a plateau of this width, at height φ(0), adds mass ε to a component."""
    added = width / sp.sqrt(2 * sp.pi)
    quarter = sp.Rational(1, 4)
    if same(added, eps):
        return settled("the added mass is eps", {"width times phi(0)": True}, verdict=CERTIFIED)
    return settled(
        "the area is eps for a plateau of width sqrt(2 pi) eps, which h(eps) also needs; with"
        " width sqrt(2 pi eps) it is sqrt(eps)",
        {
            "the halves of the density on both sides of the plateau keep mass 1, so the added mass"
            " is width times phi(0)": True,
            "witness: eps = 1/4 gives 1/2": same(added.subs(eps, quarter), sp.Rational(1, 2)),
            "repair: sqrt(2 pi) eps gives eps": same(
                sp.sqrt(2 * sp.pi) * eps / sp.sqrt(2 * sp.pi), eps
            ),
        },
        verdict=REPAIRED,
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
