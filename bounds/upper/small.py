r"""Small contamination: the true order of the loss as ε → 0, in place of κ^{2/9}.

With x = l(ε), y = l(ε̂), u = xΔ, v = yΔ, c(t) = 2(cosh t − 1)/t²: d(x) = φ(Δ)Δx²σ(x), where σ(x)
lies between e^{−x²/2}c(u) and c(u); the mass behind g is φ(Δ)y m, with m between e^{−y²/2}(e^v−1)/v
and (e^v − 1)/v, and it is 2gφ(0)n, with n between e^{−g²/2} and 1. Then exactly

    L(ε) = A √ε · (1 + uσ(x)) m² / (σ(y) n² √σ(x) (1 + g²)),   A = (π/2)(φ(Δ)/Δ)^{3/2},

and since (e^v − 1)²/v² = c(v)e^v,

    e^{v − y²}/(√c(u) (1 + g²)) ≤ L/(A√ε) ≤ (1 + u c(u)) e^{v + y²/2 + g² + x²/4}.

Both ends tend to 1 as ε → 0, and v ~ (εΔ/φ(Δ))^{1/4}: the loss is of the order ε^{1/2}. The loss of
the algorithm itself (see `sharp`) is even of the order ε, with the factor (π/2)φ(Δ)/Δ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import Exact, read_positive, show_exact, to_ball
from bounds.certify.numbers.digits import enclosed
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.results import Result
from bounds.critical.curve import Station, radius_of_estimate_inverse, station
from bounds.critical.domain import read_delta
from bounds.functions.normal import density
from bounds.functions.primitives.ball import sinh_integral, solve_deficit
from bounds.functions.shift import decay, median_shift_at
from bounds.functions.window import mass_deficit, relative_steepness
from bounds.upper.extended import estimate_at


@dataclass(frozen=True, repr=False)
class SmallContamination(Result):
    """The order of the loss as ε → 0.

    Attributes:
        factor: A, where the loss of Lemmas 2 to 4 is A √ε (1 + o(1)).
        sharp_factor: (π/2)φ(Δ)/Δ, where the loss of the algorithm is at most this times
            ε (1 + o(1)), and at least so by the one-sided attack.
    """

    factor: Enclosure
    sharp_factor: Enclosure


def small_contamination(delta: Any, digits: int = 15) -> SmallContamination:
    """The leading factors of the loss as ε → 0, certified.

    Args:
        delta: Δ, 1/64 to 1024, in standard deviations.
        digits: significant decimal digits.

    Raises:
        InputError: Δ is not such a number, or digits is not a count.
    """
    exact, digits = read_delta(delta), read_digits(digits)

    def factors() -> dict[str, arb]:
        ball = to_ball(exact)
        ratio, half_pi = density(ball) / ball, arb.pi() / 2
        return {"factor": half_pi * ratio * ratio.sqrt(), "sharp_factor": half_pi * ratio}

    return SmallContamination(**enclosed(factors, digits, exact))


def remainder(eps: Any, delta: Any, digits: int = 8) -> tuple[Enclosure, Enclosure]:
    """Ends between which L(ε′)/(A√ε′) lies at ε′ = ε; the upper one serves all ε′ ≤ ε.

    Args:
        eps: adversarial mass relative to one component, 0 < ε < ε_max(Δ).
        delta: Δ, 1/64 to 1024, in standard deviations.
        digits: significant decimal digits.

    Raises:
        InputError: a number is malformed.
    """
    exact, digits = read_delta(delta), read_digits(digits)
    mass = read_positive(eps, "eps")
    with working_precision(2 * bits_for(digits) + 64):
        ball = to_ball(exact)
        x = solve_deficit(to_ball(mass), ball)
        y = solve_deficit(estimate_at(x, ball), ball)
        low, high = _ends(x, y, median_shift_at(y, ball), ball)
    return Enclosure.of(low, digits), Enclosure.of(high, digits)


def _bulge(t: arb) -> arb:
    """c(t) = 2(cosh t − 1)/t² = (sinh(t/2)/(t/2))²."""
    root = (t / 2).sinh() / (t / 2)
    return root * root


def _ends(x: arb, y: arb, g: arb, delta: arb) -> tuple[arb, arb]:
    u, v, square = x * delta, y * delta, g * g
    low = (v - y * y).exp() / (_bulge(u).sqrt() * (1 + square))
    high = (1 + u * _bulge(u)) * (v + y * y / 2 + square + x * x / 4).exp()
    return low, high


def elasticity_above(share: arb, top: arb, delta: Exact) -> int:
    """Prove εL′/L > `share` for all ε with l(ε̂) ≤ top; the number of pieces it took.

    Then L/ε^share increases, and its greatest value up to there is the one at the end.

    Args:
        share: the exponent, below 1/2.
        top: the largest y = l(ε̂).
        delta: Δ, exact or a ball.

    Raises:
        Inconclusive: not proved on some piece.
    """
    with working_precision(64):
        ball = to_ball(delta)
        y = (top / 2).mid()
        while not _elasticity_near_zero(_place(y, ball), ball) > share:
            y = (y / 2).mid()
            if y < top * arb(2) ** -60:
                raise Inconclusive(
                    f"the elasticity near 0 is not proved at Delta = {show_exact(delta)}"
                )
        here, step, pieces = _place(y, ball), y, 1
        while here.y < top.upper():
            ahead = _place((here.y + step).min(top.upper()).mid(), ball)
            if _elasticity(here, ahead, ball) > share:
                here, step, pieces = ahead, step * arb("1.5"), pieces + 1
            else:
                step = step / 2
            if step < here.y * arb(2) ** -30:
                raise Inconclusive(
                    f"the elasticity is not proved near l(eps_hat) = {here.y.str(8)}"
                )
        return pieces


def _place(y: arb, delta: arb) -> Station:
    above = 2 * sinh_integral(y, delta) * (1 + arb(2) ** -20)
    return station(y, delta, above.min(y / 2).mid())


def _elasticity(here: Station, ahead: Station, delta: arb) -> arb:
    """A lower bound between two points: d(x)(1 + 1/s(x))/(φ(g) q(v) g (1 + g²)), by its factors."""
    x = here.x.union(ahead.x)
    rise = 1 + 1 / relative_steepness(x, delta)
    g = here.g.union(ahead.g)
    bottom = density(g) * decay(ahead.y * delta) * g * (1 + g * g)
    return mass_deficit(here.x, delta) * rise.lower() / bottom.upper()


def _elasticity_near_zero(end: Station, delta: arb) -> arb:
    """A lower bound for all smaller y: it falls from 1/2.

    d/s ≥ φ(Δ)x (u/(2 sinh u)) e^{−x²/2}, x ≥ Δy²e^{−y²/2}/(1 + u c(u)), q ≤ 2v, and
    φ(g)g ≤ φ(0)√(π/2) φ(Δ)(e^v − 1)/Δ e^{g²/2}.
    """
    x, y, g = end.x, end.y, end.g
    u, v = x * delta, y * delta
    top = u / u.sinh() * (-(x * x + y * y) / 2).exp()
    growth = (v.expm1() / v) * (g * g / 2).exp() * (1 + g * g)
    return top / (2 * (1 + u * _bulge(u)) * growth)


def best_small_constant(estimate_radius: arb, delta: Exact) -> tuple[arb, int]:
    """The least C with L(κ) ≤ C κ^{2/9} up to the κ with l(κ̂) = y: attained there, with proof.

    Args:
        estimate_radius: y, in standard deviations.
        delta: Δ, exact or a ball.

    Returns:
        The constant, and the number of pieces that the proof took.

    Raises:
        Inconclusive: L/κ^{2/9} is not proved to increase so far.
    """
    pieces = elasticity_above(arb(2) / 9, estimate_radius, delta)
    ball = to_ball(delta)
    g = median_shift_at(estimate_radius, ball)
    x = radius_of_estimate_inverse(estimate_radius, ball)
    root = mass_deficit(x, ball).root(9)
    return g * g / (1 + g * g) / (root * root), pieces
