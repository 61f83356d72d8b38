"""The one-component loss and where it ends (Lemmas 3 to 5).

With x = l(ε) and y = l(ε̂) every quantity is explicit: ε = d(x), ε̂ = d(x) + φ(Δ)x = d(y). The loss
is defined while ε̂ < ρ, so for ε below ε_max, where y grows without bound.
"""

from __future__ import annotations

from bounds.certify.arithmetic import Arithmetic, Value, common
from bounds.certify.inequalities.term import operation
from bounds.functions.estimate import mass_estimate_at
from bounds.functions.primitives import primitives
from bounds.functions.radius import require_eps
from bounds.functions.shift import median_shift_at
from bounds.functions.window import central_mass_at


def require_loss_domain(a: Arithmetic, estimate: Value, delta: Value) -> None:
    """Refuse an ε whose estimate ε̂ is not surely below ρ(Δ)."""
    a.require(
        a.point(estimate) < central_mass_at(a, a.point(delta)),
        "eps must lie below eps_max(Delta), where eps + phi(Delta) l(eps) = rho(Delta):"
        " beyond it l(eps_hat) does not exist",
    )


@operation
def loss(eps: Value, delta: Value) -> Value:
    """Bound on the error of one component: g(ε̂)²/(1 + g(ε̂)²), ε̂ = ε + φ(Δ) l(ε).

    Args:
        eps: adversarial mass relative to one component, 0 ≤ ε < ε_max(Δ).
        delta: Δ > 0, in standard deviations.

    Returns:
        The mean squared error relative to that of a client's own sample, in [0, 1).

    Raises:
        DomainError: ε is not surely in [0, ε_max(Δ)), or Δ is not surely positive.

    Paper: Lemmas 3 and 4 combined; Lemma 5 studies its convexity.
    """
    a, eps, delta = common(eps, delta)
    require_eps(a, eps, delta, zero=True)
    estimate = mass_estimate_at(primitives(a).solve_deficit(eps, delta), eps, delta)
    require_loss_domain(a, estimate, delta)
    return loss_of_shift(median_shift_at(primitives(a).solve_deficit(estimate, delta), delta))


def loss_of_shift(g: Value) -> Value:
    """The loss in terms of the median shift: g²/(1 + g²), the best mix of server and sample."""
    return g * g / (1 + g * g)
