"""Expressions as JSON, read strictly and evaluated over intervals.

A term is an exact number or the name of a variable, in a string, or a list of an operation and its
arguments: ["+", "1", ["exp", ["*", "-1/2", "x"]]]. The operations are those of `OPERATIONS`.

The functions of Δ take one Δ and a range of their first argument, in which they are monotone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.number import read_number, shown
from bounds.certify.checker.precision import Precision, Rational
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker.curve import normal_density
from bounds.checker.implicit import (
    cdf,
    filter_radius,
    loss,
    mass_estimate,
    median_shift,
    quantile,
)
from bounds.checker.masses import deficit, window

Term: TypeAlias = "Rational | str | tuple[Any, ...]"
"""An exact number, a variable, or an operation with its arguments."""

MOST_PARTS = 2_000
_DEEPEST = 100
_NUMBER = 4_000
_NAME = re.compile(r"[A-Za-z][A-Za-z_]{0,30}", re.ASCII)


def read_name(text: object) -> str:
    """The name of a variable: letters and underscores.

    Raises:
        Rejected: it is not one, or is the name of an operation.
    """
    if not (isinstance(text, str) and _NAME.fullmatch(text)) or text in OPERATIONS:
        raise Rejected(f"{shown(text)} is not the name of a variable")
    return text


def read_term(value: object, variables: Mapping[str, object]) -> Term:
    """The term that a JSON value stands for.

    Raises:
        Rejected: it is malformed, too large, or has a variable that is not among these.
    """
    parts = 0

    def read(value: object, depth: int) -> Term:
        nonlocal parts
        parts += 1
        if parts > MOST_PARTS or depth > _DEEPEST:
            raise Rejected(f"a term has at most {MOST_PARTS} parts and {_DEEPEST} levels")
        if isinstance(value, str):
            if not _NAME.fullmatch(value):
                return read_number(value, _NUMBER)
            if value not in variables:
                raise Rejected(f"{shown(value)} is not among the variables")
            return value
        if not (isinstance(value, list) and value and isinstance(value[0], str)):
            raise Rejected(f"{shown(value)} is no term")
        name, *arguments = value
        if name not in OPERATIONS:
            raise Rejected(f"{shown(name)} is no operation")
        count, _ = OPERATIONS[name]
        if len(arguments) != count:
            raise Rejected(f"the operation {name} takes {count} arguments, not {len(arguments)}")
        if name == "power" and not (
            isinstance(arguments[1], str) and re.fullmatch(r"[2-9]|[1-9]\d", arguments[1])
        ):
            raise Rejected("a power is a whole number from 2 to 99")
        return (name, *(read(argument, depth + 1) for argument in arguments))

    return read(value, 0)


def evaluate(term: Term, place: Mapping[str, Interval], at: Precision) -> Interval:
    """All values of a term over a box of its variables.

    Raises:
        Undecided: an operation is not proved to be defined there.
    """
    if isinstance(term, str):
        return place[term]
    if not isinstance(term, tuple):
        return Interval.enclosing(at, term, term)
    name, *arguments = term
    values = [evaluate(argument, place, at) for argument in arguments]
    if name == "pi":
        return Interval.pi(at)
    if name == "power":
        return _power(values[0], int(arguments[1]))
    operation: Callable[..., Interval] = OPERATIONS[name][1]
    return operation(*values)


def _power(base: Interval, exponent: int) -> Interval:
    """t^n: for even n never negative."""
    if exponent % 2 == 0:
        return _power(base.squared(), exponent // 2) if exponent > 2 else base.squared()
    return base if exponent == 1 else _monotone(lambda end: _repeated(end, exponent))(base)


def _repeated(base: Interval, exponent: int) -> Interval:
    product = base
    for _ in range(exponent - 1):
        product = product * base
    return product


def _monotone(function: Callable[..., Interval]) -> Callable[..., Interval]:
    """The range of a function that is monotone in its first argument, from its ends."""

    def over(first: Interval, *rest: Interval) -> Interval:
        if first.lo == first.hi:
            return function(first, *rest)
        return function(first.low, *rest).hull(function(first.high, *rest))

    return over


def _of_one_delta(function: Callable[..., Interval]) -> Callable[..., Interval]:
    """A monotone function of its first argument, at one positive Δ."""
    inner = _monotone(function)

    def over(first: Interval, delta: Interval) -> Interval:
        if not delta > 0:
            raise Undecided("Delta is not proved positive")
        return inner(first, delta)

    return over


def _log(t: Interval) -> Interval:
    return t.log()


def _sqrt(t: Interval) -> Interval:
    if not (t.lo >= 0):
        raise Undecided("the argument of a square root is not proved to be at least 0")
    return t.sqrt()


def _density(t: Interval) -> Interval:
    """φ(t), which falls with |t|: from the square, over the whole range."""
    return normal_density(t)


def _window(x: Interval, delta: Interval) -> Interval:
    return window(x.absolute(), delta)


def _deficit(x: Interval, delta: Interval) -> Interval:
    if not x > 0:
        raise Undecided("x is not proved positive")
    return deficit(x, delta)


def _central(delta: Interval) -> Interval:
    return window(delta * 0, delta)


OPERATIONS: dict[str, tuple[int, Callable[..., Interval]]] = {
    "+": (2, lambda a, b: a + b),
    "-": (2, lambda a, b: a - b),
    "*": (2, lambda a, b: a * b),
    "/": (2, lambda a, b: a / b),
    "power": (2, _power),
    "pi": (0, Interval.pi),
    "sqrt": (1, _sqrt),
    "exp": (1, lambda t: t.exp()),
    "expm1": (1, lambda t: t.expm1()),
    "log": (1, _log),
    "density": (1, _density),
    "cdf": (1, cdf),
    "quantile": (1, _monotone(quantile)),
    "central_mass": (1, _monotone(_central)),
    "window_mass": (2, _of_one_delta(_window)),
    "mass_deficit": (2, _of_one_delta(_deficit)),
    "filter_radius": (2, _of_one_delta(filter_radius)),
    "median_shift": (2, _of_one_delta(median_shift)),
    "mass_estimate": (2, _of_one_delta(mass_estimate)),
    "loss": (2, _of_one_delta(loss)),
}
"""Name, number of arguments, and what it does; the names are those of the library's functions."""
