"""SymPy expressions: the formulas as mathematics, to differentiate, simplify and print.

The inverses l and f⁻¹ have no closed form. They are functions in SymPy's sense, which know their
derivatives (from the inverse function theorem) and their numerical values.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import sympy

from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import read_exact


class FilterRadius(sympy.Function):  # type: ignore[misc]
    """l(ε, Δ): the x ≥ 0 with ρ − f(x) = ε."""

    nargs = (2,)

    @classmethod
    def eval(cls, eps: Any, delta: Any) -> Any:  # noqa: ARG003 - SymPy passes all arguments
        return sympy.S.Zero if eps.is_zero else None

    def fdiff(self, argindex: int = 1) -> Any:
        _, delta = self.args
        deficit = SYMBOL.deficit(_X, delta)
        by_eps = 1 / sympy.diff(deficit, _X)
        if argindex == 1:
            return by_eps.subs(_X, self)
        held = sympy.Dummy("Delta", positive=True)
        by_delta = sympy.diff(SYMBOL.deficit(_X, held), held).subs(held, delta)
        return (-by_delta * by_eps).subs(_X, self)

    def _eval_evalf(self, prec: int) -> Any:
        return _numeric("solve_deficit", self.args, prec)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        text = rf"l\left({printer._print(self.args[0])}\right)"
        return rf"{text}^{{{exp}}}" if exp else text


class WindowInverse(sympy.Function):  # type: ignore[misc]
    """f⁻¹(m, Δ): the x ≥ 0 with f(x) = m."""

    nargs = (2,)

    def fdiff(self, argindex: int = 1) -> Any:
        _, delta = self.args
        held = sympy.Dummy("Delta", positive=True)
        window = SYMBOL.interval_mass(_X - held, 2 * held)
        by_mass = 1 / sympy.diff(window, _X)
        slope = by_mass if argindex == 1 else -by_mass * sympy.diff(window, held)
        return slope.subs(held, delta).subs(_X, self)

    def _eval_evalf(self, prec: int) -> Any:
        return _numeric("solve_window", self.args, prec)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        text = rf"f^{{-1}}\left({printer._print(self.args[0])}\right)"
        return rf"\left({text}\right)^{{{exp}}}" if exp else text


_X = sympy.Dummy("x", positive=True)
_LEAST, _MOST = Fraction(1, 10**400), Fraction(10**100)


def _numeric(solver: str, arguments: tuple[Any, ...], prec: int) -> Any:
    values = [argument._eval_evalf(prec + 10) for argument in arguments]
    if not all(value is not None and value.is_Float for value in values):
        return None
    from bounds.certify.arithmetic.mp import MP

    with mpmath.workprec(prec + 10):
        root = getattr(MP, solver)(*(mpmath.mpf(value._mpf_) for value in values))
    return sympy.Float._new(root._mpf_, prec)


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

    def pi(self) -> Any:
        return sympy.pi

    def cdf(self, t: Any) -> Any:
        return (1 + sympy.erf(t / sympy.sqrt(2))) / 2

    def quantile(self, p: Any) -> Any:
        return sympy.sqrt(2) * sympy.erfinv(2 * p - 1)

    def interval_mass(self, start: Any, width: Any) -> Any:
        end = start + width
        return (sympy.erf(end / sympy.sqrt(2)) - sympy.erf(start / sympy.sqrt(2))) / 2

    def central_quantile(self, mass: Any, tail: Any) -> Any:
        return sympy.sqrt(2) * sympy.erfinv(mass)

    def sinh_integral(self, x: Any, delta: Any) -> Any:
        slope = sympy.sqrt(2 / sympy.pi) * sympy.exp(-(delta**2) / 2)
        return self.deficit(x, delta) / slope

    def deficit(self, x: Any, delta: Any) -> Any:
        """ρ − f(x)."""
        return self.interval_mass(-delta, 2 * delta) - self.interval_mass(x - delta, 2 * delta)

    def solve_deficit(self, eps: Any, delta: Any) -> Any:
        return FilterRadius(eps, delta)

    def solve_window(self, mass: Any, delta: Any) -> Any:
        return WindowInverse(mass, delta)


SYMBOL = SymbolArithmetic()
"""The one instance."""
