"""The window's integral and its inverses in float64 arrays: fast, vectorised, and not certified.

Inverses by Newton on a logarithmic scale. Δ reaches to 37, where φ(Δ) leaves the normal doubles;
beyond, pass an mpf or a ball.
"""

from __future__ import annotations

import numpy as np

from bounds.certify.arithmetic.double import DOUBLE, Doubles, quadrature

_FARTHEST_DELTA = 37.0
_SETTLED = 2e-9
"""After such a step of Newton's method, relative to the root, what is left is about its square."""
_NODES = ((-1.0, 1.0, 9), (1.0, 2.0, 12), (2.0, np.inf, 64))
"""How many nodes are exact to float64, by the end of the integral, which is x with xΔ < 2."""


def sinh_integral(x: Doubles, delta: Doubles) -> Doubles:
    """See `bounds.functions.primitives`."""
    DOUBLE.require(
        np.abs(delta) <= _FARTHEST_DELTA,
        f"Delta is above {_FARTHEST_DELTA:g}, where float64 underflows: pass an mpf or a ball",
    )
    x, delta = np.broadcast_arrays(np.abs(x), delta)
    area = np.empty(x.shape)
    with np.errstate(all="ignore"):
        gentle = x * delta < 2  # where the masses cancel
        steep = ~gentle
        if np.any(steep):
            end, rate = x[steep], delta[steep]
            masses = DOUBLE.interval_mass(rate - end, end) - DOUBLE.interval_mass(rate, end)
            area[steep] = masses / (2 * DOUBLE.density(rate))
        for least, most, size in _NODES:
            here = gentle & (x > least) & (x <= most)
            if np.any(here):
                area[here] = _by_quadrature(x[here], delta[here], size)
    area[np.isnan(x)] = np.nan
    return area


def _by_quadrature(x: Doubles, delta: Doubles, size: int) -> Doubles:
    top = np.minimum(x, 9.0)  # beyond, the integrand is below e^−40 of its top
    return quadrature(lambda t: np.exp(-t * t / 2) * np.sinh(t * delta), top, size)


def solve_deficit(eps: Doubles, delta: Doubles) -> Doubles:
    """See `bounds.functions.primitives`."""
    eps, delta = np.broadcast_arrays(eps, delta)
    return _solve(eps, DOUBLE.interval_mass(-delta, 2 * delta) - eps, delta)


def solve_window(mass: Doubles, delta: Doubles) -> Doubles:
    """See `bounds.functions.primitives`."""
    mass, delta = np.broadcast_arrays(mass, delta)
    return _solve(DOUBLE.interval_mass(-delta, 2 * delta) - mass, mass, delta)


def _solve(eps: Doubles, mass: Doubles, delta: Doubles) -> Doubles:
    """The x with d(x) = ε and f(x) = mass, from whichever of the two is the smaller."""
    x = np.zeros(eps.shape)
    lower = (eps > 0) & (eps <= mass)
    upper = eps > mass
    with np.errstate(all="ignore"):
        if np.any(lower):
            x[lower] = _lower_root(eps[lower], delta[lower])
        if np.any(upper):
            x[upper] = _upper_root(mass[upper], delta[upper])
    return x


def _slope(x: Doubles, delta: Doubles) -> Doubles:
    """d′(x), as a product that does not overflow before it must."""
    return DOUBLE.density(x - delta) * -np.expm1(-2 * x * delta)


def _lower_root(eps: Doubles, delta: Doubles) -> Doubles:
    """d(x) = ε for ε ≤ ρ/2: Newton on log d(eˢ)."""
    goal = eps / (2 * DOUBLE.density(delta))
    # d(x) is close to 2φ(Δ)(cosh(xΔ) − 1)/Δ = 4φ(Δ) sinh²(xΔ/2)/Δ for x ≪ Δ
    x = np.asarray(2 * np.arcsinh(np.sqrt(goal) * np.sqrt(delta / 2)) / delta)
    for _ in range(60):
        value = sinh_integral(x, delta)
        rate = np.exp(x * delta - x * x / 2) * -np.expm1(-2 * x * delta) / 2
        step = np.clip(np.log(goal / value) * value / (x * rate), -1.0, 1.0)
        x = x * np.exp(step)
        if not np.any(np.abs(step) > _SETTLED):
            break
    return x


def _upper_root(mass: Doubles, delta: Doubles) -> Doubles:
    """f(x) = m for m ≤ ρ/2: Newton on the concave log f."""
    x = np.maximum(delta - DOUBLE.quantile(np.minimum(mass, 0.5)), delta)
    for _ in range(60):
        held = DOUBLE.interval_mass(x - delta, 2 * delta)
        moved = x + np.log(held / mass) * held / _slope(x, delta)
        moved = np.clip(moved, x / 4, 2 * x + 4)
        settled = np.abs(moved - x) <= _SETTLED * x
        x = moved
        if np.all(settled):
            break
    return x
