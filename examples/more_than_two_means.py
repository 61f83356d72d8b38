"""Does any prior on more than two means earn more per unit of mass? A search, and a proved answer.

    python examples/more_than_two_means.py

For each number of means the search moves the gaps and the weights to raise Bayes risk over mass,
from random starts, in floating point: it proves nothing. What it finds is then certified by
`bounds.lower.bayes_risk` and `bounds.lower.attack_mass`. It ends at two means, the others having
lost their weight or joined one of the two. Evenly weighted means close together stand for a
continuous prior; what the best prior on an interval earns is in `bounds figure bounded-mean`, at
most 0.59. That no set of means and no prior does better than two is proved, not searched:
`bounds.lower.prove_no_set_beats_two_points`.
"""

import sys
from fractions import Fraction

import numpy as np
from scipy.optimize import minimize
from scipy.special import erf

import bounds
from bounds import lower

_X = np.linspace(-14, 14, 561)


def ratio(numbers: np.ndarray) -> float:
    """Bayes risk over mass; the numbers are the logarithms of n - 1 gaps and of n weights."""
    count = (len(numbers) + 1) // 2
    gaps, weights = np.exp(numbers[: count - 1]), np.exp(numbers[count - 1 :] - numbers.max())
    means = np.concatenate([[0.0], np.cumsum(gaps)])
    means, weights = means - means.mean(), weights / weights.sum()
    density = np.exp(-((_X[:, None] - means) ** 2) / 2) * (_X[1] - _X[0]) / np.sqrt(2 * np.pi)
    first, second = density @ (weights * means), density @ (weights * means**2)
    return float((second - first**2 / (density @ weights)).sum() / erf(gaps / 8**0.5).sum())


def search(count: int, starts: int, seed: int = 0) -> tuple[list[Fraction], list[Fraction]]:
    """The means and weights found for `count` means, as fractions."""
    random = np.random.default_rng(seed)
    limits = [(-7.0, 1.5)] * (count - 1) + [(-12.0, 0.0)] * count

    def start() -> np.ndarray:
        return np.concatenate([random.normal(0, 0.5, count - 1), random.uniform(-2, 0, count)])

    runs = [
        minimize(lambda numbers: -ratio(numbers), start(), bounds=limits, method="L-BFGS-B")
        for _ in range(starts)
    ]
    best = min(runs, key=lambda run: run.fun).x
    means = np.concatenate([[0.0], np.cumsum(np.exp(best[: count - 1]))])
    weights = np.exp(best[count - 1 :])
    return [Fraction(round(v * 10**6), 10**6) for v in means], [
        Fraction(round(v * 10**9) + 1, 10**9) for v in weights
    ]


def certified(means: list[Fraction], weights: list[Fraction]) -> bounds.Enclosure:
    """Bayes risk over mass, enclosed."""
    earned, cost = lower.bayes_risk(means, weights, 12), lower.attack_mass(means, 12)
    return bounds.Enclosure.of(earned.ball() / cost.ball(), 8)


def main(most: int = 6, starts: int = 6) -> None:
    """Print what the search finds for 2 to `most` means, and for an interval."""
    best = bounds.risk_to_mass(8).ratio
    print(f"two means at the best separation: {best}, and no set of means does better (proved)")
    for count in range(2, most + 1):
        means, weights = search(count, starts)
        print(f"{count} means, searched: {certified(means, weights)}")
    for width in (1, 2, 4):
        means = [Fraction(width * j, 20) for j in range(21)]
        flat = certified(means, [Fraction(1)] * 21)
        print(f"21 means, evenly on an interval {width} long: {flat}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
