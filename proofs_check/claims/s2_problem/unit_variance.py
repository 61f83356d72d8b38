"""Section II: the variances are set to unity without loss of generality."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import same, to_term
from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision

_X, _MU, _SIGMA, _D = sp.symbols("x mu sigma D", positive=True)


def check(unit: Any = _SIGMA) -> Decision:
    """Decide whether samples over `unit` have variance 1 where they have variance σ²."""
    variance = _SIGMA**2 / unit**2
    if not same(variance, 1):
        wrong = prove_less(to_term(variance.subs(_SIGMA, 2)), 1)
        shown = Proved(f"witness sigma = 2: the variance is not 1: {wrong}", wrong)
        return Decision(REFUTED, "another unit", (shown,), certificates=(wrong.certificate(),))
    return Decision(
        CERTIFIED,
        "with a known common variance sigma^2, x/sigma, mu/sigma and D/sigma make the problem with"
        " variance 1; mean squared errors are in units of sigma^2, and so Delta and D of Theorem 2"
        " in units of sigma. The paper's proofs keep a sigma in three displays; it is 1",
        (
            Exact(
                "(x - mu)^2/sigma^2 = (x/sigma - mu/sigma)^2",
                equal((_X - _MU) ** 2 / unit**2, (_X / unit - _MU / unit) ** 2),
                equal(variance, 1),
            ),
        ),
    )


CLAIM = Claim(
    id="unit-variance",
    where="II",
    printed="the variances are identical and assumed to be known (set to unity without loss of"
    " generality)",
    latex=r"x \sim \mathcal{N}(\mu, \sigma^2) \iff x/\sigma \sim \mathcal{N}(\mu/\sigma, 1)",
    hypotheses="one known variance σ² for all components",
    method="exact algebra",
    check=check,
    seeded=(Seeded("sigma^2 as the unit", lambda: check(_SIGMA**2)),),
)
