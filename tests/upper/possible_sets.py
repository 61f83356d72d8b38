"""What clients lose to a set of possible means, and what it costs, by plain sums: a second route.

Nothing of the library is used but the names of its quantities.
"""

import numpy as np
from scipy.stats import norm


def whole(points: list[float]) -> float:
    """∫ max φ(x − s) dx over the points, by sums."""
    low, high = min(points) - 9, max(points) + 9
    x = np.linspace(low, high, int(400 * (high - low)))
    tallest = norm.pdf(x[:, None] - np.array(points)[None, :]).max(axis=1)
    return float(np.trapezoid(tallest, x))


def clusters(points: list[float], edge: float) -> list[list[float]]:
    found: list[list[float]] = []
    for point in sorted(points):
        if found and point - found[-1][-1] < edge:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def lost(
    points: list[float],
    separation: float,
    reach: float,
    means: set[float],
    line: tuple[float, float],
) -> float:
    """What clients within 2t of their means lose at most beyond α: their own cluster's, the fooled.

    The line is (α, β), above the minimax risk of every set of means.
    """
    alpha, beta = line
    found = clusters(points, 2 * reach)
    tail = np.linspace(reach, reach + 12, 20_001)
    fooled = float(np.trapezoid((tail + 2 * reach) ** 2 * norm.pdf(tail), tail))
    total = 0.0
    for number, cluster in enumerate(found):
        held = sorted(means & set(cluster))
        if cluster[-1] - cluster[0] >= separation:
            total += len(held) * (1 - alpha)
        else:
            assert len(held) <= 1
            total += len(held) * beta * (whole(cluster) - 1)
        for mean in held:
            near = [found[number - 1][-1]] if number else []
            near += [found[number + 1][0]] if number + 1 < len(found) else []
            total += fooled * sum(abs(point - mean) < 4 * reach for point in near)
    return total
