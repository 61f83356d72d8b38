"""Rational functions with exact coefficients, compared as polynomials (FLINT)."""

from __future__ import annotations

from typing import Any, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from bounds.certify.errors import InputError

Quotient: TypeAlias = tuple[fmpq_mpoly, fmpq_mpoly]
"""A numerator and a denominator."""


def same_function(one: Any, other: Any) -> bool:
    """Whether two SymPy expressions are the same rational function of their symbols.

    Args:
        one: rational numbers, symbols, sums, products and whole powers.
        other: likewise.

    Returns:
        True and False are both proofs.

    Raises:
        InputError: an expression has another kind of part.
    """
    names = sorted(str(symbol) for symbol in one.free_symbols | other.free_symbols)
    ring = fmpq_mpoly_ctx.get(names or ["unused"], Ordering.lex)
    left, right = _fraction(one, ring), _fraction(other, ring)
    return bool(left[0] * right[1] == right[0] * left[1])


def coefficient_signs(expression: Any) -> tuple[set[int], set[int]]:
    """The signs of the coefficients of the numerator and of the denominator.

    Args:
        expression: as for `same_function`.
    """
    names = sorted(str(symbol) for symbol in expression.free_symbols)
    ring = fmpq_mpoly_ctx.get(names or ["unused"], Ordering.lex)
    top, bottom = _fraction(expression, ring)
    return _signs(top), _signs(bottom)


def _signs(polynomial: fmpq_mpoly) -> set[int]:
    return {1 if value > 0 else -1 for value in polynomial.coeffs()}


def _fraction(e: Any, ring: fmpq_mpoly_ctx) -> Quotient:
    unit = ring.constant(1)
    if e.is_Rational:
        return ring.constant(fmpq(int(e.p), int(e.q))), unit
    if e.is_Symbol:
        return ring.gens()[ring.names().index(str(e))], unit
    if e.is_Add:
        total: Quotient = ring.constant(0), unit
        for part in e.args:
            n, d = _fraction(part, ring)
            common = total[1].gcd(d)
            a, b = total[1] / common, d / common
            total = total[0] * b + n * a, total[1] * b
        return _reduced(total)
    if e.is_Mul:
        product = unit, unit
        for part in e.args:
            n, d = _fraction(part, ring)
            product = product[0] * n, product[1] * d
        return _reduced(product)
    if e.is_Pow and e.exp.is_Integer:
        n, d = _fraction(e.base, ring)
        power = int(e.exp)
        return (n**power, d**power) if power >= 0 else (d**-power, n**-power)
    raise InputError(f"{e} is no part of a rational function")


def _reduced(fraction: Quotient) -> Quotient:
    n, d = fraction
    common = n.gcd(d)
    return n / common, d / common
