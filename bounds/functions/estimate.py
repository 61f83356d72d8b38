"""The mass estimate ε̂: the most adversarial mass that the server may think it saw (Lemma 3)."""

from __future__ import annotations

from bounds.certify.arithmetic import Value, common
from bounds.certify.inequalities.term import operation
from bounds.functions.normal import density
from bounds.functions.primitives import primitives
from bounds.functions.radius import require_eps
from bounds.functions.shift import coth
from bounds.functions.window import relative_steepness


@operation
def mass_estimate(eps: Value, delta: Value) -> Value:  # ε̂
    """Upper end of the server's estimate of ε: ε̂ = ε + φ(Δ) l(ε).

    Args:
        eps: adversarial mass relative to one component, 0 ≤ ε < ρ(Δ).
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: ε is not surely in [0, ρ(Δ)), or Δ is not surely positive.

    Paper: Lemma 3.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=True)
    return mass_estimate_at(primitives(a).solve_deficit(eps, delta), eps, delta)


def mass_estimate_at(x: Value, eps: Value, delta: Value) -> Value:
    """ε̂ in terms of x = l(ε) and ε = d(x)."""
    return eps + density(delta) * x


def mass_estimate_slope(eps: Value, delta: Value) -> Value:  # ε̂′
    """Derivative of the mass estimate: ε̂′ = 1 + φ(Δ) l′(ε).

    Args:
        eps: adversarial mass relative to one component, 0 < ε < ρ(Δ).
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: ε is not surely in (0, ρ(Δ)), or Δ is not surely positive.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=False)
    return 1 + 1 / relative_steepness(primitives(a).solve_deficit(eps, delta), delta)


def mass_estimate_curvature(eps: Value, delta: Value) -> Value:  # ε̂″
    """Second derivative of the mass estimate: ε̂″ = φ(Δ) l′(ε)² (l − Δ coth(lΔ)).

    Args:
        eps: adversarial mass relative to one component, 0 < ε < ρ(Δ).
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: ε is not surely in (0, ρ(Δ)), or Δ is not surely positive.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=False)
    x = primitives(a).solve_deficit(eps, delta)
    steepness = relative_steepness(x, delta)
    # d′(x) = φ(Δ) steepness is of ordinary size where its factors are not
    return (x - delta * coth(x * delta)) / steepness / (steepness * density(delta))
