"""codac: contractors on the negation of the claim, and bisection of what they leave.

At ends that the domain leaves out a denominator or an argument may vanish, since boxes are closed.
"""

from __future__ import annotations

import heapq
import time
from fractions import Fraction
from itertools import count
from math import inf, nextafter
from typing import Any

import codac  # type: ignore

from benchmarks.decide.problems import Problem
from benchmarks.decide.solvers import Answer
from benchmarks.decide.solvers.translate import (
    Algebra,
    InexpressibleError,
    difference,
    sides,
)

NAME = "codac"
PROOF = ""
SETTINGS = "CtcInverse on the negation and on the constraints, widest box first; points refute"


def version() -> str:
    """The version of the package."""
    from importlib.metadata import version as installed

    return installed("codac")


def _algebra(variables: dict[str, Any]) -> Algebra:
    def power(base: Any, exponent: Any, exact: Fraction | None) -> Any:
        if exact is not None and exact.denominator == 1:
            return codac.pow(base, int(exact))
        if exact == Fraction(1, 2):
            return codac.sqrt(base)
        return codac.exp(exponent * codac.log(base))

    def constant(x: Fraction) -> Any:
        near = float(x)
        if Fraction(near) == x:
            return codac.ScalarExpr(codac.Interval(near))
        whole = codac.Interval(float(x.numerator)) / codac.Interval(float(x.denominator))
        if abs(x.numerator) > 2**53 or x.denominator > 2**53:
            whole = codac.Interval(nextafter(near, -inf), nextafter(near, inf))
        return codac.ScalarExpr(whole)

    names = ("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh",
             "cosh", "tanh", "abs", "min", "max", "floor", "sign")  # fmt: skip
    return Algebra(
        number=constant,
        variable=lambda name: variables[name],
        power=power,
        functions={name: getattr(codac, name) for name in names},
        constants={"pi": lambda: codac.ScalarExpr(codac.Interval.pi())},
    )


class _Part:
    """A function of the box and the values that it must not take: below zero, or zero itself."""

    def __init__(self, vector: Any, expression: Any, relation: str) -> None:
        self.function = codac.AnalyticFunction([vector], expression)
        self.relation = relation
        forbidden = [-codac.oo, 0.0] if relation[0] == ">" else [0.0, 0.0]
        self.contractor = codac.CtcInverse(self.function, forbidden)

    def holds(self, box: Any) -> bool:
        """Whether it holds on the whole box."""
        value = self.function.eval(box)
        if value.is_empty():
            return False
        if self.relation == ">":
            return bool(value.lb() > 0)
        if self.relation == ">=":
            return bool(value.lb() >= 0)
        if self.relation == "one sign":
            return bool(value.lb() >= 0 or value.ub() <= 0)
        return bool(value.lb() > 0 or value.ub() < 0)

    def fails(self, box: Any) -> bool:
        """Whether it fails on the whole (tiny) box."""
        value = self.function.eval(box)
        if value.is_empty():
            return False
        return bool(value.ub() < 0 or (self.relation == ">" and value.ub() <= 0))


def _halves(box: Any, k: int) -> tuple[Any, Any]:
    """The box cut in two along k; an infinite one at twice its distance from 0."""
    low, high = box[k].lb(), box[k].ub()
    if low == -codac.oo and high == codac.oo:
        at = 0.0
    elif high == codac.oo:
        at = max(1.0, 2 * low) if low >= 0 else 0.0
    elif low == -codac.oo:
        at = min(-1.0, 2 * high) if high <= 0 else 0.0
    else:
        at = (low + high) / 2
    left, right = codac.IntervalVector(box), codac.IntervalVector(box)
    left[k], right[k] = codac.Interval(low, at), codac.Interval(at, high)
    return left, right


def solve(problem: Problem, seconds: float) -> Answer:
    """Proved when no box is left, refuted by a point whose enclosure is on the wrong side."""
    until = time.monotonic() + seconds
    try:
        ranges = sides(problem)
        region = problem.region()
        names = list(ranges) or ["none"]
        vector = codac.VectorVar(len(names))
        algebra = _algebra({name: vector[k] for k, name in enumerate(names)})
        open_names = {n for n, (low, high) in ranges.items() if low.open or high.open}
        claims, needs = [], []
        for part in problem.comparisons():
            node, strict = difference(part)
            claims.append(_Part(vector, algebra.build(node), ">" if strict else ">="))
            for condition, sign, written in algebra.conditions(node):
                relation = sign
                if written.variables() & open_names:
                    relation = "one sign" if sign == "!=" else ">="
                needs.append(_Part(vector, condition, relation))
        keep = []
        for part in region.constraints:
            gap = algebra.build(part.left) - algebra.build(part.right)
            allowed = {"<": [-codac.oo, 0.0], ">": [0.0, codac.oo], "=": [0.0, 0.0]}
            function = codac.AnalyticFunction([vector], gap)
            keep.append(codac.CtcInverse(function, allowed[part.relation[0]]))
    except InexpressibleError as reason:
        return Answer("inexpressible", note=str(reason))
    start = codac.IntervalVector(
        [[low.below, high.above] for low, high in ranges.values()] or [[0.0, 0.0]]
    )
    whole = bool(region.integers or region.constraints)
    inside = None if whole else list(ranges.values())
    for wanted, places in [(part, None) for part in needs] + [(part, inside) for part in claims]:
        answer = _settle(wanted, start, keep, places, until)
        if answer is not None:
            return answer
    return Answer("proved")


def _settle(part: _Part, start: Any, keep: list[Any], inside: Any, until: float) -> Answer | None:
    """Nothing if the part holds on the whole box; points refute where `inside` gives the ends."""
    order = count()
    boxes = [(0.0, next(order), start)]
    while boxes:
        if time.monotonic() > until:
            return Answer("out of time")
        box = heapq.heappop(boxes)[2]
        for contractor in keep:
            box = contractor.contract(box)
            if box.is_empty():
                break
        if box.is_empty() or part.holds(box):
            continue
        left = part.contractor.contract(codac.IntervalVector(box))
        if left.is_empty():
            continue
        if inside is not None:
            middle = [_halves(left, k)[0][k].ub() for k in range(left.size())]
            if all(a.above < x < b.below for x, (a, b) in zip(middle, inside, strict=False)):
                point = codac.IntervalVector([[x, x] for x in middle])
                if part.fails(point):
                    return Answer("refuted")
        widths = [left[k].diam() for k in range(left.size())]
        k = max(range(len(widths)), key=widths.__getitem__)
        if widths[k] < inf and not widths[k] > 1e-13 * max(1.0, left[k].mag()):
            return Answer("undecided", note="a box too small to halve is left")
        if left[k].lb() > 1e100 or left[k].ub() < -1e100:
            return Answer("undecided", note="a box near infinity is left")
        for half in _halves(left, k):
            heapq.heappush(boxes, (-widths[k], next(order), half))
        if len(boxes) > 300_000:
            return Answer("undecided", note="too many boxes are left")
    return None
