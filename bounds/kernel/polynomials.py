"""A polynomial of one variable that has one sign on an interval, as a proof by Bernstein's form.

On [u, v] it is Σ bₖ (x − u)^k (v − x)^(n−k) with bₖ of one sign, cut in halves until this is so;
beyond v its expansion in powers of x − v has coefficients of one sign. Zeros at ends are factors.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import TypeAlias

Poly: TypeAlias = "list[Fraction]"
"""Coefficients from the constant one on."""

_DEEPEST = 12


def shifted(poly: Poly, by: Fraction) -> Poly:
    """p(x + by)."""
    found = list(poly)
    for k in range(len(found)):
        for j in range(len(found) - 2, k - 1, -1):
            found[j] += by * found[j + 1]
    return found


def value(poly: Poly, at: Fraction) -> Fraction:
    """p(at)."""
    total = Fraction(0)
    for c in reversed(poly):
        total = total * at + c
    return total


def mirrored(poly: Poly) -> Poly:
    """p(−x)."""
    return [-c if k % 2 else c for k, c in enumerate(poly)]


def bernstein(poly: Poly, low: Fraction, high: Fraction) -> Poly:
    """The numbers bₖ with p(x) = Σ bₖ (x − low)^k (high − x)^(n − k)."""
    degree, width = len(poly) - 1, high - low
    at = shifted(poly, low)
    # p = Σ aⱼ tʲ (t = x − low) and 1 = ((t + s)/w)^(n−j), s = high − x
    found = [Fraction(0)] * (degree + 1)
    for j, a in enumerate(at):
        for i in range(degree - j + 1):
            found[j + i] += a * comb(degree - j, i) / width ** (degree - j)
    return found


def one_sign(values: Poly, sign: int) -> bool:
    """Whether all have the sign or are 0, the first and the last not."""
    return all(v * sign >= 0 for v in values) and values[0] * sign > 0 and values[-1] * sign > 0


Piece: TypeAlias = "tuple[Fraction | None, Fraction | None]"


def pieces(
    poly: Poly, low: Fraction | None, high: Fraction | None, sign: int
) -> list[Piece] | None:
    """Intervals that cover (low, high), on each of which a form shows the sign; None: not found."""
    bound = 1 + max(abs(c / poly[-1]) for c in poly)
    if low is None and high is None:
        left, right = pieces(poly, None, Fraction(0), sign), pieces(poly, Fraction(0), None, sign)
        return None if left is None or right is None else left + right
    if low is None:
        turned = pieces(mirrored(poly), -high if high is not None else None, None, sign)
        return None if turned is None else [
            (None if b is None else -b, None if a is None else -a) for a, b in reversed(turned)
        ]  # fmt: skip
    if high is None:
        if _rising(poly, low, sign):
            return [(low, None)]
        start = low + 1
        while not _rising(poly, start, sign):
            start = 2 * start if start > 1 else start + 1
            if start > 4 * bound + 4:
                return None
        rest = _halved(poly, low, start, sign, _DEEPEST)
        return None if rest is None else [*rest, (start, None)]
    return _halved(poly, low, high, sign, _DEEPEST)


def _rising(poly: Poly, low: Fraction, sign: int) -> bool:
    at = shifted(poly, low)
    return all(c * sign >= 0 for c in at) and any(c for c in at)


def _halved(poly: Poly, low: Fraction, high: Fraction, sign: int, depth: int) -> list[Piece] | None:
    values = bernstein(poly, low, high)
    if all(v * sign >= 0 for v in values) and any(values):
        return [(low, high)]
    if depth == 0:
        return None
    middle = (low + high) / 2
    if not value(poly, middle) * sign > 0:
        return None
    left = _halved(poly, low, middle, sign, depth - 1)
    right = None if left is None else _halved(poly, middle, high, sign, depth - 1)
    return None if left is None or right is None else left + right
