"""The paper's problem simulated: a sanity check of bounds, never a proof.

Algorithms 1 and 2 differ as printed from what the analysis means. Each difference is one switch of
`Corrections`; the default applies them all.

    switch      as printed                            as the analysis means        claim
    count       line 15 divides m̃ = |S_c| by m        by m₂: S_c ⊂ T₂ holds m₂     algorithm-1-count
                                                      per component
    extent      line 12: l = max(S_c) − min(S_c)      l = max(c) − min(c): the     eps-hat-chain-2
                − 2Δ, of samples                      interval is l + 2Δ long
    interval    line 11: S_c misses a hole where      S_c is what an interval      worst-truncation,
                two filtered points are ≥ 2Δ apart    around c holds               genuine-count
    components  line 9: the cliques of G (read:       the connected components     non-clique-cost
                the maximal ones)                     that are cliques; other
                                                      components are discarded
    domain      g(ε̃) does not exist outside          g = 0 below 0; l = ∞ from    algorithm-2-domain
                [0, ρ); read: own sample             ρ on, own sample from Φ(Δ)

With m for m₂, ε̃ is about (ρ + ε)/2 − ρ + δ < 0 at a sound component: g does not exist, every client
keeps its own sample, and the printed algorithm has risk 1. Lines 3, 4 and 7 are consistent: H, T₁
and T₂ hold m_h, m₁ and m₂ points per component, and line 7 counts in T₁ against m₁. Inequalities
are strict as printed: ties have probability 0 except among an adversary's own points.

With the hole of line 11, ε̃ can fall below ε, against Lemma 3: mass at 3.8Δ from a mean lets points
at 2.85Δ pass, and ε̃ misses the genuine mass Φ(1.85Δ) − Φ(Δ). A difference without a switch: line 3
of Algorithm 2 compares x_v with μ̃, where Lemma 4 conditions on |x_v − μ| < 3Δ/2. A client between
the two keeps its own sample, and its error of about 3Δ/2 is more than the lemma allows (lemma-4).
"""

from bounds.simulation.adversaries import ADVERSARIES
from bounds.simulation.baselines import ESTIMATORS
from bounds.simulation.client import combine_estimates
from bounds.simulation.clients import Adversary, Clients, draw_clients
from bounds.simulation.corrections import AS_MEANT, AS_PRINTED, Corrections
from bounds.simulation.estimate import Estimate
from bounds.simulation.problem import Problem
from bounds.simulation.references import REFERENCES, Reference
from bounds.simulation.rule import Rule, risk
from bounds.simulation.run import Plan, Simulation, simulate
from bounds.simulation.server import Clusters, robust_clustering

__all__ = [
    "ADVERSARIES",
    "AS_MEANT",
    "AS_PRINTED",
    "ESTIMATORS",
    "REFERENCES",
    "Adversary",
    "Clients",
    "Clusters",
    "Corrections",
    "Estimate",
    "Plan",
    "Problem",
    "Reference",
    "Rule",
    "Simulation",
    "combine_estimates",
    "draw_clients",
    "risk",
    "robust_clustering",
    "simulate",
]
