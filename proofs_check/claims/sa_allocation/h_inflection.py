"""Section IV and Appendix A: where h is convex."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H

_PRINTED = sp.sqrt(2 * sp.pi / 3)


def check(inflection: Any = _PRINTED) -> Decision:
    """Decide whether h is convex up to `inflection` and concave after it.

    h″ (ε² + 2π)³ must be a positive multiple of inflection² − ε².
    """
    second = sp.diff(H, EPS, 2)
    return Decision(
        CERTIFIED,
        "h'' > 0 for 0 <= eps < sqrt(2 pi/3) and h'' < 0 beyond",
        (
            Exact(
                "h''(eps) = 12 pi (2 pi/3 - eps^2)/(eps^2 + 2 pi)^3 identically",
                equal(second, 12 * sp.pi * (inflection**2 - EPS**2) / (EPS**2 + 2 * sp.pi) ** 3),
            ),
        ),
    )


CLAIM = Claim(
    id="h-inflection",
    where="IV; Appendix A",
    printed="h is convex for ε ≤ √(2π/3), concave after",
    latex=r"h'' \ge 0 \iff \varepsilon \le \sqrt{2\pi/3}",
    hypotheses="ε ≥ 0",
    method="exact algebra",
    check=check,
    beside="hessian-formula",
    seeded=(
        Seeded("sqrt(2 pi)/3 in place of sqrt(2 pi/3)", lambda: check(sp.sqrt(2 * sp.pi) / 3)),
        Seeded("sqrt(2 pi/3.1)", lambda: check(sp.sqrt(20 * sp.pi / 31))),
    ),
)
