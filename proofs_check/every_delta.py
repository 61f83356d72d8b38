"""What holds for every Δ ≥ 3/2 at once: an inequality proved on each of `critical_slices`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from flint import arb

from bounds.certified.precision import working_precision
from bounds.exact import show_exact, to_ball
from bounds.large_delta import CriticalSlice, critical_slices

Measure: TypeAlias = Callable[[CriticalSlice], arb]

_BITS = 96


def below_everywhere(measure: Measure, limit: Fraction | Measure) -> bool:
    """Whether measure < limit is proved on every slice, and so for every Δ ≥ 3/2."""
    with working_precision(_BITS):
        for part in critical_slices():
            most = limit(part) if callable(limit) else to_ball(limit)
            value = measure(part)
            if not (value.is_finite() and most.is_finite() and value < most):
                return False
    return True


def above_somewhere(measure: Measure, limit: Fraction) -> str | None:
    """A slice on all of which measure > limit is proved, told; None if there is none."""
    with working_precision(_BITS):
        for part in critical_slices():
            value = measure(part)
            if value.is_finite() and value > to_ball(limit):
                top = show_exact(part.high) if part.high is not None else "infinity"
                return f"Delta from {show_exact(part.low)} to {top}"
    return None


def covered() -> str:
    """How many slices there are, as a line of evidence."""
    return (
        f"eps_cr is enclosed on {len(critical_slices())} slices that cover Delta >= 3/2, on each of"
        " which the root is proved to exist, to be unique in its box and to be eps_cr"
    )
