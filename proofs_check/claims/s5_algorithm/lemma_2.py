"""Lemma 2: E[(μ − μ̃)²] <= g(ε)².

In words:

1. In the limit the median is between the quantiles of median-quantiles, and the worst interval is
   that of worst-truncation: so |μ − μ̃| ≤ g(ε), where ε counts all points of the cluster's set
   that are not from its component. Those of other components are at most 2Φ(−5Δ)
   (foreign-points).
2. With ε = 0 and a neighbour to the right, more of its mass is right of the mean than left of it
   within the window, so the median is right of the mean: the error is positive, and g(0) = 0.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import cdf, prove_less
from proofs_check.audit.calculus import equal, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Fact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_2.percentile_chain import G_LEVEL, eps, level, radius

_LIMIT = Reading("limit m -> infinity, one component", CERTIFIED, "true, and attained")
_FINITE = Reading(
    "as printed, for finite m",
    REFUTED,
    "false: at eps = 0 the right side is 0, and a median of finitely many points with a density"
    " has positive variance",
)
_MIXTURE = Reading(
    "limit, k >= 2, eps the adversarial mass",
    REFUTED,
    "false by a hair: at eps = 0 the points of a neighbour pull the median",
    needed=True,
)


def check(g_level: Any = G_LEVEL, components: int = 2) -> Decision:
    """Decide Lemma 2 for finite m, in the limit, and with other components in view."""
    facts: tuple[Fact, ...] = (
        Exact("the largest level of a median is the printed one", equal(level(0, radius), g_level)),
        Exact(
            "g(0) = 0: the level is 1/2 at eps = l = 0",
            equal(g_level.subs({eps: 0, radius: 0}), sp.Rational(1, 2)),
        ),
        Argued("in the limit the median is within g(eps)", f"{__name__}, step 1"),
    )
    if components == 1:
        return Decision(CERTIFIED, "true in the limit", facts, readings=(_LIMIT,))
    distance, delta = Fraction(27, 2), Fraction(3, 2)
    left = cdf(-distance) - cdf(-distance - delta)
    right = cdf(delta - distance) - cdf(-distance)
    pull = prove_less(left, right)
    return Decision(
        REPAIRED,
        "in the limit m -> infinity |mu - mu~| <= g(eps), where eps counts all points of the"
        " cluster's set that are not from its component (the others give at most 2 Phi(-5 Delta))",
        (
            *facts,
            Proved(
                "witness: Delta = 3/2, a neighbour 27/2 to the right, eps = 0: it puts more into"
                f" (0, 3/2) than into (-3/2, 0): {shown(pull)}",
                pull,
            ),
            Argued("so the median is right of the mean", f"{__name__}, step 2"),
        ),
        readings=(_FINITE, _LIMIT, _MIXTURE),
        certificates=(pull.certificate(),),
    )


CLAIM = Claim(
    id="lemma-2",
    where="V, Lemma 2",
    printed="E[(μ_i − μ̃_i)²] ≤ g(ε_i)²",
    latex=r"\mathbb{E}[(\mu_i - \tilde\mu_i)^2] \le g(\varepsilon_i)^2",
    hypotheses="ε_i corrupted samples contribute to the median of component i",
    method="exact level of the worst median; a certified pull of a neighbour",
    check=check,
    seeded=(
        Seeded("k = 1, in the limit", lambda: check(components=1)),
        Seeded("eps doubled in g", lambda: check(G_LEVEL + eps / 2)),
    ),
    rests_on=("filter-radius", "median-quantiles", "worst-truncation", "percentile-chain-3",
              "foreign-points", "hypothesis-count"),
)  # fmt: skip
