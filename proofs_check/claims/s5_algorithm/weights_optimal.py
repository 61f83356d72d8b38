"""Algorithm 2, line 4: the weights 1/(1 + g²) and g²/(1 + g²)."""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.algebra import same
from proofs_check.audit.calculus import decide_order, equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, Decision

G, w = sp.symbols("G w", positive=True)
"""G = g², and the weight of the server's estimate."""


def check(weight: Any = 1 / (1 + G)) -> Decision:
    """Decide whether `weight` minimises w²G + (1 − w)², errors of size G and 1 that do not add."""
    error = w**2 * G + (1 - w) ** 2
    at, best = error.subs(w, weight), G / (1 + G)
    if not same(at, best):
        return decide_order(at, best, {"G": 2})
    return Decision(
        CERTIFIED,
        "1/(1 + g^2) is the one weight that minimises w^2 g^2 + (1 - w)^2, with least value"
        " g^2/(1 + g^2), where g^2 is the squared error of the server's estimate and 1 the variance"
        " of the sample",
        (
            Exact(
                "w^2 G + (1 - w)^2 = G/(1 + G) + (1 + G)(w - 1/(1 + G))^2",
                equal(error, best + (1 + G) * (w - weight) ** 2),
            ),
        ),
    )


CLAIM = Claim(
    id="weights-optimal",
    where="V, Algorithm 2, line 4",
    printed="the weights 1/(1 + g²) for the server's estimate and g²/(1 + g²) for the sample",
    latex=r"\hat\mu = \frac{1}{1+g^2}\tilde\mu + \frac{g^2}{1+g^2} x_v",
    hypotheses="errors without correlation, of mean squares g² and 1",
    method="exact completion of the square",
    check=check,
    seeded=(Seeded("the weights interchanged", lambda: check(G / (1 + G))),),
)
