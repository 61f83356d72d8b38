"""The median shift g: how far ε of adversarial mass can move the server's median (Lemma 2)."""

from __future__ import annotations

from bounds.certify.arithmetic import Value, common
from bounds.certify.inequalities.term import operation
from bounds.functions.normal import cdf, density
from bounds.functions.primitives import primitives
from bounds.functions.radius import filter_radius_slope_at, require_eps


def decay(t: Value) -> Value:
    """1 − e^{−2t}, which the derivatives of l and g share; t = lΔ."""
    a, t = common(t)
    return -a.expm1(-2 * t)


def coth(t: Value) -> Value:
    """Hyperbolic cotangent, t > 0: (2 − (1 − e^{−2t}))/(1 − e^{−2t})."""
    return (2 - decay(t)) / decay(t)


def coth_excess(t: Value) -> Value:
    """Coth t − 1 = 2e^{−2t}/(1 − e^{−2t}), t > 0, relative however small."""
    a, t = common(t)
    return 2 * a.exp(-2 * t) / decay(t)


@operation
def median_shift(eps: Value, delta: Value) -> Value:  # g
    """Bound on the shift of the median: g(ε) = Φ⁻¹(½(1 + ε + Φ(l(ε) + Δ) − Φ(Δ))).

    Args:
        eps: adversarial mass relative to one component, 0 ≤ ε < ρ(Δ).
        delta: Δ > 0, in standard deviations.

    Returns:
        g in standard deviations, g(0) = 0.

    Raises:
        DomainError: ε is not surely in [0, ρ(Δ)), or Δ is not surely positive.

    Paper: Lemma 2.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=True)
    return median_shift_at(primitives(a).solve_deficit(eps, delta), delta)


def median_shift_at(x: Value, delta: Value) -> Value:
    """g(ε) in terms of x = l(ε).

    From ε = ρ − f(x): ε + Φ(x + Δ) − Φ(Δ) = Φ(x − Δ) − Φ(−Δ), the genuine mass between −Δ and
    x − Δ. So g is the half-width of the central interval of that mass.
    """
    a, x, delta = common(x, delta)
    mass = a.interval_mass(-delta, x)
    return a.central_quantile(mass, cdf(delta - x) + cdf(-delta))


def median_shift_slope(eps: Value, delta: Value) -> Value:  # g′
    """Derivative of the median shift: g′(ε) = e^{lΔ} / (4 φ(g) sinh(lΔ)).

    Args:
        eps: adversarial mass relative to one component, 0 < ε < ρ(Δ).
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: ε is not surely in (0, ρ(Δ)), or Δ is not surely positive.

    Paper: Appendix B, proof of Lemma 5, second display.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=False)
    x = primitives(a).solve_deficit(eps, delta)
    return median_shift_slope_at(x, median_shift_at(x, delta), delta)


def median_shift_slope_at(x: Value, g: Value, delta: Value) -> Value:
    """g′(ε) in terms of x = l(ε) and g = g(ε)."""
    return 1 / (2 * density(g) * decay(x * delta))


def median_shift_curvature(eps: Value, delta: Value) -> Value:  # g″
    """Second derivative of the median shift: g″ = g′ (g g′ − Δ l′ (coth(lΔ) − 1)).

    Args:
        eps: adversarial mass relative to one component, 0 < ε < ρ(Δ).
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: ε is not surely in (0, ρ(Δ)), or Δ is not surely positive.

    Paper: Appendix B, proof of Lemma 5, third display.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=False)
    x = primitives(a).solve_deficit(eps, delta)
    g = median_shift_at(x, delta)
    slope = median_shift_slope_at(x, g, delta)
    drag = delta * filter_radius_slope_at(x, delta) * coth_excess(x * delta)
    return slope * (g * slope - drag)
