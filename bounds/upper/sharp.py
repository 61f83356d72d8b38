r"""The one-component loss without Lemma 3's and Lemma 4's slack, and the bound that it gives.

Let the filtered points of a cluster reach from −a to b. By Lemma 2, a and b are at most l = l(ε).
The window is the interval (−a − Δ, b + Δ), as line 11 of Algorithm 1 must mean. The count gives

    ε̃ = ε + [Φ(b+Δ) + Φ(a+Δ) − 1] − [Φ(a+b+Δ) − Φ(−Δ)],

which increases in a and in b. For l ≤ Δ that is at most ε + 2Φ(l+Δ) − Φ(2l+Δ) − Φ(Δ), whose excess
is of order l², where Lemma 3 has φ(Δ) l. The median's shift s is at most g(ε) ≤ g(ε̃) (Lemma 2), and
with the weights of Algorithm 2 the error is (s² + G²v)/(1 + G)², G = g(ε̃)², v ≤ 1. For v = 1 this
increases in s and, since G ≥ s², in G. So it is at most

    H(ε) = (g(ε)² + G²)/(1 + G)²  at the largest ε̃,

and at least g(ε)²/(1 + g(ε)²) less the part of v: all mass just beyond Δ, where no point left of
the mean sees it, gives a = 0, b = l, s = g(ε), ε̃ = ε and attains that.

H lies below the line through the origin and (ε₁, 1), ε₁ the price of destruction. Then the line is
the concave envelope for k → ∞, and there is no additive constant: the adversary can do no better
than to destroy κ/ε₁ of the components, which he can.

Two halves of the proof, parted at any x with sight(g(d(x))) < ε₁ (`sight`: see `extended`):

1. l(ε) ≤ x: H(ε)/ε is below a bound that increases with x (`_share_near_zero`).
2. l(ε) ≥ x: as s² ≤ G, 1 − H ≥ 1/(1 + G) = 2Φ(−g)/sight(g), g = g(ε̃). Now E(a, b) ≤ Φ(−Δ), so that
   2Φ(−g) ≥ Φ(Δ) − ε̃ ≥ ρ − ε ≥ ε₁ − ε > 0, and sight(g) < ε₁ gives 1 − H > 1 − ε/ε₁.

For every Δ ≥ 4 take u = xΔ = 2. With k = φ(Δ)/Δ, by the integrals of e^{−t²/2} sinh tΔ and of
e^{tΔ − t²/2}: d(x) ≤ 2k(cosh 2 − 1), ε̃ ≤ d(x) + 4k(1 + 4/Δ²), so l(ε̃)Δ ≤ 3 where
d(3/Δ) ≥ 2k(cosh 3 − 1)e^{−9/(2Δ²)} is more; then g ≤ 1/10; and s = g(d(x)) has
k(e² − 1)e^{−2/Δ²} ≤ Φ(s) − Φ(−s) ≤ k(e² − 1), and sight(s) ≤ 1 − (Φ(s) − Φ(−s)) + s². Last,
1 − ε₁ ≤ 4Φ(−Δ) < 4k: d(a) ≥ Φ(a − Δ) − 2Φ(−Δ), and f(3Δ − a) ≤ Φ(a − 2Δ) ≤ Φ(a − Δ). All terms in
k and 1/Δ² are monotone, so one Δ serves for all larger ones (`prove_line_from`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache

from flint import arb

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import Exact, show_exact, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.functions.normal import density
from bounds.functions.primitives.ball import solve_deficit
from bounds.functions.radius import filter_radius
from bounds.functions.shift import median_shift_at
from bounds.functions.window import central_mass, mass_deficit
from bounds.upper.extended import shift_of_mass, sight
from bounds.upper.prices import destruction_price

LARGE = Fraction(4)
"""From here on one argument proves the line for all Δ."""

_MOST_PIECES = 100_000


def count_excess(x: arb, delta: arb) -> arb:
    """The most that ε̃ exceeds ε by, at l(ε) = x: Lemma 3 without its slack.

    E(a, b) = Φ(b+Δ) + Φ(a+Δ) − Φ(a+b+Δ) − Φ(Δ) increases in a and b. Windows around −a and b that
    overlap (a + b ≤ 2Δ) may share the mass: E(l, l) is reached up to l = Δ, and E(Δ, Δ) is the most
    with a + b ≤ 2Δ. Otherwise d(a) + d(b) ≤ ε: the lesser of a and b is at most l(ε/2).

    Args:
        x: l(ε) ≥ 0, in standard deviations.
        delta: Δ > 0, in standard deviations.
    """

    def excess(a: arb, b: arb) -> arb:
        return BALL.interval_mass(delta, a) - BALL.interval_mass(delta + b, a)

    if not x > delta:
        return excess(x, x)
    lesser = solve_deficit(mass_deficit(x, delta) / 2, delta)
    return excess(delta, delta).max(excess(lesser, x))


def sharp_loss_at(x: arb, delta: arb) -> arb:
    """H(ε), an upper bound of one component's loss over all adversaries, at x = l(ε) ≥ 0."""
    s = median_shift_at(x, delta)
    g = shift_of_mass(mass_deficit(x, delta) + count_excess(x, delta), delta)
    if not g.is_finite():
        return arb(1)
    square = g * g
    return (s * s + square * square) / ((1 + square) * (1 + square))


