"""Algorithm 2, line 2: the nearest estimate in L."""

from __future__ import annotations

from proofs_check.audit.calculus import settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.s5_algorithm.bridges import single_atom
from proofs_check.claims.s5_algorithm.layout import clusters, is_clique


def check(attacked: bool = True) -> Decision:
    """Decide whether L always has an element: one component, Δ = 2, with or without an attack."""
    attack = single_atom()
    points = attack.seen if attacked else attack.seen[:2]
    kept = [c for c in clusters(points, attack.layout.delta) if is_clique(c, attack.layout.delta)]
    if kept:
        return settled("the component's cluster is in L", {"a clique": True}, verdict=CERTIFIED)
    return settled(
        "where L is empty line 2 has no minimum: return x_v, as line 6 does",
        {
            "witness: k = 1, Delta = 2, mass 0.954469 at 5.9995 and 0.000001 at the mean: every"
            " hypothesis that passes is in one cluster, which is no clique; L is empty": not kept,
        },
        verdict=REPAIRED,
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
