"""The window's integral and its inverses in float64 arrays: fast, vectorised, and not certified.

Inverses by Newton on a logarithmic scale. Δ reaches to 37, where φ(Δ) leaves the normal doubles;
beyond, pass an mpf or a ball.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from bounds.certify.arithmetic.double import DOUBLE, Case, Doubles, by_case, in_blocks, quadrature

_FARTHEST_DELTA = 37.0
_SETTLED = 2e-9
"""After such a step of Newton's method, relative to the root, what is left is about its square."""
_NODES = ((-1.0, 1.0, 9), (1.0, 2.0, 12), (2.0, np.inf, 64))
"""How many nodes are exact to float64, by the end of the integral, which is x with xΔ < 2."""
_SHORT, _NODES_OF_SHORT = 0.5, 7
"""And how many where neither x nor xΔ is beyond this."""


def sinh_integral(x: Doubles, delta: Doubles) -> Doubles:
    """See `bounds.functions.primitives`."""
    DOUBLE.require(
        np.abs(delta) <= _FARTHEST_DELTA,
        f"Delta is above {_FARTHEST_DELTA:g}, where float64 underflows: pass an mpf or a ball",
    )
    with np.errstate(all="ignore"):
        return in_blocks(_sinh_integral, np.abs(x), np.asarray(delta))


def _sinh_integral(x: Doubles, delta: Doubles) -> Doubles:
    rate = x * delta
    gentle = rate < 2  # where the masses cancel
    short = (x <= _SHORT) & (rate <= _SHORT)
    cases: list[Case] = [(short, partial(_by_quadrature, size=_NODES_OF_SHORT))]
    for least, most, size in _NODES:
        here = gentle & (x > least) & (x <= most) & ~short
        cases.append((here, partial(_by_quadrature, size=size)))
    return by_case([*cases, (~gentle & ~np.isnan(x), _by_masses)], x, delta)


def _by_masses(x: Doubles, delta: Doubles) -> Doubles:
    masses = DOUBLE.interval_mass(delta - x, x) - DOUBLE.interval_mass(delta, x)
    return np.asarray(masses / (2 * DOUBLE.density(delta)))


def _by_quadrature(x: Doubles, delta: Doubles, size: int) -> Doubles:
    top = np.minimum(x, 9.0)  # beyond, the integrand is below e^−40 of its top
    square, rate = np.broadcast_arrays(top * top / 2, top * delta)
    area = quadrature(lambda t: np.exp(-t * t * square) * np.sinh(t * rate), rate.shape, size)
    return np.asarray(top * area)


def solve_deficit(eps: Doubles, delta: Doubles) -> Doubles:
    """See `bounds.functions.primitives`."""
    rho = DOUBLE.interval_mass(-delta, 2 * delta)
    return in_blocks(_solve, eps, rho - eps, delta)


def solve_window(mass: Doubles, delta: Doubles) -> Doubles:
    """See `bounds.functions.primitives`."""
    rho = DOUBLE.interval_mass(-delta, 2 * delta)
    return in_blocks(_solve, rho - mass, mass, delta)


def _solve(eps: Doubles, mass: Doubles, delta: Doubles) -> Doubles:
    """The x with d(x) = ε and f(x) = mass, from whichever of the two is the smaller."""
    cases: tuple[Case, ...] = (
        ((eps > 0) & (eps <= mass), lambda eps, _, delta: _lower_root(eps, delta)),
        (eps > mass, lambda _, mass, delta: _upper_root(mass, delta)),
        (eps <= 0, lambda eps, _mass, _delta: np.zeros(eps.shape)),
    )
    with np.errstate(all="ignore"):
        return by_case(cases, eps, mass, delta)


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
