"""The domain (0, ε_max) of the loss: which Δ are served, and a survey of all that lies in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.arithmetic.ball import log2_of
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import Exact, read_positive, show_exact, to_ball
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.critical.curve import Slice
from bounds.critical.point import Inflection, locate
from bounds.critical.subdivision import Crossing, Run, crossings, runs
from bounds.functions.window import window_mass

_BITS = 64
LEAST_DELTA, MOST_DELTA = Fraction(1, 64), Fraction(1024)  # exact as balls of any precision


def read_delta(delta: Any) -> Exact:
    """Δ as an exact number or ball within reach of the engine.

    Raises:
        InputError: not a number between 1/64 and 1024.
    """
    exact = read_positive(delta, "Delta")
    if isinstance(exact, Fraction):  # the answer must not depend on the caller's precision
        within = LEAST_DELTA <= exact <= MOST_DELTA
    else:
        within = exact >= to_ball(LEAST_DELTA) and exact <= to_ball(MOST_DELTA)
    if not within:
        raise InputError(
            f"Delta must lie between {LEAST_DELTA} and {MOST_DELTA} standard"
            f" deviations, not {show_exact(exact):.60}"
        )
    return exact


@contextmanager
def told_of_balls(delta: Exact) -> Iterator[None]:
    """Say, where something stays undecided, that it may be for the width of a ball."""
    try:
        yield
    except Inconclusive as reason:
        if not isinstance(delta, arb) or delta.is_exact():
            raise
        raise Inconclusive(
            f"{reason}; Delta is a ball: pass a narrower one, or an exact number"
        ) from None


def survey(delta: Exact) -> tuple[list[Run], list[Crossing]]:
    """Signs and crossings along the whole domain, proved at low precision.

    Raises:
        Inconclusive: two inflections are too close to tell apart or to exclude.
    """
    with working_precision(_BITS):
        found = runs(Slice(to_ball(delta)))
        return found, crossings(found)


def point_at(crossing: Crossing, delta: Exact, digits: int) -> tuple[list[arb], Inflection]:
    """The inflection of a proved crossing, located.

    Raises:
        Inconclusive: Newton's method leaves the crossing's own interval.
    """
    with working_precision(_BITS):
        region = Slice(to_ball(delta))
        low, high = region.station(crossing.low.mid()), region.station(crossing.high.mid())
        for _ in range(6):  # bisection, until Newton's method may be trusted
            middle = region.station(((low.y + high.y) / 2).mid(), low.x)
            rising = bool(middle.criterion.mid() > 0)
            low, high = (low, middle) if rising == crossing.to_convex else (middle, high)
        spare = spare_bits(low.y, region.delta, digits)
        start = [
            ((a + b) / 2).mid() for a, b in ((low.x, high.x), (low.y, high.y), (low.g, high.g))
        ]
    root, point = locate(delta, start, digits, spare)
    # step: the root lies right of its crossing's left end [true 3/4]
    # step: and left of its right end [true 4/4]
    if not (root[1] > crossing.low and root[1] < crossing.high):
        raise Inconclusive(
            f"Newton's method left the interval of the crossing near {crossing.low.str(8)}"
        )
    return root, point


def spare_bits(y: arb, delta: arb, digits: int) -> int:
    """Bits of accuracy that a root at y needs beyond the digits, for its distance from ε_max.

    As a difference the distance cancels by the factor f(y); and as f(y) s/(1 + s), where s varies
    as little as that factor, it needs none once f(y) is smaller than the digits can show.
    """
    lost, wanted = -log2_of(window_mass(y, delta)), bits_for(digits)
    if lost > wanted + 24:
        return int(2 * log2_of(y)) + 20  # the slope of log f is about y
    return int(min(max(lost, 0.0), wanted)) + 24
