"""The window's integral and its inverses along a curve: power series over balls, at one Δ."""

from __future__ import annotations

from typing import Any

from flint import arb, arb_series

from bounds.certify.arithmetic.series import SERIES, constant, integrated
from bounds.certify.errors import DomainError
from bounds.functions.primitives import ball


def _fixed(delta: Any) -> None:
    if isinstance(delta, arb_series):
        raise DomainError("a series in Delta is not supported here: pass Delta as a ball")


def sinh_integral(x: Any, delta: Any) -> Any:
    """See `bounds.functions.primitives`."""
    _fixed(delta)
    result: Any = ball.sinh_integral(constant(x), delta)
    if isinstance(x, arb):
        return result
    return integrated(result, _sinh_rate(x, delta), x)


def _sinh_rate(x: Any, delta: arb) -> Any:
    """e^{−x²/2} sinh(xΔ), relative at small x."""
    return -SERIES.expm1(-2 * x * delta) * SERIES.exp(x * (delta - x / 2)) / 2


def solve_deficit(eps: Any, delta: Any) -> Any:
    """See `bounds.functions.primitives`."""
    _fixed(delta)
    if isinstance(eps, arb):
        return ball.solve_deficit(eps, delta)

    def step(x: Any) -> Any:
        excess = sinh_integral(x, delta) - eps / (2 * SERIES.density(delta))
        return excess / _sinh_rate(x, delta)

    return SERIES.newton(ball.solve_deficit(eps[0], delta), step, eps)


def solve_window(mass: Any, delta: Any) -> Any:
    """See `bounds.functions.primitives`."""
    _fixed(delta)
    if isinstance(mass, arb):
        return ball.solve_window(mass, delta)

    def step(x: Any) -> Any:
        slope = 2 * SERIES.density(delta) * _sinh_rate(x, delta)
        return (mass - SERIES.interval_mass(x - delta, 2 * delta)) / slope

    return SERIES.newton(ball.solve_window(mass[0], delta), step, mass)
