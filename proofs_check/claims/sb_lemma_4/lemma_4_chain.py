"""The display in the proof of Lemma 4, line by line: from the conditional error to g²/(1 + g²).

In words:

1. Line 3 with "=": mass placed symmetrically about the mean leaves the median there in the limit.
2. Lemma 2 bounds the server's error by g(ε) in the limit, and E[(x_v − μ)²] = 1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from bounds.functions.terms import median_shift
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import (
    decide_equal,
    equal,
    grows,
    has_slope,
    manifest,
    positive_from,
    shown,
)
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_2.percentile_chain import G_LEVEL, delta, eps, radius
from proofs_check.claims.sb_lemma_4.client_error import (
    THRESHOLD,
    as_the_algorithm_does,
    as_the_proof_says,
    moments_are_right,
    truncated_variance_below_one,
)


def line_1(keeps: bool = True) -> Decision:
    """Decide line 1 for a client that keeps its sample beyond the threshold, or never does."""
    delta, eps = Fraction(2), Fraction(1, 1000)
    shift = median_shift(eps, delta)
    threshold = THRESHOLD * delta
    split = truncated_variance_below_one()
    if not keeps:
        return Decision(CERTIFIED, "line 1 holds for a client that always combines", split)
    says = as_the_proof_says(shift, shift * shift, threshold)
    more = prove_less(says, as_the_algorithm_does(shift, shift * shift, threshold))
    return Decision(
        REPAIRED,
        "line 1 holds conditioned on |x_v - mu| < Delta - g/2 (g < Delta): there the client does"
        " combine with its own component's estimate, and the range is symmetric",
        (
            Proved(
                "witness: Delta = 2, eps = 1/1000, server off by g(eps) (worst-truncation): a"
                " client with z between -3 and g - 3 keeps its sample, as |mu~ - x_v| >= 3; the"
                " conditional error is above line 1",
                more,
            ),
            *moments_are_right(),
            *split,
            Argued(
                "for |x_v - mu| < Delta - g/2 the client combines with its own estimate",
                "proofs_check.claims.s5_algorithm.lemma_4, step 3",
            ),
        ),
        readings=(
            Reading("Algorithm 2 as printed", REFUTED, "an equality that fails", needed=True),
            Reading("a client that combines whenever |x_v - mu| < 3 Delta/2", CERTIFIED, "true"),
        ),
        certificates=(more.certificate(),),
    )


def line_2(inside: bool = True) -> Decision:
    """Decide E[z² given |z| < a] <= E[z²] = 1, or the same for |z| > a."""
    a = sp.Symbol("a", positive=True)
    excess = 2 * a * DENSITY(a) * (1 if inside else -1)
    return Decision(
        CERTIFIED,
        "E[z^2 given |z| < a] = 1 - 2 a phi(a)/(2 Phi(a) - 1) < 1 for every a > 0",
        (
            *truncated_variance_below_one(),
            Exact("2 a phi(a) > 0", manifest(excess)),
            Exact(
                "2 Phi(a) - 1 > 0: it grows from 0",
                positive_from(0, 2 * PHI(a) - 1, a, 2 * DENSITY(a)),
            ),
        ),
    )


def line_3(relation: str = "=") -> Decision:
    """Decide line 3 with the relation given, "=" or "<="."""
    moved = prove_less(0, median_shift(Fraction(1, 10), 2))
    return Decision(
        REPAIRED if relation == "=" else CERTIFIED,
        "line 2 <= line 3 by Lemma 2 in the limit; the printed equality holds for the worst attack"
        " only",
        (
            Argued(
                "witness: Delta = 2, eps = 1/10, half of it at +1/10 and half at -1/10 of the mean:"
                " the median stays at the mean, the left side has 0 where the right has g^2",
                f"{__name__}, step 1",
            ),
            Proved(f"and {shown(moved)}", moved),
            Argued("line 2 <= line 3", f"{__name__}, step 2"),
        ),
        certificates=(moved.certificate(),),
    )


def line_4(g_level: Any = G_LEVEL) -> Decision:
    """Decide whether g increases, through the level of g in terms of x = l(ε)."""
    deficit = 2 * PHI(delta) - 1 - PHI(radius + delta) + PHI(radius - delta)
    a, big = sp.symbols("a G", positive=True)
    value = (a + big**2) / (1 + big) ** 2
    reverse = prove_less(median_shift(Fraction(1, 20), 2), median_shift(Fraction(1, 10), 2))
    return Decision(
        CERTIFIED,
        "line 3 <= line 4 wherever eps <= eps~ < rho; where eps~ < eps it fails. Line 3 itself"
        " increases with eps~, so (g(eps)^2 + g(eps^)^4)/(1 + g(eps^)^2)^2 is a sharper bound",
        (
            Exact(
                "the level of g in terms of l: (1 + Phi(l - Delta) - Phi(-Delta))/2, slope phi(l -"
                " Delta)/2 > 0, and l increases with eps",
                grows(g_level.subs(eps, deficit), radius, DENSITY(radius - delta) / 2),
                grows(
                    deficit,
                    radius,
                    2 * DENSITY(radius) * sp.exp(-(delta**2) / 2) * sp.sinh(radius * delta),
                ),
            ),
            Exact(
                "line 4 - line 3 = (g(eps~)^2 - g(eps)^2)/(1 + g(eps~)^2)^2",
                equal(value.subs(a, big) - value, (big - a) / (1 + big) ** 2),
            ),
            Exact(
                "the slope of line 3 in G = g(eps~)^2 is 2 (G - g(eps)^2)/(1 + G)^3",
                has_slope(value, big, 2 * (big - a) / (1 + big) ** 3),
            ),
            Proved(
                f"with eps = 1/10 and eps~ = 1/20 the order is reversed: {shown(reverse)}", reverse
            ),
        ),
        certificates=(reverse.certificate(),),
    )


SQUARE = sp.Symbol("G", positive=True)


def line_5(line: Any = SQUARE / (1 + SQUARE)) -> Decision:
    """Decide whether (SQUARE + G²)/(1 + SQUARE)² is line 5; SQUARE = g(ε̃)²."""
    return decide_equal(
        (SQUARE + SQUARE**2) / (1 + SQUARE) ** 2,
        line,
        {"G": 2},
        "line 4 = line 5",
        "1 + SQUARE cancels: exact",
    )


CLAIMS = (
    Claim(
        id="lemma-4-chain-1",
        where="Appendix B, proof of Lemma 4, line 1",
        printed="E[(μ̂ − μ)² | |x_v − μ| < 3Δ/2] = E[(μ̃ − μ)²]/(1 + g²)² + g⁴ E[(x_v − μ)² | …]/(1"
        " + g²)²",
        latex=r"\mathbb{E}[(\hat\mu-\mu)^2 \mid \cdot\,] ="
        r" \frac{\mathbb{E}[(\tilde\mu-\mu)^2]}{(1+g^2)^2} + \frac{g^4\,"
        r" \mathbb{E}[(x_v-\mu)^2 \mid \cdot\,]}{(1+g^2)^2}",
        hypotheses="limit m → ∞, so that x_v and the median are independent",
        method="exact integrals over the client's sample",
        check=line_1,
        seeded=(Seeded("a client that never keeps its sample", lambda: line_1(keeps=False)),),
        rests_on=("worst-truncation",),
    ),
    Claim(
        id="lemma-4-chain-2",
        where="Appendix B, proof of Lemma 4, line 2",
        printed="E[(x_v − μ)² | (x_v − μ)² < 9Δ²/4] ≤ E[(x_v − μ)²]",
        latex=r"\mathbb{E}[(x_v-\mu)^2 \mid (x_v-\mu)^2 < \tfrac94\Delta^2] \le"
        r" \mathbb{E}[(x_v-\mu)^2]",
        hypotheses="x_v ~ N(μ, 1)",
        method="exact integral",
        check=line_2,
        seeded=(Seeded("the condition turned round", lambda: line_2(inside=False)),),
    ),
    Claim(
        id="lemma-4-chain-3",
        where="Appendix B, proof of Lemma 4, line 3",
        printed="= (g(ε)² + g(ε̃)⁴)/(1 + g(ε̃)²)²",
        latex=r"= \frac{g(\varepsilon)^2 + g(\tilde\varepsilon)^4}{(1+g(\tilde\varepsilon)^2)^2}",
        hypotheses="Lemma 2 in the limit; the paper writes ε̂ for the server's estimate ε̃",
        method="exact witness",
        check=line_3,
        seeded=(Seeded("<= in place of =", lambda: line_3("<=")),),
        rests_on=("lemma-2",),
    ),
    Claim(
        id="lemma-4-chain-4",
        where="Appendix B, proof of Lemma 4, line 4",
        printed="≤ (g(ε̃)² + g(ε̃)⁴)/(1 + g(ε̃)²)²",
        latex=r"\le \frac{g(\tilde\varepsilon)^2 +"
        r" g(\tilde\varepsilon)^4}{(1+g(\tilde\varepsilon)^2)^2}",
        hypotheses="ε ≤ ε̃ < ρ (Lemma 3)",
        method="exact slopes",
        check=line_4,
        seeded=(Seeded("g with the skew subtracted", lambda: line_4(1 + eps - G_LEVEL)),),
        rests_on=("lemma-3",),
    ),
    Claim(
        id="lemma-4-chain-5",
        where="Appendix B, proof of Lemma 4, line 5",
        printed="= g(ε̃)²/(1 + g(ε̃)²)",
        latex=r"= \frac{g(\tilde\varepsilon)^2}{1+g(\tilde\varepsilon)^2}",
        hypotheses="none",
        method="exact algebra",
        check=line_5,
        seeded=(Seeded("a factor 2", lambda: line_5(2 * SQUARE / (1 + SQUARE))),),
        rests_on=("lemma-4-chain-4",),
    ),
)
