"""Section V and Appendix B: the bound for one component that Lemmas 3 and 4 give together.

In words:

1. ε̃ is no function of ε: an atom of mass ε just inside the window of the mean, at Δ, lets in the
   points up to l(ε) on its side, and ε̃ = ε; at the mean it lets in both sides, L = 2l(ε), and ε̃
   − ε is the greatest less the least genuine mass (genuine-count), which is positive.
2. For near clients as in lemma-4 the error is at most G/(1 + G), G = g(ε̃)², which increases with
   G, and g increases with ε̃ ≤ ε̂ (lemma-3): so ε̂ serves in place of ε̃.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import grows
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_2.percentile_chain import G_LEVEL, delta, eps, radius
from proofs_check.claims.sb_lemma_3.eps_hat_chain import LEAST, MOST, span


def check(bound: Any = None) -> Decision:
    """Decide whether the bound increases with the estimate: G/(1 + G) of G, and G = g² of ε̃."""
    size = sp.Symbol("G", positive=True)
    shape = size / (1 + size) if bound is None else bound(size)
    rises = sp.cancel(sp.diff(shape, size))
    if rises.could_extract_minus_sign():
        falls = Exact(f"slope {rises}", grows(-shape, size, -rises))
        return Decision(REFUTED, "it falls", (falls,))
    u = sp.Symbol("u", positive=True)
    turn = u * (3 * u + 2 * delta) / 4
    spread = 4 * DENSITY(u + delta) * sp.exp(-turn) * sp.sinh(turn)
    deficit = 2 * PHI(delta) - 1 - PHI(radius + delta) + PHI(radius - delta)
    return Decision(
        REPAIRED,
        "for near clients as in lemma-4 the mean squared error is at most g(eps^)^2/(1 +"
        " g(eps^)^2), a function of only eps, where eps^ < rho; it has two inflections, and eps_cr"
        " is the first",
        (
            Exact(
                "G/(1 + G) increases: slope 1/(1 + G)^2", grows(shape, size, 1 / (1 + size) ** 2)
            ),
            Exact(
                "g increases: the slope of its level in l is phi(l - Delta)/2, and l rises with"
                " eps",
                grows(G_LEVEL.subs(eps, deficit), radius, DENSITY(radius - delta) / 2),
            ),
            Exact(
                "the greatest less the least genuine mass at L = 2u grows with u > 0",
                grows(MOST.subs(span, 2 * u) - LEAST.subs(span, 2 * u), u, spread),
            ),
            Argued("witness that eps~ is no function of eps", f"{__name__}, step 1"),
            Argued("the bound, by monotonicity", f"{__name__}, step 2"),
        ),
        readings=(
            Reading("main text, g(eps~)^2/(1 + g(eps~)^2): its inflection point", REFUTED,
                    "eps~ is an output of the server and no function of eps: there is none"),
            Reading("appendix, g(eps^)^2/(1 + g(eps^)^2)", CERTIFIED, "a bound, by monotonicity",
                    needed=True),
        ),
    )  # fmt: skip


CLAIM = Claim(
    id="combined-bound",
    where="V and Appendix B, after Lemma 4",
    printed="g(ε̃)²/(1 + g(ε̃)²) (appendix: g(ε̂)²/(1 + g(ε̂)²)) is the one-component MSE bound from"
    " Lemmas 3 and 4, and ε_cr is its inflection point",
    latex=r"\frac{g(\tilde\varepsilon)^2}{1 + g(\tilde\varepsilon)^2} \le"
    r" \frac{g(\hat\varepsilon)^2}{1 + g(\hat\varepsilon)^2}",
    hypotheses="ε ≤ ε̃ ≤ ε̂ < ρ",
    method="exact slopes",
    check=check,
    seeded=(Seeded("1/(1 + G) in place of G/(1 + G)", lambda: check(lambda size: 1 / (1 + size))),),
    rests_on=("lemma-3", "lemma-4", "lemma-5-zero"),
)
