"""dReal: satisfiability of the negation up to δ; only "unsatisfiable" is a proof."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import dreal  # type: ignore

from benchmarks.decide.problems import Problem
from benchmarks.decide.solvers import Answer
from benchmarks.decide.solvers.translate import Algebra, InexpressibleError, conditions, limits

NAME = "dReal"
PROOF = ""
SETTINGS = "δ from 1e-3 down to 1e-9, polytope contractors tried; δ-satisfiable decides nothing"


def version() -> str:
    """The version of the package."""
    return str(dreal.__version__)


def _number(x: Fraction) -> Any:
    near = float(x)
    if Fraction(near) == x:
        return dreal.Expression(near)
    return dreal.Expression(float(x.numerator)) / dreal.Expression(float(x.denominator))


def _power(base: Any, exponent: Any, power: Fraction | None) -> Any:
    if power == Fraction(1, 2):
        return dreal.sqrt(base)
    if power is not None and power.denominator == 1:
        return dreal.pow(base, _number(power))
    return dreal.exp(exponent * dreal.log(base))


def _algebra(variables: dict[str, Any]) -> Algebra:
    names = ("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh",
             "cosh", "tanh")  # fmt: skip
    functions = {name: getattr(dreal, name) for name in names}
    functions |= {"abs": abs, "min": dreal.Min, "max": dreal.Max}
    return Algebra(
        number=_number,
        variable=lambda name: dreal.Expression(variables[name]),
        power=_power,
        functions=functions,
        constants={"pi": lambda: dreal.Expression(4.0) * dreal.atan(dreal.Expression(1.0))},
    )


def _compare(a: Any, relation: str, b: Any) -> Any:
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "!=": a != b}[relation]


def solve(problem: Problem, seconds: float) -> Answer:
    """Proved if every negation is unsatisfiable, the claim's and its definedness's."""
    del seconds  # the caller stops it
    domain = problem.region()
    if domain.exists:
        return Answer("inexpressible", note="an existential variable")
    names = list(domain.ranges)
    kinds = dreal.Variable
    variables = {
        n: kinds(n, kinds.Int) if n in domain.integers else kinds(n, kinds.Real) for n in names
    }
    algebra = _algebra(variables)
    try:
        inside = [
            _compare(algebra.build(c.left), c.relation, algebra.build(c.right))
            for c in [
                *(c for n, ranges in domain.ranges.items() for r in ranges for c in limits(n, r)),
                *domain.constraints,
            ]
        ]
        questions = []
        for part in problem.comparisons():
            left, right = algebra.build(part.left), algebra.build(part.right)
            questions.append(_compare(left, part.relation, right))
            for side in (part.left, part.right):
                for node, sign in conditions(side):
                    zero = dreal.Expression(0.0)
                    questions.append(_compare(algebra.build(node), sign, zero))
    except InexpressibleError as reason:
        return Answer("inexpressible", note=str(reason))
    for question in questions:
        if not _unsatisfiable([*inside, dreal.Not(question)]):
            return Answer("undecided", note="δ-satisfiable")
    return Answer("proved")


def _unsatisfiable(facts: list[Any]) -> bool:
    whole = dreal.And(*facts) if len(facts) > 1 else facts[0]
    for delta in (1e-3, 1e-6, 1e-9):
        config = dreal.Config()
        config.precision = delta
        config.number_of_jobs = 1
        if dreal.CheckSatisfiability(whole, config) is None:
            return True
    return False
