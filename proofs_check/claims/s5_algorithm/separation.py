"""Lemma 1: with D ≥ 9Δ each phase-2 point affects at most one component.

In words:

1. Points of two clusters are 3Δ apart, and windows end at Δ: a point lies in the windows of one
   cluster; a clique spans less than 3Δ, so it holds hypotheses near one mean only.
2. Without the blob nothing 2.9 or more from a mean passes, so both clusters have a span below 6:
   they are cliques. The blob alone destroys both.
3. A point that makes a clique a non-clique lies in the window (Δ) of a hypothesis joined (3Δ) to
   one of the clique (3Δ): less than 7Δ from the mean. One that shifts a median is less than 4Δ
   away. So from 14Δ on no point does so to two components.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import prove_less
from bounds.functions.terms import window_mass
from proofs_check.audit.calculus import equal, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s5_algorithm.bridges import draw_shared_blob, shared_blob
from proofs_check.claims.s5_algorithm.layout import EDGE

_ENOUGH = 2 * (EDGE + EDGE + 1)
"""Twice: a clique's hypothesis (< 3Δ off), one joined to it (< 3Δ), a point in its window (< Δ)."""


def check(spacing: int = 9, window: int = 1) -> Decision:
    """Decide Lemma 1 for means at least `spacing` Δ apart and windows of half-width `window` Δ."""
    counts = Proved(
        f"counting: {2 * window} Delta <= 3 Delta <= {spacing} Delta",
        less(2 * window, EDGE + 1),
        less(EDGE - 1, spacing),
    )
    counting = Reading(
        "as the proof counts: a point lies in the windows of one cluster, and a clique holds"
        " hypotheses near one mean only",
        CERTIFIED,
        "true for every D >= 3 Delta: points of two clusters are 3 Delta apart, windows end at"
        " Delta; a clique spans less than 3 Delta",
    )
    if spacing >= _ENOUGH:
        return Decision(CERTIFIED, "true for D >= 14 Delta", (counts,))
    attack = shared_blob()
    # without the blob nothing 2.9 or more from a mean passes: clusters of span < 6, two cliques
    alone = prove_less(
        window_mass(Fraction("2.9"), 2) + Fraction("0.13") + window_mass(9, 2),
        window_mass(0, 2),
    )
    either = Reading(
        "as Section V says: a point contributes to the median of at most one component or helps to"
        " destroy at most one",
        REFUTED,
        "false at D = 9 Delta: one blob half-way destroys two components",
        needed=True,
    )
    return Decision(
        REPAIRED,
        "a phase-2 point affects at most one component where D >= 14 Delta (for counting"
        " 3 Delta is enough, for the price of a destroyed component 11 Delta); 9 Delta is more than"
        " the counting needs and not enough for the rest",
        (
            counts,
            Argued("so a point is counted once", f"{__name__}, step 1"),
            attack.shown(
                "witness: Delta = 2, means 0 and 18, mass 0.13 at 1.05 and 16.95, mass 0.955 at 9:"
                " hypotheses at 0, 1.05, 7.04, 10.96, 16.95, 18 pass and make one cluster of span"
                " 18 > 6: both components are discarded",
                2,
            ),
            Proved(f"without the blob: {shown(alone)}", alone),
            Argued(
                "without the blob both are cliques, as nothing at 2.9 to 9 from a mean passes",
                f"{__name__}, step 2",
            ),
            Exact("2 (3 Delta + 3 Delta + Delta) = 14 Delta", equal(_ENOUGH, 14)),
            Argued(
                "repair: a point that makes a clique a non-clique lies in the window (Delta) of a"
                " hypothesis joined (3 Delta) to one of the clique (3 Delta): less than 7 Delta"
                " from the mean; one that shifts a median is less than 4 Delta away",
                f"{__name__}, step 3",
            ),
        ),
        readings=(counting, either),
        certificates=tuple(proof.certificate() for proof in (*attack.proofs(), alone)),
    )


CLAIM = Claim(
    id="separation",
    where="V; Lemma 1",
    printed="with D ≥ 9Δ each adversarial point of the estimation phase affects at most one"
    " component",
    latex=r"D \ge 9\Delta \implies \text{a phase-2 point affects at most one component}",
    hypotheses="limit m → ∞, δ → 0; clusters are the connected components of G",
    method="exact geometry of edges and windows; an explicit attack with exact masses",
    check=check,
    figure=draw_shared_blob,
    seeded=(
        Seeded("14 Delta in place of 9 Delta", lambda: check(spacing=14)),
        Seeded("windows of half-width 2 Delta", lambda: check(window=2)),
    ),
)
