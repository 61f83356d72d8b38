"""Appendix B, last display, line 1: the error of far clients under an integral."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY
from proofs_check.audit.calculus import decide_order, same, settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, Decision, Reading
from proofs_check.claims.sb_far_clients.far_sample_chain import (
    ALL,
    LINES,
    PLACE,
    T,
    moments_are_right,
    tail,
    x,
)


def check(line: Any = LINES[0]) -> Decision:
    """Decide line 1: the sample's own error, and the client's, are below the integral."""
    own = tail(x**2) / ALL
    slack = T**2 + 2 * T * DENSITY(T) / ALL
    if not same(line - own, slack):
        return decide_order(own, line, PLACE)
    return settled(
        "the sample's own error is below the integral, as printed; what Theorem 2 needs is the"
        " error of the client's estimate, which is below it too",
        {
            "the moments in the integrals have the right slopes in Delta": moments_are_right(),
            "line 1 less E[z^2 given z >= t] is t^2 + 2 t phi(t)/Phi(-t) > 0, t = 3 Delta/2": (
                sp.sympify(T).is_positive is True
            ),
            "the client's error is at most |z| + 3 Delta/2 (foreign-estimate), and both sides of"
            " the mean are alike": True,
        },
        readings=(
            Reading("E[|x_v - mu|^2 given far], as printed", CERTIFIED, "true, and not needed"),
            Reading("E[|mu^ - mu|^2 given far]", CERTIFIED, "true", needed=True),
        ),
    )


CLAIM = Claim(
    id="far-sample-chain-1",
    where="Appendix B, last display, line 1",
    printed="E[|x_v − μ|² given |x_v − μ| ≥ 1.5Δ] ≤ ∫(x + 1.5Δ)² e^{−x²/2} dx/∫e^{−x²/2} dx, from"
    " 1.5Δ",
    latex=r"\mathbb{E}[|x_v - \mu_i|^2 \mid (x_v - \mu_i)^2 \ge \tfrac94\Delta^2] \le"
    r" \frac{\int_{1.5\Delta}^\infty (x + 1.5\Delta)^2 e^{-x^2/2} dx}"
    r"{\int_{1.5\Delta}^\infty e^{-x^2/2} dx}",
    hypotheses="x_v − μ standard normal, Δ > 0",
    method="exact moments of the normal tail",
    check=check,
    seeded=(Seeded("x - 1.5 Delta in the integral", lambda: check(tail((x - T) ** 2) / ALL)),),
    rests_on=("foreign-estimate",),
)
