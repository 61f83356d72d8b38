r"""Zeros of increasing functions, by Newton's method, of which the last step is a proof.

For F increasing, a point t and an interval N around it: if t − F(t)/F′(N) lies inside N, then it
holds the zero of F, by the mean value theorem.
"""

from __future__ import annotations

from collections.abc import Callable

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.verdict import Undecided

SlopeNear = Callable[[Interval], Interval]

_MOST_STEPS = 300


def zero_of_increasing(
    function: Callable[[Interval], tuple[Interval, SlopeNear]], start: Interval, ceiling: Interval
) -> Interval:
    """The zero in (0, ceiling) of an increasing function, enclosed.

    Args:
        function: a point t > 0 ↦ its value there, and its slope over an interval N that holds t.
        start: where to start.
        ceiling: a point above the zero; like the start, it only leads there.

    Raises:
        Undecided: the zero is not isolated.
    """
    at, t = start.at, start.middle
    near = Interval.power_of_two(at, 4 - at.bits // 2)
    floor = Interval.power_of_two(at, 16 - at.bits)
    low, high = t * 0, ceiling.middle
    for _ in range(_MOST_STEPS):
        value, slope = function(t)
        step = (value / slope(t)).absolute().high
        if step < near * t:
            reach = 2 * step + floor * t
            vicinity = (t - reach).hull(t + reach)
            # step: the slope of Newton's step is that of the whole vicinity [value 3/3: t]
            image = t - value / slope(vicinity)
            # step: the image of Newton's step lies in its vicinity [true 1/3]
            if vicinity.low < image and image < vicinity.high:
                return image
        # steering proves nothing: bisection stands behind Newton's method
        low, high = (low, t) if value.middle > 0 else (t, high)
        moved = (t - value / slope(t)).middle
        t = moved if low < moved and moved < high else ((low + high) / 2).middle
    raise Undecided("a zero of an increasing function is not isolated")
