"""coq-interval: a goal for Coq and the tactic `interval` with its parameters, tried in turn."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

from benchmarks.decide.problems import Problem
from benchmarks.decide.reader import Comparison, Node
from benchmarks.decide.solvers import Answer
from benchmarks.decide.solvers.translate import Algebra, InexpressibleError, sides

NAME = "coq-interval"
PROOF = "a proof term that the kernel of Coq accepts"
SETTINGS = (
    "interval; i_bisect; i_autodiff; i_taylor with degrees 5 to 15 and more precision; the square"
    " root of a negative number is 0 there, so statements without a value may be proved"
)

_HEAD = (
    "From Coq Require Import Reals.\nFrom Coquelicot Require Import Coquelicot.\n"
    "From Interval Require Import Tactic.\nOpen Scope R_scope.\n"
)


def version() -> str:
    """The version of Coq; FileNotFoundError if it is not installed."""
    text = subprocess.run(["coqc", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"version ([\d.]+)", text)
    _start()
    return f"Coq {found[1] if found else '?'}, Interval of the distribution"


@cache
def _start() -> float:
    """Seconds that Coq takes to start and to load the library, the second time."""
    for _ in range(2):
        begun = time.monotonic()
        _compile(_HEAD, 120.0)
    return time.monotonic() - begun


def _compile(script: str, seconds: float) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "goal.v")
        path.write_text(script, encoding="ascii")
        return subprocess.run(
            ["coqc", "-q", path.name], cwd=folder, capture_output=True, text=True,
            timeout=seconds, check=False,
        )  # fmt: skip


def _number(x: Fraction) -> str:
    top = f"(- {-x.numerator})" if x < 0 else str(x.numerator)
    return top if x.denominator == 1 else f"({top} / {x.denominator})"


def _power(base: str, exponent: str, power: Fraction | None) -> str:
    if power is not None and power.denominator == 1:
        n = power.numerator
        return f"({base} ^ {n})" if n >= 0 else f"(/ ({base} ^ {-n}))"
    if power is not None and power.denominator == 2:
        root = f"(sqrt {base})"
        return _power(root, "", Fraction(power.numerator))
    return f"(exp ({exponent} * ln {base}))"


def _function(name: str) -> Callable[[str], str]:
    return lambda a: f"({name} {a})"


ALGEBRA = Algebra(
    number=_number,
    variable=lambda name: name + "_",
    power=_power,
    functions={
        "exp": _function("exp"), "log": _function("ln"), "sqrt": _function("sqrt"),
        "sin": _function("sin"), "cos": _function("cos"), "tan": _function("tan"),
        "atan": _function("atan"), "abs": _function("Rabs"),
        "integral": lambda node: _integral(node),
    },
    constants={"pi": lambda: "PI"},
    add=lambda a, b: f"({a} + {b})", subtract=lambda a, b: f"({a} - {b})",
    multiply=lambda a, b: f"({a} * {b})", divide=lambda a, b: f"({a} / {b})",
    negative=lambda a: f"(- {a})",
)  # fmt: skip


def _integral(node: Node) -> str:
    body, bound, low, high = node.args
    inner, a, b = ALGEBRA.build(body), ALGEBRA.build(low), ALGEBRA.build(high)
    return f"(RInt (fun {bound.value}_ => {inner}) {a} {b})"


def _statement(part: Comparison) -> str:
    if part.relation in ("=", "!="):
        raise InexpressibleError("an equation")
    return f"{ALGEBRA.build(part.left)} {part.relation} {ALGEBRA.build(part.right)}"


def goal(problem: Problem) -> tuple[list[str], str]:
    """The variables and the statement for Coq.

    Raises:
        InexpressibleError: A function without a counterpart, an equation, an existential.
    """
    names = sides(problem)
    hypotheses = []
    for name, (low, high) in names.items():
        if low.node is not None:
            hypotheses.append(f"{ALGEBRA.build(low.node)} {'<' if low.open else '<='} {name}_")
        if high.node is not None:
            hypotheses.append(f"{name}_ {'<' if high.open else '<='} {ALGEBRA.build(high.node)}")
    text = " /\\ ".join(_statement(part) for part in problem.comparisons())
    whole = " -> ".join([*hypotheses, f"({text})"])
    variables = [name + "_" for name in names]
    return variables, f"forall {' '.join(variables)} : R, {whole}" if variables else whole


def _attempts(variables: list[str]) -> list[str]:
    split = "".join(f", i_bisect {v}" for v in variables)
    found = ["i_prec 53", "i_prec 128"]
    if variables:
        found += [f"i_prec 53{split}, i_depth 14"]
        for v in variables[:2]:
            found += [
                f"i_prec 53{split}, i_autodiff {v}, i_depth 14",
                f"i_prec 64{split}, i_taylor {v}, i_degree 5, i_depth 10",
                f"i_prec 90{split}, i_taylor {v}, i_degree 12, i_depth 12",
            ]
        found += [f"i_prec 53{split}, i_depth 24"]
    return found


def solve(problem: Problem, seconds: float) -> Answer:
    """Proved if one of the tactics closes the goal; it never refutes."""
    try:
        variables, statement = goal(problem)
    except InexpressibleError as reason:
        return Answer("inexpressible", note=str(reason))
    attempts = _attempts(variables)
    share = max(1, int(seconds / 3))
    tactics = [f"timeout {share} (interval with ({text}))" for text in attempts]
    tactics += [
        f"timeout {share} (first [apply Rminus_lt | apply Rminus_le]; interval with ({text}))"
        for text in attempts[2:5]
    ]
    script = (
        f"{_HEAD}Goal {statement}.\nProof.\nintros; repeat split;\nfirst [\n  "
        + "\n| ".join(tactics)
        + "\n].\nQed.\n"
    )
    try:
        done = _compile(script, seconds + _start())
    except subprocess.TimeoutExpired:
        return Answer("out of time", start=_start())
    if done.returncode == 0:
        return Answer("proved", replayable=True, start=_start())
    message = " ".join(done.stderr.split())
    return Answer("undecided", note=message[-160:], start=_start())
