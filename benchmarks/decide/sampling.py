"""Dense sampling of the problems: no true claim may fail anywhere, and every witness must do.

Sampling never proves a claim. It is here because a label that is wrong would make every table
wrong, and because a false claim must have a point at which anyone can see it fail.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from mpmath import mp, mpf
from mpmath.libmp import NoConvergence

from benchmarks.decide import reader
from benchmarks.decide.evaluation import Undefined, gap, holds, value
from benchmarks.decide.problems import Problem

Point: TypeAlias = Mapping[str, Any]
Place: TypeAlias = Callable[[], Point]
"""A point in whatever precision is at work: a coordinate such as sqrt(2) is computed again."""
Value: TypeAlias = Callable[[], Any]

FAR = (1e-9, 1e-5, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0, 1.1, 1.3, 1.6, 2.0, 2.5,
       3.0, 3.7, 4.5, 5.5, 7.0, 9.0, 12.0, 16.0, 23.0, 40.0, 100.0)  # fmt: skip
NEAR = (1e-9, 1e-6, 1e-4, 1e-3, 0.01)
WHOLE = (*range(41), 55, 75, 100, 143, 200)


def ends(ranges: list[reader.Range]) -> tuple[Any, bool, Any, bool]:
    """The intersection: its ends (possibly infinite) and whether they are open."""
    low, low_open, high, high_open = -mp.inf, True, mp.inf, True
    for part in ranges:
        if part.low is not None:
            at = value(part.low, {})
            if at > low or (at == low and part.low_open):
                low, low_open = at, part.low_open
        if part.high is not None:
            at = value(part.high, {})
            if at < high or (at == high and part.high_open):
                high, high_open = at, part.high_open
    return low, low_open, high, high_open


def coordinates(ranges: list[reader.Range], whole: bool, count: int) -> list[Value]:
    """Values of one variable: a grid, its ends, points near them, far points, random ones."""
    low, low_open, high, high_open = ends(ranges)
    found: list[Value] = []

    def add(far: Any, foot: int, scale: bool) -> None:
        """Foot 0 is the low end, 1 the high end; the ends are computed again in each precision."""

        def place() -> Any:
            at = ends(ranges)
            if mp.isinf(at[2 * foot]):
                return mpf(far)
            return at[2 * foot] + far * (at[2] - at[0] if scale else 1)

        found.append(place)

    if whole:
        first = mpf(0) if mp.isinf(low) else mp.floor(low) + 1 if low_open else mp.ceil(low)
        steps = [first + k for k in WHOLE]
        steps += [mpf(-k) for k in WHOLE if mp.isinf(low)]
        return [lambda x=x: x for x in steps if x < high or (x == high and not high_open)]
    if mp.isinf(low) or mp.isinf(high):
        both = mp.isinf(low) and mp.isinf(high)
        way, foot = (1, 0) if not mp.isinf(low) else (-1, 1)
        closed = both or not (low_open if foot == 0 else high_open)
        for x in ([0.0] if closed else []) + list(FAR):
            add(mpf(x) * way, foot, False)
            if both:
                add(mpf(x), foot, False)
        for _ in range(count):
            add(mpf(random.gauss(0, 1) if both else way * random.expovariate(0.5)), foot, False)
        return found
    if low > high or (low == high and (low_open or high_open)):
        return found
    for k in range(0 if not low_open else 1, count + (0 if high_open else 1)):
        add(mpf(k) / count, 0, True)
    for x in NEAR:
        add(mpf(x), 0, True)
        add(-mpf(x), 1, True)
    for _ in range(count):
        add(mpf(random.random()), 0, True)
    return found


def points(problem: Problem, count: int = 60, seed: int = 1) -> Iterator[Place]:
    """Points of the domain, with the existential variables that the problem chooses."""
    random.seed(f"{problem.id} {seed}")
    region = problem.region()
    drawn = {**problem.place, **problem.choice}
    axes = {
        name: coordinates([reader.interval(text)], False, count)
        for name, text in problem.along.items()
    }
    free = {
        name: coordinates(ranges, name in region.integers, count)
        for name, ranges in region.ranges.items()
        if name not in drawn and name not in region.exists
    }
    axes |= free
    if not all(axes.values()):
        return
    picks: Iterator[dict[str, Value]]
    if len(axes) <= 1:
        picks = (dict.fromkeys(axes, x) for x in next(iter(axes.values()), [mpf]))
    else:
        picks = ({n: random.choice(axis) for n, axis in axes.items()} for _ in range(8 * count))
    formulas = {name: reader.expression(text) for name, text in drawn.items()}
    for pick in picks:

        def place(pick: Mapping[str, Value] = pick) -> Point:
            at = {name: x() for name, x in pick.items()}
            point = {name: at[name] for name in free}
            return point | {name: value(formula, at) for name, formula in formulas.items()}

        if problem.place or all(holds(part, place) for part in region.constraints):
            yield place


def violation(problem: Problem, count: int = 60, seed: int = 1) -> Point | None:
    """A sampled point at which the claim fails or has no value, if there is one.

    Points at which mpmath itself gives up are passed over.
    """
    parts = problem.comparisons()
    slow = any(n.op in reader.BINDERS for p in parts for s in (p.left, p.right) for n in s.walk())
    count = max(2, count // 10) if slow else count
    best: list[tuple[float, Point]] = []
    for place in points(problem, count, seed):
        try:
            failed = differs(parts, place) if problem.truth == "equal" else fails(parts, place)
            if failed:
                return place()
            best.append((tightest(parts, place()), place()))
        except Undefined:
            return place()
        except (ValueError, NoConvergence):
            continue
    if slow or problem.place or problem.choice or problem.truth == "equal":
        return None
    return _descend(problem, parts, sorted(best, key=lambda pair: pair[0])[:2])


def fails(parts: list[reader.Comparison], place: Place) -> bool:
    """Whether some comparison is false at the point."""
    return not all(holds(part, place) for part in parts)


def differs(parts: list[reader.Comparison], place: Place) -> bool:
    """Whether the two sides of some comparison are different at the point."""
    return not all(holds(reader.Comparison(p.left, "=", p.right), place) for p in parts)


def tightest(parts: list[reader.Comparison], at: Point) -> float:
    """The least gap of the comparisons, as a share of the size of their sides."""
    return min(float(d / (s or 1)) for d, s in (gap(part, at) for part in parts))


def _descend(
    problem: Problem, parts: list[reader.Comparison], starts: list[tuple[float, Point]]
) -> Point | None:
    """Random steps that lower the least gap, from the tightest points; a failure if one is met."""
    region = problem.region()
    limits = {name: ends(ranges) for name, ranges in region.ranges.items()}
    for least, start in starts:
        here, width = dict(start), 0.3
        for _ in range(150):
            step = {}
            for name, x in here.items():
                low, low_open, high, high_open = limits[name]
                moved = x + mpf(random.gauss(0, width)) * max(abs(x), mpf("0.01"))
                if name in region.integers:
                    moved = mp.nint(moved)
                outside = moved < low or moved > high
                at_end = (moved == low and low_open) or (moved == high and high_open)
                step[name] = x if outside or at_end else moved
            if not all(holds(part, lambda p=step: p) for part in region.constraints):
                continue
            try:
                tight = tightest(parts, step)
                if tight <= 0 and fails(parts, lambda p=step: p):
                    return step
            except Undefined:
                return step
            except (ValueError, NoConvergence):
                continue
            if tight < least:
                least, here = tight, step
            else:
                width = max(width * 0.97, 1e-7)
    return None


def witnessed(problem: Problem) -> bool:
    """Whether the stored witness lies in the domain and the claim fails there (has no value there).

    A false claim with an existential variable must fail for each of its sampled values; one without
    variables fails by itself.
    """
    region = problem.region()

    def place() -> Point:
        return {n: value(reader.expression(t), {}) for n, t in problem.witness.items()}

    with mp.workdps(60):
        inside = place()
        for name, x in inside.items():
            low, low_open, high, high_open = ends(region.ranges.get(name, []))
            if not low <= x <= high or (x == low and low_open) or (x == high and high_open):
                return False
            if name in region.integers and not mp.isint(x):
                return False
    if not all(holds(part, place) for part in region.constraints):
        return False
    trials: list[Point] = [{}]
    for name in region.exists:
        values = coordinates(region.ranges[name], name in region.integers, 200)
        trials = [{**trial, name: x()} for trial in trials for x in values]
    for trial in trials:
        try:
            good = all(
                holds(part, lambda t=trial: {**place(), **t}) for part in problem.comparisons()
            )
        except Undefined:
            if problem.truth != "undefined":
                return False
            continue
        if good or problem.truth == "undefined":
            return False
    return True
