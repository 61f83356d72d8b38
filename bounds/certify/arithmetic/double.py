"""float64 arrays (NumPy, with SciPy's special functions): fast, vectorised, and not certified.

Every primitive keeps its relative accuracy: small integrals by Gauss quadrature of a positive
integrand, tails by erfc, inverses by Newton on a logarithmic scale. Δ reaches to 37, where φ(Δ)
leaves the normal doubles; beyond, pass an mpf or a ball.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import special

from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import read_exact

Doubles: TypeAlias = NDArray[np.float64]

_RULES = {size: np.polynomial.legendre.leggauss(size) for size in (20, 64)}
_FEW = 4096  # arrays up to this size are integrated at all nodes at once
_ROOT2 = np.sqrt(2.0)
_FARTHEST_DELTA = 37.0


def _quadrature(integrand: Callable[[Doubles], Doubles], top: Doubles, size: int) -> Doubles:
    """∫₀^top of a smooth positive integrand, by Gauss's rule with `size` nodes."""
    nodes, weights = _RULES[size]
    nodes, weights = (nodes + 1) / 2, weights / 2  # from [−1, 1] to [0, 1]
    if top.size <= _FEW:
        values = integrand(nodes.reshape(-1, *(1,) * top.ndim) * top)
        return np.asarray(np.tensordot(weights, values, axes=1) * top)
    total = np.zeros_like(top)
    for node, weight in zip(nodes, weights, strict=True):  # large arrays: no big temporaries
        total += weight * integrand(node * top)
    return np.asarray(total * top)


def _density(t: Doubles) -> Doubles:
    return np.asarray(np.exp(-t * t / 2) / np.sqrt(2 * np.pi))


class DoubleArithmetic:
    """See `bounds.certify.arithmetic.Arithmetic`."""

    name = "double"

    def coerce(self, value: Any) -> Doubles:
        if isinstance(value, (float, np.ndarray, np.generic)):
            array = np.asarray(value)
            if array.dtype.kind not in "fiu":
                raise InputError(f"an array of {array.dtype} is not numeric: pass float64")
            return array.astype(np.float64)
        try:
            return np.asarray(float(read_exact(value, "the argument")))
        except OverflowError:
            raise InputError("the argument is beyond float64: pass an mpf or a ball") from None

    def point(self, value: Doubles) -> Doubles:
        return value

    def finite(self, value: Doubles) -> Any:
        return np.isfinite(value)

    def require(self, condition: Any, message: str) -> None:
        if not np.all(condition):
            raise DomainError(message)

    def exp(self, t: Doubles) -> Doubles:
        return _quiet(np.exp, t)

    def expm1(self, t: Doubles) -> Doubles:
        return _quiet(np.expm1, t)

    def sqrt(self, t: Doubles) -> Doubles:
        return np.asarray(np.sqrt(t))

    def pi(self) -> float:
        return float(np.pi)

    def cdf(self, t: Doubles) -> Doubles:
        return _quiet(special.ndtr, t)

    def quantile(self, p: Doubles) -> Doubles:
        return np.asarray(special.ndtri(p))

    def interval_mass(self, start: Doubles, width: Doubles) -> Doubles:
        start, half = np.broadcast_arrays(start, np.asarray(width) / 2)
        with np.errstate(all="ignore"):
            centre = np.abs(start + half)  # the mass is even in the centre
            low, high = centre - half, centre + half
            # through erfcx, which keeps its digits where erfc underflows
            far = np.exp(-2 * centre * half) * special.erfcx(high / _ROOT2)
            outer = np.exp(-low * low / 2) * ((special.erfcx(low / _ROOT2) - far) / 2)
            inner = (special.erf(high / _ROOT2) - special.erf(low / _ROOT2)) / 2
            narrow = (half < 0.5) & (centre * half < 1.5)
            mass: Doubles = np.where(low < 0, inner, outer)
            if np.any(narrow):
                h, m = half[narrow], centre[narrow]
                area = _quadrature(lambda s: np.exp(-s * s / 2) * np.cosh(m * s), h, 20)
                root = np.exp(-m * m / 4)  # twice: no factor underflows before the mass
                mass[narrow] = root * (2 / np.sqrt(2 * np.pi) * root * area)
        return mass

    def central_quantile(self, mass: Doubles, tail: Doubles) -> Doubles:
        small = mass < 0.5
        inner = special.erfinv(np.where(small, mass, 0.0))
        outer = special.erfcinv(np.where(small, 1.0, tail))
        return np.asarray(_ROOT2 * np.where(small, inner, outer))

    def sinh_integral(self, x: Doubles, delta: Doubles) -> Doubles:
        self.require(
            np.abs(delta) <= _FARTHEST_DELTA,
            f"Delta is above {_FARTHEST_DELTA:g}, where float64 underflows: pass an mpf or a ball",
        )
        x, delta = np.broadcast_arrays(np.abs(x), delta)
        with np.errstate(all="ignore"):
            masses = self.interval_mass(delta - x, x) - self.interval_mass(delta, x)
            area = np.asarray(masses / (2 * _density(delta)))
            gentle = x * delta < 2  # where the masses cancel
            if np.any(gentle):
                rate = delta[gentle]
                top = np.minimum(x[gentle], 9.0)  # beyond, the integrand is below e^−40 of its top
                size = 20 if np.max(top) <= 2 else 64
                area[gentle] = _quadrature(
                    lambda t: np.exp(-t * t / 2) * np.sinh(t * rate), top, size
                )
        return area

    def solve_deficit(self, eps: Doubles, delta: Doubles) -> Doubles:
        eps, delta = np.broadcast_arrays(eps, delta)
        return self._solve(eps, self.interval_mass(-delta, 2 * delta) - eps, delta)

    def solve_window(self, mass: Doubles, delta: Doubles) -> Doubles:
        mass, delta = np.broadcast_arrays(mass, delta)
        return self._solve(self.interval_mass(-delta, 2 * delta) - mass, mass, delta)

    def _solve(self, eps: Doubles, mass: Doubles, delta: Doubles) -> Doubles:
        """The x with d(x) = ε and f(x) = mass, from whichever of the two is the smaller."""
        x = np.zeros(eps.shape)
        lower = (eps > 0) & (eps <= mass)
        upper = eps > mass
        with np.errstate(all="ignore"):
            if np.any(lower):
                x[lower] = _lower_root(self, eps[lower], delta[lower])
            if np.any(upper):
                x[upper] = _upper_root(self, mass[upper], delta[upper])
        return x


