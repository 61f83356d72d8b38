"""The shape of the loss for every Δ in an interval: a chain of slices, each proved whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from bounds.certify.arithmetic.ball import hull
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.curve import Slice
from bounds.critical.subdivision import Crossing, Mark, crossings, merged, pieces

_BITS = 64
_NARROWEST = Fraction(1, 2**24)


@dataclass(frozen=True)
class ProvedSlice:
    """A range of Δ on which the loss is proved to have one shape.

    Attributes:
        low, high: the ends of the range, exact.
        shape: how the loss bends from ε = 0 to ε_max.
        pieces: the marked pieces of l(ε̂) between the proved ends.
        crossings: where the criterion changes sign, once each.
    """

    low: Fraction
    high: Fraction
    shape: tuple[str, ...]
    pieces: tuple[tuple[Mark, arb, arb], ...]
    crossings: tuple[Crossing, ...]


def shape_of(found: list[Crossing]) -> tuple[str, ...]:
    """How the loss bends, stretch by stretch: it starts concave."""
    return ("concave", *("convex" if crossing.to_convex else "concave" for crossing in found))


def slice_of(low: Fraction, high: Fraction, cuts: Iterable[arb] = ()) -> ProvedSlice:
    """The shape of the loss, proved for all Δ from `low` to `high`.

    Args:
        low: the lower end, exact.
        high: the upper end, exact.
        cuts: places of l(ε̂) where the proof's pieces may end, as an earlier proof found them:
            they save the search, and nothing is believed of them.

    Raises:
        Inconclusive: the range is too wide, or holds a Δ where the shape changes.
    """
    with working_precision(_BITS):
        # step: the slice is the whole range [first call 3/5]
        region = Slice(to_ball(low) if low == high else hull(to_ball(low), to_ball(high)))
        inner = tuple(pieces(region, cuts))
        found = crossings(merged(inner))
    return ProvedSlice(low, high, shape_of(found), inner[1:-1], tuple(found))


def _widest(delta: Fraction) -> Fraction:
    """A power of two near 1/(6Δ): wider slices take more pieces than they save."""
    return Fraction(1, 2 ** max(4, math.ceil(6 * delta).bit_length()))


def prove_family(
    low: Fraction, high: Fraction, before: ProvedSlice | None = None
) -> Iterator[ProvedSlice]:
    """Slices that cover [low, high] from left to right, all of one shape.

    The width follows what can be proved: halved where a slice fails, widened where it succeeds.

    Args:
        low: the lower end, exact.
        high: the upper end, exact.
        before: the slice that ends at `low`, if the range goes on from there.

    Raises:
        Inconclusive: a slice narrower than 2⁻²⁴ fails, or the shape changes; the message names Δ.
    """
    width, start = _widest(low), low
    shape: tuple[str, ...] | None = None
    if before is not None:
        width, shape = min(max(2 * (before.high - before.low), _NARROWEST), width), before.shape
    while start < high:
        stop = min(start + width, high)
        try:
            part = slice_of(start, stop)
        except Inconclusive as reason:
            width /= 2
            # step: a slice that fails is not stepped over [false]
            if width < _NARROWEST:
                raise Inconclusive(f"at Delta = {show_exact(start)}: {reason}") from None
            continue
        # step: neighbours have one shape [false 3/3]
        if shape is not None and part.shape != shape:
            raise Inconclusive(f"the shape of the loss changes near Delta = {show_exact(start)}")
        shape = part.shape
        yield part
        start = stop
        width = min(2 * width, _widest(start))
