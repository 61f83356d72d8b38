"""Points of equality: f >= 0 with f = 0 at isolated points that are recognised exactly.

A zero of f is found by descent in floats and sharpened by Newton's steps. Its coordinates are read
as simple constants, f is exactly 0 there by algebra, and a box around it is chosen on which the
matrix of second derivatives is positive definite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from bounds.certify.language.derivative import NoDerivative, derivative
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import PI, Expr, call, number, raise_to, substitute
from bounds.certify.language.text import to_text
from bounds.certify.rules.along import proved
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline, Goal, Node, Prover
from bounds.certify.rules.normal import TooLarge, normal_expr
from bounds.certify.rules.points import ends_of, simple_points, size
from bounds.certify.rules.refute import best_places, is_zero
from bounds.certify.rules.solving import tidy

_ERRORS = (TooLarge, NoDerivative, ZeroDivisionError, OverflowError, ValueError, KeyError)
_NEAR = 1e-6
_MOST_VARIABLES = 8
_HALVINGS = 14


def touches(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Proofs by a box around a zero of f, and the rest of the domain by other means."""
    names = goal.names
    if goal.relation != ">=" or not names or len(names) > _MOST_VARIABLES:
        return
    if any(goal.domain.ranges[n].integer for n in names):
        return
    if any(c.relation == "=" for c in goal.domain.constraints):
        return  # the equality is used up first
    ranges = [goal.domain.ranges[n] for n in names]
    if not all(r.low is not None and r.high is not None for r in ranges):
        return
    for place in contacts(goal, deadline):
        box = _definite_box(goal, place)
        if box is None:
            continue
        rest = []
        for domain in rest_of(goal.domain, names, box):
            node = proved(replace(goal, domain=domain), prove, deadline.deeper(0.5))
            if node is None:
                return
            rest.append(node)
        yield {
            "rule": "touch",
            "at": {n: to_text(place[n]) for n in names},
            "box": {n: [_text(q) for q in box[n]] for n in names},
            "rest": rest,
        }


def _text(q: Fraction) -> str:
    return to_text(number(q))


def contacts(goal: Goal, deadline: Deadline, most: int = 3) -> list[dict[str, Expr]]:
    """Points of the closed domain at which f is exactly 0."""
    remembered = deadline.memory.contacts
    known = remembered.get(goal)
    if known is None:
        known = remembered[goal] = _contacts(goal, deadline, most)
    return [dict(place) for place in known]


def _contacts(goal: Goal, deadline: Deadline, most: int) -> list[dict[str, Expr]]:
    found: list[dict[str, Expr]] = []
    tried: list[Mapping[str, float]] = []
    places, explicit = best_places(goal, deadline.within(1.5))
    inner = goal
    for name, e in reversed(explicit.items()):
        inner = inner.at({name: e})
    for wrong, place in places:
        if len(found) >= most or len(tried) >= 8 or deadline.over():
            break
        if abs(wrong) > 1e-7 or any(_same(place, other) for other in tried):
            continue
        tried.append(place)
        exact = recognised(inner, sharpened(inner, place))
        if exact is None:
            continue
        for name, e in reversed(explicit.items()):
            exact[name] = tidy(substitute(e, exact))
        if exact not in found:
            found.append(exact)
    return found


def _same(a: Mapping[str, float], b: Mapping[str, float]) -> bool:
    return all(abs(a[n] - b[n]) < 1e-3 * (1 + abs(a[n])) for n in a)


def sharpened(goal: Goal, place: Mapping[str, float]) -> dict[str, float]:
    """The zero of the gradient near a place, by Newton's steps in the coordinates inside."""
    names, x = list(place), dict(place)
    inner = []
    for name in names:
        low, high = ends_of(goal.domain.ranges[name]).floats
        for end in (low, high):
            if abs(x[name] - end) < _NEAR * (1 + abs(end)):
                x[name] = end
                break
        else:
            inner.append(name)
    if not inner:
        return x
    try:
        slopes = [derivative(goal.f, name) for name in inner]
        second = [[derivative(s, name) for name in inner] for s in slopes]
    except _ERRORS:
        return x
    for _ in range(4):
        with ctx.workprec(200):
            at = {name: arb(value) for name, value in x.items()}
            g = np.array([float(evaluate(s, at).mid()) for s in slopes])
            h = np.array([[float(evaluate(e, at).mid()) for e in row] for row in second])
        if not (np.all(np.isfinite(g)) and np.all(np.isfinite(h))):
            return x
        step = np.linalg.lstsq(h, -g, rcond=1e-9)[0]
        if np.max(np.abs(step)) > 1e-2 * (1 + max(abs(v) for v in x.values())):
            return x
        for name, move in zip(inner, step, strict=True):
            x[name] += float(move)
    return x


