"""What the rule of a cluster may risk: step 8 of `bounds.upper.sample_size`.

The proof may choose the point next to the mean alone, and then the rule of C may risk
x − σq(η) − f w/(2t), w the hull; or any points, N of them with gaps g, for x + σ(Σ q(g) − Nδ₁) −
f w/(2t). Whatever is chosen is allowed, so the best of some choices, B(C), is, too.
"""

from __future__ import annotations

import numpy as np
from scipy.special import erf

from bounds.estimation.counts import Doubles
from bounds.upper.sample_size import Prices

_MOST_POINTS = 24
"""Of so many points the best choice is found; all of them together have hardly a better one."""
_STEEPEST = 0.39895  # q(g) ≤ g/√(2π)


def budget_of(points: Doubles, prices: Prices) -> float:
    """B(C), by the best choice among some points of the cluster.

    Args:
        points: of the cluster, increasing, at least one; shape (number,).
        prices: the numbers of the proof.
    """
    hull = float(points[-1] - points[0])
    # step: the hull pays for cuts [first sum]
    rest = prices.base - prices.length * hull
    second = prices.slope * _STEEPEST * hull - 2 * prices.point  # of two points, at most
    if second <= -prices.mean:
        return rest - prices.mean
    if points.size > _MOST_POINTS:
        points = points[np.linspace(0, points.size - 1, _MOST_POINTS).round().astype(int)]
    mass = prices.slope * erf((points[:, np.newaxis] - points) / np.sqrt(8))  # σ q(g)
    # step: each point that is chosen costs σδ₁ [call: np.zeros(points.size)]
    best = np.full(points.size, -prices.point)  # of the choices that end with each point
    for last in range(1, points.size):
        best[last] += max(0.0, float((best[:last] + mass[last, :last]).max()))
    # step: the point next to the mean is paid for [call 1/3: max(0.0, float(best.max()))]
    return rest + max(-prices.mean, float(best.max()))
