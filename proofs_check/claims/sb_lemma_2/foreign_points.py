"""Proof of Lemma 2: f(x) is the mass of genuine samples within Δ of a point x from the mean."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import cdf, prove_less
from bounds.functions.terms import window_mass
from proofs_check.audit.calculus import settled, shown
from proofs_check.audit.registry import Claim, Seeded
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
    return settled(
        "within 4 Delta of a mean (where clusters live) the genuine mass of a set is that of the"
        " component plus at most 2 Phi(-5 Delta), below 1e-13 for Delta >= 3/2; Lemmas 2 to 4 hold"
        " when eps counts these points too",
        {
            f"witness: Delta = 3/2, two means 27/2 apart, x = 0: {shown(more)}": True,
            "repair: means 9 Delta apart are at least 5 Delta from points within 4 Delta of one of"
            " them; the sets seen from each other mean are disjoint tails": spacing - 4 == 5,
            f"size: {shown(bound)}, and Phi increases": True,
        },
        verdict=REPAIRED,
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
