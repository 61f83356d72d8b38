"""An exact counterexample to a goal, or a place where a function is not defined.

The search is broad before it is deep: simple points first, then a grid with the ends and far-out
points, then descent from the best places, at last at higher precision. A witness is an exact point
of the domain, and the violation there is certified by balls or is an exact zero.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import ctx

from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Domain
from bounds.certify.language.expression import ZERO, Expr, number, substitute
from bounds.certify.rules.conditions import conditions, real_powers
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.goal import Deadline, Goal
from bounds.certify.rules.normal import TooLarge, normal
from bounds.certify.rules.points import Ends, combinations, ends_of, satisfied, simple_points, size
from bounds.certify.rules.program import compiled
from bounds.certify.rules.solving import solved, tidy

PRECISIONS = (64, 256, 1024, 4096)
_DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 50, 64, 100, 128, 1000, 10**4, 2**16)
_FINE = (10**6, 10**8, 2**32, 10**12, 2**48, 10**16)
_STARTS = 6
_MOST_SIMPLE = 6000


@dataclass(frozen=True)
class Witness:
    """A point of the domain at which a goal fails.

    Attributes:
        point: a constant for each variable.
        value: f there, as a constant.
        zero: whether f is exactly 0 there (it fails because the goal is strict).
    """

    point: Mapping[str, Expr]
    value: Expr
    zero: bool = False

    @property
    def size(self) -> int:
        """How long it is to write."""
        return sum(size(value) for value in self.point.values())


def is_zero(constant: Expr) -> bool:
    """Whether a constant is exactly 0, by its normal form."""
    if constant.is_number:
        return constant.value == 0
    try:
        return normal(constant).is_zero
    except (TooLarge, ZeroDivisionError, OverflowError, ValueError):
        return False


def sign(constant: Expr) -> int | None:
    """The certified sign of a constant; None where it is not found, or it is not defined."""
    integrals = any(node.head == "integral" for node in compiled(constant).nodes)
    for bits in PRECISIONS[:2] if integrals else PRECISIONS:  # quadrature of many bits is slow
        with ctx.workprec(bits):
            value = evaluate(constant, {})
        if value > 0:
            return 1
        if value < 0:
            return -1
        if bits == PRECISIONS[0]:
            if not value.is_finite():
                continue
            if is_zero(constant):
                return 0
    return None


class Refuter:
    """The search for a counterexample to one goal.

    Args:
        goal: what is claimed.
        deadline: when to stop.
    """

    def __init__(self, goal: Goal, deadline: Deadline) -> None:
        self.goal, self.deadline = goal, deadline
        self.f, self.relation = goal.f, goal.relation
        domain = goal.domain
        used = set(goal.f.free).union(*(c.free for c in domain.constraints))
        names = [name for name in domain.ranges if name in used]
        self.ranges = {name: domain.ranges[name] for name in names}
        self.ends: dict[str, Ends] = {name: ends_of(r) for name, r in self.ranges.items()}
        self.constraints = list(domain.constraints)
        self.explicit: dict[str, Expr] = {}
        self._use_equalities()
        self.names = [name for name in names if name not in self.explicit]
        self.best: list[tuple[float, dict[str, float]]] = []

    def _use_equalities(self) -> None:
        """Write a variable as a function of the others where an equality gives it."""
        for c in list(self.constraints):
            if c.relation != "=":
                continue
            equation = substitute(c.left - c.right, self.explicit)
            for name in sorted(equation.free, key=lambda n: n in self.f.free):
                roots = solved(equation, name)
                if roots and not self.ranges[name].integer:
                    kept = [r for r in roots if self._often_inside(r, name)]
                    if not kept:
                        continue
                    for other in self.explicit:
                        self.explicit[other] = substitute(self.explicit[other], {name: kept[0]})
                    self.explicit[name] = kept[0]
                    self.constraints.remove(c)
                    break

    def _often_inside(self, root: Expr, name: str) -> bool:
        """Whether a solution lies in the range of its variable somewhere."""
        low, high = self.ends[name].floats
        free = sorted(root.free)
        if not free:
            value = float(evaluate_float(root, {}))
            return low - 1e-9 <= value <= high + 1e-9
        points = combinations(free, self.ranges, 2000)
        value = evaluate_float(root, dict(zip(free, points, strict=True)))
        with np.errstate(invalid="ignore"):
            return bool(np.any((value >= low) & (value <= high)))

    # Floats

    def values(self, points: Any) -> tuple[Any, Any]:
        """F and its scale at points of shape (variables, points); infinite outside the domain."""
        place: dict[str, Any] = dict(zip(self.names, points, strict=True))
        count = points.shape[1] if self.names else 1
        with np.errstate(all="ignore"):
            for name, e in reversed(self.explicit.items()):
                place[name] = np.broadcast_to(evaluate_float(e, place), (count,))
            inside = np.ones(count, dtype=bool)
            for name, ends in self.ends.items():
                low, high = ends.floats
                allowed = self.ranges[name]
                inside &= (place[name] > low) if allowed.low_open else (place[name] >= low)
                inside &= (place[name] < high) if allowed.high_open else (place[name] <= high)
            for c in self.constraints:
                inside &= satisfied(c, evaluate_float(c.left - c.right, place))
            value = np.broadcast_to(evaluate_float(self.f, place), (count,))
            scale = np.zeros(count)
            for term in self.f.args if self.f.head == "+" else (self.f,):
                part = np.abs(np.broadcast_to(evaluate_float(term, place), (count,)))
                scale = np.maximum(scale, np.where(np.isfinite(part), part, 0.0))
            wrong = self.wrongness(value, scale)
            wrong = np.where(inside & np.isfinite(value), wrong, np.inf)
        return wrong, scale

    def wrongness(self, value: Any, scale: Any) -> Any:
        """How far from failing, relative to the terms: negative where the goal fails."""
        if self.f.head == "+":
            relative = value / np.where(scale > 0, scale, 1.0)
        else:  # nothing cancels: the sign is right, however small the value
            relative = np.where(value < 0, value - 1e-13, value)
        if self.relation == "=":
            return -np.abs(relative)
        if self.relation == "!=":
            return np.abs(relative)
        return relative

    # Exact points

    def certified(self, point: Mapping[str, Expr]) -> Witness | None:
        """The witness that a point is, if it is in the domain and the goal fails there."""
        full = dict(point)
        for name, e in reversed(self.explicit.items()):
            full[name] = tidy(substitute(e, full))
        for name, ends in self.ends.items():
            if not ends.holds(full[name]) and not self._inside(name, full[name]):
                return None
        for c in self.goal.domain.constraints:
            if not holds(c.at(full)):
                return None
        value = substitute(self.f, full)
        found = sign(value)
        if found is None:
            return None
        fails = {
            ">": found <= 0,
            ">=": found < 0,
            "=": found != 0,
            "!=": found == 0,
        }[self.relation]
        return Witness(full, value, found == 0) if fails else None

    def _inside(self, name: str, value: Expr) -> bool:
        """Membership of a constant that is no rational number, by the signs of differences."""
        allowed = self.ranges[name]
        if allowed.integer:
            return False
        low = allowed.low is None or holds(
            Comparison(value, ">" if allowed.low_open else ">=", allowed.low)
        )
        return low and (
            allowed.high is None
            or holds(Comparison(value, "<" if allowed.high_open else "<=", allowed.high))
        )

    def simplest(self) -> Witness | None:
        """A counterexample among products of simple numbers, the simplest that is found."""
        if not self.names:
            return self.certified({})
        pools = [simple_points(self.ranges[name]) for name in self.names]
        most = max(3, int(_MOST_SIMPLE ** (1 / len(self.names))))
        pools = [pool[:most] for pool in pools]
        if not all(pools):
            return None
        tuples = list(itertools.islice(itertools.product(*pools), 4 * _MOST_SIMPLE))
        floats = {e: float(evaluate_float(e, {})) for pool in pools for e in pool}
        points = np.array([[floats[e] for e in values] for values in tuples]).T
        wrong, scale = self.values(points)
        self.remember(points, wrong)
        margin = 1e-13 if self.goal.strict else -1e-13
        likely = wrong <= margin
        if self.goal.strict:  # at an end like pi all terms may vanish, each with its own rounding
            ends = {end for r in self.ranges.values() for end in (r.low, r.high)}
            for i, values in enumerate(tuples):
                likely[i] |= wrong[i] < np.inf and abs(scale[i]) < 1e-9 and bool(ends & {*values})
        order = np.flatnonzero(likely).tolist()
        order.sort(key=lambda i: (wrong[i] > -1e-13, sum(size(e) for e in tuples[i])))
        for i in order[:40]:
            found = self.certified(dict(zip(self.names, tuples[i], strict=True)))
            if found is not None:
                return found
        return None

    def remember(self, points: Any, wrong: Any, most: int = 24) -> None:
        """Keep the best places so far."""
        if not wrong.size:
            return
        order = np.argsort(wrong)[:most]
        self.best += [
            (float(wrong[i]), {n: float(points[k, i]) for k, n in enumerate(self.names)})
            for i in order
            if np.isfinite(wrong[i])
        ]
        self.best.sort(key=lambda pair: pair[0])
        del self.best[4 * most :]

    def by_grid(self, most: int, seed: int = 0) -> Witness | None:
        """A counterexample among many points."""
        if not self.names:
            return None
        points = combinations(self.names, self.ranges, most, seed)
        wrong, _ = self.values(points)
        self.remember(points, wrong)
        return self.from_best()

    def from_best(self) -> Witness | None:
        """The simplest witness near the best places, if floats say that the goal fails there."""
        for wrong, place in self.best[:12]:
            if wrong < -1e-14 and (found := self.near(place)) is not None:
                return found
        return None

    def near(self, place: Mapping[str, float]) -> Witness | None:
        """The simplest rational point near a place, of those where the goal surely fails."""
        for denominator in (*_DENOMINATORS, *_FINE):
            point = {}
            for name, value in place.items():
                if not np.isfinite(value):
                    return None
                exact = Fraction(value)
                bound = denominator if abs(value) >= 1e-2 or value == 0 else denominator * 10**3
                q = (
                    Fraction(round(value))
                    if self.ranges[name].integer
                    else exact.limit_denominator(
                        bound
                        if abs(value) > 1e-4
                        else max(bound, int(4 / abs(value)) if value else 1)
                    )
                )
                if abs(value) > 1e6:
                    q = _rounded(exact, max(1, len(str(denominator))))
                point[name] = number(q)
            array = np.array([[float(v.value)] for v in point.values()])
            wrong, _ = self.values(array)
            if wrong[0] < (1e-13 if self.goal.strict else -1e-15):
                found = self.certified(point)
                if found is not None:
                    return self.shortened(found)
        return None

    def shortened(self, witness: Witness) -> Witness:
        """Each coordinate made as simple as possible, one after the other."""
        for name in self.names:
            value = witness.point[name]
            if not value.is_number or self.ranges[name].integer:
                continue
            for denominator in _DENOMINATORS:
                q = value.value.limit_denominator(denominator)
                if size(number(q)) >= size(value):
                    break
                free = {n: witness.point[n] for n in self.names}
                found = self.certified({**free, name: number(q)})
                if found is not None:
                    witness = found
                    break
        return witness

    def descend(self, starts: int = _STARTS) -> Witness | None:
        """Descent from the best places, by steps that shrink and grow in every direction."""
        seen: list[dict[str, float]] = []
        for _, place in list(self.best):
            if len(seen) >= starts or self.deadline.over():
                break
            if any(_close(place, other) for other in seen):
                continue
            seen.append(place)
            self.improve(place)
            if (found := self.from_best()) is not None:
                return found
        return None

    def improve(self, place: Mapping[str, float]) -> None:
        """Go down from a place; where it ends is remembered."""
        x = np.array([place[name] for name in self.names])
        n = x.size
        step = np.array([self._first_step(name, place[name]) for name in self.names])
        integer = np.array([self.ranges[name].integer for name in self.names])
        wrong = float(self.values(x[:, None])[0][0])
        draw = np.random.default_rng(1)
        for _ in range(80):
            moves = np.concatenate([np.eye(n), -np.eye(n), draw.normal(size=(2 * n, n)) * 0.7])
            moves = np.concatenate([moves, moves / 4])
            points = x[:, None] + (moves * step).T
            points[integer] = np.round(points[integer])
            values = self.values(points)[0]
            i = int(np.argmin(values))
            if values[i] < wrong:
                moved = points[:, i] - x
                x, wrong = points[:, i], float(values[i])
                step = np.maximum(step * 0.8, np.abs(moved) * 1.5)
            else:
                step = step * 0.35
            if np.all(step <= 1e-15 * (np.abs(x) + 1e-300)):
                break
        self.remember(x[:, None], np.array([wrong]))

    def _first_step(self, name: str, value: float) -> float:
        low, high = self.ends[name].floats
        if self.ranges[name].integer:
            return max(2.0, abs(value) / 4)
        if np.isfinite(low) and np.isfinite(high):
            return (high - low) / 16
        return max(abs(value) / 4, 1e-3)

    # Higher precision

    def refine(self, bits: int = 320) -> Witness | None:
        """Look with many digits where floats see 0, for violations that they cannot see."""
        for wrong, place in self.best[:3]:
            if self.deadline.over() or not abs(wrong) < 1e-9:
                continue
            x = {name: Fraction(value) for name, value in place.items()}
            steps = {n: max(abs(v), Fraction(1, 2**20)) / 2**12 for n, v in x.items()}
            lowest = self._exact_value(x, bits)
            if lowest is None:
                continue
            for _ in range(60):
                moved = False
                for name in self.names:
                    if self.ranges[name].integer:
                        continue
                    for direction in (1, -1):
                        trial = {**x, name: x[name] + direction * steps[name]}
                        value = self._exact_value(trial, bits)
                        if value is not None and value < lowest:
                            x, lowest, moved = trial, value, True
                            break
                if lowest < 0:
                    found = self._simple(x)
                    if found is not None:
                        return found
                    break
                if self.deadline.over():
                    break
                if not moved:
                    steps = {n: s / 6 for n, s in steps.items()}
        return None

    def _exact_value(self, point: Mapping[str, Fraction], bits: int) -> Any:
        place = {name: number(q) for name, q in point.items()}
        for name, e in reversed(self.explicit.items()):
            place[name] = substitute(e, place)
        for name, ends in self.ends.items():
            if not ends.holds(place[name]) and not self._inside(name, place[name]):
                return None
        if not all(holds(c.at(place)) for c in self.constraints):
            return None
        with ctx.workprec(bits):
            value = evaluate(substitute(self.f, place), {})
            if self.relation == "=":
                value = -abs(value)
            elif self.relation == "!=":
                value = abs(value)
        return value.mid() if value.is_finite() else None

    def _simple(self, x: Mapping[str, Fraction]) -> Witness | None:
        for power in range(4, 120, 4):
            point = {name: number(q.limit_denominator(2**power)) for name, q in x.items()}
            found = self.certified(point)
            if found is not None:
                return found
        return None


def _rounded(q: Fraction, digits: int) -> Fraction:
    """A large number with few digits in front."""
    text = str(abs(int(q)))
    unit = 10 ** max(0, len(text) - digits)
    return Fraction(round(q / unit) * unit)


def _close(a: Mapping[str, float], b: Mapping[str, float]) -> bool:
    return all(abs(a[n] - b[n]) <= 1e-2 * (abs(a[n]) + abs(b[n])) + 1e-6 for n in a)


def holds(c: Comparison) -> bool:
    """Whether a comparison of constants surely holds."""
    found = sign(c.left - c.right)
    if found is None:
        return False
    return {
        "<": found < 0,
        "<=": found <= 0,
        ">": found > 0,
        ">=": found >= 0,
        "=": found == 0,
        "!=": found != 0,
    }[c.relation]


def refute(goal: Goal, deadline: Deadline, effort: int | None = None) -> Mapping[str, Expr] | None:
    """The simplest exact counterexample that is found.

    Args:
        goal: what is claimed.
        deadline: when to stop.
        effort: 0 looks at simple points and at a grid (milliseconds); 1 descends from the best
            places, too; 2 looks wider and with many digits; None goes by the time that is left.

    Returns:
        A constant for every variable of the domain: an exact point at which the goal is certified
        to fail. Or None; that none is found proves nothing.
    """
    if effort is None:
        effort = 1 if deadline.left() < 2 else 2
    found = counterexample(goal, deadline, effort)
    return None if found is None else _completed(found, goal.domain)


def _completed(found: Witness, domain: Domain) -> Mapping[str, Expr]:
    """The point with a value for the variables that do not matter."""
    point = {}
    for name, allowed in domain.ranges.items():
        simple = simple_points(allowed)
        point[name] = found.point[name] if name in found.point else simple[0] if simple else ZERO
    return point


def counterexample(goal: Goal, deadline: Deadline, effort: int = 1) -> Witness | None:
    """The witness that `refute` finds, with the value of f there; its arguments are the same."""
    search = Refuter(goal, deadline)
    if (found := search.simplest()) is not None:
        return found
    most = (2_000, 6_000, 40_000)[effort]
    if (found := search.by_grid(most)) is not None:
        return found
    if effort == 0 or deadline.over():
        return None
    if (found := search.descend()) is not None:
        return found
    if goal.strict and (found := _at_a_zero(search)) is not None:
        return found
    if effort > 1 and not deadline.over():
        if (found := search.by_grid(most, seed=2)) is not None:
            return found
        if (found := search.descend(3 * _STARTS)) is not None:
            return found
        return search.refine()
    return None


def _at_a_zero(search: Refuter) -> Witness | None:
    """A strict goal fails where f is exactly 0: at the places that the descent came to."""
    near = [place for wrong, place in search.best[:4] if wrong < 1e-9]
    for place in near:
        if (found := search.near(place)) is not None:
            return found
    for _, place in _apart([(0.0, place) for place in near], 2):
        if (found := _at_a_root(search, place)) is not None:
            return found
    return None


def _at_a_root(search: Refuter, place: Mapping[str, float]) -> Witness | None:
    """A zero of f near a place, as a root of an equation for one variable, the others simple."""
    for name, value in place.items():
        others = {n: number(Fraction(v).limit_denominator(64)) for n, v in place.items()}
        del others[name]
        for root in solved(substitute(search.f, {**search.explicit, **others}), name):
            with ctx.workprec(64):
                there = evaluate(root, {}) if not root.free else None
            if there is None or not abs(there - value) < 1e-6 * (1 + abs(value)):
                continue
            if (found := search.certified({**others, name: root})) is not None:
                return found
    return None


def best_places(
    goal: Goal, deadline: Deadline
) -> tuple[list[tuple[float, dict[str, float]]], dict[str, Expr]]:
    """Where f is smallest relative to its terms, after a search in floats: for contacts.

    Returns:
        The places, each with its value; and the variables that equalities give as functions of
        the others, which the places are without.
    """
    search = Refuter(goal, deadline)
    if not search.names:
        return [], search.explicit
    points = combinations(search.names, search.ranges, 4_000)
    search.remember(points, search.values(points)[0])
    for _, place in _apart(search.best, 4):
        search.improve(place)
    return search.best, search.explicit


def _apart(
    places: list[tuple[float, dict[str, float]]], most: int
) -> list[tuple[float, dict[str, float]]]:
    """The best places, of near ones the best."""
    chosen: list[tuple[float, dict[str, float]]] = []
    for pair in places:
        if len(chosen) < most and not any(_close(pair[1], other) for _, other in chosen):
            chosen.append(pair)
    return chosen


def undefined_at(
    e: Expr, domain: Domain, deadline: Deadline
) -> tuple[Mapping[str, Expr], str] | None:
    """A point of the domain where an expression is not defined.

    Args:
        e: an expression.
        domain: where it is meant.
        deadline: when to stop.

    Returns:
        The point, and what has no value there; None where none is found.
    """
    powers = {part: exponent for part, _, exponent in real_powers(e)}
    for part, argument, relation in conditions(e):
        found = counterexample(Goal(argument, relation, domain), deadline, effort=0)
        if found is not None and part in powers and relation == ">":
            found = _no_power(argument, powers[part], domain, deadline)
        if found is not None:
            return _completed(found, domain), f"{part} is not defined"
        if deadline.over():
            return None
    return None


def _no_power(base: Expr, exponent: Expr, domain: Domain, deadline: Deadline) -> Witness | None:
    """Where a power is not defined: 0 to what is not positive, and below 0 for real exponents."""
    if not _whole(exponent, domain):
        below = counterexample(Goal(base, ">=", domain), deadline, effort=0)
        if below is not None:
            return below
    lower = domain.with_constraint(Comparison(exponent, "<=", ZERO))
    return counterexample(Goal(base, "!=", lower), deadline, effort=0)


def _whole(e: Expr, domain: Domain) -> bool:
    """Whether an expression has whole values only, as its variables have."""
    if e.is_number:
        return e.value.denominator == 1
    if e.head == "variable":
        return domain.ranges[e.args[0]].integer
    return e.head in ("+", "*") and all(_whole(part, domain) for part in e.args)


__all__ = [
    "Refuter",
    "Witness",
    "best_places",
    "counterexample",
    "holds",
    "is_zero",
    "refute",
    "sign",
    "undefined_at",
]
