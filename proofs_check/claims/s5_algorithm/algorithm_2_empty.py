"""Algorithm 2, line 2: the nearest estimate in L.

In words:

1. Δ = 2, mass 0.954469 at 5.9995 and a trace at the mean 0: a hypothesis passes only with the
   mean's trace or the atom in its window, so near 0 or between 3.9995 and 7.9995. All of these
   are less than 3Δ = 6 from 0.001 or from 5.9995, which are joined: they form one cluster, which
   is no clique.
"""

from __future__ import annotations

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.s5_algorithm.bridges import single_atom
from proofs_check.claims.s5_algorithm.layout import clusters, is_clique


def check(attacked: bool = True) -> Decision:
    """Decide whether L always has an element: one component, Δ = 2, with or without an attack."""
    attack = single_atom()
    points = attack.seen if attacked else attack.seen[:2]
    kept = [c for c in clusters(points, attack.layout.delta) if is_clique(c, attack.layout.delta)]
    if kept:
        clique = Proved("a clique", less(0, len(kept)))
        return Decision(CERTIFIED, "the component's cluster is in L", (clique,))
    return Decision(
        REPAIRED,
        "where L is empty line 2 has no minimum: return x_v, as line 6 does",
        (
            attack.shown(
                "witness: k = 1, Delta = 2, mass 0.954469 at 5.9995 and 0.000001 at the mean: the"
                " hypotheses tried pass and are in one cluster, which is no clique",
                1,
            ),
            Argued("so is every hypothesis that passes; L is empty", f"{__name__}, step 1"),
        ),
        certificates=tuple(proof.certificate() for proof in attack.proofs()),
    )


CLAIM = Claim(
    id="algorithm-2-empty",
    where="V, Algorithm 2, line 2",
    printed="(μ̃, ε̃) ← arg min over (μ̃, ε̃) ∈ L of |μ̃ − x_v|",
    latex=r"(\tilde\mu, \tilde\varepsilon) \leftarrow \text{argmin}_{(\tilde\mu, \tilde\varepsilon)"
    r" \in L} |\tilde\mu - x_v|",
    hypotheses="L the cliques that Algorithm 1 returns; m → ∞, δ → 0",
    method="an explicit attack with exact masses",
    check=check,
    seeded=(Seeded("no attack", lambda: check(attacked=False)),),
    rests_on=("algorithm-1-cliques",),
)
