"""alkahest: `verified_sign` on a box (Taylor models), exact positivity of polynomials."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

import alkahest as ak  # type: ignore

from benchmarks.decide.problems import Problem
from benchmarks.decide.reader import Node
from benchmarks.decide.solvers import Answer
from benchmarks.decide.solvers.translate import (
    Algebra,
    InexpressibleError,
    difference,
    exact,
    finite_box,
    inner_box,
    sides,
)

NAME = "alkahest"
PROOF = "an exact identity where a polynomial is a sum of squares"
SETTINGS = "verified_sign of orders 6 to 16 with growing budgets; prove_nonneg for polynomials"


def version() -> str:
    """The version of the package."""
    from importlib.metadata import version as installed

    return installed("alkahest")


def _algebra(pool: Any, symbols: dict[str, Any]) -> Algebra:
    def number(x: Fraction) -> Any:
        return pool.rational(x.numerator, x.denominator)

    def power(base: Any, exponent: Any, exact_power: Fraction | None) -> Any:
        if exact_power == Fraction(1, 2):
            return ak.sqrt(base)
        if exact_power is not None and exact_power.denominator == 1:
            return base ** int(exact_power)
        return ak.exp(exponent * ak.log(base))

    names = ("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh",
             "tanh", "erf", "erfc", "gamma", "digamma", "abs")  # fmt: skip
    functions = {name: getattr(ak, name) for name in names}
    functions["besselj"] = lambda order, x: _bessel(order, x)
    return Algebra(
        number=number,
        variable=lambda name: symbols[name],
        power=power,
        functions=functions,
        constants={"pi": lambda: 4 * ak.atan(pool.integer(1))},
    )


def _bessel(order: Any, x: Any) -> Any:
    named = {"0": ak.bessel_j0, "1": ak.bessel_j1}
    if str(order) not in named:
        raise InexpressibleError("besselj of this order")
    return named[str(order)](x)


def _is_polynomial(node: Node) -> bool:
    if exact(node) is not None or node.op == "variable":
        return True
    if node.op == "^":
        power = exact(node.args[1])
        whole = power is not None and power.denominator == 1 and power >= 0
        return whole and _is_polynomial(node.args[0])
    if node.op == "/":
        return exact(node.args[1]) is not None and _is_polynomial(node.args[0])
    return node.op in ("+", "-", "*", "negative") and all(map(_is_polynomial, node.args))


def solve(problem: Problem, seconds: float) -> Answer:
    """The verdict on the closed box, or a sum of squares where the domain is not a box."""
    until = time.monotonic() + seconds
    pool = ak.ExprPool()
    try:
        ranges = sides(problem)
        symbols = {name: pool.symbol(name) for name in ranges or ["none"]}
        algebra = _algebra(pool, symbols)
        parts = [difference(part) for part in problem.comparisons()]
        built = [(algebra.build(node), strict, node) for node, strict in parts]
        if problem.region().integers:
            raise InexpressibleError("a variable of whole numbers")
    except InexpressibleError as reason:
        return Answer("inexpressible", note=str(reason))
    replayable = True
    for expression, strict, node in built:
        answer = _sign(problem, expression, strict, symbols, until)
        if answer.outcome != "proved" and _is_polynomial(node) and not strict:
            exact_answer = _nonnegative(problem, expression, algebra, symbols)
            answer = exact_answer or answer
        if answer.outcome != "proved":
            return answer
        replayable = replayable and answer.replayable
    return Answer("proved", replayable=replayable)


def _sign(problem: Problem, f: Any, strict: bool, symbols: dict[str, Any], until: float) -> Answer:
    try:
        box = [(symbols[n], low, high) for n, (low, high) in finite_box(problem).items()]
    except InexpressibleError as reason:
        return Answer("inexpressible", note=str(reason))
    box = box or [(symbols["none"], 0.0, 1.0)]
    wanted = "positive" if strict else "nonnegative"
    note = ""
    for order, budget in ((6, 2048), (10, 8192), (16, 65536)):
        if time.monotonic() > until:
            return Answer("out of time")
        try:
            verdict = ak.verified_sign(f, box, wanted, order=order, max_subdivisions=budget)
        except Exception as error:  # the rival's own errors, such as a pole in the box
            note = f"{type(error).__name__}: {error}"[:120]
            continue
        if verdict == "true":
            return Answer("proved")
        if verdict == "false":
            inner = [(symbols[n], low, high) for n, (low, high) in inner_box(problem).items()]
            inner = inner or box
            if ak.verified_sign(f, inner, wanted, order=order, max_subdivisions=budget) == "false":
                return Answer("refuted")
            return Answer("undecided", note="false at an end that the domain leaves out")
    return Answer("undecided", note=note)


def _nonnegative(
    problem: Problem, f: Any, algebra: Algebra, symbols: dict[str, Any]
) -> Answer | None:
    limits = []
    for name, (low, high) in sides(problem).items():
        if low.node is not None:
            limits.append(symbols[name] - algebra.build(low.node))
        if high.node is not None:
            limits.append(algebra.build(high.node) - symbols[name])
    for part in problem.region().constraints:
        gap = algebra.build(part.left) - algebra.build(part.right)
        limits += {"<": [-gap], ">": [gap], "=": [gap, -gap]}[part.relation[0]]
    for level in (2, 4):
        try:
            found = ak.prove_nonneg(f, list(symbols.values()), constraints=limits, level=level)
        except Exception:  # no certificate of this degree
            continue
        if found is not None and found.verify():
            return Answer("proved", replayable=True)
    return None
