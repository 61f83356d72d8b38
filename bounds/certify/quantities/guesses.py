"""Where an expression may be largest: points found by floats, which prove nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import Expr, number, substitute
from bounds.certify.quantities.proving import constant_ball
from bounds.certify.rules.decide import range_comparisons
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.numeric import simplest_between
from bounds.certify.rules.points import combinations, ends_of, satisfied, simple_points

_POINTS, _STARTS, _NEAR, _MOST_SIMPLE = 4000, 6, 1e-7, 6


@dataclass(frozen=True)
class Guess:
    """A point of the domain and the constant that the expression is there.

    Attributes:
        point: exact, and in the domain.
        value: the expression with the point put in.
        is_simple: whether the point is written with simple constants.
    """

    point: Mapping[str, Expr]
    value: Expr
    is_simple: bool


def guesses(f: Expr, domain: Domain) -> Iterator[Guess]:
    """Points at which f is nearly as large as anywhere, by floats; simple ones first."""
    names = list(domain.ranges)
    starts = _starts(f, names, domain)
    climbed = [_climbed(f, names, domain, start) for start in starts]
    if not climbed:
        return
    top = max(value for _, value in climbed)
    best = [place for place, value in climbed if value >= top - 1e-9 * max(1.0, abs(top))]
    seen: set[Expr] = set()
    for place in best[:2]:
        for point in _simple(place, domain):
            value = substitute(f, point)
            if value not in seen and _good(value, top) and _inside(point, domain):
                seen.add(value)
                yield Guess(point, value, True)
    for place in best[:1]:
        point = {name: number(_rounded(x, domain.ranges[name])) for name, x in place.items()}
        value = substitute(f, point)
        if _good(value, top) and _inside(point, domain):
            yield Guess(point, value, False)


def _good(value: Expr, top: float) -> bool:
    ball = constant_ball(value, 64)
    return ball.is_finite() and float(ball.mid()) >= top - 1e-6 * max(1.0, abs(top))


def _starts(f: Expr, names: list[str], domain: Domain) -> list[dict[str, float]]:
    points = combinations(names, domain.ranges, _POINTS)
    arrays = dict(zip(names, points, strict=True))
    values = _floats(f, arrays, domain)
    order = np.argsort(-values)[: 40 * _STARTS]
    chosen: list[dict[str, float]] = []
    for i in order:
        if not np.isfinite(values[i]):
            break
        place = {name: float(points[k, i]) for k, name in enumerate(names)}
        if all(_far(place, other) for other in chosen):
            chosen.append(place)
        if len(chosen) >= _STARTS:
            break
    return chosen


def _far(a: Mapping[str, float], b: Mapping[str, float]) -> bool:
    return any(abs(a[n] - b[n]) > 0.05 * (1 + abs(a[n])) for n in a)


def _floats(f: Expr, arrays: Mapping[str, Any], domain: Domain) -> Any:
    values = np.array(evaluate_float(f, arrays), dtype=float)
    inside = np.ones(values.shape, dtype=bool)
    for name, x in arrays.items():
        low, high = ends_of(domain.ranges[name]).floats
        inside &= (x >= low) & (x <= high)
    for c in domain.constraints:
        inside &= satisfied(c, evaluate_float(c.left - c.right, arrays))
    return np.where(inside & np.isfinite(values), values, -np.inf)


def _climbed(
    f: Expr, names: list[str], domain: Domain, start: dict[str, float]
) -> tuple[dict[str, float], float]:
    """A local maximum by steps along random directions and the axes, ever shorter."""
    draw = np.random.default_rng(5)
    here = np.array([start[name] for name in names])
    best = float(
        _floats(f, {n: np.array([x]) for n, x in zip(names, here, strict=True)}, domain)[0]
    )
    step = 0.25 * (1 + np.abs(here))
    whole = np.array([domain.ranges[name].integer for name in names])
    for _ in range(90):
        directions = np.concatenate(
            [np.eye(len(names)), -np.eye(len(names)), draw.normal(size=(24, len(names)))]
        )
        tried = here + directions * step
        lows, highs = zip(*(ends_of(domain.ranges[name]).floats for name in names), strict=True)
        tried = np.clip(tried, lows, highs)
        tried[:, whole] = np.round(tried[:, whole])
        values = _floats(f, {n: tried[:, k] for k, n in enumerate(names)}, domain)
        i = int(np.argmax(values))
        if values[i] > best:
            best, here = float(values[i]), tried[i]
        else:
            step = step * 0.6
            if np.all(step < 1e-13 * (1 + np.abs(here))):
                break
    return dict(zip(names, map(float, here), strict=True)), best


def _simple(place: Mapping[str, float], domain: Domain) -> Iterator[dict[str, Expr]]:
    """Points of simple constants near a place."""
    pools = [_near(x, domain.ranges[name]) for name, x in place.items()]
    for count, chosen in enumerate(product(*pools)):
        if count >= _MOST_SIMPLE:
            return
        yield dict(zip(place, chosen, strict=True))


def _near(x: float, allowed: Range) -> list[Expr]:
    width = _NEAR * (1 + abs(x)) * 40
    found = [
        point
        for point in simple_points(allowed)
        if abs(float(constant_ball(point, 64).mid()) - x) <= width
    ]
    q = simplest_between(Fraction(x) - Fraction(width), Fraction(x) + Fraction(width))
    if q.denominator <= 1000 and number(q) not in found and ends_of(allowed).holds(number(q)):
        found.append(number(q))
    return found[:3]


def _rounded(x: float, allowed: Range) -> Fraction:
    if allowed.integer:
        return Fraction(round(x))
    return Fraction(x)


def _inside(point: Mapping[str, Expr], domain: Domain) -> bool:
    """Whether balls prove that a point satisfies all that the domain says."""
    return all(_holds(c.at(point)) for c in (*range_comparisons(domain), *domain.constraints))


def _holds(c: Comparison) -> bool:
    if c.left is c.right:
        return c.relation in ("<=", ">=", "=")
    if c.left.is_number and c.right.is_number:
        a, b = c.left.value, c.right.value
        return {
            "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "!=": a != b
        }[c.relation]  # fmt: skip
    difference = constant_ball(c.left - c.right, 128)
    if difference > 0:
        return c.relation in (">", ">=", "!=")
    if difference < 0:
        return c.relation in ("<", "<=", "!=")
    return False
