"""The arithmetics in which every formula is evaluated: a value brings its own.

A ball (`flint.arb`) in gives a ball out; an `mpmath.mpf` gives an mpf; a float or a NumPy array
gives an array; a SymPy expression gives an expression; a power series over balls (`arb_series`)
gives a series, and with it derivatives. Exact numbers (int, Fraction, Decimal, str) follow the
arguments beside them, and are balls where nothing else is.

Each arithmetic is one module with the same handful of primitives (`Arithmetic`): formulas are
written on these primitives and on + - * / alone. A type of value may also bring an arithmetic of
its own, as its attribute `own_arithmetic`: so do the terms of `bounds.certify.inequalities`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Protocol, TypeAlias

from flint import arb, arb_series, fmpq, fmpz

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import InputError

Value: TypeAlias = Any
"""An element of one of the arithmetics."""


class Arithmetic(Protocol):
    """What a number system must offer so that formulas can be evaluated in it.

    "Relative" means: small results are as accurate as large ones, with no cancellation.
    """

    name: str

    def coerce(self, value: Any) -> Value:
        """`value` as an element of this arithmetic."""

    def point(self, value: Value) -> Value:
        """What stands for the value in comparisons: the constant term of a series, or itself."""

    def finite(self, value: Value) -> Any:
        """Whether the value (every element) is a finite number; a symbol may stay undecided."""

    def require(self, condition: Any, message: str) -> None:
        """Raise DomainError(message) unless `condition` surely holds (for every element)."""

    def exp(self, t: Value) -> Value:
        """eᵗ."""

    def expm1(self, t: Value) -> Value:
        """eᵗ − 1, relative."""

    def sqrt(self, t: Value) -> Value:
        """The square root of t ≥ 0."""

    def root(self, t: Value, degree: int) -> Value:
        """The root of this degree of t > 0."""

    def pi(self) -> Value:
        """The circle's constant."""

    def density(self, t: Value) -> Value:
        """φ(t), of the standard normal law."""

    def cdf(self, t: Value) -> Value:
        """Φ(t), relative."""

    def quantile(self, p: Value) -> Value:
        """Φ⁻¹(p) for 0 < p < 1."""

    def interval_mass(self, start: Value, width: Value) -> Value:
        """Φ(start + width) − Φ(start) for width ≥ 0, relative in the width and in both tails."""

    def central_quantile(self, mass: Value, tail: Value) -> Value:
        """The t ≥ 0 with Φ(t) − Φ(−t) = mass = 1 − tail, relative at both ends."""


_EXACT = (int, str, Fraction, Decimal, fmpq, fmpz)


def _kind(of: type) -> str:
    if issubclass(of, arb):
        return "ball"
    if issubclass(of, arb_series):
        return "series"
    if of is bool:
        raise InputError("a truth value is not a number: pass a number")
    if issubclass(of, _EXACT):
        return "exact"
    if issubclass(of, float) or of.__module__.partition(".")[0] == "numpy":
        return "float"
    if hasattr(of, "own_arithmetic"):
        return "own"
    if hasattr(of, "free_symbols"):  # before mpf: SymPy's Float carries an _mpf_ too
        return "symbol"
    if hasattr(of, "_mpf_") or hasattr(of, "_mpf"):
        return "mpf"
    raise InputError(
        f"{of.__name__} is not a number here: pass an int, str, Fraction, Decimal, float,"
        " NumPy array, mpf, ball, ball series or SymPy expression"
    )


@cache
def _arithmetic_for(*types: type) -> Arithmetic:
    kinds = {_kind(of) for of in types}
    if "own" in kinds:
        return next(of for of in types if hasattr(of, "own_arithmetic")).own_arithmetic
    if "symbol" in kinds:
        from bounds.certify.arithmetic.symbol import SYMBOL

        return SYMBOL
    if "series" in kinds:
        from bounds.certify.arithmetic.series import SERIES

        return SERIES
    if "ball" in kinds or kinds == {"exact"}:
        return BALL
    if "mpf" in kinds:
        from bounds.certify.arithmetic.mp import MP

        return MP
    from bounds.certify.arithmetic.double import DOUBLE

    return DOUBLE


def arithmetic_of(*values: Any) -> Arithmetic:
    """The arithmetic that the values bring with them.

    Where they differ, the more telling one wins: symbols, then series, balls, mpf, floats; exact
    numbers alone are evaluated as balls at the working precision (`flint.ctx.prec`).

    Raises:
        InputError: a value belongs to none of the arithmetics.
    """
    return _arithmetic_for(*map(type, values))


def common(*values: Any) -> tuple[Any, ...]:
    """The common arithmetic of the values, followed by the values coerced into it."""
    arithmetic = _arithmetic_for(*map(type, values))
    if arithmetic is BALL and _all_balls(*map(type, values)):  # the engine's own path, kept short
        return (arithmetic, *values)
    return (arithmetic, *map(arithmetic.coerce, values))


@cache
def _all_balls(*types: type) -> bool:
    return all(of is arb for of in types)
