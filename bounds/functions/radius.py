"""The filter radius l: how far from a mean the filter can be talked into accepting (Lemma 2)."""

from __future__ import annotations

from bounds.certify.arithmetic import Arithmetic, Value, common
from bounds.certify.inequalities.term import operation
from bounds.functions.normal import density
from bounds.functions.primitives import primitives
from bounds.functions.window import central_mass_at, relative_steepness, require_delta


def require_eps(a: Arithmetic, eps: Value, delta: Value, *, zero: bool) -> None:
    """Refuse an ε outside [0, ρ(Δ)), or outside (0, ρ(Δ)) where 0 is not allowed."""
    require_delta(a, delta)
    a.require(a.finite(eps), "eps must be finite: it is adversarial mass")
    mass, rho = a.point(eps), central_mass_at(a, a.point(delta))
    low = mass >= 0 if zero else mass > 0
    opening = "[" if zero else "("
    a.require(
        low & (mass < rho),
        f"eps must lie in {opening}0, rho(Delta)): it is adversarial mass relative to a component",
    )


@operation
def filter_radius(eps: Value, delta: Value) -> Value:  # l
    """Farthest point that ε of adversarial mass gets through the filter: l(ε) = f⁻¹(ρ − ε).

    Args:
        eps: adversarial mass relative to one component, 0 ≤ ε < ρ(Δ).
        delta: Δ > 0, in standard deviations.

    Returns:
        l in standard deviations from the mean, l(0) = 0.

    Raises:
        DomainError: ε is not surely in [0, ρ(Δ)), or Δ is not surely positive.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=True)
    return primitives(a).solve_deficit(eps, delta)


def filter_radius_slope(eps: Value, delta: Value) -> Value:  # l′
    """Derivative of the filter radius: l′(ε) = √(2π) e^{(l² + Δ²)/2} / (2 sinh(lΔ)).

    Args:
        eps: adversarial mass relative to one component, 0 < ε < ρ(Δ).
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: ε is not surely in (0, ρ(Δ)), or Δ is not surely positive.

    Paper: Appendix B, proof of Lemma 5, first display.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=False)
    return filter_radius_slope_at(primitives(a).solve_deficit(eps, delta), delta)


def filter_radius_slope_at(x: Value, delta: Value) -> Value:
    """l′(ε) in terms of x = l(ε) > 0: one over d′(x) = φ(x − Δ) − φ(x + Δ)."""
    return 1 / (density(delta) * relative_steepness(x, delta))
