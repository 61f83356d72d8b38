"""Calculus on expressions in Φ and φ: equality, derivatives, and growth from a known value.

The functions here prove or say nothing, as `vanishes` does. What is to be manifestly positive is so
by SymPy's assumptions alone: sums and products of positive symbols, exponentials, sinh and cosh.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import Counterexample, Proved, decide_less
from proofs_check.audit.algebra import DENSITY, PHI, to_term, vanishes
from proofs_check.audit.verdict import CERTIFIED, INCONCLUSIVE, REFUTED, Decision

_PLAINLY = 1e-12


def spelt(expression: Any) -> Any:
    """The expression with Φ written by the error function and φ by the exponential."""
    return (
        sp.sympify(expression)
        .replace(PHI, lambda t: (1 + sp.erf(t / sp.sqrt(2))) / 2)
        .replace(DENSITY, lambda t: sp.exp(-(t**2) / 2) / sp.sqrt(2 * sp.pi))
    )


def same(left: Any, right: Any) -> bool:
    """Whether the two expressions are proved to be equal for all values of their symbols."""
    difference = spelt(sp.sympify(left) - sp.sympify(right))
    names = sorted(difference.free_symbols, key=str)
    values = {name: sp.Rational(4 + 3 * i, 5 + 2 * i) for i, name in enumerate(names)}
    if abs(difference.subs(values).evalf(30)) > _PLAINLY:  # a glance, to spare the search
        return False
    return bool(sp.expand(difference) == 0) or vanishes(difference)


def has_slope(expression: Any, symbol: Any, slope: Any) -> bool:
    """Whether the derivative of the expression in the symbol is proved to be `slope`."""
    return same(sp.diff(spelt(expression), symbol), slope)


def grows(expression: Any, symbol: Any, slope: Any) -> bool:
    """Whether the expression is proved to increase: its derivative is `slope`, manifestly > 0."""
    return spelt(slope).is_positive is True and has_slope(expression, symbol, slope)


def positive_from(start: Any, expression: Any, symbol: Any, slope: Any) -> bool:
    """Whether the expression is proved to be 0 at `start` and positive beyond it.

    Args:
        start: the value of the symbol where the expression vanishes.
        expression: what is to be positive for symbol > start.
        symbol: the variable of the growth.
        slope: its derivative, in a form that is manifestly positive.
    """
    at_start = sp.sympify(expression).subs(symbol, start)
    return same(at_start, 0) and grows(expression, symbol, slope)


def decide_equal(
    left: Any, right: Any, place: Mapping[str, Fraction | int], finding: str, evidence: str
) -> Decision:
    """Decide an identity: proved for all values, or refuted at the place given.

    Args:
        left: one side, a SymPy expression.
        right: the other side.
        place: exact values of the symbols, used only where the identity is not proved.
        finding: what to report when it holds.
        evidence: how it was proved.
    """
    if same(left, right):
        return Decision(CERTIFIED, finding, (evidence,))
    return decide_order(left, right, place)


def decide_order(left: Any, right: Any, place: Mapping[str, Fraction | int]) -> Decision:
    """Refute an identity at the place given, by a strict inequality between its sides there."""
    sides = to_term(left), to_term(right)
    names = sides[0].variables() | sides[1].variables()
    outcome = decide_less(*sides, {name: place[name] for name in names})
    proof = outcome.proof if isinstance(outcome, Counterexample) else outcome
    return Decision(
        REFUTED, f"not an identity: {proof}", (f"witness: {proof}",), (), (proof.certificate(),)
    )


def settled(finding: str, facts: Mapping[str, bool], **more: Any) -> Decision:
    """Certified where every fact is proved; otherwise undecided, with the facts that failed."""
    failed = tuple(f"not proved: {fact}" for fact, proved in facts.items() if not proved)
    if failed:
        return Decision(INCONCLUSIVE, "a step of the proof fails", failed)
    evidence = (*facts, *more.pop("evidence", ()))
    return Decision(more.pop("verdict", CERTIFIED), finding, evidence, **more)


def shown(proof: Proved) -> str:
    """The inequality alone, for evidence at a point."""
    return f"{proof.lesser} < {proof.greater}"
