"""Calculus on expressions in Φ and φ: equality, derivatives, and growth from a known value.

The functions here prove or say nothing, as `vanishes` does. What is to be manifestly positive is so
by SymPy's assumptions alone: sums and products of positive symbols, exponentials, sinh and cosh.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import Counterexample, decide_less
from bounds.certify.inequalities import Proved as Inequality
from proofs_check.audit.algebra import PHI, same, spelt, to_term
from proofs_check.audit.facts import Exact, Identity, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision


def equal(left: Any, right: Any) -> Identity:
    """The identity left = right."""
    return Identity(((left, right),))


def functions_equal(left: Any, right: Any) -> Identity:
    """The identity of two rational functions, compared as polynomials."""
    return Identity(((left, right),), rational=True)


def manifest(*expressions: Any) -> Identity:
    """That the expressions are positive by the assumptions on their symbols."""
    return Identity((), expressions)


def has_slope(expression: Any, symbol: Any, slope: Any) -> Identity:
    """That the derivative of the expression in the symbol is `slope`."""
    return equal(sp.diff(spelt(expression), symbol), slope)


def grows(expression: Any, symbol: Any, *slope: Any) -> Identity:
    """That the expression increases: its derivative is the sum of `slope`, each part positive."""
    return Identity(has_slope(expression, symbol, sp.Add(*slope)).equal, slope)


def positive_from(start: Any, expression: Any, symbol: Any, *slope: Any) -> Identity:
    """That the expression is 0 at `start` and positive beyond it.

    Args:
        start: the value of the symbol where the expression vanishes.
        expression: what is to be positive for symbol > start.
        symbol: the variable of the growth.
        slope: parts of its derivative, each manifestly positive.
    """
    at_start = sp.sympify(expression).subs(symbol, start)
    growth = grows(expression, symbol, *slope)
    return Identity(((at_start, 0), *growth.equal), growth.positive)


def tends(expression: Any, symbol: Any, value: Any) -> Identity:
    """That the expression tends to `value` as the symbol grows without bound.

    Of a sum, parts that are Φ with an argument that grows or falls without bound tend to 1 or 0;
    for the others' sum there is SymPy's limit.
    """
    known, others = sp.Integer(0), sp.Integer(0)
    for part in sp.Add.make_args(sp.sympify(expression)):
        factor, inner = part.as_independent(symbol)
        end = _end_of_cdf(inner, symbol)
        if end is None:
            others += part
        else:
            known += factor * end
    if others != 0:
        known += sp.limit(spelt(others), symbol, sp.oo)
    return equal(known, value)


def _end_of_cdf(inner: Any, symbol: Any) -> int | None:
    """What Φ of a polynomial tends to as the symbol grows: 1 or 0; None for all else."""
    if inner.func != PHI or not inner.args[0].is_polynomial(symbol):
        return None
    argument = sp.Poly(inner.args[0], symbol)
    if argument.degree() < 1:
        return None
    return 1 if argument.LC().is_positive else 0 if argument.LC().is_negative else None


def falls_to(value: Any, expression: Any, symbol: Any, slope: Any) -> Identity:
    """That the expression is above `value`, to which it falls: its derivative is −slope < 0."""
    growth = grows(-sp.sympify(expression), symbol, slope)
    return Identity((*tends(expression, symbol, value).equal, *growth.equal), growth.positive)


def humps(expression: Any, symbol: Any, factor: Any, turn: Any) -> Identity:
    """That the expression is positive for symbol > 0, as it is 0 at both ends, rises, then falls.

    Args:
        expression: 0 at 0, and in the limit.
        symbol: the variable.
        factor: manifestly positive; the derivative is factor times (1 − symbol/turn).
        turn: where it turns, manifestly positive.
    """
    at_start = sp.sympify(expression).subs(symbol, 0)
    slope = has_slope(expression, symbol, factor * (1 - symbol / turn))
    ends = ((at_start, 0), *tends(expression, symbol, 0).equal)
    return Identity((*ends, *slope.equal), (factor, turn))


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
        return Decision(CERTIFIED, finding, (Exact(evidence, equal(left, right)),))
    return decide_order(left, right, place)


def decide_order(left: Any, right: Any, place: Mapping[str, Fraction | int]) -> Decision:
    """Refute an identity at the place given, by a strict inequality between its sides there."""
    sides = to_term(left), to_term(right)
    names = sides[0].variables() | sides[1].variables()
    outcome = decide_less(*sides, {name: place[name] for name in names})
    proof = outcome.proof if isinstance(outcome, Counterexample) else outcome
    fact = Proved(f"witness: {proof}", proof)
    return Decision(REFUTED, f"not an identity: {proof}", (fact,), (), (proof.certificate(),))


def shown(proof: Inequality) -> str:
    """The inequality alone, for evidence at a point."""
    return f"{proof.lesser} < {proof.greater}"
