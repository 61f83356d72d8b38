"""SymPy expressions: the formulas as mathematics, to differentiate, simplify and print."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import read_exact

_LEAST, _MOST = Fraction(1, 10**400), Fraction(10**100)


def _require_size(number: Fraction) -> None:
    """Refuse numbers so large or so small that SymPy takes a minute to find a sign."""
    if number and not _LEAST <= abs(number) <= _MOST:
        raise InputError(
            "beside a SymPy expression a number must be 0 or from 1e-400 to 1e100 in size: pass"
            " such a one, or a symbol"
        )


class SymbolArithmetic:
    """See `bounds.certify.arithmetic.Arithmetic`."""

    name = "symbol"

    def coerce(self, value: Any) -> Any:
        if isinstance(value, sympy.Basic):
            if value.is_finite is False or value.is_real is False or value is sympy.nan:
                raise InputError(f"{value} is not a finite real number: pass one, or a symbol")
            if value.is_Rational:
                _require_size(Fraction(int(value.p), int(value.q)))
            return value
        exact = read_exact(value, "the argument")
        if not isinstance(exact, Fraction):
            raise InputError(f"the ball {exact} is not exact: pass a number beside a symbol")
        _require_size(exact)
        return sympy.Rational(exact.numerator, exact.denominator)

    def point(self, value: Any) -> Any:
        return value

    def finite(self, value: Any) -> bool:
        return value.is_finite is not False and value is not sympy.nan

    def require(self, condition: Any, message: str) -> None:
        if condition is False or condition == sympy.false:  # undecided stands: it is a symbol
            raise DomainError(message)

    def exp(self, t: Any) -> Any:
        return sympy.exp(t)

    def expm1(self, t: Any) -> Any:
        return sympy.exp(t) - 1

    def sqrt(self, t: Any) -> Any:
        return sympy.sqrt(t)

    def root(self, t: Any, degree: int) -> Any:
        return sympy.root(t, degree)

    def pi(self) -> Any:
        return sympy.pi

    def density(self, t: Any) -> Any:
        return sympy.exp(-(t**2) / 2) / sympy.sqrt(2 * sympy.pi)

    def cdf(self, t: Any) -> Any:
        return (1 + sympy.erf(t / sympy.sqrt(2))) / 2

    def quantile(self, p: Any) -> Any:
        return sympy.sqrt(2) * sympy.erfinv(2 * p - 1)

    def interval_mass(self, start: Any, width: Any) -> Any:
        end = start + width
        return (sympy.erf(end / sympy.sqrt(2)) - sympy.erf(start / sympy.sqrt(2))) / 2

    def central_quantile(self, mass: Any, tail: Any) -> Any:
        return sympy.sqrt(2) * sympy.erfinv(mass)


SYMBOL = SymbolArithmetic()
"""The one instance."""
