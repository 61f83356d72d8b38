"""The window's integral and its inverses as SymPy expressions.

The inverses l and f⁻¹ have no closed form. They are functions in SymPy's sense, which know their
derivatives (from the inverse function theorem) and their numerical values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import sympy

from bounds.certify.arithmetic.symbol import SYMBOL
from bounds.functions.primitives import mpf


class FilterRadius(sympy.Function):  # type: ignore[misc]
    """l(ε, Δ): the x ≥ 0 with ρ − f(x) = ε."""

    nargs = (2,)

    @classmethod
    def eval(cls, eps: Any, delta: Any) -> Any:  # noqa: ARG003 - SymPy passes all arguments
        """L(0) = 0."""
        return sympy.S.Zero if eps.is_zero else None

    def fdiff(self, argindex: int = 1) -> Any:
        """The derivative in the argument of this number, from 1."""
        _, delta = self.args
        by_eps = 1 / sympy.diff(deficit(_X, delta), _X)
        if argindex == 1:
            return by_eps.subs(_X, self)
        held = sympy.Dummy("Delta", positive=True)
        by_delta = sympy.diff(deficit(_X, held), held).subs(held, delta)
        return (-by_delta * by_eps).subs(_X, self)

    def _eval_evalf(self, prec: int) -> Any:
        return _numeric(mpf.solve_deficit, self.args, prec)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        text = rf"l\left({printer._print(self.args[0])}\right)"
        return rf"{text}^{{{exp}}}" if exp else text


class WindowInverse(sympy.Function):  # type: ignore[misc]
    """f⁻¹(m, Δ): the x ≥ 0 with f(x) = m."""

    nargs = (2,)

    def fdiff(self, argindex: int = 1) -> Any:
        """The derivative in the argument of this number, from 1."""
        _, delta = self.args
        held = sympy.Dummy("Delta", positive=True)
        window = SYMBOL.interval_mass(_X - held, 2 * held)
        by_mass = 1 / sympy.diff(window, _X)
        slope = by_mass if argindex == 1 else -by_mass * sympy.diff(window, held)
        return slope.subs(held, delta).subs(_X, self)

    def _eval_evalf(self, prec: int) -> Any:
        return _numeric(mpf.solve_window, self.args, prec)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        text = rf"f^{{-1}}\left({printer._print(self.args[0])}\right)"
        return rf"\left({text}\right)^{{{exp}}}" if exp else text


_X = sympy.Dummy("x", positive=True)


def _numeric(solver: Callable[..., Any], arguments: tuple[Any, ...], prec: int) -> Any:
    values = [argument._eval_evalf(prec + 10) for argument in arguments]
    if not all(value is not None and value.is_Float for value in values):
        return None
    with mpmath.workprec(prec + 10):
        root = solver(*(mpmath.mpf(value._mpf_) for value in values))
    return sympy.Float._new(root._mpf_, prec)


def sinh_integral(x: Any, delta: Any) -> Any:
    """See `bounds.functions.primitives`."""
    slope = sympy.sqrt(2 / sympy.pi) * sympy.exp(-(delta**2) / 2)
    return deficit(x, delta) / slope


def deficit(x: Any, delta: Any) -> Any:
    """ρ − f(x)."""
    return SYMBOL.interval_mass(-delta, 2 * delta) - SYMBOL.interval_mass(x - delta, 2 * delta)


def solve_deficit(eps: Any, delta: Any) -> Any:
    """See `bounds.functions.primitives`."""
    return FilterRadius(eps, delta)


def solve_window(mass: Any, delta: Any) -> Any:
    """See `bounds.functions.primitives`."""
    return WindowInverse(mass, delta)
