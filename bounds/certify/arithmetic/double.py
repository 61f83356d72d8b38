"""float64 arrays (NumPy, with SciPy's special functions): fast, vectorised, and not certified.

Every primitive keeps its relative accuracy: small integrals by Gauss quadrature of a positive
integrand, tails by erfc. SciPy takes longer to import than most commands take in all, so it is
imported where it is first needed, and Φ of a few numbers is that of Python's own erfc.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import read_exact

Doubles: TypeAlias = NDArray[np.float64]

_RULES = {size: np.polynomial.legendre.leggauss(size) for size in (7, 8, 9, 12, 64)}
_FEW = 512  # arrays up to this size are integrated at all nodes at once
_HANDFUL = 1024  # for so many numbers no SciPy is imported: it takes longer
_ROOT2 = np.sqrt(2.0)
_BLOCK = 1 << 13  # numbers of which a few arrays stay in the processor's cache


def in_blocks(function: Callable[..., Doubles], *arrays: Doubles) -> Doubles:
    """A function of arrays, element by element, on pieces that stay in the processor's cache.

    Arrays of one element are passed as they are, to every piece.
    """
    shape = np.broadcast_shapes(*(array.shape for array in arrays))
    result = np.empty(shape)
    if result.size <= _BLOCK:
        result[...] = function(*arrays)
        return result
    flat = result.reshape(-1)
    columns = [
        array.reshape(()) if array.size == 1 else np.broadcast_to(array, shape).reshape(-1)
        for array in arrays
    ]
    for start in range(0, flat.size, _BLOCK):
        here = slice(start, start + _BLOCK)
        flat[here] = function(*(column[here] if column.size > 1 else column for column in columns))
    return result


Case: TypeAlias = tuple[NDArray[np.bool_], Callable[..., Doubles]]


def by_case(cases: Sequence[Case], *arrays: Doubles) -> Doubles:
    """Each element by the function of its case; NaN where none is its case.

    Where all are of one case, as most often, nothing is picked out and put back.
    """
    for mask, function in cases:
        if np.all(mask):
            return function(*arrays)
    shape = np.broadcast_shapes(*(array.shape for array in arrays))
    arrays, result = np.broadcast_arrays(*arrays), np.full(shape, np.nan)
    for mask, function in cases:
        if np.any(mask):
            result[mask] = function(*(array[mask] for array in arrays))
    return result


def quadrature(integrand: Callable[[Any], Doubles], shape: tuple[int, ...], size: int) -> Doubles:
    """∫₀¹ of smooth positive integrands, an array of them, by Gauss's rule with `size` nodes."""
    nodes, weights = _RULES[size]
    nodes, weights = (nodes + 1) / 2, weights / 2  # from [−1, 1] to [0, 1]
    if math.prod(shape) <= _FEW:
        values = integrand(nodes.reshape(-1, *(1,) * len(shape)))
        return np.asarray(np.tensordot(weights, values, axes=1))
    total = np.zeros(shape)
    for node, weight in zip(nodes.tolist(), weights.tolist(), strict=True):
        value = integrand(node)  # a large array: no big temporaries
        value *= weight
        total += value
    return total


class DoubleArithmetic:
    """See `bounds.certify.arithmetic.Arithmetic`."""

    name = "double"

    def coerce(self, value: Any) -> Doubles:
        if isinstance(value, (float, np.ndarray, np.generic)):
            array = np.asarray(value)
            if array.dtype.kind not in "fiu":
                raise InputError(f"an array of {array.dtype} is not numeric: pass float64")
            return array.astype(np.float64, copy=False)
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
        with np.errstate(all="ignore"):
            return in_blocks(_interval_mass, start, np.asarray(width) / 2)

    def central_quantile(self, mass: Doubles, tail: Doubles) -> Doubles:
        return in_blocks(_central_quantile, mass, tail)


def _interval_mass(start: Doubles, half: Doubles) -> Doubles:
    centre = np.abs(start + half)  # the mass is even in the centre
    low = centre - half
    narrow = (half < 0.5) & (centre * half < 1.5)
    outer = (low >= 0) & ~narrow
    cases = ((~(narrow | outer), _mass_inside), (outer, _mass_outside), (narrow, _mass_of_narrow))
    return by_case(cases, centre, half)


def _mass_inside(centre: Doubles, half: Doubles) -> Doubles:
    """Around 0."""
    from scipy import special

    ends = special.erf((centre + half) / _ROOT2)
    ends -= special.erf((centre - half) / _ROOT2)
    return np.asarray(ends / 2)


def _mass_outside(centre: Doubles, half: Doubles) -> Doubles:
    """Through erfcx, which keeps its digits where erfc underflows."""
    from scipy import special

    near = centre - half
    far = np.exp(-2 * centre * half) * special.erfcx((centre + half) / _ROOT2)
    return np.asarray(np.exp(-near * near / 2) * ((special.erfcx(near / _ROOT2) - far) / 2))


def _mass_of_narrow(centre: Doubles, half: Doubles) -> Doubles:
    """∫ over an interval so narrow that a few nodes are exact to float64."""
    square, rate = np.broadcast_arrays(half * half / 2, centre * half)
    area = quadrature(lambda s: np.exp(-s * s * square) * np.cosh(s * rate), rate.shape, 8)
    root = np.exp(-centre * centre / 4)  # twice: no factor underflows before the mass
    return np.asarray(root * (2 / np.sqrt(2 * np.pi) * root * (half * area)))


def _central_quantile(mass: Doubles, tail: Doubles) -> Doubles:
    from scipy import special

    small = mass < 0.5
    return by_case(
        (
            (small, lambda mass, _: _ROOT2 * special.erfinv(mass)),
            (~small, lambda _, tail: _ROOT2 * special.erfcinv(tail)),
        ),
        mass,
        tail,
    )


def _quiet(function: Any, t: Doubles) -> Doubles:
    """Overflow to inf and underflow to 0 are right answers here: no warning."""
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(function(t))


DOUBLE = DoubleArithmetic()
"""The one instance."""
