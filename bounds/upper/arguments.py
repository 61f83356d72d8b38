"""The arguments of the bounds, read and checked once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bounds.certify.errors import InputError, shown
from bounds.certify.exact import Exact, read_exact, show_exact, to_ball
from bounds.critical.domain import read_delta

MOST_DELTA = Fraction(64)
MOST_COMPONENTS = 10**6
MOST_SEPARATION = 10**6


def read_upper_delta(delta: Any) -> Exact:
    """Δ where the upper bounds are worked out, in standard deviations.

    Raises:
        InputError: not a number between 1/64 and 64.
    """
    exact = read_delta(delta)
    if not to_ball(exact) <= to_ball(MOST_DELTA):
        raise InputError(
            f"Delta must be at most {MOST_DELTA} here, not {show_exact(exact):.60}: beyond it the"
            " sharp bound differs from c/k by less than 10^-880"
        )
    return exact


def read_mass(c_over_k: Any) -> Exact:
    """κ = c/k as an exact number or ball.

    Raises:
        InputError: it is not a finite number, or is not surely at least 0.
    """
    kappa = read_exact(c_over_k, "c/k")
    if not kappa >= 0:
        raise InputError(f"c/k must be at least 0, not {shown(c_over_k)}")
    return kappa


def read_separation(separation: Any, default: Fraction) -> Fraction:
    """D/Δ as an exact number.

    Raises:
        InputError: not an exact number above 3, up to 10⁶.
    """
    if separation is None:
        return default
    exact = read_exact(separation, "the separation D/Delta")
    if not isinstance(exact, Fraction) or not 3 < exact <= MOST_SEPARATION:
        raise InputError(
            f"the separation D/Delta must be one exact number above 3, up to {MOST_SEPARATION}"
        )
    return exact


def read_components(components: Any) -> int:
    """The number of components.

    Raises:
        InputError: it is not a whole number from 1 to 10⁶.
    """
    if isinstance(components, bool) or not isinstance(components, int):
        raise InputError(f"the count of components must be a whole number, not {shown(components)}")
    if not 1 <= components <= MOST_COMPONENTS:
        raise InputError(
            f"the number of components must lie between 1 and {MOST_COMPONENTS}: for more, leave k"
            " out (the difference is at most 1/k)"
        )
    return components
