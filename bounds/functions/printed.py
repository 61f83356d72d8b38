"""The criterion of Lemma 5 exactly as the paper prints it, kept apart from the derived one.

Nothing in this package rests on it: it is here to be compared.
"""

from __future__ import annotations

from bounds.certify.arithmetic import Value, common
from bounds.functions.estimate import mass_estimate_at
from bounds.functions.loss import require_loss_domain
from bounds.functions.normal import density
from bounds.functions.primitives import primitives
from bounds.functions.radius import filter_radius_slope_at, require_eps
from bounds.functions.shift import coth, coth_excess, median_shift_at, median_shift_slope_at


def printed_criterion(eps: Value, delta: Value) -> Value:
    """The expression in the statement of Lemma 5, letter by letter.

    (1 − g²)² + (1 + g²)(g/g′) Δ l′(ε̂) [ l′(ε)/ε̂² φ(Δ)(l(ε)/Δ − coth(l(ε)Δ))
    − e^{−l(ε̂)Δ}/sinh(l(ε̂)Δ) ], with g and g′ at ε̂. The paper divides by ε̂², where its own proof
    has ε̂′², and l′ stands at ε and ε̂ where the derivation has l′(ε)²/l′(ε̂).

    Args:
        eps: adversarial mass relative to one component, 0 < ε < ε_max(Δ).
        delta: Δ > 0, in standard deviations.

    Raises:
        DomainError: ε is not surely in (0, ε_max(Δ)), or Δ is not surely positive.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=False)
    x = primitives(a).solve_deficit(eps, delta)
    estimate = mass_estimate_at(x, eps, delta)
    require_loss_domain(a, estimate, delta)
    y = primitives(a).solve_deficit(estimate, delta)
    g = median_shift_at(y, delta)
    square = g * g
    weight = (1 + square) * g / median_shift_slope_at(y, g, delta)
    weight = weight * delta * filter_radius_slope_at(y, delta)
    # the two divisions by ε̂ stand apart, so that float64 overflows only where the result does
    first = density(delta) * filter_radius_slope_at(x, delta) / estimate
    first = first * (x / delta - coth(x * delta))
    second = coth_excess(y * delta)  # e^{−v}/sinh v = coth v − 1
    return (1 - square) * (1 - square) + weight / estimate * first - weight * second