def _share_near_zero(x: arb, delta: arb) -> arb:
    """An upper bound of H(ε)/ε for all ε with l(ε) ≤ x.

    g² ≤ ε (π/2)(φ(Δ)/Δ) e^{u + g² + x²/2}, u = xΔ: from Φ(g) − Φ(−g) ≥ 2gφ(g), from the mass
    φ(Δ) ∫ e^{tΔ − t²/2} dt ≤ φ(Δ)(e^u − 1)/Δ, and from ε ≥ 2φ(Δ)e^{−x²/2}(cosh u − 1)/Δ, where
    (e^u − 1)²/(2(cosh u − 1)) = e^u. The excess is at most x²(Δ + 2x)φ(Δ).
    """
    rate = arb.pi() / 2 * density(delta) / delta
    eps = mass_deficit(x, delta)
    largest = eps + count_excess(x, delta)
    far = filter_radius(largest, delta)
    s, g = median_shift_at(x, delta), median_shift_at(far, delta)
    growth = 1 + (1 + 2 * x / delta) * (x * x / 2).exp()
    # step: H/ε near 0 is bounded [call: 1]
    first = rate * (x * delta + s * s + x * x / 2).exp()
    second = rate * (far * delta + g * g + far * far / 2).exp() * growth
    return first + second * second * eps


def prove_line(delta: Exact) -> int | None:
    """Prove H(ε) < ε/ε₁ for all 0 < ε < ε₁; the number of pieces it took.

    From Δ = 4 on one argument serves for all (then None). Below, pieces between its two halves: H
    increases, so that its value at the end of a piece is compared with the line at the start.

    Raises:
        Inconclusive: not proved on some piece.
    """
    if to_ball(delta) >= to_ball(LARGE):
        prove_line_from(LARGE)
        return None
    return _remembered(delta) if isinstance(delta, Fraction) else _proved(delta)


@cache
def prove_line_from(start: Fraction = LARGE) -> None:
    """Prove H(ε) < ε/ε₁ for all 0 < ε < ε₁ and every Δ ≥ `start`.

    Args:
        start: Δ₀, in standard deviations.

    Raises:
        Inconclusive: a comparison fails, as for Δ₀ = 3.
    """
    with working_precision(64):
        for name, (less, more) in inequalities_from(to_ball(start)).items():
            # step: every Δ ≥ 4: each inequality is strict [true 5/5]
            if not (less.is_finite() and more.is_finite() and less < more):
                told = f"{less.str(5)} < {more.str(5)}"
                raise Inconclusive(
                    f"the line is not proved for Delta >= {show_exact(start)}: {name}, {told}"
                )


def inequalities_from(delta: arb) -> dict[str, tuple[arb, arb]]:
    """What the argument for every larger Δ needs at Δ: each first side is to be the less."""
    k, q = density(delta) / delta, 1 / (delta * delta)
    near, far = arb(2).cosh() - 1, arb(3).cosh() - 1
    most, half = arb(2).expm1(), arb("0.1")  # of (Φ(s) − Φ(−s))/k; of g
    bulge = half * half
    first = arb.pi() / 2 * k * (2 + bulge + 2 * q).exp()
    growth = 1 + (1 + 4 * q) * (2 * q).exp()
    second = arb.pi() / 2 * k * (3 + bulge + 9 * q / 2).exp() * growth
    square = k * most * most / (4 * density(half) * density(half))  # s²/k
    return {
        "radius": (2 * near + 4 * (1 + 4 * q), 2 * far * (-9 * q / 2).exp()),
        "shift": (k * arb(3).expm1(), 2 * half * density(half)),
        "share": (first + second * second * 2 * near * k, arb(1)),
        "sight": (4 + square, most * (-2 * q).exp()),
    }


def _proved(delta: Exact) -> int:
    with working_precision(64):
        square = float(to_ball(delta).upper()) ** 2
    with working_precision(64 + int(3 * square)):  # 1 − ε̃ may be as small as Φ(−2Δ) > 2^(−3Δ² − 3)
        ball = to_ball(delta)
        price = destruction_price(ball)
        # step: the price of destruction is below ρ [true 2/2]
        if not price < central_mass(ball):
            raise Inconclusive("the price of destruction is not proved to be below rho(Delta)")
        x = (arb(1) / 8 / (1 + ball)).mid()
        # step: the line near 0 [true 2/2]
        while not _share_near_zero(x, ball) * price < 1:
            x = (x / 2).mid()
            if x < arb(2) ** -60:
                raise Inconclusive(f"the line is not proved near 0 for Delta = {show_exact(delta)}")
        step, pieces = x, 1
        # step: up to the price by sight [true 4/4]
        while not (mass_deficit(x, ball) > price or sight(median_shift_at(x, ball)) < price):
            ahead = (x + step).mid()
            # step: the line, piece by piece [true]
            if sharp_loss_at(ahead, ball) * price < mass_deficit(x, ball):
                x, step, pieces = ahead, step * arb("1.5"), pieces + 1
            else:
                step = step / 2
            if step < x * arb(2) ** -30 or pieces > _MOST_PIECES:
                raise Inconclusive(
                    f"the line through the origin is not proved above the loss at l(eps) ="
                    f" {x.str(8)}, Delta = {show_exact(delta)}"
                )
        return pieces


_remembered = lru_cache(maxsize=64)(_proved)  # one Δ serves many c/k
