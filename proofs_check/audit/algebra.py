"""Exact algebra for claims: identities reduced to 0 = 0, and SymPy expressions as certified terms.

`vanishes` proves an identity or proves nothing. That one fails is proved elsewhere: at an exact
point, where `decide_less` on the terms of both sides tells them apart.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import add, mul, sub
from typing import Any

import sympy as sp

from bounds.certify.errors import InputError
from bounds.certify.inequalities import PI, Term, cdf, density, exp, log, number, sqrt, variable

PHI = sp.Function("Phi")
"""Φ, the normal distribution function, as an undefined SymPy function."""

DENSITY = sp.Function("phi")
"""φ, the normal density, as an undefined SymPy function."""

_PLAINLY = 1e-12


def explicit(expression: Any) -> Any:
    """The expression with φ, hyperbolic and trigonometric functions written as exponentials."""
    spelt = sp.sympify(expression).replace(
        DENSITY, lambda t: sp.exp(-(t**2) / 2) / sp.sqrt(2 * sp.pi)
    )
    return spelt.rewrite(sp.exp)


def vanishes(expression: Any) -> bool:
    """Whether the expression is proved to be identically 0: a rational function of exponentials.

    Args:
        expression: a SymPy expression in symbols, exponentials and hyperbolic functions.

    Returns:
        True is a proof; False says nothing.
    """
    plain = _spread(expression)
    return _cancels(plain) or bool(sp.simplify(plain) == 0)


def _spread(expression: Any) -> Any:
    return sp.expand_power_exp(sp.expand(explicit(expression), power_exp=True))


def _cancels(plain: Any) -> bool:
    return bool(sp.cancel(sp.together(sp.powsimp(plain))) == 0)


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
    if sp.expand(difference) == 0:
        return True
    plain = _spread(difference)
    if _cancels(plain):
        return True
    names = sorted(difference.free_symbols, key=str)
    values = {name: sp.Rational(4 + 3 * i, 5 + 2 * i) for i, name in enumerate(names)}
    if abs(difference.subs(values).evalf(30)) > _PLAINLY:  # a glance, to spare the search
        return False
    return bool(sp.simplify(plain) == 0)


def positive(expression: Any) -> bool:
    """Whether the expression is positive by the assumptions on its symbols."""
    return spelt(expression).is_positive is True


def to_term(expression: Any) -> Term:
    """The SymPy expression as a term, for certified evaluation and certificates.

    Args:
        expression: rational numbers, π, symbols, sums, products, whole and half powers,
            exponentials, logarithms, hyperbolic functions, and the functions PHI and DENSITY.

    Raises:
        InputError: it has another kind of part, such as a float.
    """
    e = sp.sympify(expression)
    if e.is_Rational:
        return number(Fraction(int(e.p), int(e.q)))
    if e == sp.pi:
        return PI
    if e.is_Symbol:
        return variable(str(e))
    if e.is_Add:
        return _sum(e.as_ordered_terms())
    if e.is_Mul:
        return _product(e)
    if isinstance(e, sp.exp):
        return exp(to_term(e.args[0]))
    if isinstance(e, sp.log):
        return log(to_term(e.args[0]))
    if e.is_Pow:
        return _power(e.base, e.exp)
    if isinstance(e, (sp.sinh, sp.cosh, sp.tanh, sp.coth)):
        return to_term(e.rewrite(sp.exp))
    if e.func == PHI:
        return cdf(to_term(e.args[0]))
    if e.func == DENSITY:
        return density(to_term(e.args[0]))
    raise InputError(f"{e.func} has no term: use exact numbers and elementary functions")


def _sum(parts: list[Any]) -> Term:
    """The sum with its negative parts subtracted, as a reader would write it."""
    negative = [part for part in parts if part.could_extract_minus_sign()]
    positive = [part for part in parts if part not in negative]
    if not positive:
        return -_sum([-part for part in negative])
    total = reduce(add, map(to_term, positive))
    return reduce(sub, (to_term(-part) for part in negative), total)


def _product(e: Any) -> Term:
    """The product as one fraction."""
    if e.could_extract_minus_sign() and e.args[0].is_Rational:
        return -to_term(-e)
    upper = [part for part in e.args if not _below(part)]
    lower = [1 / part for part in e.args if _below(part)]
    over = reduce(mul, map(to_term, upper)) if upper else number(1)
    return over / reduce(mul, map(to_term, lower)) if lower else over


def _below(part: Any) -> bool:
    return bool((part.is_Pow and part.exp.is_negative) or (part.is_Rational and part.p == 1))


def _power(base: Any, exponent: Any) -> Term:
    if exponent.is_negative:
        return 1 / to_term(base**-exponent)
    if exponent.is_Integer:
        return to_term(base) ** int(exponent)
    if exponent.is_Rational and exponent.q == 2:
        root = sqrt(to_term(base))
        return root if exponent.p == 1 else root ** int(exponent.p)
    if exponent.is_Rational:  # t^(p/q) = e^{(p/q) log t}, t > 0
        return exp(to_term(exponent) * log(to_term(base)))
    raise InputError(f"the power {exponent} has no term: write it with exp and log")
