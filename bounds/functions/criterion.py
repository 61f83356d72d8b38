r"""Where the loss is convex: the sign of its second derivative, as derived here.

Write x = l(ε), y = l(ε̂), u = xΔ, v = yΔ, g = g(ε̂). From L = g²/(1 + g²) along ε̂(ε),

    L″/L′ = (1/g + g − 4g/(1 + g²)) g′ ε̂′ − Δ l′(ε̂)(coth v − 1) ε̂′ + ε̂″/ε̂′,

using g″/g′ = g g′ − Δ l′ (coth − 1) at ε̂. Multiplied by the positive g (1 + g²)/(g′ ε̂′) this is

    (1 − g²)² + (1 + g²) (g/g′) [ε̂″/ε̂′² − Δ l′(ε̂)(coth v − 1)],

and with s(t) = d′(t)/φ(Δ): ε̂″/ε̂′² = (x − Δ coth u)/((1 + s(x))² φ(Δ)), 1/g′ = 2φ(g)(1 − e^{−2v}),
l′(ε̂) = 1/(φ(Δ) s(y)). All terms are then of ordinary size, at every Δ and down to ε = 0.
"""

from __future__ import annotations

from bounds.certify.arithmetic import Value, common
from bounds.functions.estimate import mass_estimate_at
from bounds.functions.loss import require_loss_domain
from bounds.functions.normal import density
from bounds.functions.primitives import primitives
from bounds.functions.radius import require_eps
from bounds.functions.shift import coth, decay, median_shift_at
from bounds.functions.window import relative_steepness


def curvature_criterion(eps: Value, delta: Value) -> Value:
    """A function with the sign of the second derivative of the loss at ε, derived in this file.

    Args:
        eps: adversarial mass relative to one component, 0 < ε < ε_max(Δ).
        delta: Δ > 0, in standard deviations.

    Returns:
        (1 − g²)² + (1 + g²)(g/g′)[ε̂″/ε̂′² − Δ l′(ε̂)(coth(l(ε̂)Δ) − 1)], g and g′ taken at ε̂.

    Raises:
        DomainError: ε is not surely in (0, ε_max(Δ)), or Δ is not surely positive.

    Paper: stands in place of the criterion of Lemma 5 (see `printed_criterion`).
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=False)
    x = primitives(a).solve_deficit(eps, delta)
    estimate = mass_estimate_at(x, eps, delta)
    require_loss_domain(a, estimate, delta)
    y = primitives(a).solve_deficit(estimate, delta)
    return curvature_criterion_at(x, y, median_shift_at(y, delta), delta)


def curvature_criterion_at(x: Value, y: Value, g: Value, delta: Value) -> Value:
    """The criterion in terms of x = l(ε), y = l(ε̂) and g = g(ε̂)."""
    a, x, y, g, delta = common(x, y, g, delta)
    weight = 2 * g * density(g) / density(delta)
    past, steepness = x - delta * coth(x * delta), relative_steepness(x, delta)
    pull = a.exp(y * (y / 2 - 3 * delta))
    return criterion_of_parts(g, delta, weight, past, steepness, decay(y * delta), pull)


def criterion_of_parts(
    g: Value, delta: Value, weight: Value, past: Value, steepness: Value, share: Value, pull: Value
) -> Value:
    """The criterion from 2gφ(g)/φ(Δ), x − Δ coth u, s(x), q(v) = 1 − e^{−2v} and e^{y²/2 − 3v}."""
    steep = 1 + steepness
    bend_of_estimate = share * past / steep / steep
    bend_of_shift = 2 * delta * pull / share
    square = g * g
    return (1 - square) * (1 - square) + (1 + square) * weight * (bend_of_estimate - bend_of_shift)


def curvature_criterion_gradient_at(
    x: Value, y: Value, g: Value, delta: Value
) -> tuple[Value, Value, tuple[Value, Value, Value]]:
    """The criterion, a positive scale, and the partial derivatives in x, y, g in units of it.

    The scale is (1 + g²) 2gφ(g)/φ(Δ), the factor of the bracket; over wide boxes the derivatives
    are sharper without it. With p = x − Δ coth u: s′ = −s p, (coth u)′ = −Δ/sinh² u,
    q′(v) = 2(1 − q) and φ′ = −gφ.
    """
    a, x, y, g, delta = common(x, y, g, delta)
    weight = 2 * g * density(g) / density(delta)
    cotangent, steepness = coth(x * delta), relative_steepness(x, delta)
    pull = a.exp(y * (y / 2 - 3 * delta))
    return gradient_of_parts(x, y, g, delta, weight, cotangent, steepness, decay(y * delta), pull)


def gradient_of_parts(
    x: Value,
    y: Value,
    g: Value,
    delta: Value,
    weight: Value,
    cotangent: Value,
    steepness: Value,
    share: Value,
    pull: Value,
) -> tuple[Value, Value, tuple[Value, Value, Value]]:
    """The same from the parts of `criterion_of_parts`, coth u in place of x − Δ coth u."""
    square = g * g
    scale = (1 + square) * weight
    steep, past = 1 + steepness, x - delta * cotangent
    bend_of_estimate = share * past / steep / steep
    bend_of_shift = 2 * delta * pull / share
    bracket = bend_of_estimate - bend_of_shift
    turn = 1 + delta * delta * (cotangent * cotangent - 1) + 2 * steepness * past * past / steep
    fading = 2 * delta * (1 - share)
    by_x = share * turn / steep / steep
    by_y = fading * past / steep / steep - bend_of_shift * (y - 3 * delta - fading / share)
    by_g = -4 * g * (1 - square) / scale + (2 * g / (1 + square) + 1 / g - g) * bracket
    return (1 - square) * (1 - square) + scale * bracket, scale, (by_x, by_y, by_g)
