"""What holds for every Δ ≥ 3/2 at once: an inequality proved on each of `critical_slices`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from flint import arb

from bounds.certified.precision import working_precision
from bounds.exact import show_exact, to_ball
from bounds.large_delta import CriticalSlice, critical_slices
from bounds.theorems.upper import InequalityRange, printed_inequalities_over_delta

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


def decided_everywhere(name: str) -> str:
    """How a printed inequality stands for every Δ ≥ 3/2, as a line of evidence.

    Raises:
        Inconclusive: it is not decided.
    """
    rows = [row for row in _ranges() if row.name.startswith(name)]
    told = []
    for row in rows:
        low = "3/2" if row.low.low == row.low.high else str(row.low)
        end = f" to {row.high}" if row.high is not None else " on"
        told.append(f"{row.verdict} for every Delta from {low}{end}: {row.note}")
    return f"proved on all slices of Delta (`bounds constants --ranges`): {'; '.join(told)}"


@cache
def _ranges() -> tuple[InequalityRange, ...]:
    return printed_inequalities_over_delta(8)


def covered() -> str:
    """How many slices there are, as a line of evidence."""
    return (
        f"eps_cr is enclosed on {len(critical_slices())} slices that cover Delta >= 3/2, on each of"
        " which the root is proved to exist, to be unique in its box and to be eps_cr"
    )
