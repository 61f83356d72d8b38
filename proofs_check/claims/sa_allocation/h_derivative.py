"""Appendix A: the derivative of h, and its one hump."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.calculus import has_slope, tends
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H

_TOP = sp.sqrt(2 * sp.pi / 3)
_PRINTED = 4 * sp.pi * EPS / (EPS**2 + 2 * sp.pi) ** 2


def check(printed: Any = _PRINTED, top: Any = _TOP) -> Decision:
    """Decide the formula, and that it rises up to `top` and falls after it."""
    slope = 12 * sp.pi * (top**2 - EPS**2) / (EPS**2 + 2 * sp.pi) ** 3
    return Decision(
        CERTIFIED,
        "h'(eps) = 4 pi eps/(eps^2 + 2 pi)^2; from 0 it rises up to eps = sqrt(2 pi/3), then it"
        " falls to 0: each value below the top is taken exactly twice",
        (
            Exact(
                "h' is the derivative of eps^2/(eps^2 + 2 pi), identically",
                has_slope(H, EPS, printed),
            ),
            Exact(
                "its own derivative is 12 pi (2 pi/3 - eps^2)/(eps^2 + 2 pi)^3; h'(0) = 0, and h'"
                " tends to 0",
                has_slope(printed, EPS, slope),
                printed.subs(EPS, 0),
                tends(printed, EPS, 0),
            ),
        ),
    )


CLAIM = Claim(
    id="h-derivative",
    where="Appendix A",
    printed="h′ = 4πε/(ε²+2π)², one hump on ε ≥ 0, top at √(2π/3)",
    latex=r"h'(\varepsilon) = \frac{4\pi\varepsilon}{(\varepsilon^2 + 2\pi)^2}",
    hypotheses="ε ≥ 0",
    method="exact algebra",
    check=check,
    beside="hessian-formula",
    seeded=(
        Seeded("2 pi eps in the numerator", lambda: check(_PRINTED / 2)),
        Seeded("the top at sqrt(2 pi)", lambda: check(top=sp.sqrt(2 * sp.pi))),
    ),
)
