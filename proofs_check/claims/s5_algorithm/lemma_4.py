"""Lemma 4: the conditional error of a client is at most g²/(1 + g²), or twice that.

In words:

1. The worst attack moves the server's estimate by g(ε) (worst-truncation). A client with z < g −
   3Δ/2 is 3Δ/2 or more from it and keeps its sample.
2. Δ = 2, mass 0.48 at 4.11 and 0.4746 at 8.09: only 6.1 passes, its cluster has the median 4.11,
   and a client with z in (2.055, 3) is nearer to that than to its own estimate. No other point
   passes.
3. Other clusters' points are more than 2Δ from the mean. For |z| < Δ − g/2 the own estimate,
   within g of the mean, is nearer than those, and within 3Δ/2 where g < Δ: the client combines
   with it.
4. The range is symmetric about the mean, so there is no cross term, and E[z² given |z| < a] < 1:
   the error is at most (g(ε)² + G²)/(1 + G)², G = g(ε̃)² ≥ g(ε)², so at most G/(1 + G), which
   increases.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import cdf, prove_less
from bounds.functions.terms import median_shift
from proofs_check.audit.calculus import equal, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_4.client_error import (
    THRESHOLD,
    as_the_algorithm_does,
    decoy,
    decoy_stands_alone,
    moments_are_right,
    truncated_variance_below_one,
)


def check(factor: int = 2, narrowing: Fraction = Fraction(1, 2)) -> Decision:
    """Decide the bound factor·g²/(1 + g²), and its repair for |x_v − μ| < Δ − narrowing·g."""
    delta, eps = Fraction(2), Fraction(1, 1000)
    g = median_shift(eps, delta)
    error = as_the_algorithm_does(g, g * g, THRESHOLD * delta)
    above = prove_less(factor * g * g / (1 + g * g), error)
    # a cluster of the adversary's own draws clients of a component with no adversarial point
    layout, _, lure = decoy()
    alone = decoy_stands_alone()
    drawn = (cdf(3) - cdf(lure / 2)) / (cdf(3) - cdf(-3))
    lured = prove_less(Fraction(3, 40), drawn * (lure / 2) * (lure / 2))
    shift, half = sp.symbols("g Delta", positive=True)
    edge = half - sp.Rational(narrowing.numerator, narrowing.denominator) * shift
    return Decision(
        REPAIRED,
        "E[(mu^ - mu)^2 given |x_v - mu| < Delta - g(eps)/2] <= g(eps~)^2/(1 + g(eps~)^2) <="
        " g(eps^)^2/(1 + g(eps^)^2), for g(eps) < Delta, eps <= eps~ <= eps^ < rho, with the set"
        " counts of lemma-3; clients farther off belong to the term for far samples",
        (
            Proved(
                "witness 1: Delta = 2, eps = eps~ = 1/1000, server off by g(eps): clients with"
                f" z < g - 3 keep their sample, and {factor} g^2/(1 + g^2) is below the conditional"
                " error",
                above,
            ),
            Argued("clients with z < g - 3 keep their sample", f"{__name__}, step 1"),
            Exact(
                "witness 2: Delta = 2, no adversarial point near the component (eps = 0, right side"
                " 0), mass 0.48 at 4.11 and 0.4746 at 8.09",
                layout.adversarial(Fraction(2)),
            ),
            Argued(
                "only 6.1 passes, its cluster has median 4.11, and a client with z in (2.055, 3)"
                " takes it for its own",
                f"{__name__}, step 2",
            ),
            Proved(f"the conditional error is above 3/40: {shown(lured)}", lured),
            Proved(
                "no other point passes, and the median is the first atom: "
                + "; ".join(map(shown, alone)),
                alone,
            ),
            Exact(
                "repair: for |z| < Delta - g/2 the own estimate is nearer: |z| + g <= 2 Delta -"
                " |z|",
                equal(edge + shift, 2 * half - edge),
            ),
            Exact(
                "and it is used: |z| + g < Delta + g/2 < 3 Delta/2 where g < Delta",
                equal(edge + shift, half + shift / 2),
            ),
            Argued("other clusters' points are more than 2 Delta away", f"{__name__}, step 3"),
            *moments_are_right(),
            *truncated_variance_below_one(),
            Argued("so the error is at most G/(1 + G)", f"{__name__}, step 4"),
        ),
        readings=(
            Reading("appendix, without the factor 2", REFUTED, "both witnesses"),
            Reading("main text, with the factor 2", REFUTED, "both witnesses", needed=True),
            Reading(
                "a client that combines with its own component's estimate whenever |x_v - mu| <"
                " 3 Delta/2: without the factor 2, and so with it",
                CERTIFIED,
                "true where eps <= eps~: lines 2 to 5",
            ),
        ),
        certificates=tuple(proof.certificate() for proof in (above, lured, *alone)),
    )


CLAIM = Claim(
    id="lemma-4",
    where="V, Lemma 4; Appendix B",
    printed="E[(μ̂ − μ)² | |x_v − μ| < 3Δ/2] ≤ 2g(ε̃)²/(1 + g(ε̃)²) (appendix: without the"
    " factor 2)",
    latex=r"\mathbb{E}[(\hat\mu-\mu)^2 \mid (x_v-\mu)^2 < \tfrac94\Delta^2] \le"
    r" \frac{2g(\tilde\varepsilon)^2}{1+g(\tilde\varepsilon)^2}",
    hypotheses="ε corrupted samples contribute to the median of the component; limit m → ∞, δ → 0",
    method="two explicit attacks, with exact integrals; exact geometry for the repair",
    check=check,
    seeded=(
        Seeded("a factor of 50", lambda: check(factor=50)),
        Seeded("|x_v - mu| < Delta - g/4 in the repair", lambda: check(narrowing=Fraction(1, 4))),
    ),
    rests_on=("lemma-2", "lemma-3", "lemma-4-chain-1", "lemma-4-chain-2", "lemma-4-chain-3",
              "lemma-4-chain-4", "lemma-4-chain-5"),
)  # fmt: skip
