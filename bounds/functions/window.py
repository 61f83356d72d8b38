"""The window mass f, what it loses off centre, and its inverse (paper: Lemma 2 and Lemma 5).

A window of half-width Δ sits x away from the mean of a component. It holds genuine mass f(x), at
most ρ = f(0), and so lacks d(x) = ρ − f(x).
"""

from __future__ import annotations

from bounds.certify.arithmetic import Arithmetic, Value, common
from bounds.certify.inequalities.term import operation
from bounds.functions.normal import density
from bounds.functions.primitives import primitives


def require_delta(a: Arithmetic, delta: Value) -> None:
    """Refuse a Δ that is not surely positive and finite."""
    message = "Delta must be positive and finite: it is a half-width in standard deviations"
    a.require(a.finite(delta), message)
    a.require(a.point(delta) > 0, message)


def require_finite(a: Arithmetic, x: Value) -> None:
    """Refuse an x that is infinite or not a number."""
    a.require(a.finite(x), "x must be finite: it is a distance in standard deviations")


@operation
def window_mass(x: Value, delta: Value) -> Value:  # f
    """Mass of N(0, 1) in a window of half-width Δ around x: f(x) = Φ(x + Δ) − Φ(x − Δ).

    Args:
        x: any real, in standard deviations from the mean.
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: Δ is not surely positive, or x is not finite.
    """
    a, x, delta = common(x, delta)
    require_finite(a, x)
    require_delta(a, delta)
    return a.interval_mass(x - delta, 2 * delta)


@operation
def central_mass(delta: Value) -> Value:  # ρ
    """Mass of N(0, 1) within Δ of its mean: ρ = f(0) = Φ(Δ) − Φ(−Δ).

    Args:
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: Δ is not surely positive.
    """
    a, delta = common(delta)
    require_delta(a, delta)
    return central_mass_at(a, delta)


def central_mass_at(a: Arithmetic, delta: Value) -> Value:
    """ρ at a Δ that is known to be positive."""
    return a.interval_mass(-delta, 2 * delta)


@operation
def mass_deficit(x: Value, delta: Value) -> Value:  # d
    """Mass that a window loses when it moves off centre: d(x) = ρ − f(x).

    Evaluated as 2φ(Δ) ∫₀ˣ e^{−t²/2} sinh(tΔ) dt, which is positive and does not cancel.

    Args:
        x: any real, in standard deviations from the mean.
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: Δ is not surely positive, or x is not finite.
    """
    a, x, delta = common(x, delta)
    require_finite(a, x)
    require_delta(a, delta)
    return 2 * density(delta) * primitives(a).sinh_integral(x, delta)


def relative_steepness(x: Value, delta: Value) -> Value:  # d′/φ(Δ)
    """Slope of the deficit in units of φ(Δ): d′(x)/φ(Δ) = 2e^{−x²/2} sinh(xΔ).

    The unit keeps numbers of ordinary size where φ(Δ) is tiny.

    Args:
        x: any real, in standard deviations from the mean.
        delta: Δ > 0, in standard deviations; it is not checked.
    """
    a, x, delta = common(x, delta)
    return -a.expm1(-2 * x * delta) * a.exp(x * (delta - x / 2))


def window_mass_inverse(mass: Value, delta: Value) -> Value:  # f⁻¹
    """How far off centre a window holds the given mass: the x ≥ 0 with f(x) = mass.

    Args:
        mass: 0 < mass ≤ ρ(Δ).
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: the mass is not surely in (0, ρ(Δ)], or Δ is not surely positive.
    """
    a, mass, delta = common(mass, delta)
    require_delta(a, delta)
    held = a.point(mass)
    a.require(a.finite(mass), "the mass must be finite")
    a.require(
        (held > 0) & (held <= central_mass_at(a, a.point(delta))),
        "the mass must lie in (0, rho(Delta)], the range of the window mass f on x >= 0",
    )
    return primitives(a).solve_window(mass, delta)
