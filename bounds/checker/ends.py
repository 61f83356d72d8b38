r"""The two ends of the domain: near ε = 0 and near ε_max the criterion is negative.

Near 0. Let v = yΔ, σ = sinh(v)/v, x̄ = Δy²σ and x̄ < 1, g < 1. Then

    x ≤ x + 2S(x) = 2S(y) ≤ 2(cosh v − 1)/Δ ≤ x̄,        as tanh(v/2) ≤ v/2,
    2gφ(g) ≥ e^{−g²/2} ∫_{−g}^{g} φ = e^{−g²/2} φ(Δ) ∫₀^y e^{tΔ − t²/2} dt
           ≥ φ(Δ) y e^{−(g² + y²)/2},
    q(v) = 2e^{−v} sinh v ≥ 2v e^{−v},    Δ coth u ≥ 1/x,    s(x) ≤ 2 sinh(xΔ),

so the negative terms of K are at least, in size,

    2e^{−(g² + y²)/2 − v} (1 − x̄²)/(σ (1 + 2 sinh x̄Δ)²),

which decreases in y. Where this exceeds 1 ≥ (1 − g²)² at one y, K < 0 on all of (0, y].

Near ε_max. From y > 3Δ on, e^{y²/2 − 3yΔ} increases with y, and x, g, q(v) lie between their values
at y and x_max, g_max, 1. So one evaluation over these ranges bounds K on all of [y, ∞).
"""

from __future__ import annotations

from bounds.certify.checker.interval import Interval
from bounds.checker.criterion import coth, decay, sinh, steepness, weight
from bounds.checker.curve import radius, radius_limit, shift_limit, shift_range


def negative_up_to(y: Interval, delta: Interval) -> bool:
    """Whether K < 0 is proved on (0, y], for all Δ."""
    g, v = shift_range(y, delta), y * delta
    sigma = sinh(v) / v
    x = delta * y.squared() * sigma
    if not (x < 1 and g < 1):
        return False
    steep = 1 + 2 * sinh(x * delta)
    # step: near 0 the factor 1 - x^2 [sum 3/3: 1 + x.squared()]
    size = (-(g.squared() + y.squared()) / 2 - v).exp() * (1 - x.squared())
    # step: near 0 the negative terms exceed 1 [zero constant 2/2]
    return 2 * size / (sigma * steep.squared()) > 1


def negative_from(y: Interval, delta: Interval) -> bool:
    """Whether K < 0 is proved on [y, ∞), for all Δ."""
    # step: near eps_max the pull grows only from y = 3 Delta on [true 2/2]
    if not y > 3 * delta:
        return False
    # step: g reaches g_max [first call 1/3]
    g = shift_range(y, delta).hull(shift_limit(delta.high))  # g_max increases with Δ
    # step: x reaches x_max [first call 1/3]
    x = radius(y.low, delta.low).hull(radius_limit(delta.high))  # as x does, and so x_max
    share = decay(y * delta).hull(y * 0 + 1)
    past = share * (x - delta * coth(x * delta)) / (1 + steepness(x, delta)).squared()
    pull = 2 * delta * (y * (y / 2 - 3 * delta)).exp()
    square = g.squared()
    # step: near eps_max (1 - g^2)^2 is outweighed [last sum 1/4]
    return (1 - square).squared() + (1 + square) * weight(g, delta) * (past - pull) < 0
