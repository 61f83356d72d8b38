"""Proof of Lemma 2: f(x) is the mass of genuine samples within Δ of a point x from the mean.

In words:

1. Means 9Δ apart are at least 5Δ from points within 4Δ of one of them, and the sets seen from
   each other mean are disjoint tails, to the left and to the right: together at most 2Φ(−5Δ),
   which falls with Δ.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import cdf, prove_less
from bounds.functions.terms import window_mass
from proofs_check.audit.calculus import equal, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s5_algorithm.neighbours import SPACING


def check(spacing: int = SPACING, components: int = 2) -> Decision:
    """Decide whether the genuine mass in a window is f(x), with means `spacing` Δ apart."""
    delta = Fraction(3, 2)
    total = window_mass(0, delta)
    for i in range(1, components):
        total = total + window_mass(i * spacing * delta, delta)
    more = prove_less(window_mass(0, delta), total)
    bound = prove_less(2 * cdf(-5 * delta), Fraction(1, 10**13))
    own = Reading(
        "genuine samples of the component itself", CERTIFIED, "true: it is Phi's definition"
    )
    everyone = Reading(
        "all genuine samples, as the filter counts them",
        REFUTED,
        f"false for k >= 2: {shown(more)}",
        needed=True,
    )
    return Decision(
        REPAIRED,
        "within 4 Delta of a mean (where clusters live) the genuine mass of a set is that of the"
        " component plus at most 2 Phi(-5 Delta), below 1e-13 for Delta >= 3/2; Lemmas 2 to 4 hold"
        " when eps counts these points too",
        (
            Proved(f"witness: Delta = 3/2, two means 27/2 apart, x = 0: {shown(more)}", more),
            Exact("9 Delta - 4 Delta = 5 Delta", equal(spacing - 4, 5)),
            Argued(
                "repair: means 9 Delta apart are at least 5 Delta from points within 4 Delta of one"
                " of them; the sets seen from each other mean are disjoint tails",
                f"{__name__}, step 1",
            ),
            Proved(f"size: {shown(bound)}, and Phi increases", bound),
        ),
        readings=(own, everyone),
        certificates=(more.certificate(), bound.certificate()),
    )


CLAIM = Claim(
    id="foreign-points",
    where="Appendix B, proof of Lemma 2",
    printed="f(x) measures the expected mass of genuine samples within Δ of a point x from the"
    " mean",
    latex=r"f(x) = \text{genuine mass in } (x-\Delta,\, x+\Delta)",
    hypotheses="k components, means at least 9Δ apart, Δ > 1.5",
    method="exact masses of two components",
    check=check,
    seeded=(
        Seeded("one component only", lambda: check(components=1)),
        Seeded("means 8 Delta apart in the bound", lambda: check(spacing=8)),
    ),
)
