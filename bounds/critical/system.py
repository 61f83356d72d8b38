"""Inflections of the loss as roots of a system without inverses.

Unknowns: x = l(ε), y = l(ε̂), g = g(ε̂). With d = ρ − f, and masses in units of φ(Δ), they solve

    x − [d(y) − d(x)]/φ(Δ) = 0                             (ε̂ = ε + φ(Δ) l(ε))
    [Φ(g) − Φ(−g) − (Φ(y − Δ) − Φ(−Δ))]/φ(Δ) = 0           (the definition of g)
    criterion(x, y, g) = 0                                 (loss″ = 0)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.exact import Exact, to_ball
from bounds.functions.criterion import curvature_criterion_at, curvature_criterion_gradient_at
from bounds.functions.normal import cdf, density
from bounds.functions.window import relative_steepness

UNKNOWNS = ("l(eps)", "l(eps_hat)", "g(eps_hat)")


@dataclass(frozen=True)
class InflectionSystem:
    """The system above for one Δ, at whatever working precision it is evaluated."""

    delta: Exact

    def residual(self, point: Sequence[arb]) -> list[arb]:
        """The left-hand sides at (x, y, g)."""
        x, y, g = point
        delta = to_ball(self.delta)
        unit = density(delta)
        if y < delta:
            far = cdf(y - delta)
            gained = far + cdf(-y - delta) - cdf(x - delta) - cdf(-x - delta)
            masses = BALL.interval_mass(-g, 2 * g) - far + cdf(-delta)
        else:  # the same differences, through the masses that are missing: no cancellation
            far = cdf(delta - y)
            gained = cdf(delta - x) - cdf(-delta - x) - far + cdf(-delta - y)
            masses = far + cdf(-delta) - 2 * cdf(-g)
        return [x - gained / unit, masses / unit, curvature_criterion_at(x, y, g, delta)]

    def jacobian(self, point: Sequence[arb]) -> list[list[arb]]:
        """The derivatives of the residual, row by row."""
        x, y, g = point
        delta = to_ball(self.delta)
        _, scale, partials = curvature_criterion_gradient_at(x, y, g, delta)
        return [
            [1 + relative_steepness(x, delta), -relative_steepness(y, delta), arb(0)],
            [arb(0), -(y * delta - y * y / 2).exp(), 2 * density(g) / density(delta)],
            [scale * partial for partial in partials],
        ]
