"""Section III: what a client can do alone."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import DENSITY, explicit, to_term, vanishes
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H

_T = sp.Symbol("t", real=True)
_NEAR = sp.Rational(1, 1000)


def check(error: Any = 1) -> Decision:
    """Decide whether the least worst-case mean squared error of a client alone is `error`."""
    own = sp.integrate(explicit(_T**2 * DENSITY(_T)), (_T, -sp.oo, sp.oo))
    short = vanishes(1 - H - 2 * sp.pi / (EPS**2 + 2 * sp.pi))
    width = sp.Integer(80)
    witness = prove_less(1 - to_term(_NEAR), to_term(H.subs(EPS, width)))
    evidence = (
        f"the client's own sample has mean squared error E(X - mu)^2 = {own}",
        "no estimate has less for all mu: on an interval of length sqrt(2 pi) eps van Trees gives"
        " h(eps) = 1 - 2 pi/(eps^2 + 2 pi), which tends to 1",
        f"for instance: {witness}",
    )
    if sp.simplify(own - error) != 0 or not short:
        return Decision(REFUTED, f"the own sample has mean squared error {own}", evidence)
    return Decision(
        CERTIFIED,
        "alone, the least worst-case mean squared error is 1, that of the own sample",
        evidence,
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