def _quiet(function: Any, t: Doubles) -> Doubles:
    """Overflow to inf and underflow to 0 are right answers here: no warning."""
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(function(t))


def _slope(x: Doubles, delta: Doubles) -> Doubles:
    """d′(x), as a product that does not overflow before it must."""
    return _density(x - delta) * -np.expm1(-2 * x * delta)


def _lower_root(a: DoubleArithmetic, eps: Doubles, delta: Doubles) -> Doubles:
    """d(x) = ε for ε ≤ ρ/2: Newton on log d(eˢ)."""
    goal = eps / (2 * _density(delta))
    # d(x) is close to 2φ(Δ)(cosh(xΔ) − 1)/Δ = 4φ(Δ) sinh²(xΔ/2)/Δ for x ≪ Δ
    x = np.asarray(2 * np.arcsinh(np.sqrt(goal) * np.sqrt(delta / 2)) / delta)
    for _ in range(60):
        value = a.sinh_integral(x, delta)
        rate = np.exp(x * delta - x * x / 2) * -np.expm1(-2 * x * delta) / 2
        step = np.clip(np.log(goal / value) * value / (x * rate), -1.0, 1.0)
        x = x * np.exp(step)
        if not np.any(np.abs(step) > 1e-14):
            break
    return x


def _upper_root(a: DoubleArithmetic, mass: Doubles, delta: Doubles) -> Doubles:
    """f(x) = m for m ≤ ρ/2: Newton on the concave log f."""
    x = np.maximum(delta - special.ndtri(np.minimum(mass, 0.5)), delta)
    for _ in range(60):
        held = a.interval_mass(x - delta, 2 * delta)
        moved = x + np.log(held / mass) * held / _slope(x, delta)
        moved = np.clip(moved, x / 4, 2 * x + 4)
        settled = np.abs(moved - x) <= 1e-14 * x
        x = moved
        if np.all(settled):
            break
    return x


DOUBLE = DoubleArithmetic()
"""The one instance."""