def recognised(goal: Goal, place: Mapping[str, float]) -> dict[str, Expr] | None:
    """The exact point near a place at which f is 0, its coordinates simple constants."""
    candidates = [constants_near(x, goal.domain.ranges[name]) for name, x in place.items()]
    names = list(place)
    count = 0
    for depth in range(4):
        for choice in _choices(candidates, depth):
            count += 1
            if count > 60:
                return None
            point = dict(zip(names, choice, strict=True))
            if is_zero(substitute(goal.f, point)):
                return point
    return None


def _choices(candidates: list[list[Expr]], depth: int) -> Iterator[list[Expr]]:
    """Combinations, those of first candidates first."""
    if all(candidates):
        if depth == 0:
            yield [c[0] for c in candidates]
            return
        for i, c in enumerate(candidates):
            if depth < len(c):
                yield [c[depth] if j == i else d[0] for j, d in enumerate(candidates)]
        if all(depth < len(c) for c in candidates):
            yield [c[depth] for c in candidates]


def constants_near(x: float, allowed: Range) -> list[Expr]:
    """Simple constants that a float may be meant to be, the simplest first."""
    tolerance = 3e-8 * (1 + abs(x))
    found: dict[Expr, None] = {}
    for end in (allowed.low, allowed.high):
        if end is not None and abs(_float(end) - x) < _NEAR * (1 + abs(x)):
            found[end] = None
    for e in simple_points(allowed):
        if abs(_float(e) - x) < tolerance:
            found[e] = None
    for denominator in (1, 2, 6, 12, 60, 100, 1000):
        q = Fraction(x).limit_denominator(denominator)
        if abs(float(q) - x) < tolerance:
            found[number(q)] = None
            break
    for unit in (PI, call("exp", 1), call("log", 2), call("log", 3)):
        q = Fraction(x / _float(unit)).limit_denominator(24)
        if q and abs(float(q) * _float(unit) - x) < tolerance:
            found[unit * q] = None
    square = Fraction(x * x).limit_denominator(60)
    if abs(float(square) - x * x) < 2 * tolerance * max(abs(x), 1e-3):
        root = raise_to(number(square), number(Fraction(1, 2)))
        found[root if x >= 0 else -root] = None
    for n in (2, 3, 5):  # (a + b sqrt(n))/c
        for b in range(-4, 5):
            for c in (1, 2, 3, 4):
                a = x * c - b * float(n) ** 0.5
                if b and abs(a - round(a)) < tolerance * c:
                    root = raise_to(number(n), number(Fraction(1, 2)))
                    found[(number(round(a)) + root * b) / c] = None
    if x > 0:
        q = Fraction(float(np.exp(x))).limit_denominator(20) if x < 5 else Fraction(0)
        if q > 1 and abs(np.log(float(q)) - x) < tolerance:
            found[call("log", number(q))] = None
    return sorted(found, key=size)


def _float(e: Expr) -> float:
    with ctx.workprec(80):
        return float(evaluate(e, {}).mid())


