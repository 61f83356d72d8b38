"""Section IV: for which μ′ the corrupted samples have a density."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from proofs_check.audit.algebra import DENSITY, to_term
from proofs_check.audit.calculus import equal, manifest
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, LINEAR_WIDTH, ROOT_WIDTH

_P, _Q = sp.symbols("p q", positive=True)
_OUTSIDE = sp.Rational(1, 10)


def check(width: Any = LINEAR_WIDTH, outside: Any = _OUTSIDE) -> Decision:
    """Decide whether ψ is a density exactly for μ′ in [μ − width, μ].

    Put μ′ = 0: f_ε is the largest of the densities φ(x − θ), 0 ≤ θ ≤ width. Inside, ψ ≥ 0 because
    f_ε majorises φ(x − μ). Outside, ψ < 0 in the far flank.
    """
    witness = prove_less(to_term(DENSITY(sp.Integer(1))), to_term(DENSITY(1 - outside)))
    return Decision(
        CERTIFIED,
        "psi is a density exactly when mu - sqrt(2 pi) eps <= mu' <= mu",
        (
            Exact(
                "its integral is (1 + eps - 1)/eps = 1, with the plateau sqrt(2 pi) eps wide",
                equal(width / sp.sqrt(2 * sp.pi), EPS),
            ),
            # left flank, x = −p ≤ 0 ≤ μ = q: (x − μ)² ≥ x²; the right one by symmetry
            Exact(
                "inside: on the plateau phi <= phi(0); on a flank the mean of the flank is the"
                " nearer one, (p + q)^2 - p^2 = q(2p + q) >= 0",
                equal((_P + _Q) ** 2 - _P**2, _Q * (2 * _P + _Q)),
                manifest(_Q * (2 * _P + _Q)),
            ),
            # μ = −q < 0 = μ′: log φ(x − μ) − log φ(x) at x = −q/2 − p is positive
            Exact(
                "outside: with mu' - mu = q > 0, psi(x) < 0 as soon as x < mu' - q/2 (the other"
                " side by symmetry)",
                equal(((_P + _Q / 2) ** 2 - (_P + _Q / 2 - _Q) ** 2) / 2, _Q * _P),
                manifest(_Q * _P),
            ),
            Proved(f"witness outside: mu' = mu + {outside}, x = mu' - 1: {witness}", witness),
        ),
        (
            Reading("plateau sqrt(2 pi) eps wide", CERTIFIED, "exactly on that interval", True),
            Reading(
                "plateau sqrt(2 pi eps) wide, as typeset",
                REFUTED,
                "psi >= 0 on its interval, but its integral is 1/sqrt(eps), which is 1 only at"
                " eps = 1",
            ),
        ),
        (witness.certificate(),),
    )


CLAIM = Claim(
    id="attack-density",
    where="IV",
    printed="ψ = (f_ε(· − μ′) − φ(· − μ))/ε is a p.d.f. exactly when μ′ ∈ [μ − √(2π)ε, μ]",
    latex=r"\psi = \frac{f_\varepsilon(\cdot - \mu') - \varphi(\cdot - \mu)}{\varepsilon}"
    r"\text{ is a p.d.f.} \iff \mu' \in [\mu - \sqrt{2\pi}\,\varepsilon, \mu]",
    hypotheses="ε > 0; the plateau of f_ε is √(2π)ε wide",
    method="exact algebra on each piece, and a witness outside the interval",
    check=check,
    seeded=(
        Seeded("the plateau sqrt(2 pi eps) wide", lambda: check(width=ROOT_WIDTH)),
        Seeded("a witness inside the interval", lambda: check(outside=-_OUTSIDE)),
    ),
    rests_on=("density-integral",),
)
