"""The formulas that generated files have Coq evaluate, in mpmath.

Over numbers they find, over intervals they show beforehand what Coq's intervals will decide. Names
and forms are those of Evaluated.v.
"""

from __future__ import annotations

from typing import Any, TypeAlias

Number: TypeAlias = Any  # a number or an interval of mpmath


class Formulas:
    """The criterion and its slope in one arithmetic.

    Args:
        context: mpmath.mp, mpmath.iv or a clone: what evaluates exp and sqrt.
    """

    def __init__(self, context: Any) -> None:
        self.exp = context.exp

    def share(self, delta: Number, y: Number) -> Number:
        """1 − e^{−2yΔ}."""
        return 1 - self.exp(-2 * (y * delta))

    def steep(self, delta: Number, t: Number) -> Number:
        """d′(t)/φ(Δ)."""
        return self.exp(t * (delta - t / 2)) * (1 - self.exp(-2 * (t * delta)))

    def bend(self, delta: Number, x: Number) -> Number:
        """The bend x − Δ coth(xΔ)."""
        return x - delta * (2 / (1 - self.exp(-2 * (x * delta))) - 1)

    def weight(self, delta: Number, g: Number) -> Number:
        """2gφ(g)/φ(Δ)."""
        return 2 * g * self.exp((delta**2 - g**2) / 2)

    def late(self, delta: Number, y: Number) -> Number:
        """The term that makes the loss concave near ε_max."""
        return 2 * delta * self.exp(y * (y / 2 - 3 * delta))

    def bracket(self, delta: Number, x: Number, y: Number, share: Number) -> Number:
        """The bracket of the criterion."""
        bent = share * self.bend(delta, x) / (1 + self.steep(delta, x)) ** 2
        return bent - self.late(delta, y) / share

    def criterion(self, delta: Number, x: Number, y: Number, g: Number) -> Number:
        """The criterion at (x, y, g)."""
        bracket = self.bracket(delta, x, y, self.share(delta, y))
        return (1 - g**2) ** 2 + (1 + g**2) * self.weight(delta, g) * bracket

    def slope(self, delta: Number, x: Number, y: Number, g: Number) -> Number:
        """The slope of the criterion along the curve, in positive units."""
        share, steep, bend = self.share(delta, y), self.steep(delta, x), self.bend(delta, x)
        fading = self.exp(-2 * (y * delta))
        sinh2 = self.exp(x * delta) - self.exp(-(x * delta))
        by_x = share / (1 + steep) ** 2
        by_x *= 1 + 4 * delta**2 / sinh2**2 + 2 * bend**2 * (1 - 1 / (1 + steep))
        by_y = 2 * delta * fading * bend / (1 + steep) ** 2
        drift = y - 3 * delta - 2 * delta / (self.exp(2 * (y * delta)) - 1)
        by_y -= self.late(delta, y) / share * drift
        by_g = (2 * g / (1 + g**2) + 1 / g - g) * self.bracket(delta, x, y, share)
        by_g -= 2 * (1 - g**2) / (1 + g**2) * self.exp((g**2 - delta**2) / 2)
        rise = self.exp((g**2 - (y - delta) ** 2) / 2) / 2
        return by_x * (self.steep(delta, y) / (1 + steep)) + by_y + by_g * rise

    def start(self, delta: Number, x: Number, y: Number, g: Number) -> Number:
        """What is above 1 where the loss is concave up to y (near ε = 0)."""
        steepest = self.exp(x * delta) - self.exp(-(x * delta))
        fading = self.exp(-(g**2) / 2 - 3 * (y * delta))
        return fading * (1 + 2 * (1 - x**2) / (1 + steepest) ** 2)

    def end(self, delta: Number, x: Number, share: Number, g: Number, y: Number) -> Number:
        """What is negative where the loss is concave from y on (near ε_max)."""
        bent = share * self.bend(delta, x) / (1 + self.steep(delta, x)) ** 2
        return (1 - g**2) ** 2 + (1 + g**2) * self.weight(delta, g) * (bent - self.late(delta, y))
