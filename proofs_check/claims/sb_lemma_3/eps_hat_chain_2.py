"""Proof of Lemma 3, before the display: ε ≥ ρ − f(l/2)."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import decide_order, grows, same, settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_3.eps_hat_chain import PLACE, delta, span


def price(x: Any) -> Any:
    """What lets in a point x from the mean: ρ − f(x)."""
    return 2 * PHI(delta) - 1 - PHI(x + delta) + PHI(x - delta)


PRINTED = price(span / 2)
"""The least ε, as printed."""


def check(printed: Any = PRINTED) -> Decision:
    """Decide the least ε of a cluster of span L: its far end is b >= L/2 from the mean."""
    if not same(printed, price(span / 2)):
        return decide_order(printed, price(span / 2), PLACE)
    u = sp.Symbol("u", positive=True)
    b = span / 2 + u
    rise = 2 * DENSITY(b) * sp.exp(-(delta**2) / 2) * sp.sinh(b * delta)
    return settled(
        "eps >= rho - f(l/2); equality is reached by a centred cluster with l/2 < Delta, whose two"
        " ends the same mass lets in",
        {
            "a point at the mean needs none": same(price(sp.Integer(0)), sp.Integer(0)),
            "one end is l/2 + u from the mean, u >= 0, and its price grows with u: slope 2 phi(b)"
            " e^(-Delta^2/2) sinh(b Delta) > 0": grows(price(b), u, rise),
        },
    )


CLAIM = Claim(
    id="eps-hat-chain-2",
    where="Appendix B, proof of Lemma 3",
    printed="ε ≥ ρ − f(l/2)",
    latex=r"\varepsilon \ge \rho - f(l/2)",
    hypotheses="the cluster spans l and reaches both sides of the mean; ε counts all points not of"
    " the component",
    method="exact slope of the price",
    check=check,
    seeded=(Seeded("l in place of l/2", lambda: check(price(span))),),
    rests_on=("filter-radius",),
)
