"""Lemma 3: ε <= ε̃ <= ε + l(ε) φ(Δ) = ε̂.

In words:

1. For 0 ≤ ε ≤ ρ − f(2Δ) the set S_c is an interval of length L + 2Δ around the mean
   (cluster-interval), so its genuine mass G lies within the bounds of genuine-count, and L ≤
   2l(ε) (eps-hat-chain-3): the parts below are not negative.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import prove_less
from bounds.functions.terms import central_mass
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import equal, positive_from, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_3.eps_hat_chain import (
    ESTIMATE,
    LEAST,
    MOST,
    bracket_slopes,
    delta,
    eps,
    genuine,
    span,
)


def check(share: Fraction = Fraction(1)) -> Decision:
    """Decide Lemma 3; `share` multiplies l(ε) φ(Δ) in the upper bound."""
    x, t = sp.symbols("x t", positive=True)  # x = l(ε) >= L/2
    upper = eps + sp.Rational(share.numerator, share.denominator) * x * DENSITY(delta)
    excess, slope, _ = bracket_slopes(t)
    slack = (
        (MOST - genuine)
        + (x - span / 2) * DENSITY(delta)
        + excess.subs(t, span / 2)
        + (PHI(span + delta) - PHI(span / 2 + delta))
    )
    halved = prove_less(central_mass(2) / 2 - central_mass(2), 0)
    return Decision(
        REPAIRED,
        "eps <= eps~ <= eps^ for 0 <= eps <= rho - f(2 Delta) in the limit m -> infinity, delta ->"
        " 0, with m2 in place of m in line 15 and eps counting all points of S_c that are not of"
        " the component; this covers the domain of the loss",
        (
            Exact(
                "eps~ - eps = G - (Phi(l + Delta) - Phi(-Delta))",
                equal(ESTIMATE - eps, genuine - LEAST),
            ),
            Exact(
                "eps^ - eps~ = (most - G) + (l(eps) - l/2) phi(Delta) + (excess of the tangent at"
                " Delta over l/2) + (Phi(l + Delta) - Phi(l/2 + Delta))",
                equal(upper - ESTIMATE, slack),
                positive_from(0, excess, t, slope),
            ),
            Argued(
                "these parts are at least 0, by genuine-count, cluster-interval and l/2 <= l(eps)",
                f"{__name__}, step 1",
            ),
            Proved(
                "witness against line 15 as printed: Delta = 2, no attack, l = 0: m~/m = rho m2/m"
                f" <= rho/2, so eps~ <= rho/2 - rho, below eps = 0: {shown(halved)}",
                halved,
            ),
        ),
        readings=(
            Reading("line 15 as printed, m~/m", REFUTED, "false with no attack", needed=True),
            Reading("m~/m2, eps <= rho - f(2 Delta), one component", CERTIFIED, "true"),
            Reading("m~/m2, every eps < rho", REFUTED,
                    "false: S_c may have a gap (cluster-interval)"),
            Reading("m~/m2, with delta > 0", REFUTED,
                    "the upper bound fails by delta: with no attack eps~ = delta, eps^ = 0"),
        ),
        certificates=(halved.certificate(),),
    )  # fmt: skip


CLAIM = Claim(
    id="lemma-3",
    where="V, Lemma 3",
    printed="ε ≤ ε̃ ≤ ε + f⁻¹(ρ − ε)φ(Δ)",
    latex=r"\varepsilon \le \tilde\varepsilon \le \varepsilon +"
    r" f^{-1}(\rho-\varepsilon)\varphi(\Delta) =: \hat\varepsilon",
    hypotheses="ε corrupted samples contribute to the median; ε̃ from Algorithm 1, line 15",
    method="exact sums of non-negative parts",
    check=check,
    seeded=(Seeded("half of the second term", lambda: check(Fraction(1, 2))),),
    rests_on=(
        *(f"eps-hat-chain-{i}" for i in range(1, 11)),
        "genuine-count",
        "cluster-interval",
        "algorithm-1-count",
        "algorithm-1-span",
        "foreign-points",
    ),
)
