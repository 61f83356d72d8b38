"""Simple zeros of a function of one variable, found by Newton's method and proved by balls.

The proof is the intermediate value theorem and monotony: g has opposite signs at the two ends of a
narrow interval, and on a box around it g is defined and an enclosure of g′ has one sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bounds.certify.language.expression import Expr
from bounds.certify.numbers.precision import bits_for
from bounds.certify.quantities.proving import (
    ball,
    box_ball,
    is_defined_on,
    sign_at_point,
    to_fraction,
)
from bounds.certify.rules.conditions import Condition, conditions
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.numeric import precision

_BISECTIONS, _HALVINGS, _BOX_BITS, _FIRST = 60, 160, 96, 128
_GUARDS = (32, 96, 384, 1536)


@dataclass(frozen=True)
class Zero:
    """A zero of g that is the only one in a box.

    Attributes:
        low, high: the zero lies strictly between them: g has opposite signs there.
        box: an interval around them on which g′ has one sign.
        slope: that sign.
    """

    low: Fraction
    high: Fraction
    box: tuple[Fraction, Fraction]
    slope: int


def simple_zero(
    g: Expr,
    slope: Expr,
    name: str,
    bracket: tuple[Fraction, Fraction],
    digits: int,
    needs: Sequence[Condition] = (),
) -> Zero | None:
    """The zero in a bracket at whose ends g has opposite signs.

    Args:
        g: an expression in one variable.
        slope: its derivative, from `smooth_derivative`.
        name: the variable.
        bracket: two points of the range; the box does not reach beyond them.
        digits: significant digits of the zero.
        needs: what is to hold on the box, beside the conditions under which g has a value.

    Returns:
        The zero with its proof; None where g′ is not proved to have one sign near it, or the signs
        at the ends are not opposite.
    """
    near = _bisected(g, name, *bracket)
    if near is None:
        return None
    middle = _newton(g, slope, name, near, bits_for(digits) + 16)
    box, sign = _box(slope, name, middle, bracket, [*conditions(g), *needs])
    if box is None:
        return None
    narrow = _narrow(g, name, middle, box, sign, digits)
    return None if narrow is None else Zero(*narrow, box, sign)


def _bisected(
    g: Expr, name: str, low: Fraction, high: Fraction
) -> tuple[Fraction, Fraction] | None:
    """A narrower bracket, by the signs at its middle."""
    first, last = sign_at_point(g, name, low), sign_at_point(g, name, high)
    if first is None or last is None or first == last:
        return None
    width = high - low
    for _ in range(_BISECTIONS):
        if high - low < width / 2**20:
            break
        middle = _short((low + high) / 2, high - low)
        sign = sign_at_point(g, name, middle)
        if sign is None:  # the middle is the zero, or too near to it
            return middle - width / 2**40, middle + width / 2**40
        low, high = (middle, high) if sign == first else (low, middle)
    return low, high


def _short(q: Fraction, width: Fraction) -> Fraction:
    """A dyadic number near q, within a small part of the width."""
    size = width.numerator.bit_length() - width.denominator.bit_length() - 8
    scale = Fraction(2) ** size
    return round(q / scale) * scale


def _newton(
    g: Expr, slope: Expr, name: str, bracket: tuple[Fraction, Fraction], bits: int
) -> Fraction:
    """The zero to about so many bits: a guess, which is proved afterwards."""
    low, high = bracket
    point, width = (low + high) / 2, high - low
    for _ in range(4):
        point = _step(g, slope, name, point, _FIRST, bracket, width)
    known = 48
    while known < bits:
        known = min(2 * known - 8, bits)
        point = _step(g, slope, name, point, 2 * known - known // 2 + 64, None, width)
        if known < bits:
            point = _short(point, width / 2**known) if width else point
    return point


def _step(
    g: Expr,
    slope: Expr,
    name: str,
    point: Fraction,
    bits: int,
    bracket: tuple[Fraction, Fraction] | None,
    width: Fraction,
) -> Fraction:
    with precision(bits):
        place = {name: ball(point)}
        value = evaluate(g, place)
    with precision(max(_FIRST, bits // 2)):
        rate = evaluate(slope, {name: ball(point)})
        if not (value.is_finite() and rate.is_finite()) or rate.contains(0):
            return point
    with precision(bits):
        moved = point - to_fraction(value / rate)
    if bracket is not None and not bracket[0] - width < moved < bracket[1] + width:
        return point
    return moved


def _box(
    slope: Expr,
    name: str,
    middle: Fraction,
    bracket: tuple[Fraction, Fraction],
    needs: Sequence[Condition],
) -> tuple[tuple[Fraction, Fraction] | None, int]:
    """A box around the middle on which an enclosure of the slope has one sign, and that sign."""
    width = bracket[1] - bracket[0]
    radius = min(middle - bracket[0], bracket[1] - middle)
    if radius <= 0:
        return None, 0
    radius = _short(radius * Fraction(7, 8), radius)
    middle = _short(middle, radius)
    with precision(_BOX_BITS):
        for _ in range(_HALVINGS):
            place = {name: box_ball(middle - radius, middle + radius)}
            value = evaluate(slope, place)
            # step: a function that has a simple zero is defined around it [true 5/5]
            if (value > 0 or value < 0) and is_defined_on(needs, place):
                return (middle - radius, middle + radius), 1 if value > 0 else -1
            radius /= 2
            if radius < width / 2**24:
                break
    return None, 0


def _narrow(
    g: Expr,
    name: str,
    middle: Fraction,
    box: tuple[Fraction, Fraction],
    slope: int,
    digits: int,
) -> tuple[Fraction, Fraction] | None:
    """An interval inside the box with the signs of g at its ends that the slope asks for."""
    wanted = bits_for(digits)
    size = abs(middle) if abs(middle) > (box[1] - box[0]) / 2 ** (wanted + 8) else box[1] - box[0]
    for guard in _GUARDS:
        radius = _power_below(size) / Fraction(2) ** (wanted + 2)
        for _ in range(6):
            low, high = max(middle - radius, box[0]), min(middle + radius, box[1])
            if not low < high:
                return None
            with precision(wanted + guard + _reach(size)):
                at_low, at_high = (evaluate(g, {name: ball(end)}) for end in (low, high))
            # step: there are opposite signs around a simple zero [true 1/3]
            if at_low * slope < 0 and at_high * slope > 0:
                return low, high
            radius *= 16
    return None


def _power_below(q: Fraction) -> Fraction:
    return Fraction(2) ** (q.numerator.bit_length() - q.denominator.bit_length() - 1)


def _reach(size: Fraction) -> int:
    """Bits that the size of a number adds to those of its digits."""
    return abs(size.numerator.bit_length() - size.denominator.bit_length()) + 16
