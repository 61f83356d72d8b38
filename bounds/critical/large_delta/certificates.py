"""What holds for large Δ, as certificates for `bounds check`: ε_cr on slices, and the shape."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb

from bounds.certify.arithmetic.ball import hull
from bounds.certify.certificates.seal import sealed
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact
from bounds.certify.numbers.enclosure import dyadic_ends, exact_text
from bounds.certify.numbers.precision import working_precision
from bounds.critical.large_delta.first_turn import radius_at
from bounds.critical.large_delta.scaled import Coupled, sinh_integral
from bounds.critical.large_delta.shape import prove_shape
from bounds.critical.large_delta.slices import CriticalSlice, critical_slices

_BITS = 96
_START, _TURN = "1/4", "1/2"
_GROWTH = tuple(Fraction(part, 2) for part in (3, 4, 6, 8, 12))
_KEPT = 24  # bits of the ends in a certificate


def critical_slices_certificate(slices: Sequence[CriticalSlice] | None = None) -> dict[str, Any]:
    """Where ε_cr lies, for every Δ of slices that follow one another; all of them by default.

    Args:
        slices: some of `critical_slices`, neighbours in order.

    Raises:
        Inconclusive: no ends of v have the two signs.
    """
    return _all() if slices is None else _sealed(slices)


@cache
def _all() -> dict[str, Any]:
    return _sealed(critical_slices())


def _sealed(parts: Sequence[CriticalSlice]) -> dict[str, Any]:
    return sealed(
        "critical_slices",
        {
            "slices": [_slice(part) for part in parts],
            "text": "eps_cr for every Delta, in units of phi(Delta)/Delta, slice by slice",
        },
        {"bits": 64, "start": _START, "turn": _TURN},
    )


def _slice(part: CriticalSlice) -> dict[str, Any]:
    with working_precision(_BITS):
        system = Coupled(part.tau, part.unit)
        for factor in _GROWTH:
            reach = part.v.rad() * arb(factor.numerator) / factor.denominator
            low, high = _rounded(part.v.mid() - reach), _rounded(part.v.mid() + reach)
            if _value(low, system) < 0 < _value(high, system):
                break
        else:
            raise Inconclusive(f"no ends of v are proved from Delta = {show_exact(part.low)} on")
        least = 2 * sinh_integral(radius_at(low, part.tau.upper()), part.tau.upper())
        most = 2 * sinh_integral(radius_at(high, part.tau.lower()), part.tau.lower())
        spare = arb(2) ** -_KEPT
        mass = _rounded((least - spare).lower()), _rounded((most + spare).upper())
    ends = [show_exact(part.low), None if part.high is None else show_exact(part.high)]
    return {"delta": ends, "v": [*map(_text, (low, high))], "mass": [*map(_text, mass)]}


def _value(v: arb, system: Coupled) -> arb:
    """The criterion at v, for all Δ of a slice."""
    u = hull(radius_at(v, system.tau.upper()), radius_at(v, system.tau.lower()))
    value: arb = system.residual([u, v])[1]
    return value


def _rounded(value: arb) -> arb:
    """A near number of few bits: what is claimed of it is proved of it."""
    return (value * arb(2) ** _KEPT).floor().mid() * arb(2) ** -_KEPT


def _text(value: arb) -> str:
    return exact_text(dyadic_ends(value)[0])


def shape_certificate_from(start: Fraction = Fraction(10)) -> dict[str, Any]:
    """That the loss is concave, convex and concave for every Δ from `start` on.

    Args:
        start: Δ₀, in standard deviations, 5 or more.

    Raises:
        Inconclusive: it is not proved (so below 5).
    """
    return _shape_from(start)


@cache
def _shape_from(start: Fraction) -> dict[str, Any]:
    prove_shape(start)
    pieces = [[_START, _TURN, "-"], [_TURN, "1", "/"], ["1", "15/8", "+"]]
    return sealed(
        "large_delta",
        {"delta": show_exact(start), "text": "concave, convex and concave for all larger Delta"},
        {"bits": 64, "pieces": pieces},
    )
