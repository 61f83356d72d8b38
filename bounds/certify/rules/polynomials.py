"""Polynomials with rational coefficients, each a dictionary from powers to coefficients."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np

Powers = tuple[int, ...]
Poly = dict[Powers, Fraction]


def degree_of(poly: Poly) -> int:
    """The total degree, 0 for the polynomial 0."""
    return max((sum(powers) for powers in poly), default=0)


def homogeneous(poly: Poly) -> bool:
    """Whether all terms have one degree."""
    return len({sum(powers) for powers in poly}) <= 1


def plus(a: Poly, b: Poly, scale: Fraction = Fraction(1)) -> Poly:
    """A + scale·B."""
    result = dict(a)
    for k, c in b.items():
        value = result.get(k, Fraction(0)) + scale * c
        if value:
            result[k] = value
        else:
            result.pop(k, None)
    return result


def multiplied(a: Poly, b: Poly) -> Poly:
    """The product."""
    result: Poly = {}
    for p, x in a.items():
        for q, y in b.items():
            key = tuple(u + v for u, v in zip(p, q, strict=True))
            result[key] = result.get(key, Fraction(0)) + x * y
    return {k: c for k, c in result.items() if c}


def power_of(a: Poly, n: int) -> Poly:
    """A^n for a whole n above 0."""
    result = a
    for _ in range(n - 1):
        result = multiplied(result, a)
    return result


def monomials_of(count: int, low: int, high: int) -> list[Powers]:
    """The powers of all monomials in so many variables, their degrees between two numbers."""
    result = []
    for d in range(low, high + 1):
        for chosen in combinations_with_replacement(range(count), d):
            powers = [0] * count
            for i in chosen:
                powers[i] += 1
            result.append(tuple(powers))
    return result


def value_at(poly: Poly, point: Sequence[Fraction]) -> Fraction:
    """The value at a point."""
    total = Fraction(0)
    for powers, c in poly.items():
        for x, p in zip(point, powers, strict=True):
            c *= x**p
        total += c
    return total


def half_newton(f: Poly, monomials: list[Powers]) -> list[Powers]:
    """Those whose squares lie in the Newton polytope of f; none where f is 0."""
    if not f:
        return []
    from scipy.optimize import linprog  # slow to import, and rarely needed

    points = np.array(list(f), dtype=float).T
    equal = np.vstack([points, np.ones(points.shape[1])])
    high, low = points.max(axis=1), points.min(axis=1)
    kept = []
    for m in monomials:
        double = 2 * np.array(m, dtype=float)
        if np.any(double > high) or np.any(double < low):
            continue
        if tuple(2 * p for p in m) in f:
            kept.append(m)
            continue
        found = linprog(
            np.zeros(points.shape[1]), A_eq=equal, b_eq=np.append(double, 1.0), method="highs"
        )
        if found.status == 0:
            kept.append(m)
    return kept
