"""A proved statement in the vocabulary of Lean's mathlib, marked unchecked; its proof is words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import HALF, Node, told
from bounds.certify.checker.interval_text import read_domain
from bounds.certify.checker.precision import Work
from bounds.certify.checker.proof import ProofClaim
from bounds.certify.errors import Inconclusive
from bounds.kernel.terms import needs

_FUNCTIONS = {
    "exp": "Real.exp", "log": "Real.log", "sin": "Real.sin", "cos": "Real.cos", "tan": "Real.tan",
    "atan": "Real.arctan", "asin": "Real.arcsin", "acos": "Real.arccos", "sinh": "Real.sinh",
    "cosh": "Real.cosh", "tanh": "Real.tanh", "gamma": "Real.Gamma", "asinh": "Real.arsinh",
}  # fmt: skip
_SIGNS = {
    ">": "0 < {}",
    ">=": "0 ≤ {}",
    "<": "{} < 0",
    "<=": "{} ≤ 0",
    "=": "{} = 0",
    "!=": "{} ≠ 0",
}
_RELATIONS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "=", "!=": "≠"}


def lean_file(claim: ProofClaim) -> str:
    """A file for Lean 4 and mathlib: the statement, and the certificate's steps as comments.

    Raises:
        Inconclusive: a function has no name in mathlib.
    """
    domain = read_domain(claim.domain, Constants(Work(10_000_000)))
    if domain.exists:
        raise Inconclusive("what exists is not written for Lean")
    given = []
    for name, span in domain.region.spans.items():
        if span.integer:
            given.append(f"∃ k : ℤ, {name} = (k : ℝ)")
        if span.low is not None:
            given.append(f"{lean(span.low)} {'≤' if span.low_closed else '<'} {name}")
        if span.high is not None:
            given.append(f"{name} {'≤' if span.high_closed else '<'} {lean(span.high)}")
    given += [_SIGNS[sign].format(lean(node)) for node, sign in domain.region.constraints]
    goals = []
    for comparison in claim.claim:
        for side in (comparison.left, comparison.right):
            goals += [_SIGNS[c.relation].format(lean(c.node)) for c in needs(side)]
    goals = list(dict.fromkeys(goals))
    goals += [f"{lean(c.left)} {_RELATIONS[c.relation]} {lean(c.right)}" for c in claim.claim]
    names = " ".join(domain.region.spans)
    hyps = "".join(f"\n    (h{k} : {text})" for k, text in enumerate(given, 1))
    said = " and ".join(f"{told(c.left)} {c.relation} {told(c.right)}" for c in claim.claim)
    steps = "\n".join(f"  -- {line}" for proof in claim.proofs for line in _steps(proof, 0))
    return f"""/-
{said}
for {domain.text or "all"}

UNCHECKED: no version of Lean has read this file. The statement is in mathlib's vocabulary; the
steps are those of the certificate, which an independent checker has replayed.
-/
import Mathlib

theorem statement {f"({names} : ℝ)" if names else ""}{hyps} :
    {" ∧ ".join(goals)} := by
{steps}
  sorry
"""


def _steps(proof: Any, depth: int) -> Iterator[str]:
    """The rules of a proof, one a line."""
    if isinstance(proof, dict):
        if "rule" in proof:
            told_of = {k: v for k, v in proof.items() if isinstance(v, (str, int)) and k != "rule"}
            about = ", ".join(f"{k} {v}" for k, v in told_of.items())
            yield f"{'  ' * depth}{proof['rule']}{': ' if about else ''}{about}"[:95]
        for value in proof.values():
            yield from _steps(value, depth + 1)
    elif isinstance(proof, list):
        for value in proof:
            yield from _steps(value, depth)


def lean(node: Node) -> str:
    """An expression in mathlib's vocabulary."""
    head, args = node.head, node.args
    if head == "number":
        value = args[0]
        text = (
            str(value.numerator)
            if value.denominator == 1
            else f"{value.numerator} / {value.denominator}"
        )
        return f"({text} : ℝ)" if value.denominator != 1 or value < 0 else text
    if head == "variable":
        return str(args[0])
    if head == "pi":
        return "Real.pi"
    if head == "e":
        return "Real.exp 1"
    if head == "+":
        return "(" + " + ".join(map(lean, args)) + ")"
    if head == "*":
        return "(" + " * ".join(map(lean, args)) + ")"
    if head == "^":
        base, exponent = args
        if exponent is HALF:
            return f"Real.sqrt {lean(base)}"
        if exponent.head == "number" and exponent.args[0].denominator == 1:
            power = int(exponent.args[0])
            return f"({lean(base)} ^ ({power} : ℤ))" if power < 0 else f"({lean(base)} ^ {power})"
        return f"({lean(base)} ^ ({lean(exponent)} : ℝ))"
    if head == "abs":
        return f"|{lean(args[0])}|"
    if head in ("min", "max"):
        text = lean(args[0])
        for other in args[1:]:
            text = f"({head} {text} {lean(other)})"
        return text
    if head in _FUNCTIONS:
        return f"({_FUNCTIONS[head]} ({lean(args[0])}))"
    raise Inconclusive(f"mathlib has no function {head} that this command knows")
