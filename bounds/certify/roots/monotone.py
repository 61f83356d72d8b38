"""Zeros of monotone functions of one variable, with proof: by an interval Newton step, or by signs.

That there is no other zero is the monotony, which the caller knows.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, ctx

from bounds.certify.arithmetic.ball import GUARD, hull, raised
from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision


def monotone_root(balance: Callable[[arb], tuple[arb, arb]], guess: arb, top: arb) -> arb:
    """The zero in (0, top] of an increasing function given with its derivative, enclosed.

    Newton's method with bisection behind it, then one interval Newton step.

    Raises:
        Inconclusive: no interval Newton step contracts.
    """
    x, low, high = guess.mid(), arb(0), top.mid()
    for _ in range(200):
        value, rate = balance(x)
        low, high = (low, x) if value.mid() > 0 else (x, high)
        moved = (x - (value / rate).mid()).mid()
        if not low < moved < high:
            moved = ((low + high) / 2).mid()
        settled = abs(moved - x) < moved * arb(2) ** -24
        x = moved
        if settled:
            break
    right = 40  # bits, and doubled by every step
    while 2 * right < ctx.prec:
        value, rate = balance(x)
        x, right = (x - value / rate).mid(), 2 * right
    value, rate = balance(x)
    floor = x * arb(2) ** (12 - ctx.prec)
    for widening in (4, 64, 4096):
        box = x + arb(0, (abs(value / rate).upper() * widening + floor * widening).upper())
        # step: the slope is that over the box [value 4/4: x]
        image = x - value / balance(box)[1]
        # step: the image of the interval Newton step lies inside the box [true]
        if box.contains_interior(image):
            return image
    raise Inconclusive(f"no root is isolated near {x.str(8, radius=False)} below {top.str(8)}")


def turning_point(turn: Callable[[arb], arb], start: float, bits: int) -> arb:
    """The only zero of a strictly decreasing function, enclosed to about `bits` bits.

    The secant rule at rising precision finds it; the signs on both sides prove it.

    Raises:
        Inconclusive: the signs are not those of a zero in between.
    """
    with working_precision(64):
        points = [arb(start), arb(start) + arb(2) ** -12]
        values = [turn(point).mid() for point in points]
    accurate = 20.0
    while accurate < bits + 12:  # the value at a point must be as accurate as the next point
        accurate = min(1.5 * accurate, bits + 12.0)
        with working_precision(int(min(1.5 * accurate, bits + 12.0)) + 24):
            step = values[1] * (points[1] - points[0]) / (values[1] - values[0])
            points = [points[1], (points[1] - step).mid()]
            values = [values[1], turn(points[1]).mid()]
    with working_precision(bits + 32):
        step = values[1] * (points[1] - points[0]) / (values[1] - values[0])
        centre, apart = (points[1] - step).mid(), arb(2) ** -bits
        # step: a zero: positive before it [true 2/3]
        # step: and negative after it [true 3/3]
        if turn(centre - apart) > 0 and turn(centre + apart) < 0:
            return arb(centre, apart)
    raise Inconclusive(f"the signs at 2^-{bits} on both sides of {centre.str(10)} do not differ")


def solve_increasing(
    function: Callable[[arb, arb], arb],
    slope: Callable[[arb, arb], arb],
    target: arb,
    parameter: arb,
    seed: arb,
    *,
    relative: bool,
) -> arb:
    """The x > 0 with function(x) = target, for an increasing function: Newton, then a bracket.

    With `relative`, the search runs on log function(e^s), where small roots are ordinary. Target
    and parameter may be balls: the root is enclosed for all of their points.
    """
    goal, middle = target.mid(), parameter.mid()
    final = ctx.prec
    x = seed.mid()
    with working_precision(64):
        for _ in range(200):
            value = function(x, middle)
            rate = slope(x, middle).mid()
            if relative:
                step = (goal / value).log() * value / rate
                moved = x * (step / x).mid().exp() if abs(step / x) < 40 else x * 2
            else:
                step = (goal - value) / rate
                # a log-concave window: Newton overshoots only from the right, and then to below 0
                moved = x + step
                if not moved > x / 4:
                    moved = x / 4
                elif not moved < 2 * x + 4:
                    moved = 2 * x + 4
            moved = moved.mid()
            done = abs(moved - x) < x * arb(2) ** -40
            x = moved
            if done:
                break
    known = 40
    while known < final:
        known = min(2 * known - 8, final + 8)
        with working_precision(known + 10):
            x = (x + (goal - function(x, middle)) / slope(x, middle)).mid()
    with raised(GUARD):
        rate = slope(x, middle)
        radius = abs(function(x, parameter) - goal).upper() / rate * 2 + x * arb(2) ** -(final + 4)
        if not target.is_exact():
            radius += (arb(0, target.rad()) / rate).abs_upper() * 2
        if not radius.is_finite():
            radius = x / 1024
        # step: for the least target [function 1/2: .mid]
        # step: and the greatest [function 2/2: .mid]
        low_goal, high_goal = target.lower(), target.upper()
        for _ in range(60):
            radius = radius.upper()
            low, high = (x - radius).lower(), (x + radius).upper()
            if low <= 0:
                low = arb(0)
            # step: a root: the function is below at the lower end [true 3/3]
            under = low == 0 or function(low, parameter) <= low_goal
            # step: and above at the upper [first condition 1/2]
            if under and function(high, parameter) >= high_goal:
                return +hull(low, high)
            radius = radius * 2
    raise Inconclusive(
        f"no bracket proved for the root near {x.str(10, radius=False)} at {final} bits:"
        " raise the working precision, or pass narrower balls"
    )
