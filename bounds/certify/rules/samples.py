"""Points of a domain in floats, from which a prover guesses what to prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from flint import arb, ctx

from bounds.certify.language.comparison import REVERSED, Comparison
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import Expr
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.goal import Goal, Relation
from bounds.certify.rules.normal import normal_expr
from bounds.certify.rules.points import combinations, ends_of, satisfied
from bounds.certify.rules.solving import polynomial_in

_COUNT = 4000
_ZERO = 1e-10
_BITS = (400, 4000)


class Samples:
    """Some thousand points that satisfy the ranges and the constraints of a domain.

    Attributes:
        place: an array of values for each variable.
        count: how many points there are.
    """

    def __init__(self, domain: Domain, count: int = _COUNT) -> None:
        names = list(domain.ranges)
        points = combinations(names, domain.ranges, count) if names else np.zeros((0, 1))
        points = np.array([self._ordered(points, domain, names)]).reshape(len(names), -1)
        inside = np.ones(points.shape[1], dtype=bool)
        place = dict(zip(names, points, strict=True))
        for name in names:
            low, high = ends_of(domain.ranges[name]).floats
            inside &= (place[name] > low) & (place[name] < high) | (low == high)
        for c in domain.constraints:
            if c.relation != "!=":
                inside &= satisfied(c, evaluate_float(c.left - c.right, place))
        self.place: dict[str, Any] = {name: values[inside] for name, values in place.items()}
        self.count = int(np.count_nonzero(inside))
        self.moderate = np.ones(self.count, dtype=bool)
        for values in self.place.values():
            self.moderate &= (np.abs(values) > 1e-3) & (np.abs(values) < 1e3)

    @staticmethod
    def _ordered(points: Any, domain: Domain, names: Sequence[str]) -> Any:
        """The points, and once more with two values exchanged where a constraint orders them."""
        blocks = [points]
        for c in domain.constraints:
            pair = [side.args[0] for side in (c.left, c.right) if side.head == "variable"]
            if len(pair) == 2 and c.relation in ("<", "<=", ">", ">="):
                i, j = names.index(pair[0]), names.index(pair[1])
                swapped = blocks[-1].copy()
                swapped[[i, j]] = swapped[[j, i]]
                blocks.append(swapped)
        return np.concatenate(blocks, axis=1)

    def values(self, e: Expr) -> tuple[Any, Any]:
        """An expression at the points, and the size of its terms."""
        with np.errstate(all="ignore"):
            value = np.broadcast_to(evaluate_float(e, self.place), (self.count,))
            scale = np.zeros(self.count)
            if e.head == "+":
                for term in e.args:
                    part = np.abs(np.broadcast_to(evaluate_float(term, self.place), (self.count,)))
                    scale = np.maximum(scale, np.where(np.isfinite(part), part, 0.0))
        return value, scale

    def sign(self, e: Expr) -> Relation | str | None:
        """The relation to 0 that an expression seems to have: > >= < <= = or None."""
        if e.is_number:
            return ">" if e.value > 0 else "<" if e.value < 0 else "="
        if not self.count:
            return None
        value, scale = self.values(e)
        known = np.isfinite(value)
        if not np.any(known):
            return None
        noise = 1e-12 * scale
        with np.errstate(invalid="ignore"):
            positive = self.has(e, known & (value > noise), value, scale, 1)
            negative = self.has(e, known & (value < -noise), value, scale, -1)
            if positive and negative:
                return None
            close = self.has(e, known & (np.abs(value) <= noise), value, scale, 0)
        if positive:
            return ">=" if close else ">"
        if negative:
            return "<=" if close else "<"
        return "="

    def has(self, e: Expr, at: Any, value: Any, scale: Any, sign: int) -> bool:
        """Whether some of the points marked have a sign, looked at with many digits.

        Floats lose a small value between large terms. The points at which it is largest, by itself
        and relative to its terms, are looked at again.
        """
        where = np.flatnonzero(at)
        if not where.size:
            return False
        with np.errstate(all="ignore"):
            relative = np.abs(value[where]) / np.where(scale[where] > 0, scale[where], 1.0)
        by_relative = where[np.argsort(relative)]
        by_value = where[np.argsort(np.abs(value[where]))]
        chosen = {*by_relative[-3:].tolist(), *by_value[-3:].tolist()}
        chosen |= set(where[self.moderate[where]][:3].tolist())
        if sign == 0:
            chosen |= {*by_relative[:3].tolist(), *by_value[:3].tolist()}
        return any(self.exact_sign(e, i) == sign for i in chosen)

    def exact_sign(self, e: Expr, i: int) -> int | None:
        """The sign at a sampled point with many digits, 0 where it is below all of them."""
        for bits in _BITS:
            with ctx.workprec(bits):
                value = evaluate(
                    e, {name: arb(float(values[i])) for name, values in self.place.items()}
                )
                if not value.is_finite():
                    return None
                if value > 0:
                    return 1
                if value < 0:
                    return -1
                if value.is_exact():
                    return 0
        return 0


@lru_cache(maxsize=256)
def samples(domain: Domain) -> Samples:
    """The sample of a domain, made once."""
    return Samples(domain)


_ROUNDS = 3


def tightened(domain: Domain) -> Domain:
    """The domain with ranges made smaller by its affine constraints.

    A constraint on one variable becomes its range; one on several gives each of them a bound from
    the ends of the others. The order of the variables stays: pieces of a proof go by it.
    """
    if not domain.constraints:
        return domain
    found = _tightened(domain)
    return replace(found, ranges={name: found.ranges[name] for name in domain.ranges})


@lru_cache(maxsize=2048)
def _tightened(domain: Domain) -> Domain:
    affine = [(c, _affine(c)) for c in domain.constraints]
    ranges = dict(domain.ranges)
    for _ in range(_ROUNDS):
        before = dict(ranges)
        for _, form in affine:
            if form is not None:
                _propagate(form, ranges)
        if before == ranges:
            break
    kept = tuple(c for c, form in affine if form is None or len(form[1]) != 1)
    return replace(domain, ranges=ranges, constraints=kept)


_Affine = tuple[Expr, dict[str, Fraction], bool, bool]
"""The constant, the slopes, whether it is strict, and whether it is an equation: form >= 0."""


def _affine(c: Comparison) -> _Affine | None:
    """Left − right of a comparison as an affine form with rational slopes that is >= 0."""
    if c.relation == "!=":
        return None
    if c.relation in ("<", "<="):
        c = c.turned
    slopes, rest = {}, c.left - c.right
    for name in sorted(c.free):
        coefficients = polynomial_in(rest, name)
        if coefficients is None or len(coefficients) != 2 or not coefficients[1].is_number:
            return None
        slopes[name] = coefficients[1].value
        rest = coefficients[0]
    return rest, slopes, c.relation == ">", c.relation == "="


def _propagate(form: _Affine, ranges: dict[str, Range]) -> None:
    constant, slopes, strict, equation = form
    for sign in (1, -1) if equation else (1,):
        for name, slope in slopes.items():
            bound, is_open = constant * sign, strict
            for other, a in slopes.items():
                if other == name:
                    continue
                r = ranges[other]
                end, end_open = (r.high, r.high_open) if a * sign > 0 else (r.low, r.low_open)
                if end is None:
                    break
                bound, is_open = bound + end * (a * sign), is_open or end_open
            else:
                end = _constant(bound / -(slope * sign))
                relation = ">" if slope * sign > 0 else "<"
                ranges[name] = _cut(ranges[name], relation if is_open else relation + "=", end)


def _constant(e: Expr) -> Expr:
    return e if e.is_number else normal_expr(e)


def _cut(old: Range, relation: str, end: Expr) -> Range:
    """A range cut at a bound, where that makes it smaller."""
    strict = relation in ("<", ">")
    low, high = ends_of(old).floats
    at = float(evaluate_float(end, {}))
    if relation in (">", ">="):
        if at < low or (at == low and (old.low_open or not strict)):
            return old
        return replace(old, low=end, low_open=strict)
    if at > high or (at == high and (old.high_open or not strict)):
        return old
    return replace(old, high=end, high_open=strict)


def without(domain: Domain, name: str) -> Domain:
    """The domain without a variable and the constraints that have it."""
    return replace(
        domain,
        ranges={k: v for k, v in domain.ranges.items() if k != name},
        constraints=tuple(c for c in domain.constraints if name not in c.free),
    )


def bounds_of(domain: Domain, name: str) -> tuple[list[Expr], list[Expr]] | None:
    """The low and the high bounds of a variable: its ends, and constraints affine in it.

    None where a constraint has the variable in another way.
    """
    allowed = domain.ranges[name]
    low = [] if allowed.low is None else [allowed.low]
    high = [] if allowed.high is None else [allowed.high]
    for c in domain.constraints:
        if name not in c.free:
            continue
        coefficients = polynomial_in(c.left - c.right, name)
        if coefficients is None or len(coefficients) != 2 or not coefficients[1].is_number:
            return None
        slope = coefficients[1].value
        bound = normal_expr(coefficients[0] / -coefficients[1])
        relation = c.relation if slope > 0 else REVERSED[c.relation]
        if relation in (">", ">="):
            low.append(bound)
        elif relation in ("<", "<="):
            high.append(bound)
        else:
            return None
    return low, high


def simplified(goal: Goal) -> Goal:
    """The goal with its ranges tightened, and without what has nothing to do with f."""
    domain = tightened(goal.domain)
    linked = set(goal.f.free)
    while True:
        grown = linked.union(*(c.free for c in domain.constraints if c.free & linked))
        if grown == linked:
            break
        linked = grown
    ranges = {name: r for name, r in domain.ranges.items() if name in linked}
    constraints = tuple(dict.fromkeys(c for c in domain.constraints if c.free & linked))
    return replace(goal, domain=replace(domain, ranges=ranges, constraints=constraints))


def unlinked(goal: Goal) -> Goal:
    """The goal without the variables that f has not, and without their constraints."""
    names = goal.f.free
    ranges = {name: r for name, r in goal.domain.ranges.items() if name in names}
    constraints = tuple(c for c in goal.domain.constraints if c.free <= names)
    return replace(goal, domain=replace(goal.domain, ranges=ranges, constraints=constraints))


_OFF = 1e-6


def looks(goal: Goal) -> str | None:
    """What floats say of a goal: "false" somewhere, "strict" (f > 0), "zero" somewhere, or None."""
    found = samples(goal.domain)
    if not found.count or goal.relation not in (">", ">="):
        return None
    sign = found.sign(goal.f)
    if sign is None or sign[0] == "<" or (goal.strict and sign != ">"):
        value, _ = found.values(goal.f)
        value = value[np.isfinite(value)]
        if any(c.relation == "=" for c in goal.domain.constraints):
            value = value[value < -_OFF * (1 + np.abs(value))]  # the points are a little off
        return "false" if value.size else None
    return "strict" if sign == ">" else "zero"
