r"""The two ends of the domain: near ε = 0 and near ε_max the loss is concave, with proof.

Near 0. With σ = sinh(v)/v, v = yΔ: x ≤ x + 2S(x) = 2S(y) ≤ Δy²σ, because cosh v − 1 ≤ ½v²σ. In

    criterion = (1 − g²)² − (1 + g²) (2gφ(g)/φ(Δ)) [q(v)(Δ coth u − x)/(1 + s(x))² + positive],

2gφ(g) ≥ e^{−g²/2} ∫_{−g}^{g} φ = e^{−g²/2} φ(Δ) ∫₀^y e^{tΔ − t²/2} dt ≥ φ(Δ) y e^{−(g² + y²)/2},
q(v) = 2e^{−v} sinh v ≥ 2v e^{−v}, Δ coth u ≥ 1/x and s(x) ≤ 2 sinh u. So the bracket's share is
at least 2 e^{−(g² + y²)/2 − v} (1 − x²)/(σ (1 + 2 sinh u)²) at x = Δy²σ, which decreases in y.
Where it exceeds 1 ≥ (1 − g²)² at one y, the criterion is negative on all of (0, y].

Near ε_max. As y → ∞, x and g stay below x_max and g_max, and the criterion's last term grows like
e^{y²/2 − 3yΔ}, increasing from y = 3Δ on.
"""

from __future__ import annotations

from flint import arb

from bounds.arithmetic.ball import BALL
from bounds.convexity.curve import monotone_root, radius_of_estimate_inverse
from bounds.errors import Inconclusive
from bounds.functions.normal import cdf, density
from bounds.functions.shift import coth, median_shift_at
from bounds.functions.window import relative_steepness


def concave_up_to(y: arb, delta: arb) -> bool:
    """Whether the bound above proves the loss concave for all ε with l(ε̂) ≤ y, for all of Δ."""
    g = median_shift_at(y, delta)
    v = y * delta
    sigma = v.sinh() / v
    x = delta * y * y * sigma
    steep = 1 + 2 * (x * delta).sinh()
    share = 2 * (-(g * g + y * y) / 2 - v).exp() * (1 - x * x) / (sigma * steep * steep)
    return bool(x < 1 and g < 1 and share > 1)


def near_zero(delta: arb) -> arb:
    """A y > 0 below which the loss is proved concave.

    Raises:
        Inconclusive: not even for the smallest y tried.
    """
    y = (0.25 / delta.upper()).mid() if delta > 0.6 else arb(0.4)
    for _ in range(12):
        if concave_up_to(y, delta):
            return y
        y = (y / 2).mid()
    raise Inconclusive(f"concavity near eps = 0 is not proved for Delta = {delta.str(8)}")


def largest_radius(delta: arb) -> arb:
    """x_max = l(ε_max), the root of d(x) + φ(Δ)x = ρ, for a narrow Δ."""
    unit = density(delta)

    def balance(x: arb) -> tuple[arb, arb]:  # φ(Δ)x = f(x), on a log scale
        held = BALL.interval_mass(x - delta, 2 * delta)
        return (unit * x / held).log(), 1 / x + unit * relative_steepness(x, delta) / held

    # f(x) ≤ φ(x − Δ)/(x − Δ) for x > Δ, so at x = 2Δ + 9 the left side is the greater
    return monotone_root(balance, delta, 2 * delta + 9)


def concave_beyond(y: arb, delta: arb) -> bool:
    """Whether the loss is proved concave for all ε with l(ε̂) ≥ y, up to the end, for all of Δ."""
    if not y > 3 * delta:
        return False
    g_low = median_shift_at(y, delta)
    g_high = BALL.central_quantile(cdf(delta), cdf(-delta))  # as y → ∞, the mass tends to Φ(Δ)
    g = g_low.union(g_high)
    low = radius_of_estimate_inverse(y, delta.lower(), None)
    x = low.union(largest_radius(delta.upper()) if not delta.is_exact() else largest_radius(delta))
    steep = 1 + relative_steepness(x, delta)
    weight = 2 * g * density(g) / density(delta)
    bend_of_estimate = (x - delta * coth(x * delta)) / steep / steep
    pull = 2 * delta * (y * (y / 2 - 3 * delta)).exp()
    square = g * g
    # q(v) < 1 multiplies the first bend and divides the second. Every factor is positive: products
    # of their ends are sharper than products of wide balls.
    above = abs(1 - square).upper() * abs(1 - square).upper() + (1 + square).upper() * (
        weight.upper() * bend_of_estimate.upper().max(arb(0))
    )
    below = (1 + square).lower() * weight.lower().max(arb(0)) * pull.lower().max(arb(0))
    return bool(above < below)


def near_end(delta: arb) -> arb:
    """A y beyond which the loss is proved concave up to ε_max.

    Raises:
        Inconclusive: not even for the largest y tried.
    """
    reach, y = arb(0), (3 * delta + 2).upper()
    for _ in range(80):
        if concave_beyond(y, delta):
            break
        reach, y = y, (y * arb("1.1")).upper()
    else:
        raise Inconclusive(f"concavity near eps_max is not proved for Delta = {delta.str(8)}")
    for _ in range(6):  # an end close to the last inflection saves pieces
        middle = ((reach + y) / 2).mid()
        reach, y = (reach, middle) if concave_beyond(middle, delta) else (middle, y)
    return y
