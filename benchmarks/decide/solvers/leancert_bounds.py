"""leancert: checked bounds by its Lean kernel on boxes, the box halved until each is verified."""

from __future__ import annotations

import heapq
import sys
import time
import warnings
from fractions import Fraction
from itertools import count
from typing import Any

import leancert as lc  # type: ignore

from benchmarks.decide.problems import Problem
from benchmarks.decide.solvers import Answer
from benchmarks.decide.solvers.translate import (
    Algebra,
    InexpressibleError,
    difference,
    finite_box,
    inner_box,
)

NAME = "leancert"
PROOF = "the enclosures that its Lean bridge checked"
SETTINGS = "verify_bound (checked) on halved boxes, Taylor depth 10 and 20; adaptive refutes"

ROOM = 2 * 2**30
"""Lean reserves address space for the stacks of its threads without using it."""


def version() -> str:
    """The version of the package."""
    return str(lc.__version__)


def _power(base: Any, exponent: Any, power: Fraction | None) -> Any:
    if power is not None and power.denominator == 1:
        return base ** int(power) if power >= 0 else lc.inv(base ** int(-power))
    if power == Fraction(1, 2):
        return lc.sqrt(base)
    return lc.exp(exponent * lc.log(base))


ALGEBRA = Algebra(
    number=lc.const,
    variable=lc.var,
    power=_power,
    functions={
        "exp": lc.exp, "log": lc.log, "sqrt": lc.sqrt, "sin": lc.sin, "cos": lc.cos, "tan": lc.tan,
        "atan": lc.atan, "sinh": lc.sinh, "cosh": lc.cosh, "tanh": lc.tanh, "asinh": lc.arsinh,
        "atanh": lc.atanh, "erf": lc.erf, "abs": lc.abs, "min": lc.Min, "max": lc.Max,
    },
    constants={"pi": lambda: 4 * lc.atan(lc.const(1))},
)  # fmt: skip

_STRICT = Fraction(1, 2**40)
"""A strict claim is asked with this margin: the kernel knows f >= c and f <= c."""


def solve(problem: Problem, seconds: float) -> Answer:
    """Verified on boxes that cover the domain, or rejected at a checked point."""
    until = time.monotonic() + seconds
    try:
        box = finite_box(problem)
        if not box:
            box = {"none": (0.0, 1.0)}
        if problem.region().integers:
            raise InexpressibleError("a variable of whole numbers")
        built = []
        for part in problem.comparisons():
            node, strict = difference(part)
            expression = ALGEBRA.build(node)
            built.append((expression, _STRICT if strict else Fraction(0)))
    except InexpressibleError as reason:
        return Answer("inexpressible", note=str(reason))
    exact = {name: (Fraction(low), Fraction(high)) for name, (low, high) in box.items()}
    inner = {n: (Fraction(a), Fraction(b)) for n, (a, b) in inner_box(problem).items()}
    sys.set_int_max_str_digits(0)  # its exact rational numbers may have many digits
    with lc.Solver() as solver, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for expression, margin in built:
            answer = _cover(solver, expression, exact, inner, margin, until)
            if answer is not None:
                return answer
    return Answer("proved", replayable=True)


def _cover(solver: Any, f: Any, box: Any, inner: Any, margin: Fraction, until: float) -> Any:
    order, boxes = count(), [(Fraction(0), 0, box)]
    tried = False
    while boxes:
        if time.monotonic() > until:
            return Answer("out of time")
        here = heapq.heappop(boxes)[2]
        for depth in (10, 20):
            config = lc.Config(taylor_depth=depth)
            verdict = solver.verify_bound(f, here, lower=margin, config=config)
            if not isinstance(verdict, lc.Inconclusive):
                break
        if isinstance(verdict, lc.Verified):
            continue
        if isinstance(verdict, lc.Unsupported):
            return Answer("inexpressible", note="the bridge does not support it")
        if not tried and inner:
            tried = True
            found = solver.verify_bound(f, inner, lower=Fraction(0), method="adaptive")
            if isinstance(found, lc.Rejected):
                return Answer("refuted", replayable=True)
        name = max(here, key=lambda n: here[n][1] - here[n][0])
        low, high = here[name]
        if high - low < Fraction(1, 10**9) or len(boxes) > 20_000:
            return Answer("undecided", note=type(verdict).__name__)
        middle = (low + high) / 2
        for half in ((low, middle), (middle, high)):
            heapq.heappush(boxes, (low - high, next(order) + 1, {**here, name: half}))
    return None
