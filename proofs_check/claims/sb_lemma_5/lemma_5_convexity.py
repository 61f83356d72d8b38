"""Lemma 5: the loss is convex for all ε > ε_cr."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.claims.sb_lemma_5.domain_end import decide_convexity

CLAIM = Claim(
    id="lemma-5-convexity",
    where="Appendix B, Lemma 5",
    printed="g(ε̂)²/(1 + g(ε̂)²) is convex for ε > ε_cr",
    latex=r"\frac{g(\hat\varepsilon)^2}{1 + g(\hat\varepsilon)^2} \text{ is convex for }"
    r" \varepsilon > \varepsilon_{cr}",
    hypotheses="ε_cr < ε < ε_max, where ε̂(ε_max) = ρ: beyond it l(ε̂) does not exist",
    method="all inflections, proved complete; a chord below the graph at exact points next to the"
    " end; loss″ there by Taylor arithmetic",
    check=decide_convexity,
    seeded=(
        Seeded(
            "convexity claimed only up to eps = 1/2", lambda: decide_convexity(top=Fraction(1, 2))
        ),
    ),
    rests_on=("lemma-5-existence", "lemma-5-criterion"),
)
