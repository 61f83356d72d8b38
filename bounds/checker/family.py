r"""All curves for Δ in an interval, and what is provable of the criterion on a box of y and Δ.

Along a curve K is a function of y and Δ. By the mean value theorem, for y in Y = [y₁, y₂], Δ in D
and Δₘ the middle of D,

    K(y, Δ) ∈ K(yᵢ, Δₘ) + K_y(Y, D)(Y − yᵢ) + K_Δ(Y, D)(D − Δₘ),    i = 1, 2,

with the total derivatives K_y and K_Δ enclosed by automatic differentiation, from

    (1 + s(x)) ∂x/∂y = s(y),          2φ(g) ∂g/∂y = φ(y − Δ),
    (1 + s(x)) ∂x/∂Δ = 2∫ₓʸ t e^{−t²/2} cosh(tΔ) dt,    2φ(g) ∂g/∂Δ = φ(Δ) − φ(y − Δ).

That integral is ∫ t coth(tΔ) d(2S(t)), and 2S(y) − 2S(x) = x. As t coth(tΔ) increases, it lies
between x·x coth(xΔ) and x·y coth(yΔ).
"""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Mpfr
from bounds.certify.checker.verdict import Undecided
from bounds.checker.alternation import Mark
from bounds.checker.criterion import coth, criterion, steepness
from bounds.checker.curve import radius, radius_range, shift, shift_range
from bounds.checker.quick import bends_little, bends_upward
from bounds.checker.witness import Witness, proved_box

Box: TypeAlias = tuple[Interval, Interval]
"""Ranges of x and g."""


class Station:
    """One point of one curve, enclosed, with the criterion there: each is computed once asked for.

    Attributes:
        y: where it is.
    """

    def __init__(self, y: Interval, delta: Interval) -> None:
        self.y, self._delta = y, delta

    @cached_property
    def x(self) -> Interval:
        """The x of y."""
        return radius(self.y, self._delta)

    @cached_property
    def g(self) -> Interval:
        """The g of y."""
        return shift(self.y, self._delta)

    @cached_property
    def value(self) -> Interval:
        """K."""
        return criterion(self.x, self.y, self.g, self._delta)


def slopes_along_y(
    x: Interval, y: Interval, g: Interval, delta: Interval
) -> tuple[Interval, Interval]:
    """∂x/∂y and ∂g/∂y."""
    x_slope = steepness(y, delta) / (1 + steepness(x, delta))
    return x_slope, ((g.squared() - (y - delta).squared()) / 2).exp() / 2


def slopes_along_delta(
    x: Interval, y: Interval, g: Interval, delta: Interval
) -> tuple[Interval, Interval]:
    """∂x/∂Δ and ∂g/∂Δ."""
    moment = x * (x * coth(x * delta)).hull(y * coth(y * delta))
    square = g.squared()
    gain = ((square - delta.squared()) / 2).exp() - ((square - (y - delta).squared()) / 2).exp()
    return moment / (1 + steepness(x, delta)), gain / 2


def _has_sign(value: Interval, mark: Mark) -> bool:
    # step: a negative value is proved [true 4/4]
    return value > 0 if mark == "+" else value < 0


class Family:
    """The curves for all Δ of an interval: a wide one, or one that encloses a single Δ."""

    def __init__(self, delta: Interval, *, wide: bool) -> None:
        self.delta, self.wide = delta, wide
        self.centre = delta.middle if wide else delta
        self._stations: dict[Mpfr, Station] = {}

    @cached_property
    def halves(self) -> tuple[Family, Family]:
        """The families of both halves of the interval."""
        delta, middle = self.delta, self.delta.middle
        return (
            Family(delta.low.hull(middle), wide=True),
            Family(middle.hull(delta.high), wide=True),
        )

    def station(self, y: Interval) -> Station:
        """The point at y of the curve for the middle Δ."""
        if y.lo not in self._stations:
            self._stations[y.lo] = Station(y, self.centre)
        return self._stations[y.lo]

    def witnessed(self, witness: Witness, y: Interval) -> Box | None:
        """The box of a witness, if it is proved to hold x and g for all y of a range and all Δ."""
        try:
            delta = self.delta
            ends = (delta.low, delta.high) if self.wide else (delta, delta)
            return proved_box(witness, y, *ends)
        except Undecided:
            return None

    def shows(self, mark: Mark, left: Station, right: Station, box: Box | None = None) -> bool:
        """Whether `mark` is proved for all y between two stations and all Δ.

        Args:
            mark: what is to be proved of K.
            left: the station at the least y.
            right: the one at the greatest.
            box: the ranges of x and g, where they are known; else they are computed.

        Raises:
            Undecided: the box is too wide for some function of the criterion.
        """
        y, delta = left.y.hull(right.y), self.delta
        if box is not None:
            x, g = box
        elif self.wide:
            x, g = radius_range(y, delta), shift_range(y, delta)
        else:
            x, g = left.x.hull(right.x), left.g.hull(right.g)
        if mark == "+" and (bends_upward(x, y, delta) or bends_little(x, y, g, delta)):
            return True
        value, slope, drift = self._expand(x, y, g)
        if mark == "/":
            # step: a rise is proved [true]
            return slope > 0
        if mark == "\\":
            # step: a fall is proved [true]
            return slope < 0
        for station in (left, right):
            if _has_sign(value, mark):
                return True
            # step: a value moves with Delta: + drift [first sum 1/3]
            value = value.meet(station.value + slope * (y - station.y) + drift)
        return _has_sign(value, mark)

    def _expand(
        self, x: Interval, y: Interval, g: Interval
    ) -> tuple[Interval, Interval, Interval | int]:
        """K, K_y and K_Δ · (D − Δₘ) over a box."""
        delta = self.delta
        x_y, g_y = slopes_along_y(x, y, g, delta)
        one, zero = y * 0 + 1, y * 0
        if not self.wide:
            k = criterion(Dual(x, x_y), Dual(y, one), Dual(g, g_y), Dual(delta))
            return k.value, k.slopes[0], 0
        x_delta, g_delta = slopes_along_delta(x, y, g, delta)
        k = criterion(
            Dual(x, x_y, x_delta), Dual(y, one, zero), Dual(g, g_y, g_delta), Dual(delta, zero, one)
        )
        return k.value, k.slopes[0], k.slopes[1] * (delta - self.centre)
