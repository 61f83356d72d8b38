"""Sollya: `checkinfnorm` around the middle of the function's range, in one variable."""

from __future__ import annotations

import re
import subprocess
from fractions import Fraction

from benchmarks.decide.problems import Problem
from benchmarks.decide.solvers import Answer
from benchmarks.decide.solvers.translate import (
    Algebra,
    InexpressibleError,
    difference,
    finite_box,
    inner_box,
)

NAME = "Sollya"
PROOF = ""
SETTINGS = "checkinfnorm(f - c, box, c) with c from dirtyinfnorm, precision 165; points refute"


def version() -> str:
    """The version; FileNotFoundError if it is not installed."""
    done = subprocess.run(
        ["sollya", "--version"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    found = re.search(r"(\d+\.\d+\S*)", done.stdout + done.stderr)
    return found[1] if found else "?"


def _power(base: str, exponent: str, power: Fraction | None) -> str:
    if power == Fraction(1, 2):
        return f"sqrt({base})"
    return f"({base})^({exponent})"


def _algebra(name: str) -> Algebra:
    words = ("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan",
             "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "abs",
             "floor")  # fmt: skip

    def variable(found: str) -> str:
        if found != name:
            raise InexpressibleError("several variables")
        return "_x_"

    return Algebra(
        number=lambda x: f"({x.numerator}/{x.denominator})" if x.denominator > 1 else f"({x})",
        variable=variable,
        power=_power,
        functions={w: (lambda a, w=w: f"{w}({a})") for w in words},
        constants={"pi": lambda: "pi"},
        add=lambda a, b: f"({a} + {b})", subtract=lambda a, b: f"({a} - {b})",
        multiply=lambda a, b: f"({a} * {b})", divide=lambda a, b: f"({a} / {b})",
        negative=lambda a: f"(-({a}))",
    )  # fmt: skip


def _script(f: str, box: tuple[str, str], points: list[str]) -> str:
    lines = [
        "verbosity = 0!; prec = 165!; showmessagenumbers = off!;",
        f"f = {f}; I = [{box[0]}; {box[1]}];",
        "M = dirtyinfnorm(f, I); c = 0.75 * M;",
        'if (checkinfnorm(f - c, I, c * (1 - 1b-40))) then print("POSITIVE");',
        "v = evaluate(f, I);",
        'if (inf(v) > 0) then print("POSITIVE"); if (inf(v) >= 0) then print("NONNEGATIVE");',
    ]
    lines += [
        f'w = evaluate(f, [{p}; {p}]); if (sup(w) < 0) then print("NEGATIVE");' for p in points
    ]
    return "\n".join([*lines, "quit;"])


def _ask(script: str, seconds: float) -> str:
    done = subprocess.run(
        ["sollya", "--warnonstderr"], input=script, capture_output=True, text=True,
        timeout=seconds, check=False,
    )  # fmt: skip
    return done.stdout


def solve(problem: Problem, seconds: float) -> Answer:
    """Proved if f stays within (0, 2c); refuted by the enclosure at a point."""
    try:
        box = finite_box(problem)
        if len(box) > 1:
            raise InexpressibleError("several variables")
        if problem.region().integers:
            raise InexpressibleError("a variable of whole numbers")
        name = next(iter(box), "")
        low, high = box.get(name, (0.0, 1.0))
        algebra = _algebra(name)
        questions: list[tuple[str, str, bool]] = []
        for part in problem.comparisons():
            node, strict = difference(part)
            questions.append((algebra.build(node), ">" if strict else ">=", True))
            questions += [(text, sign, False) for text, sign, _ in algebra.conditions(node)]
    except InexpressibleError as reason:
        return Answer("inexpressible", note=str(reason))
    inner = inner_box(problem).get(name, (0.5, 0.5))
    points = [repr(inner[0] + (inner[1] - inner[0]) * k / 64) for k in range(65)]
    try:
        for text, relation, is_claim in questions:
            said = _ask(_script(text, (repr(low), repr(high)), points), seconds)
            if "NEGATIVE" in said.replace("NONNEGATIVE", "") and is_claim:
                return Answer("refuted")
            enough = "POSITIVE" in said or (relation == ">=" and "NONNEGATIVE" in said)
            if relation == "!=" and not enough:
                said = _ask(_script(f"-({text})", (repr(low), repr(high)), []), seconds)
                enough = "POSITIVE" in said
            if not enough:
                return Answer("undecided")
    except subprocess.TimeoutExpired:
        return Answer("out of time")
    return Answer("proved")
