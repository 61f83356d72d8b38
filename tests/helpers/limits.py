"""What Algorithms 1 and 2 tend to under the worst shift as m grows with δ fixed, by SciPy alone.

A route of its own: no formula of the library is used. With ε = c/k of mass to the right of the mean
the filter accepts (−l(δ), l(ε + δ)); everything else follows from this interval.
"""

from dataclasses import dataclass

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm


def radius(eps: float, delta: float) -> float:
    """l(ε), from its definition."""
    full = norm.cdf(delta) - norm.cdf(-delta)
    return float(
        brentq(lambda x: full - eps - (norm.cdf(x + delta) - norm.cdf(x - delta)), 0, 3 * delta + 9)
    )


@dataclass(frozen=True)
class Limit:
    eps: float
    delta: float
    backoff: float

    @property
    def left(self) -> float:
        return -radius(self.backoff, self.delta) if self.backoff else 0.0

    @property
    def right(self) -> float:
        return radius(self.eps + self.backoff, self.delta)

    @property
    def genuine(self) -> float:
        return float(norm.cdf(self.right + self.delta) - norm.cdf(self.left - self.delta))

    @property
    def shift(self) -> float:
        return float(norm.ppf(norm.cdf(self.left - self.delta) + (self.genuine + self.eps) / 2))

    @property
    def mass(self) -> float:
        extent = self.right - self.left
        expected = norm.cdf(extent + self.delta) - norm.cdf(-self.delta)
        return float(self.genuine + self.eps - expected + self.backoff)

    @property
    def weight(self) -> float:
        """1/(1 + g(ε̃)²)."""
        reach = radius(self.mass, self.delta)
        g = norm.ppf((1 + self.mass + norm.cdf(reach + self.delta) - norm.cdf(self.delta)) / 2)
        return float(1 / (1 + g * g))

    @property
    def risk(self) -> float:
        weight, shift = self.weight, self.shift

        def inside(z: float) -> float:
            mixed = weight * shift + (1 - weight) * z
            return float(norm.pdf(z) * mixed * mixed)

        low, high = shift - 1.5 * self.delta, shift + 1.5 * self.delta
        near = quad(inside, low, high, epsabs=1e-12)[0]
        own = quad(lambda z: norm.pdf(z) * z * z, low, high, epsabs=1e-12)[0]
        return float(near + 1 - own)


def grid(values: list[int]) -> np.ndarray:
    """Sorted multiples of 1/8: sums and differences with them are exact, so ties are real."""
    return np.sort(np.asarray(values, dtype=np.float64) / 8)
