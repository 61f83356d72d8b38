"""Partial derivatives of terms, as terms: the rules of calculus, no simplification but of 0 and 1.

0·u and u·0 become 0, which loses where u is defined. So a proof with derivatives shows first that
the term itself, with every part of it, is defined on the whole box (see `zero`).
"""

from __future__ import annotations

from bounds.certify.checker.operations import ONE, OPERATIONS, ZERO, Term
from bounds.certify.checker.verdict import Rejected


def derivative(term: Term, name: str) -> Term:
    """The partial derivative of a term in a variable.

    Raises:
        Rejected: the variable stands under an operation that has no rule here.
    """
    if isinstance(term, str):
        return ONE if term == name else ZERO
    if not isinstance(term, tuple):
        return ZERO
    head, *parts = term
    slopes = [derivative(part, name) for part in parts]
    if all(_is(slope, ZERO) for slope in slopes):
        return ZERO
    rates = OPERATIONS[head].rates
    if rates is None:
        raise Rejected(f"the operation {head} has no derivative here")
    total: Term = ZERO
    for rate, slope in zip(rates(*parts), slopes, strict=True):
        total = _plus(total, _times(rate, slope))
    return total


def _is(term: Term, number: Term) -> bool:
    return not isinstance(term, (str, tuple)) and bool(term == number)


def _plus(a: Term, b: Term) -> Term:
    if _is(a, ZERO):
        return b
    return a if _is(b, ZERO) else ("+", a, b)


def _times(a: Term, b: Term) -> Term:
    if _is(a, ZERO) or _is(b, ZERO):
        return ZERO
    if _is(a, ONE):
        return b
    return a if _is(b, ONE) else ("*", a, b)
