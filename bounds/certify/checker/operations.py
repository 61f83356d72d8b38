"""The operations that terms are made of: the general ones, and a place for those of a paper.

Each has a name, a number of arguments, its range over intervals, and its partial derivatives as
terms. A range contains every value that the operation takes on its arguments; where it is not
proved to be defined on all of them, it raises Undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.normal import cdf, normal_density, quantile
from bounds.certify.checker.precision import Rational

Term: TypeAlias = "Rational | str | tuple[Any, ...]"
"""An exact number, a variable, or an operation with its arguments."""

ZERO, ONE, TWO = (gmpy2.mpq(number) for number in range(3))


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    Attributes:
        count: how many arguments it takes.
        over: its range over intervals.
        rates: its partial derivatives at arguments that are terms; None where there is no rule.
    """

    count: int
    over: Callable[..., Interval]
    rates: Callable[..., list[Term]] | None = None


OPERATIONS: dict[str, Operation] = {}
"""What a term may be made of, by name: the names are those of the library's functions."""


def register(operations: dict[str, Operation]) -> None:
    """Let terms have these operations, too.

    Raises:
        ValueError: a name has another meaning already.
    """
    for name, operation in operations.items():
        if OPERATIONS.setdefault(name, operation) is not operation:
            raise ValueError(f"the operation {name} has a meaning already")


def monotone(function: Callable[..., Interval]) -> Callable[..., Interval]:
    """The range of a function that is monotone in its first argument, from its ends."""

    def over(first: Interval, *rest: Interval) -> Interval:
        if first.lo == first.hi:
            return function(first, *rest)
        return function(first.low, *rest).hull(function(first.high, *rest))

    return over


def power(base: Interval, exponent: int) -> Interval:
    """t^n for a whole n ≥ 1: where n is even it is never negative, where odd it increases."""
    if exponent % 2 == 0:
        return power(base.squared(), exponent // 2) if exponent > 2 else base.squared()
    # step: an odd power is taken at both ends [call 1/2: _repeated(base.low, exponent)]
    return monotone(lambda end: _repeated(end, exponent))(base)


def _repeated(base: Interval, exponent: int) -> Interval:
    product = base
    for _ in range(exponent - 1):
        product = product * base
    return product


def _power_rates(base: Term, exponent: Term) -> list[Term]:
    lower = int(exponent) - 1  # type: ignore[arg-type]
    return [("*", exponent, base if lower == 1 else ("power", base, gmpy2.mpq(lower))), ZERO]


# step: a monotone function is taken at both ends [call 17/17: lambda p: quantile(p.low)]
register(
    {
        "+": Operation(2, lambda a, b: a + b, lambda a, b: [ONE, ONE]),  # noqa: ARG005
        "-": Operation(2, lambda a, b: a - b, lambda a, b: [ONE, -ONE]),  # noqa: ARG005
        "*": Operation(2, lambda a, b: a * b, lambda a, b: [b, a]),
        "/": Operation(
            2,
            lambda a, b: a / b,
            lambda a, b: [("/", ONE, b), ("-", ZERO, ("/", a, ("power", b, TWO)))],
        ),
        "power": Operation(2, lambda base, exponent: power(base, int(exponent.lo)), _power_rates),
        "pi": Operation(0, Interval.pi),
        "sqrt": Operation(1, Interval.sqrt, lambda t: [("/", ONE, ("*", TWO, ("sqrt", t)))]),
        "exp": Operation(1, Interval.exp, lambda t: [("exp", t)]),
        "expm1": Operation(1, Interval.expm1, lambda t: [("exp", t)]),
        "log": Operation(1, Interval.log, lambda t: [("/", ONE, t)]),
        "density": Operation(1, normal_density, lambda t: [("-", ZERO, ("*", t, ("density", t)))]),
        "cdf": Operation(1, cdf, lambda t: [("density", t)]),
        "quantile": Operation(
            1, monotone(quantile), lambda p: [("/", ONE, ("density", ("quantile", p)))]
        ),
    }
)
