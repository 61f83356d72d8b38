"""Appendix A: the stationary points of the adversary's problem."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H

_ALPHA, _BETA = sp.symbols("alpha beta", nonnegative=True)


def check(sign: Any = 1) -> Decision:
    """Decide the stationarity conditions; `sign` is that of the multiplier β of ε ≥ 0."""
    lagrangian = H - _ALPHA * EPS + sign * _BETA * EPS
    derivative = sp.diff(lagrangian, EPS)
    square = (EPS**2 + 2 * sp.pi) ** 2
    displayed = ((_BETA - _ALPHA) * square + 4 * sp.pi * EPS) / square
    return Decision(
        CERTIFIED,
        "stationary: all non-zero eps_i have h'(eps_i) = alpha, and beta_i = alpha at zero ones",
        (
            Exact(
                "d/d eps_i of the Lagrangian is [(beta - alpha)(eps^2 + 2 pi)^2 + 4 pi eps]"
                "/(eps^2 + 2 pi)^2, identically",
                equal(derivative, displayed),
            ),
            Exact(
                "at eps_i = 0 it is beta - alpha; where eps_i > 0, beta = 0 by complementary"
                " slackness and it is h'(eps_i) - alpha",
                equal(derivative.subs(EPS, 0), _BETA - _ALPHA),
                equal(derivative.subs(_BETA, 0), sp.diff(H, EPS) - _ALPHA),
            ),
            "the constraints are linear, so every local maximum satisfies this; h increases, so the"
            " budget is used up and alpha > 0",
        ),
    )


CLAIM = Claim(
    id="kkt",
    where="Appendix A",
    printed="stationary: all non-zero ε_i share h′(ε_i) = α; zero ones have β_i = α",
    latex=r"\varepsilon_i > 0 \Rightarrow h'(\varepsilon_i) = \alpha,"
    r"\quad \varepsilon_i = 0 \Rightarrow \beta_i = \alpha",
    hypotheses="maximise Σ h(ε_i) over ε_i ≥ 0, Σ ε_i ≤ c, c > 0",
    method="exact algebra; linear constraints need no further qualification",
    check=check,
    seeded=(Seeded("the multiplier of eps >= 0 with the wrong sign", lambda: check(-1)),),
    rests_on=("h-derivative",),
)
