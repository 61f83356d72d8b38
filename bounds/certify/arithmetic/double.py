"""float64 arrays (NumPy, with SciPy's special functions): fast, vectorised, and not certified.

Every primitive keeps its relative accuracy: small integrals by Gauss quadrature of a positive
integrand, tails by erfc. SciPy takes longer to import than most commands take in all, so it is
imported where it is first needed, and Φ of a few numbers is that of Python's own erfc.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import read_exact

Doubles: TypeAlias = NDArray[np.float64]

_RULES = {size: np.polynomial.legendre.leggauss(size) for size in (8, 9, 12, 64)}
_FEW = 4096  # arrays up to this size are integrated at all nodes at once
_HANDFUL = 1024  # for so many numbers no SciPy is imported: it takes longer
_ROOT2 = np.sqrt(2.0)


def quadrature(integrand: Callable[[Doubles], Doubles], top: Doubles, size: int) -> Doubles:
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

    def root(self, t: Doubles, degree: int) -> Doubles:
        return np.asarray(t ** (1 / degree))

    def pi(self) -> float:
        return float(np.pi)

    def density(self, t: Doubles) -> Doubles:
        return np.asarray(self.exp(-t * t / 2) / np.sqrt(2 * np.pi))

    def cdf(self, t: Doubles) -> Doubles:
        if t.size <= _HANDFUL:
            tails = [math.erfc(-x / math.sqrt(2)) / 2 for x in t.ravel().tolist()]
            return np.array(tails, dtype=np.float64).reshape(t.shape)
        from scipy import special

        return _quiet(special.ndtr, t)

    def quantile(self, p: Doubles) -> Doubles:
        from scipy import special

        return np.asarray(special.ndtri(p))

    def interval_mass(self, start: Doubles, width: Doubles) -> Doubles:
        from scipy import special

        start, half = np.broadcast_arrays(start, np.asarray(width) / 2)
        with np.errstate(all="ignore"):
            centre = np.abs(start + half)  # the mass is even in the centre
            low = centre - half
            narrow = (half < 0.5) & (centre * half < 1.5)
            outer = (low >= 0) & ~narrow
            inner = ~(narrow | outer)
            mass = np.empty(centre.shape)
            if np.any(inner):
                h, m = half[inner], centre[inner]
                ends = special.erf((m + h) / _ROOT2) - special.erf((m - h) / _ROOT2)
                mass[inner] = ends / 2
            if np.any(outer):  # through erfcx, which keeps its digits where erfc underflows
                h, m, near = half[outer], centre[outer], low[outer]
                far = np.exp(-2 * m * h) * special.erfcx((m + h) / _ROOT2)
                mass[outer] = np.exp(-near * near / 2) * ((special.erfcx(near / _ROOT2) - far) / 2)
            if np.any(narrow):
                h, m = half[narrow], centre[narrow]
                area = quadrature(lambda s: np.exp(-s * s / 2) * np.cosh(m * s), h, 8)
                root = np.exp(-m * m / 4)  # twice: no factor underflows before the mass
                mass[narrow] = root * (2 / np.sqrt(2 * np.pi) * root * area)
        return mass

    def central_quantile(self, mass: Doubles, tail: Doubles) -> Doubles:
        from scipy import special

        small = mass < 0.5
        inner = special.erfinv(np.where(small, mass, 0.0))
        outer = special.erfcinv(np.where(small, 1.0, tail))
        return np.asarray(_ROOT2 * np.where(small, inner, outer))


def _quiet(function: Any, t: Doubles) -> Doubles:
    """Overflow to inf and underflow to 0 are right answers here: no warning."""
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(function(t))


DOUBLE = DoubleArithmetic()
"""The one instance."""
