"""Algorithm 1, line 9: C is the set of cliques in G.

In words:

1. Connected components of G are disjoint, and hypotheses of two of them are 3Δ or more apart, so
   their windows of half-width Δ are disjoint: every point counts for at most one. A component
   that is not a clique is left out of C, so it is discarded, as Section V says.
"""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s5_algorithm.layout import EDGE, clusters
from proofs_check.claims.s5_algorithm.listing import cliques, maximal


def check(points: tuple[int, ...] = (0, 2, 4)) -> Decision:
    """Decide how often line 11 counts one point when Δ = 1 and these hypotheses pass."""
    groups = cliques(points, EDGE)
    largest = maximal(groups)
    whole = clusters([Fraction(p) for p in points], Fraction(1))
    kept = [tuple(map(int, w)) for w in whole if tuple(map(int, w)) in groups]
    middle = points[len(points) // 2]
    times = [sum(middle in group for group in family) for family in (groups, largest, kept)]
    witness = Proved(
        f"witness: Delta = 1, hypotheses {points}: a point of T2 at {middle} is counted for"
        f" {times[0]} of {len(groups)} cliques, for {times[1]} of {len(largest)} maximal ones, for"
        f" {times[2]} connected components that are cliques",
        less(1, times[0]),
        less(times[2], 2),
    )
    if times[1] == times[2]:
        return Decision(CERTIFIED, "maximal cliques are the components here", (witness,))
    return Decision(
        REPAIRED,
        "C must be the connected components of G that are cliques: then every point counts for at"
        " most one, and a component that is not a clique is discarded, as Section V says",
        (
            witness,
            Argued("every point counts for at most one component", f"{__name__}, step 1"),
        ),
        readings=(
            Reading("all cliques", REFUTED, "single points and pairs count as clusters too"),
            Reading("maximal cliques", REFUTED, "they overlap, and nothing is ever discarded"),
            Reading("connected components that are cliques", CERTIFIED, "true", needed=True),
        ),
    )


CLAIM = Claim(
    id="algorithm-1-cliques",
    where="V, Algorithm 1, line 9; Lemma 1",
    printed="C is the set of cliques in G (and a cluster beyond 3Δ is discarded)",
    latex=r"C \leftarrow \text{the set of cliques in } G",
    hypotheses="G joins hypotheses closer than 3Δ",
    method="all cliques of a small graph",
    check=check,
    seeded=(Seeded("hypotheses of span 2", lambda: check((0, 1, 2))),),
)
