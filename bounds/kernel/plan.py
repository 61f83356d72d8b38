"""How the curve is cut for a proof of the shape: its start, its turns, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import mpmath
from mpmath.ctx_iv import MPIntervalContext

from bounds.certify.errors import Inconclusive
from bounds.kernel.formulas import Formulas, Number
from bounds.kernel.guess import Curve

DIGITS = 6
"""Significant digits of the decimals between which x and g are proved to lie."""
_WIDEST_TURN = Fraction(3, 20)
_HALVINGS = 12
_TURN_STEPS, _START_STEPS = 24, 12
_MOST_PIECES = 400
_GUARD = 25


@dataclass(frozen=True, slots=True)
class Bound:
    """Decimals that bound x and g beyond, or before, the reach y; `at` is the Δ that decides g."""

    y: Fraction
    x: Fraction
    g: Fraction
    at: Fraction


@dataclass(frozen=True, slots=True)
class Last:
    """Decimals that bound x and g on the whole curve."""

    x: Fraction
    g: Fraction


@dataclass(frozen=True, slots=True)
class Plan:
    """A start, a turn, stretches and a turn back, for Δ in [low, high].

    `before` are the cuts from the start to the first turn; `between` those after it, up to the last
    that bounds x and g from below for all that follows; the second turn is from `back` to `end`.
    """

    family: Family
    before: tuple[Fraction, ...]
    between: tuple[Fraction, ...]
    back: Fraction
    end: Fraction


def decimal(value: Number, digits: int, way: int) -> Fraction:
    """A decimal of that many digits, some units of its last place below (−1) or above (+1)."""
    mp = mpmath.mp.clone()
    mp.dps = 2 * digits + _GUARD
    places = digits - 1 - int(mp.floor(mp.log10(value)))
    scaled = int(mp.floor(mp.mpf(value) * mp.mpf(10) ** places)) + (2 if way > 0 else -1)
    return Fraction(scaled) * Fraction(10) ** -places


class Family:
    """The curves of all Δ in [low, high], bounded by decimals, and the signs that boxes show."""

    def __init__(self, low: Fraction, high: Fraction) -> None:
        self.low, self.high = low, high
        self._iv = MPIntervalContext()
        self._iv.prec = 60
        self._show = Formulas(self._iv)
        self._curve = cache(lambda delta: Curve(delta, DIGITS))
        self.beyond, self.before = cache(self._beyond), cache(self._before)

    def interval(self, low: Fraction, high: Fraction) -> Number:
        """An interval that holds [low, high]."""
        iv = self._iv
        ends = [iv.mpf(end.numerator) / end.denominator for end in (low, high)]
        return iv.mpf([ends[0].a, ends[1].b])

    @property
    def deltas(self) -> Number:
        """All Δ of the family."""
        return self.interval(self.low, self.high)

    def _beyond(self, y: Fraction) -> Bound:
        at = max(self.low, self.high, key=lambda delta: abs(delta - y / 2))
        first, far = self._curve(self.low), self._curve(at)
        x = decimal(first.radius_at(first.number(y)), DIGITS, -1)
        return Bound(y, x, decimal(far.shift_at(far.number(y)), DIGITS, -1), at)

    def _before(self, y: Fraction) -> Bound:
        at = min(max(y / 2, self.low), self.high)
        last, near = self._curve(self.high), self._curve(at)
        x = min(y, decimal(last.radius_at(last.number(y)), DIGITS, 1))
        return Bound(y, x, decimal(near.shift_at(near.number(y)), DIGITS, 1), at)

    def last(self) -> Last:
        """Bounds at ε_max."""
        curve = self._curve(self.high)
        return Last(decimal(curve.last_radius(), DIGITS, 1), decimal(curve.last_shift(), DIGITS, 1))

    def sign(self, y: Fraction, beyond: Bound, before: Bound | Last, top: Fraction) -> int:
        """The sign that the box from y to `top` shows, 0 if none."""
        x, g = self.interval(beyond.x, before.x), self.interval(beyond.g, before.g)
        return sign_of(self._show.criterion(self.deltas, x, self.interval(y, top), g))

    def steepness(self, y: Fraction, beyond: Bound, before: Bound | Last, top: Fraction) -> int:
        """The sign of the slope of the criterion that the box shows, 0 if none."""
        x, g = self.interval(beyond.x, before.x), self.interval(beyond.g, before.g)
        return sign_of(self._show.slope(self.deltas, x, self.interval(y, top), g))

    def starts(self, y: Fraction) -> bool:
        """Whether the loss is concave up to y."""
        before = self.before(y)
        shown = self._show.start(
            self.interval(self.high, self.high),
            *(self.interval(value, value) for value in (before.x, y, before.g)),
        )
        return bool(y <= 2 * self.low and before.x < 1 and before.g <= 1 and shown > 1)

    def ends(self, y: Fraction, beyond: Bound) -> bool:
        """Whether the loss is concave from y on."""
        last = self.last()
        iv = self._iv
        share = iv.mpf(
            [self._show.share(self.interval(self.low, self.low), self.interval(y, y)).a, 1]
        )
        shown = self._show.end(
            self.deltas,
            self.interval(beyond.x, last.x),
            share,
            self.interval(beyond.g, last.g),
            self.interval(y, y),
        )
        return bool(y >= 3 * self.high and shown < 0)

    def turn(self, delta: Fraction, low: Fraction, high: Fraction) -> Fraction:
        """Where the criterion of one Δ changes its sign between two reaches, roughly.

        Raises:
            Inconclusive: it has the same sign at both.
        """
        curve = self._curve(delta)
        criterion = Formulas(curve.mp).criterion

        def positive(at: Fraction) -> bool:
            y = curve.number(at)
            shown = criterion(curve.delta, curve.radius_at(y), y, curve.shift_at(y))
            return bool(shown > 0)

        first = positive(low)
        if positive(high) == first:
            raise Inconclusive(
                f"no turn was found between y = {float(low):.3g} and {float(high):.3g}:"
                " the loss has another shape than concave, convex, concave"
            )
        for _ in range(_TURN_STEPS):
            middle = short((low + high) / 2, 6)
            low, high = (middle, high) if positive(middle) == first else (low, middle)
        return high


def sign_of(value: Number) -> int:
    """The sign of an interval, 0 where it holds 0."""
    return 1 if value > 0 else -1 if value < 0 else 0


def short(value: Fraction, digits: int = 3) -> Fraction:
    """The number to so many significant digits."""
    return Fraction(f"{float(value):.{digits - 1}e}")


def plan(low: Fraction, high: Fraction) -> Plan:
    """Cut the curves of all Δ in [low, high] so that boxes show every sign.

    Raises:
        Inconclusive: no cut was found: the shape is another one, or the range of Δ too wide.
    """
    family = Family(low, high)
    start = _start(family)
    middle = short(low * 2)
    first = [family.turn(delta, start, middle) for delta in (low, high)]
    left, right = _first_turn(family, min(first), max(first))
    before = _cover(family, start, left)
    second = [family.turn(delta, middle, 8 * high) for delta in (low, high)]
    between = [right]
    for _ in range(_MOST_PIECES):
        back = _second_turn(family, family.beyond(between[-1]), min(second), max(second))
        if back is not None:
            return Plan(family, before, tuple(between), *back)
        between.append(_step(family, between[-1], short(min(second)), 1))
    raise Inconclusive(
        "the loss is not seen to be convex between its turns: narrow the range of Delta"
    )


def _start(family: Family) -> Fraction:
    low, high = Fraction(0), 2 * family.low
    for _ in range(_START_STEPS):
        middle = short((low + high) / 2)
        low, high = (middle, high) if family.starts(middle) else (low, middle)
    return low


def _first_turn(family: Family, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    width = _WIDEST_TURN
    for _ in range(_HALVINGS):
        left, right = short(low * (1 - width), 6), short(high * (1 + width), 6)
        at_left, at_right = family.beyond(left), family.before(right)
        if (
            family.steepness(left, at_left, at_right, right) > 0
            and family.sign(left, at_left, family.before(left), left) < 0
            and family.sign(right, family.beyond(right), at_right, right) > 0
        ):
            return left, right
        width = width * 3 / 4
    raise Inconclusive("the first turn is not isolated: narrow the range of Delta")


def _second_turn(
    family: Family, beyond: Bound, low: Fraction, high: Fraction
) -> tuple[Fraction, Fraction] | None:
    last, width = family.last(), _WIDEST_TURN
    for _ in range(_HALVINGS):
        back, end = short(low * (1 - width), 6), short(high * (1 + width), 6)
        if (
            beyond.y <= back
            and family.sign(beyond.y, beyond, last, back) > 0
            and family.sign(back, beyond, last, back) > 0
            and family.sign(end, beyond, last, end) < 0
            and family.steepness(back, beyond, last, end) < 0
            and family.ends(end, beyond)
        ):
            return back, end
        width = width * 3 / 4
    return None


def _cover(family: Family, start: Fraction, end: Fraction) -> tuple[Fraction, ...]:
    cuts = [start]
    while cuts[-1] < end:
        if len(cuts) > _MOST_PIECES:
            raise Inconclusive("the loss is not seen to be concave before its first turn")
        cuts.append(_step(family, cuts[-1], end, -1))
    return tuple(cuts)


def _step(family: Family, start: Fraction, end: Fraction, sign: int) -> Fraction:
    """How far one box shows the sign."""
    beyond, to = family.beyond(start), end
    for _ in range(4 * _HALVINGS):
        if family.sign(start, beyond, family.before(to), to) == sign:
            return to
        to = short(start + (to - start) * 3 / 4, 6)
        if to <= start:
            break
    raise Inconclusive(f"the sign at y = {float(start):.4g} is not seen: narrow the range of Delta")
