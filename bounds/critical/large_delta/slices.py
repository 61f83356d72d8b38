r"""ε_cr over whole slices of Δ that cover [3/2, ∞): what is true of them is true of every Δ ≥ 3/2.

In the units of `scaled` the unknowns u = l(ε_cr)Δ and v = l(ε̂_cr)Δ hardly change with Δ. Here τ and
κ = φ(Δ)/Δ are balls, ω is the function of v that it is, and one Krawczyk test proves for every Δ of
a slice that exactly one (u, v) of a box solves the equations. It is ε_cr, because the criterion is
proved to rise through 0 there, and the loss has one turn to convexity for every Δ of 1.47736 or
more (`convexity.regimes`).

With Δ = τ^{−1/2}, dκ/dτ = κ(1/τ + 1/τ²)/2 = φ(Δ)(Δ + Δ³)/2, which decreases for Δ ≥ 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from flint import arb, arb_series

from bounds.certify.arithmetic.ball import hull
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.krawczyk import box_for_all
from bounds.critical.curve import require_on_curve
from bounds.critical.large_delta.expansion import START
from bounds.critical.large_delta.scaled import (
    Coupled,
    criterion,
    curve,
    omega_of,
    shift_of,
    sinh_integral,
    spread,
    steepness,
    window_integral,
)
from bounds.critical.regimes import REGIMES
from bounds.functions.normal import density

LEAST = Fraction(3, 2)
"""The Δ from which Theorem 2 is stated; the first slice begins here."""

_LAST = 20
_BITS = 96


@dataclass(frozen=True)
class CriticalSlice:
    """ε_cr for every Δ of a slice: each ball holds the quantity for all of these Δ.

    Balls are to be computed with under `working_precision`.

    Attributes:
        low: the least Δ, in standard deviations.
        high: the greatest Δ; None for a slice without end.
        tau: 1/Δ².
        unit: κ = φ(Δ)/Δ, which decreases with Δ; from 0 on in the slice without end.
        u: l(ε_cr)Δ.
        v: l(ε̂_cr)Δ.
        mass: E = ε_cr Δ/φ(Δ).
        mass_rate: dE/dτ.
        shift: g(ε̂_cr) Δ/φ(Δ).
        g: g(ε̂_cr), in standard deviations.
        g_rate: dg/dτ.
    """

    low: Fraction
    high: Fraction | None
    tau: arb
    unit: arb
    u: arb
    v: arb
    mass: arb
    mass_rate: arb
    shift: arb
    g: arb
    g_rate: arb

    def elasticity(self) -> arb:
        """Δ d log E/dΔ = −2τ (dE/dτ)/E, for all Δ of the slice.

        As ε_cr = E φ(Δ)/Δ, the same of ε_cr is this less Δ² + 1.
        """
        with working_precision(_BITS):
            return -2 * self.tau * self.mass_rate / self.mass


def critical_slices() -> tuple[CriticalSlice, ...]:
    """Slices of Δ that follow one another from 3/2 without end, each proved whole.

    Returns:
        For each, ε_cr and what belongs to it, in units in which it hardly changes with Δ. For every
        Δ ≥ 3/2 the box of its slice holds exactly one inflection, and this is ε_cr(Δ).

    Raises:
        Inconclusive: no box contracts, or a sign is not proved (not seen).
    """
    return _all()


def parts_of(
    part: CriticalSlice, number: int, *, downwards: bool = False
) -> Iterator[CriticalSlice]:
    """A slice cut into equal ones, each proved whole: where the wide one does not decide.

    Each is proved when it is asked for, and once in a process.

    Args:
        part: a slice with an end.
        number: how many.
        downwards: begin with the last one.

    Raises:
        Inconclusive: as in `slice_of` (not seen).
    """
    if part.high is None:
        return
    step = (part.high - part.low) / number
    for j in reversed(range(number)) if downwards else range(number):
        ends = part.low + j * step, part.low + (j + 1) * step
        if ends not in _parts:
            _parts[ends] = slice_of(*ends, (part.u, part.v))
        yield _parts[ends]


_parts: dict[tuple[Fraction, Fraction], CriticalSlice] = {}


@cache
def _all() -> tuple[CriticalSlice, ...]:
    slices: list[CriticalSlice] = []
    for low, high in _ends():
        guess = (slices[-1].u, slices[-1].v) if slices else None
        slices.append(slice_of(low, high, guess))
    return tuple(slices)


def _ends() -> Iterator[tuple[Fraction, Fraction | None]]:
    """Neighbouring ends, about 1/400 apart in 1/Δ²."""
    low = LEAST
    while low < _LAST:
        high = (low + low**3 / 800).limit_denominator(1000)
        yield low, (high if high < _LAST else None)
        low = high


def slice_of(
    low: Fraction, high: Fraction | None, guess: tuple[arb, arb] | None = None
) -> CriticalSlice:
    """ε_cr for every Δ from `low` to `high` (None: without end).

    Args:
        low: the least Δ, in standard deviations.
        high: the greatest.
        guess: about where (u, v) is; it only saves time.

    Raises:
        Inconclusive: the slice is too wide, or the shape of the loss is not known on all of it.
    """
    told = f"Delta from {show_exact(low)} to {show_exact(high) if high else 'infinity'}"
    # step: one turn is a theorem there [true 2/2]
    if not low >= REGIMES[-1].low:
        raise Inconclusive(f"which root is eps_cr is not known for {told}")
    with working_precision(_BITS):
        near, far = to_ball(low), to_ball(high) if high else None
        tau = hull(1 / (far * far) if far is not None else arb(0), 1 / (near * near))
        # step: κ over the slice [last call 1/4]
        unit = hull(density(far) / far if far is not None else arb(0), density(near) / near)
        whole, middle = Coupled(tau, unit), Coupled(tau.mid(), unit.mid())
        (u, v), slopes = box_for_all(middle, whole, guess or START, told)
        # step: the root of a slice lies on the curve [drop]
        require_on_curve(f"the root for {told}", (u, v))
        (a, b), (c, d) = slopes
        # along the curve du/dv = −b/a, so this is the criterion's slope there
        # step: the criterion rises at the root of a slice [true 4/4]
        # step: along the curve [true 3/4]
        if not (a > 0 and d - c * b / a > 0):
            raise Inconclusive(f"the turn at the root is not proved for {told}")
        # (u, v)′ = −F′⁻¹ F_τ, by Cramer's rule
        drift = unit_rate(near, far)
        first, second = _along_tau(u, v, tau, unit, drift)
        u_rate = (b * second - d * first) / (a * d - b * c)
        v_rate = (c * first - a * second) / (a * d - b * c)
        line = arb_series([tau, 1], prec=2)
        mass_rate = 2 * sinh_integral(u, line)[1] + steepness(u, tau) * u_rate
        window = window_integral(v, tau)
        g, square = shift_of(unit * window)
        mass = 2 * sinh_integral(u, tau)
        shift = window / (2 * density(g) * spread(square)[0])
        # κM is the mass between −g and g
        window_rate = window_integral(v, line)[1] + (v - v * v * tau / 2).exp() * v_rate
        g_rate = (drift * window + unit * window_rate) / (2 * density(g))
    for value in (mass, mass_rate, shift, g, g_rate):
        # step: enclosures are finite [true 2/2]
        if not value.is_finite():
            raise Inconclusive(f"an enclosure is not finite for {told}")
    return CriticalSlice(low, high, tau, unit, u, v, mass, mass_rate, shift, g, g_rate)


def _along_tau(u: arb, v: arb, tau: arb, unit: arb, unit_rate: arb) -> tuple[arb, arb]:
    """The derivatives of both equations in τ, κ moving with it, at fixed (u, v)."""
    line = arb_series([tau, 1], prec=2)
    mass = arb_series([unit, unit_rate], prec=2) * window_integral(v, line)
    omega, by_mass = omega_of(mass[0])
    drift = arb_series([omega, by_mass * mass[1]], prec=2)
    return (curve(u, v, line)[1], criterion(u, v, line, drift)[0][1])


def unit_rate(near: arb, far: arb | None) -> arb:
    """dκ/dτ = φ(Δ)(Δ + Δ³)/2 for all Δ between two numbers (None: without end)."""

    def at(delta: arb) -> arb:
        return density(delta) * delta * (1 + delta * delta) / 2

    if far is None:
        return arb(0).union(at(near)) if near > 2 else arb.nan()
    # step: dκ/dτ at both ends [first call 1/5]
    # step: dκ/dτ falls from 2 on only [choice: at(near)]
    return at(near).union(at(far)) if near > 2 else at(near.union(far))
