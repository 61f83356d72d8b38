"""Where the curve (x, y, g) lies, by mpmath: guesses, which the generated Coq files then prove."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import mpmath

Number: TypeAlias = Any  # mpmath.mpf
Map: TypeAlias = Callable[[Number], Number]
_STEPS = 400


class Curve:
    """The curve of one Δ, at a working precision that survives the cancellation of masses.

    Args:
        delta: Δ > 0, exact.
        digits: how many digits of x, y and g are wanted.
    """

    def __init__(self, delta: Fraction, digits: int) -> None:
        self.mp = mpmath.mp.clone()
        self.mp.dps = 2 * digits + 20 + int(0.22 * float(delta) ** 2)
        self.delta = self.number(delta)
        self.unit = self.mp.npdf(self.delta)  # φ(Δ)

    def number(self, value: Fraction) -> Number:
        """An exact number at the working precision."""
        return self.mp.mpf(value.numerator) / value.denominator

    def deficit(self, x: Number) -> Number:  # d
        """What the window mass loses at x."""
        mp, delta = self.mp, self.delta
        return (mp.ncdf(delta) - mp.ncdf(-delta)) - (mp.ncdf(x + delta) - mp.ncdf(x - delta))

    def steepness(self, x: Number) -> Number:  # d′
        """How fast the deficit grows."""
        return self.mp.npdf(x - self.delta) - self.mp.npdf(x + self.delta)

    def radius_of_mass(self, eps: Fraction) -> Number:
        """The x with d(x) = ε."""
        top = self.mp.mpf(1)
        while self.deficit(top) < self.number(eps):
            top *= 2
        return self._increasing(self.deficit, self.steepness, self.number(eps), top)

    def reach_of_radius(self, x: Number) -> Number:
        """The y with d(y) = d(x) + φ(Δ)x."""
        estimate = self.deficit(x) + self.unit * x
        top = x + 1
        while self.deficit(top) < estimate:
            top *= 2
        return self._increasing(self.deficit, self.steepness, estimate, top)

    def radius_at(self, y: Number) -> Number:
        """The x with d(x) + φ(Δ)x = d(y)."""
        return self._increasing(
            lambda x: self.deficit(x) + self.unit * x,
            lambda x: self.steepness(x) + self.unit,
            self.deficit(y),
            y,
        )

    def shift_at(self, y: Number) -> Number:
        """The g with 2Φ(g) − 1 = Φ(y − Δ) − Φ(−Δ)."""
        mp = self.mp
        mass = mp.ncdf(y - self.delta) - mp.ncdf(-self.delta)
        return mp.sqrt(2) * mp.erfinv(mass)

    def last_radius(self) -> Number:
        """The x at ε_max, where f(x) = φ(Δ)x."""
        mp, delta = self.mp, self.delta
        return self._increasing(
            lambda x: self.unit * x - mp.ncdf(x + delta) + mp.ncdf(x - delta),
            lambda x: self.unit + self.steepness(x),
            mp.zero,
            2 * delta + 20,
        )

    def last_shift(self) -> Number:
        """The g at ε_max, where 2Φ(g) − 1 = Φ(Δ)."""
        mp = self.mp
        return mp.sqrt(2) * mp.erfinv(mp.ncdf(self.delta))

    def _increasing(self, f: Map, slope: Map, value: Number, top: Number) -> Number:
        """The point of [0, top] where an increasing function takes a value: Newton, kept inside."""
        low, high = self.mp.zero, self.mp.mpf(top)
        x = (low + high) / 2
        for _ in range(_STEPS):
            excess = f(x) - value
            low, high = (x, high) if excess < 0 else (low, x)
            rise = slope(x)
            step = x - excess / rise if rise > 0 else low
            if not low < step < high:
                step = (low + high) / 2
            if abs(step - x) <= 16 * self.mp.eps * abs(x):
                return step
            x = step
        return x
