"""Partial derivatives of terms, as terms: the rules of calculus, no simplification but of 0 and 1.

Only the operations that are explicit have one here; those defined by equations in ε do not.
"""

from __future__ import annotations

from collections.abc import Callable

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.term import Term
from bounds.certify.checker.verdict import Rejected

_ZERO, _ONE, _TWO = (gmpy2.mpq(number) for number in range(3))


def derivative(term: Term, name: str) -> Term:
    """The partial derivative of a term in a variable.

    Raises:
        Rejected: the variable stands under an operation that has no rule here.
    """
    if isinstance(term, str):
        return _ONE if term == name else _ZERO
    if not isinstance(term, tuple):
        return _ZERO
    head, *parts = term
    if head == "power":
        return _times(_power_rate(parts[0], parts[1]), derivative(parts[0], name))
    slopes = [derivative(part, name) for part in parts]
    if all(_is(slope, _ZERO) for slope in slopes):
        return _ZERO
    if head not in _RATES:
        raise Rejected(f"the operation {head} has no derivative here")
    total: Term = _ZERO
    for rate, slope in zip(_RATES[head](*parts), slopes, strict=True):
        total = _plus(total, _times(rate, slope))
    return total


def _is(term: Term, number: Term) -> bool:
    return not isinstance(term, (str, tuple)) and bool(term == number)


def _plus(a: Term, b: Term) -> Term:
    if _is(a, _ZERO):
        return b
    return a if _is(b, _ZERO) else ("+", a, b)


def _times(a: Term, b: Term) -> Term:
    if _is(a, _ZERO) or _is(b, _ZERO):
        return _ZERO
    if _is(a, _ONE):
        return b
    return a if _is(b, _ONE) else ("*", a, b)


def _minus(a: Term) -> Term:
    return ("-", _ZERO, a)


def _power_rate(base: Term, exponent: Term) -> Term:
    lower = int(exponent) - 1  # type: ignore[arg-type]
    return _times(exponent, base if lower == 1 else ("power", base, gmpy2.mpq(lower)))


def _deficit_rates(x: Term, delta: Term) -> list[Term]:
    near, far = ("density", ("-", x, delta)), ("density", ("+", x, delta))
    return [("-", near, far), ("-", ("-", _times(_TWO, ("density", delta)), near), far)]


def _window_rates(x: Term, delta: Term) -> list[Term]:
    near, far = ("density", ("-", x, delta)), ("density", ("+", x, delta))
    return [("-", far, near), ("+", far, near)]


_RATES: dict[str, Callable[..., list[Term]]] = {
    "+": lambda a, b: [_ONE, _ONE],  # noqa: ARG005
    "-": lambda a, b: [_ONE, -_ONE],  # noqa: ARG005
    "*": lambda a, b: [b, a],
    "/": lambda a, b: [("/", _ONE, b), _minus(("/", a, ("power", b, _TWO)))],
    "sqrt": lambda t: [("/", _ONE, _times(_TWO, ("sqrt", t)))],
    "exp": lambda t: [("exp", t)],
    "expm1": lambda t: [("exp", t)],
    "log": lambda t: [("/", _ONE, t)],
    "density": lambda t: [_minus(_times(t, ("density", t)))],
    "cdf": lambda t: [("density", t)],
    "quantile": lambda p: [("/", _ONE, ("density", ("quantile", p)))],
    "central_mass": lambda delta: [_times(_TWO, ("density", delta))],
    "window_mass": _window_rates,
    "mass_deficit": _deficit_rates,
}
