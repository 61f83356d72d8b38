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

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import Inconclusive
from bounds.certify.roots.monotone import monotone_root
from bounds.critical.curve import radius_of_estimate_inverse
from bounds.functions.normal import cdf, density
from bounds.functions.shift import coth, decay, median_shift_at
from bounds.functions.window import relative_steepness


def concave_up_to(y: arb, delta: arb) -> bool:
    """Whether the bound above proves the loss concave for all ε with l(ε̂) ≤ y, for all of Δ."""
    g = median_shift_at(y, delta)
    v = y * delta
    sigma = v.sinh() / v
    x = delta * y * y * sigma
    steep = 1 + 2 * (x * delta).sinh()
    share = 2 * (-(g * g + y * y) / 2 - v).exp() * (1 - x * x) / (sigma * steep * steep)
    # step: the share near 0 exceeds 1 [true 5/5]
    return bool(x < 1 and g < 1 and share > 1)


def near_zero(delta: arb) -> arb:
    """A y > 0 below which the loss is proved concave.

    Raises:
        Inconclusive: not even for the smallest y tried.
    """
    y = (0.25 / delta.upper()).mid() if delta > 0.6 else arb(0.4)
    for _ in range(12):
        # step: the start that is told was proved [true]
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
    """Whether the loss is proved concave for all ε with l(ε̂) ≥ y, up to the end, for all of Δ.

    From y > 2Δ on, x and g increase with y and Δ, so their ranges run from (y, least Δ) to the end
    of the domain at the greatest Δ. Every factor below is positive. Exponents are bounded before
    the exponential is taken, since that of a wide ball reaches below 0.
    """
    # step: y > 3Δ [true 2/2]
    if not y > 3 * delta:
        return False
    low, high = delta.lower(), delta.upper()
    # step: g from its least value [value 2/2: high]
    least_g = median_shift_at(y, low).lower()
    # as y → ∞, the mass within g tends to Φ(Δ)
    # step: g up to g_max [call 1/4: least_g]
    most_g = BALL.central_quantile(cdf(high), cdf(-high)).upper()
    # step: x from its least value [last call 1/3]
    # step: x up to x_max [first call 1/3]
    # step: x_max at the greatest Δ [value 3/3: low]
    x = radius_of_estimate_inverse(y, low, None).union(largest_radius(high))
    g = least_g.union(most_g)
    if not least_g > 0:
        return False
    # 1 + s(x) = 1 + q(xΔ) e^{x(Δ − x/2)}, and 2gφ(g)/φ(Δ) = 2g e^{(Δ − g)(Δ + g)/2}
    # step: 1 + s(x) no larger than it is [call 2/4: 1]
    share = decay(x * delta).lower().max(arb(0))  # a wide product may reach below 0
    steep = (1 + share * _exp_below(x * (delta - x / 2))).lower()
    bend_of_estimate = (x - delta * coth(x * delta)).upper().max(arb(0)) / steep / steep
    rise = (delta - g) * (delta + g) / 2
    square = g * g
    # step: the least weight [call 1/3: rise.upper().exp()]
    least_weight, most_weight = 2 * least_g * _exp_below(rise), 2 * most_g * rise.upper().exp()
    # step: the least pull [call: (y * (y / 2 - 3 * delta)).upper().exp()]
    least_pull = 2 * low * _exp_below(y * (y / 2 - 3 * delta))
    # q(v) < 1 multiplies the first bend and divides the second
    off = abs(1 - square).upper()
    # step: the bend of the estimate [first sum 1/2]
    # step: (1 − g²)² [last sum 1/2]
    # step: the factor 1 + g² [call: 1]
    above = off * off + (1 + square).upper() * most_weight * bend_of_estimate
    below = (1 + least_g * least_g) * least_weight * least_pull
    # step: the last term is the greater [value 2/2: 3 * _]
    return bool(above < below)


def _exp_below(exponent: arb) -> arb:
    """A positive lower bound of the exponential over a ball, however wide."""
    return exponent.lower().exp().lower()


def near_end(delta: arb) -> arb:
    """A y beyond which the loss is proved concave up to ε_max.

    Raises:
        Inconclusive: not even for the largest y tried.
    """
    before, y = arb(0), (3 * delta + 2).upper()
    for _ in range(80):
        if concave_beyond(y, delta):
            break
        before, y = y, (y * arb("1.1")).upper()
    else:
        raise Inconclusive(f"concavity near eps_max is not proved for Delta = {delta.str(8)}")
    for _ in range(6):  # an end close to the last inflection saves pieces
        middle = ((before + y) / 2).mid()
        # step: the end that is told was proved [true]
        before, y = (before, middle) if concave_beyond(middle, delta) else (middle, y)
    return y
