"""The claims that have no theorem in kernel/claims or kernel/measure, and what each would need."""

from __future__ import annotations

_ALGORITHM = "a formal model of the algorithm's sets"
_TANGENT = "the tangent from the point (eps_c, 1) to the loss, for every Delta >= 3/2"
_WORDS = "a matter of words"
_LAW = "probability spaces: the law of the reports and of the median for many clients"

MISSING = {
    "algorithm-1-cliques": f"{_ALGORITHM}: cliques and components of a graph of points",
    "algorithm-1-span": f"{_ALGORITHM}: the limit of the largest and least point",
    "algorithm-2-empty": _WORDS,
    "algorithm-achieves-bound": f"{_ALGORITHM}, and an attack on it at D = 9 Delta",
    "algorithm-lines": _WORDS,
    "almost-always-beneficial": _WORDS,
    "almost-linear": "values of the loss at Delta = 2 down to eps = 1e-12",
    "beyond-slope": f"{_LAW}; the minimax risk of every set of means",
    "budget": _LAW,
    "c2-bound": "that the loss over (c/k)^(2/9) is greatest at the critical value",
    "c2-small": "C-bar to two digits, for every Delta >= 3/2",
    "component-no-benefit": f"{_ALGORITHM}, and the price of a destroyed cluster",
    "concave-adversary": _TANGENT,
    "convex-adversary": _TANGENT,
    "destroyed-fraction": f"{_ALGORITHM}, and an attack at D = 9 Delta",
    "discussion-better": _WORDS,
    "eps-cr-decreases": "the derivative of the critical value in Delta",
    "finite-m-lower": f"{_LAW}; van Trees' inequality",
    "foreign-points": "sums over all other components of disjoint pieces of one tail",
    "helps-at-every-ratio": f"{_LAW}; the minimax risk of every set of means",
    "hypothesis-count": _LAW,
    "labels-alone": f"{_LAW}; an integral over all components",
    "lemma-1-condition-3": "a definition: nothing to prove beyond its unit",
    "lemma-1-quantities": f"{_ALGORITHM}: cliques that hold no mean",
    "limit-exists": _WORDS,
    "lower-bound-reduction": f"{_LAW}; van Trees' inequality",
    "most-clients-benefit": _WORDS,
    "no-attack-filter": "sums over all other components of disjoint pieces of one tail",
    "non-clique-cost": f"{_ALGORITHM}, and an attack at D = 9 Delta",
    "objective": _LAW,
    "phase-counts": _LAW,
    "practical-cases": _WORDS,
    "sample-average": _LAW,
    "separation": f"{_ALGORITHM}, and an attack at D = 9 Delta",
    "separation-strict": f"{_ALGORITHM}, and an attack at D = 9 Delta",
    "theorem-1": f"{_LAW}; the clipped median's risk for 1071 clients",
    "theorem-2": f"{_LAW}; another algorithm's risk",
    "two-sided-limit": f"{_LAW}; another algorithm's risk",
    "unit-variance": _LAW,
    "upper-majorant": "the best value of the adversary for k -> infinity, for every Delta >= 3/2",
    "who-picks": _WORDS,
}
"""What is missing, by claim."""
