"""Algorithm 2, COMBINE ESTIMATES: what a client makes of the server's output."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from bounds.functions import cdf, median_shift
from bounds.simulation.clusters import Clusters
from bounds.simulation.corrections import AS_MEANT, Corrections
from bounds.simulation.problem import Doubles, Problem
from bounds.simulation.rule import Rule, nearest


def combine_estimates(
    clusters: Clusters, problem: Problem, corrections: Corrections = AS_MEANT
) -> Rule:
    """Algorithm 2 as a rule: the client's sample is its argument.

    Lines 2 to 6: the nearest μ̃, if it is less than 3Δ/2 away, has weight 1/(1 + g(ε̃)²).

    Args:
        clusters: the server's output.
        problem: the algorithm reads Δ from it, and never the means.
        corrections: where to leave the printed algorithm.

    Returns:
        The estimate of a client as a function of its sample.

    Paper: Algorithm 2.
    """
    weight = server_weight(clusters.mass, problem, corrections)
    return nearest(clusters.median, weight, 1.5 * problem.window)


def server_weight(mass: Doubles, problem: Problem, corrections: Corrections) -> Doubles:
    """1/(1 + g(ε̃)²), and what stands for it where g(ε̃) does not exist.

    Corrected: g is continued to all of ℝ. It is 0 below 0; from ρ on the window covers everything
    (l = ∞), so g = Φ⁻¹(½(2 + ε̃ − Φ(Δ))), which is infinite from Φ(Δ) on: the weight is then 0.
    As printed: outside [0, ρ) the cluster counts as one of bad quality (Section V), of weight 0.
    """
    window, rho = problem.window, problem.central_mass
    weight = np.zeros(mass.size)
    proper = (mass >= 0) & (mass < rho)
    weight[proper] = 1 / (1 + np.square(median_shift(mass[proper], window)))
    if corrections.domain:
        end = float(cdf(window))
        weight[mass < 0] = 1
        beyond = (mass >= rho) & (mass < end)
        weight[beyond] = 1 / (1 + np.square(ndtri((2 + mass[beyond] - end) / 2)))
    return weight
