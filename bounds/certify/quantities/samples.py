"""Values at many points of a range, by balls: where to look for maxima and roots."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from bounds.certify.language.domain import Range
from bounds.certify.language.expression import Expr
from bounds.certify.quantities.proving import ball, is_measured, to_fraction
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.numeric import precision, slow
from bounds.certify.rules.points import ends_of, grid

BITS = 256
_FEW = 8


@dataclass(frozen=True)
class Sample:
    """A point inside a range, and the value there as a ball of many bits."""

    at: Fraction
    value: arb


def sampled(f: Expr, name: str, allowed: Range, extra: int = 0) -> list[Sample]:
    """The values at points inside a range, in order; points without a finite value are left out.

    So are values too large or too small for an exact fraction.

    Args:
        f: an expression in one variable.
        name: the variable.
        allowed: its range.
        extra: how often each gap between two points is halved.
    """
    points = interior_points(allowed)
    for _ in range(extra):
        middles = [(a + b) / 2 for a, b in itertools.pairwise(points)]
        points = sorted({*points, *middles})
    if slow(f):
        points = points[:: max(1, len(points) // 40)]
    found = []
    with precision(BITS):
        for point in points:
            value = evaluate(f, {name: ball(point)})
            if value.is_finite() and is_measured(value):
                found.append(Sample(point, value))
    return found


def interior_points(allowed: Range) -> list[Fraction]:
    """Points strictly inside a range, dense at its ends and far out."""
    ends = ends_of(allowed)
    points = sorted({Fraction(float(x)) for x in grid(allowed, fine=True)})
    with precision(BITS):
        inside = [
            p
            for p in points
            if (ends.low is None or ball(p) > ends.low)
            and (ends.high is None or ball(p) < ends.high)
        ]
        if len(inside) < _FEW and ends.low is not None and ends.high is not None:
            low, high = to_fraction(ends.low), to_fraction(ends.high)
            inside = [low + (high - low) * Fraction(i, 64) for i in range(1, 64)]
    return inside
