"""The paper's problem simulated: a sanity check of bounds, never a proof.

Algorithms 1 and 2 differ as printed from what the analysis means. Each difference is one switch of
`Corrections`; the default applies them all.

    count       line 15 divides m̃ = |S_c| by m; meant is m₂, since S_c ⊂ T₂
                holds m₂ points per component (claim algorithm-1-count)
    extent      line 12 takes l = max(S_c) − min(S_c) − 2Δ from samples; meant
                is max(c) − min(c): the interval is l + 2Δ long (eps-hat-chain-2)
    interval    line 11 leaves a hole in S_c where two filtered points are 2Δ
                apart or more; meant is all that an interval around c holds
                (worst-truncation, genuine-count)
    components  line 9 takes the cliques of G (read: the maximal ones); meant
                are the connected components that are cliques, other components
                being discarded (non-clique-cost)
    domain      g(ε̃) does not exist outside [0, ρ), and is then read as a cluster
                of bad quality; meant is g = 0 below 0, and l = ∞ from ρ on, with
                the own sample from Φ(Δ) on (algorithm-2-domain)

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
from bounds.simulation.clusters import Clusters
from bounds.simulation.corrections import AS_MEANT, AS_PRINTED, Corrections
from bounds.simulation.estimate import Estimate
from bounds.simulation.problem import Problem
from bounds.simulation.references import REFERENCES, Reference
from bounds.simulation.rule import Rule, risk
from bounds.simulation.run import Plan, Simulation, simulate
from bounds.simulation.server import robust_clustering

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
