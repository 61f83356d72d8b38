"""Section III: what a client can do alone.

In words:

1. Van Trees' inequality bounds the worst-case error on an interval of length √(2π) ε by h(ε) from
   below (van-trees). The mean is any real number, so every ε counts, and h(ε) tends to 1.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import DENSITY, explicit, same, to_term
from proofs_check.audit.calculus import equal, tends
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H

_T = sp.Symbol("t", real=True)
_NEAR = sp.Rational(1, 1000)


def check(error: Any = 1) -> Decision:
    """Decide whether the least worst-case mean squared error of a client alone is `error`."""
    own = sp.integrate(explicit(_T**2 * DENSITY(_T)), (_T, -sp.oo, sp.oo))
    width = sp.Integer(80)
    witness = prove_less(1 - to_term(_NEAR), to_term(H.subs(EPS, width)))
    itself = Exact(
        f"the client's own sample has mean squared error E(X - mu)^2 = {own}", equal(own, 1)
    )
    if not same(own, error):
        return Decision(REFUTED, f"the own sample has mean squared error {own}", (itself,))
    return Decision(
        CERTIFIED,
        "without others, the least worst-case mean squared error is 1, that of the own sample",
        (
            itself,
            Argued(
                "no estimate has less for all mu: on an interval of length sqrt(2 pi) eps van Trees"
                " gives h(eps)",
                f"{__name__}, step 1",
            ),
            Exact(
                "h(eps) = 1 - 2 pi/(eps^2 + 2 pi), which tends to 1",
                equal(1 - H, 2 * sp.pi / (EPS**2 + 2 * sp.pi)),
                tends(H, EPS, 1),
            ),
            Proved(f"for instance: {witness}", witness),
        ),
        certificates=(witness.certificate(),),
    )


CLAIM = Claim(
    id="no-collaboration",
    where="III",
    printed="without collaboration the MSE is 1",
    latex=r"\min_{\hat\mu(\cdot)} \sup_\mu \mathbb{E}(\hat\mu(X) - \mu)^2 = 1",
    hypotheses="one X ~ N(μ, 1), μ any real number",
    method="the integral exactly; van Trees on growing intervals",
    check=check,
    seeded=(Seeded("1.001 in place of 1", lambda: check(sp.Rational(1001, 1000))),),
    rests_on=("van-trees",),
)
