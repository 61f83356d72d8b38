"""Section II, footnote 1: several observations a client are the same problem up to a scaling."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import to_term
from proofs_check.audit.calculus import same, settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import REFUTED, Decision

_N, _S, _Q, _MU = sp.symbols("n S Q mu", positive=True)


SCALE = sp.sqrt(_N)


def check(scale: Any = SCALE) -> Decision:
    """Decide whether the average of n observations, times `scale`, is one of variance 1.

    S and Q are the sum of the observations and of their squares.
    """
    mean = _S / _N
    variance = scale**2 / _N
    if not same(variance, 1):
        wrong = prove_less(1, to_term(variance.subs(_N, 2)))
        shown = f"witness n = 2: the variance is not 1: {wrong}"
        return Decision(REFUTED, "another scaling", (shown,), certificates=(wrong.certificate(),))
    return settled(
        "n observations a client are this problem with sqrt(n) times the average, means sqrt(n)"
        " mu_i and separation sqrt(n) D; the mean squared error is n times that of the average",
        {
            "sum (x_i - mu)^2 = Q - S^2/n + n (S/n - mu)^2: given the average, the law of the rest"
            " does not depend on mu, so it is of no use to the algorithm, and the adversary can"
            " draw it": same(
                _Q - 2 * _MU * _S + _N * _MU**2, _Q - _S**2 / _N + _N * (mean - _MU) ** 2
            ),
            "the average has variance 1/n, and sqrt(n) times it has variance 1": True,
        },
    )


CLAIM = Claim(
    id="sample-average",
    where="II, footnote 1",
    printed="equivalently (up to a scaling), each client makes the same number of independent"
    " observations whose sample average may serve as a sufficient statistic",
    latex=r"\sqrt{n}\,\bar x \sim \mathcal{N}(\sqrt{n}\,\mu, 1),\quad \bar x \text{ sufficient}",
    hypotheses="n observations from N(μ_i, 1) for each uncorrupted client",
    method="factorisation of the likelihood, exact",
    check=check,
    seeded=(Seeded("n in place of sqrt(n)", lambda: check(_N)),),
    rests_on=("unit-variance",),
)
