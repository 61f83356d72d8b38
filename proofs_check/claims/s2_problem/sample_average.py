"""Section II, footnote 1: several observations a client are the same problem up to a scaling.

In words:

1. By the factorisation of the likelihood the law of the n observations given their average does
   not depend on μ. So an algorithm gains nothing from them beyond the average, since it can draw
   them anew, and the adversary can do the same: the two problems have the same K.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import same, to_term
from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision

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
        shown = Proved(f"witness n = 2: the variance is not 1: {wrong}", wrong)
        return Decision(REFUTED, "another scaling", (shown,), certificates=(wrong.certificate(),))
    return Decision(
        CERTIFIED,
        "n observations a client are this problem with sqrt(n) times the average, means sqrt(n)"
        " mu_i and separation sqrt(n) D; the mean squared error is n times that of the average",
        (
            Exact(
                "sum (x_i - mu)^2 = Q - S^2/n + n (S/n - mu)^2",
                equal(_Q - 2 * _MU * _S + _N * _MU**2, _Q - _S**2 / _N + _N * (mean - _MU) ** 2),
            ),
            Argued(
                "given the average, the law of the rest does not depend on mu, so it is of no use"
                " to the algorithm, and the adversary can draw it",
                f"{__name__}, step 1",
            ),
            Exact(
                "the average has variance 1/n, and sqrt(n) times it has variance 1",
                equal(variance, 1),
            ),
        ),
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