def _definite_box(
    goal: Goal, place: Mapping[str, Expr]
) -> dict[str, tuple[Fraction, Fraction]] | None:
    """A box around the zero on which f rises from it."""
    names = list(place)
    try:
        slopes = {n: normal_expr(derivative(goal.f, n)) for n in names}
    except _ERRORS:
        return None
    flat = [n for n in names if is_zero(substitute(slopes[n], place))]
    at_end = {n: _end(goal.domain.ranges[n], place[n]) for n in names}
    inwards = [n for n in names if n not in flat]
    if any(not at_end[n] for n in inwards):
        return None
    try:
        second = {
            (a, b): normal_expr(derivative(slopes[a], b)) for a in flat for b in flat if a <= b
        }
    except _ERRORS:
        return None
    radius = {n: _first_radius(goal.domain.ranges[n], place[n]) for n in names}
    for _ in range(_HALVINGS):
        box = {n: _around(goal.domain.ranges[n], place[n], radius[n]) for n in names}
        if _rises(slopes, second, flat, inwards, at_end, box):
            return box
        radius = {n: r / 2 for n, r in radius.items()}
    return None


def _end(allowed: Range, point: Expr) -> int:
    """1 if the point is the low end of a range, −1 if it is the high one, else 0."""
    if allowed.low is not None and (allowed.low is point or is_zero(allowed.low - point)):
        return 1
    if allowed.high is not None and (allowed.high is point or is_zero(allowed.high - point)):
        return -1
    return 0


def _first_radius(allowed: Range, point: Expr) -> Fraction:
    low, high = ends_of(allowed).floats
    x = _float(point)
    reach = max(min(high - x, 1e6), min(x - low, 1e6), 1e-6)
    power = int(np.floor(np.log2(min(reach, 4 * (1 + abs(x))))))
    return Fraction(2) ** power


def _around(allowed: Range, point: Expr, radius: Fraction) -> tuple[Fraction, Fraction]:
    """Rational ends around a point, cut at rational ends of its range."""
    near = Fraction(_float(point)).limit_denominator(2**20)
    centre = point.value if point.is_number else near
    low, high = centre - radius, centre + radius
    if allowed.low is not None and allowed.low.is_number:
        low = max(low, allowed.low.value)
    if allowed.high is not None and allowed.high.is_number:
        high = min(high, allowed.high.value)
    return low, high


def _ball(ends: tuple[Fraction, Fraction]) -> arb:
    low, high = (arb(fmpq(q.numerator, q.denominator)) for q in ends)
    return low.union(high)


def _rises(
    slopes: Mapping[str, Expr],
    second: Mapping[tuple[str, str], Expr],
    flat: list[str],
    inwards: list[str],
    at_end: Mapping[str, int],
    box: Mapping[str, tuple[Fraction, Fraction]],
) -> bool:
    with ctx.workprec(64):
        place = {n: _ball(ends) for n, ends in box.items()}
        for n in inwards:
            slope = evaluate(slopes[n], place)
            if not (slope >= 0 if at_end[n] > 0 else slope <= 0):
                return False
        matrix = [[evaluate(second[min(a, b), max(a, b)], place) for b in flat] for a in flat]
    return definite(matrix)


def definite(matrix: list[list[Any]]) -> bool:
    """Whether all symmetric matrices within are positive definite, by elimination in balls."""
    matrix = [row[:] for row in matrix]
    for i in range(len(matrix)):
        pivot = matrix[i][i]
        if not pivot > 0:
            return False
        for j in range(i + 1, len(matrix)):
            scale = matrix[j][i] / pivot
            for k in range(i + 1, len(matrix)):
                matrix[j][k] = matrix[j][k] - scale * matrix[i][k]
    return True


def rest_of(
    domain: Domain, names: tuple[str, ...], box: Mapping[str, tuple[Fraction, Fraction]]
) -> list[Domain]:
    """The domain without a box, as boxes cut off one coordinate after the other."""
    result = []
    for name in names:
        allowed = domain.ranges[name]
        low, high = ends_of(allowed).floats
        first, last = box[name]
        if low < float(first):
            below = replace(allowed, high=number(first), high_open=False)
            result.append(domain.with_range(name, below))
        if high > float(last):
            above = replace(allowed, low=number(last), low_open=False)
            result.append(domain.with_range(name, above))
        inner = replace(allowed)
        if low < float(first):
            inner = replace(inner, low=number(first), low_open=False)
        if high > float(last):
            inner = replace(inner, high=number(last), high_open=False)
        domain = domain.with_range(name, inner)
    return result
