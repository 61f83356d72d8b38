"""A line α + βM over the masses of sets of means."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Line:
    """R*(S) ≤ α + βM(S).

    Attributes:
        alpha: the height at mass 0.
        beta: the slope.
        widest: G, the gap from which on a set is split, in standard deviations.
    """

    alpha: Fraction
    beta: Fraction
    widest: Fraction

    def at(self, kappa: Fraction) -> Fraction:
        """α + βκ."""
        return self.alpha + self.beta * kappa

    def key(self) -> str:
        """Its name among the stored guides."""
        return f"{self.alpha} {self.beta} {self.widest}"
