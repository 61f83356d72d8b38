"""z3: algebra over the reals and whole numbers, by the negation of the claim."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import z3  # type: ignore

from benchmarks.decide.problems import Problem
from benchmarks.decide.reader import Comparison, Domain
from benchmarks.decide.solvers import Answer
from benchmarks.decide.solvers.translate import Algebra, InexpressibleError, limits

NAME = "z3"
PROOF = ""
SETTINGS = "real arithmetic (nlsat), roots as new variables; definedness is asked first"


def version() -> str:
    """The version of the package."""
    return str(z3.get_version_string())


class _Translation:
    """Builds z3 terms; a root becomes a fresh variable with its equation."""

    def __init__(self, domain: Domain, names: set[str]) -> None:
        self.real: dict[str, Any] = {}
        self.side: list[Any] = []
        for name in sorted(names):
            whole = name in domain.integers
            self.real[name] = z3.ToReal(z3.Int(name)) if whole else z3.Real(name)
        self.algebra = Algebra(
            number=lambda x: z3.RealVal(str(x)),
            variable=lambda name: self.real[name],
            power=self.power,
            functions={
                "abs": lambda a: z3.If(a >= 0, a, -a),
                "min": lambda a, b: z3.If(a <= b, a, b),
                "max": lambda a, b: z3.If(a >= b, a, b),
                "floor": lambda a: z3.ToReal(z3.ToInt(a)),
                "sign": lambda a: z3.If(a > 0, z3.RealVal(1), z3.If(a < 0, z3.RealVal(-1), a)),
                "sqrt": lambda a: self.power(a, None, Fraction(1, 2)),
                "cbrt": self.cube_root,
            },
        )

    def power(self, base: Any, _: Any, power: Fraction | None) -> Any:
        if power is None or abs(power.numerator) > 64:
            raise InexpressibleError("a power that is not a fixed number")
        n, root = power.numerator, power.denominator
        if root > 1:
            if root > 12:
                raise InexpressibleError("a root of high order")
            fresh = z3.Real(f"root_{len(self.side)}")
            is_root = z3.And(fresh >= 0, self.product(fresh, root) == base)
            self.side.append(z3.Implies(base >= 0, is_root))
            base = fresh
        return self.product(base, n) if n >= 0 else 1 / self.product(base, -n)

    def cube_root(self, base: Any) -> Any:
        fresh = z3.Real(f"root_{len(self.side)}")
        self.side += [self.product(fresh, 3) == base]
        return fresh

    @staticmethod
    def product(base: Any, n: int) -> Any:
        whole = z3.RealVal(1)
        for _ in range(n):
            whole = whole * base
        return whole

    def compare(self, part: Comparison) -> Any:
        a, b = self.algebra.build(part.left), self.algebra.build(part.right)
        return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "!=": a != b}[
            part.relation
        ]


def solve(problem: Problem, seconds: float) -> Answer:
    """Unsatisfiable proves, satisfiable refutes; a satisfiable failure to be defined is told."""
    domain, parts = problem.region(), problem.comparisons()
    names = set(domain.ranges).union(*(part.variables() for part in parts))
    try:
        translation = _Translation(domain, names)
        inside = [c for n, rs in domain.ranges.items() for r in rs for c in limits(n, r)]
        known = {c: translation.compare(c) for c in inside + domain.constraints}
        claim = z3.And([translation.compare(part) for part in parts])
        defined = [
            {">": term > 0, ">=": term >= 0, "!=": term != 0}[sign]
            for p in parts
            for side in (p.left, p.right)
            for term, sign, _ in translation.algebra.conditions(side)
        ]
    except InexpressibleError as reason:
        return Answer("inexpressible", note=str(reason))
    outer = [f for c, f in known.items() if not c.variables() & domain.exists]
    bound = [f for c, f in known.items() if c.variables() & domain.exists]
    budget = int(seconds * 1000 / 2)
    if defined and not domain.exists:
        answer = _check([*outer, *translation.side, z3.Not(z3.And(defined))], budget)
        if answer == z3.sat:
            return Answer("undefined")
        if answer != z3.unsat:
            return Answer("undecided", note="definedness")
    if domain.exists:
        inner = [z3.Int(n) if n in domain.integers else z3.Real(n) for n in sorted(domain.exists)]
        found = z3.Exists(inner, z3.And([*bound, *translation.side, *defined, claim]))
        answer = _check([*outer, z3.Not(found)], budget)
    else:
        answer = _check([*outer, *translation.side, z3.Not(claim)], budget)
    if answer == z3.unsat:
        return Answer("proved")
    return Answer("refuted") if answer == z3.sat else Answer("undecided")


def _check(facts: list[Any], milliseconds: int) -> Any:
    solver = z3.Solver()
    solver.set("timeout", max(1, milliseconds))
    solver.add(*facts)
    return solver.check()
