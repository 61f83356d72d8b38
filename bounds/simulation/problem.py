"""The paper's problem (Section II) and the parameters of Algorithm 1, read and checked once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive_rational, read_rational, read_whole, show_exact
from bounds.functions import central_mass

Doubles = NDArray[np.float64]

MOST_CLIENTS = 200_000_000
MOST_SPAN = 10**9
LEAST_DELTA, MOST_DELTA = Fraction(1, 64), Fraction(32)


@dataclass(frozen=True)
class Problem:
    """k components, (k + c)m clients, each corrupted with probability c/(k + c).

    Attributes:
        k: components, equally likely.
        c: corrupted mass: cm corrupted clients for m genuine ones in each component.
        m: genuine clients in a component, in the mean.
        delta: Δ, the half-width of the filter's window, in standard deviations.
        separation: D, the distance between neighbouring means.
        backoff: δ of Algorithm 1, what its thresholds concede to sampling noise.
    """

    k: int
    c: Fraction
    m: int
    delta: Fraction
    separation: Fraction
    backoff: float

    @classmethod
    def read(
        cls,
        k: Any,
        c: Any,
        m: Any,
        delta: Any,
        separation: Any = None,
        backoff: Any = None,
        for_algorithm: bool = True,
    ) -> Problem:
        """The problem that the arguments describe.

        Args:
            k: components, a whole number from 1.
            c: corrupted mass, exact, c ≥ 0.
            m: genuine clients in a component, a whole number from 1.
            delta: Δ, exact, from 1/64 to 32.
            separation: D > 0, exact; by default 9Δ, the least that Theorem 2 allows.
            backoff: δ with 0 < δ < ρ(Δ) and m_h = (2/δ²) log(k/δ) < m; by default the δ at which
                H, T₁ and T₂ are of equal size, m_h = m/3.
            for_algorithm: whether Algorithm 1 is to run; if not, m may be too small for it.

        Raises:
            InputError: an argument is malformed, or m is too small for Algorithm 1.
        """
        components, members = read_whole(k, "k"), read_whole(m, "m")
        window = read_positive_rational(delta, "Delta")
        if not LEAST_DELTA <= window <= MOST_DELTA:
            raise InputError(
                f"Delta = {show_exact(window)} is out of the simulator's reach: pass one from"
                f" {LEAST_DELTA} to {MOST_DELTA}"
            )
        mass = read_rational(c, "c")
        if mass < 0:
            raise InputError(f"c must be at least 0: it is corrupted mass, not {show_exact(mass)}")
        if (components + mass) * members > MOST_CLIENTS:
            raise InputError(f"(k + c)m is above {MOST_CLIENTS:,} clients: pass a smaller m")
        apart = (
            9 * window
            if separation is None
            else read_positive_rational(separation, "the separation")
        )
        if components * apart > MOST_SPAN:
            raise InputError(
                f"k D = {show_exact(components * apart):.40} is above {MOST_SPAN:,}, where float64"
                " no longer distinguishes clients: pass a smaller separation"
            )
        if not for_algorithm:
            return cls(components, mass, members, window, apart, math.nan)
        problem = cls(
            components, mass, members, window, apart, _backoff(backoff, components, members)
        )
        if not (0 < problem.backoff < problem.central_mass and problem.filter_size < members):
            raise InputError(
                f"with backoff delta = {problem.backoff:.3g} Algorithm 1 needs delta < rho(Delta) ="
                f" {problem.central_mass:.3g} and m > m_h = {problem.filter_size:.0f}: pass a"
                f" larger m than {members}, or another delta"
            )
        return problem

    @property
    def clients(self) -> int:
        """The number n = (k + c)m of clients, rounded where it is no whole number."""
        return round((self.k + self.c) * self.m)

    @property
    def window(self) -> float:
        """Δ as a float."""
        return float(self.delta)

    @cached_property
    def means(self) -> Doubles:
        """The means μᵢ, D apart."""
        return np.arange(self.k, dtype=np.float64) * float(self.separation)

    @cached_property
    def central_mass(self) -> float:
        """ρ(Δ)."""
        return float(central_mass(self.window))

    @property
    def filter_size(self) -> float:
        """m_h, line 2 of Algorithm 1."""
        return filter_size(self.k, self.backoff)


def filter_size(k: int, backoff: float) -> float:
    """m_h = (2/δ²) log(k/δ): how many candidates H holds for each component."""
    return 2 * math.log(k / backoff) / backoff / backoff


def _backoff(value: Any, k: int, m: int) -> float:
    if value is not None:
        exact = read_positive_rational(value, "the backoff")
        if not Fraction(1, 10**9) <= exact < 1:
            raise InputError("the backoff must be less than rho(Delta) < 1, and at least 1e-9")
        return float(exact)
    if filter_size(k, 1.0) >= m / 3:
        raise InputError(f"m = {m} is too small for Algorithm 1 at k = {k}: pass a larger m")
    return float(brentq(lambda delta: 3 * filter_size(k, delta) / m - 1, 1e-6, 1.0))
