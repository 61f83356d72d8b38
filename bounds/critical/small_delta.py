r"""For every Δ up to 1/64 the loss is concave on its whole domain.

With y = l(ε̂), v = yΔ, σ = sinh(v)/v, the criterion is negative where

    (1 + g²) W [q(v)(Δ coth u − x)/(1 + s(x))² + 2Δ e^{y²/2 − 3v}/q(v)] > (1 − g²)²,

W = 2g e^{(Δ² − g²)/2}. The mass between −g and g is Φ(y − Δ) − Φ(−Δ), below Φ(Δ) and so g < 1; it
increases with Δ up to Δ = y/2. Up to y = 1/20 `ends.concave_up_to` tells, whose bound at the
greatest Δ serves all smaller ones, as v, σ, Δy²σ and g are greatest there. From there on the mass
is at least Φ(y) − ½, which makes g at least some g₀(y), and (1 − g²)²/((1 + g²) 2g e^{−g²/2}) falls
with g < 1. Moreover

    x ≤ 2S(y) ≤ x̄ = 2Δσ(1 − e^{−y²/2}),    Δ coth u ≥ 1/x,    s(x) ≤ 2 sinh(x̄Δ),
    q(v) = 2e^{−v} sinh v = 2vσe^{−v},      q(v) ≤ 2v,

so the bracket is at least y e^{−v}(1 − x̄²)/((1 − e^{−y²/2})(1 + 2 sinh x̄Δ)²) + e^{y²/2 − 3v}/y.
From y = 4 on the last term alone does, which increases with y: the first is positive everywhere, as
Δ coth u ≥ 1/x, and x ≤ 2S(∞) = √(2π) e^{Δ²/2} (Φ(Δ) − Φ(−Δ)) ≤ 2Δe^{Δ²/2} < 1.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.ends import concave_up_to
from bounds.functions.normal import cdf

LEAST = Fraction(1, 64)
_BITS = 64
_FIRST, _LAST = Fraction(1, 20), Fraction(4)
_STEP = Fraction(1, 40)


def prove_concave(top: Fraction = LEAST) -> int:
    """Prove for every Δ in (0, top] that the loss is concave on (0, ε_max).

    Args:
        top: the greatest Δ, in standard deviations, at most 1/40.

    Returns:
        The number of pieces of l(ε̂) that the proof took.

    Raises:
        Inconclusive: it is not proved on some piece.
    """
    # step: Δ up to y/2 [true 2/2]
    if not 0 < 2 * top <= _FIRST:
        raise Inconclusive("concavity is proved in this way for Delta up to 1/40")
    with working_precision(_BITS):
        delta = to_ball(top)
        # step: x < 1 [true 3/5]
        # step: the start for small Δ [true 5/5]
        if not most_radius(delta) < 1 or not concave_up_to(to_ball(_FIRST), delta):
            raise _undecided(_FIRST, top)
        pieces, y = 0, _FIRST
        while y < _LAST:
            # step: each piece [true 2/2]
            if not _concave(to_ball(y), to_ball(y + _STEP), delta):
                raise _undecided(y, top)
            pieces, y = pieces + 1, y + _STEP
        # step: the end [true 2/2]
        if not _concave_beyond(to_ball(_LAST), delta):
            raise _undecided(_LAST, top)
    return pieces


def most_radius(top: arb) -> arb:
    """A bound of x = l(ε) for all y and all Δ up to `top`."""
    return 2 * top * (top * top / 2).exp()


def _undecided(y: Fraction, top: Fraction) -> Inconclusive:
    return Inconclusive(
        f"concavity is not proved at l(eps_hat) = {show_exact(y)} for Delta up to {show_exact(top)}"
    )


def _concave(low: arb, high: arb, top: arb) -> bool:
    """Whether it is proved for y from `low` to `high`."""
    less, more = sides(bracket(low, high, top), low)
    # step: a piece: the comparison [true 2/2]
    return bool(less < more)


def bracket(low: arb, high: arb, top: arb) -> arb:
    """A lower bound of the bracket for y from `low` to `high`, factor by factor."""
    # step: the bracket over all y of a piece [last call 1/3]
    # step: for every Δ up to the greatest [first call 2/3]
    y, delta = low.union(high), arb(0).union(top)
    v = high * top  # the greatest
    sigma = v.sinh() / v
    seen = 1 - (-high * high / 2).exp()
    radius = 2 * top * sigma * seen
    steep = 1 + 2 * (radius * top).sinh()
    first = low * (-v).exp() * (1 - radius * radius) / (seen * steep * steep)
    second = (y * y / 2 - 3 * y * delta).exp() / y
    # step: its least value [sum: first.upper() + second.upper()]
    return first.lower() + second.lower()


def _concave_beyond(y: arb, top: arb) -> bool:
    """Whether it is proved from y on: e^{y²/2 − 3yΔ}/y increases where y − 3Δ > 1/y."""
    less, more = sides((y * y / 2 - 3 * y * top).exp() / y, y)
    # step: the end: the last term grows [true 2/5]
    # step: the end: the comparison [true 4/5]
    return bool(y - 3 * top > 1 / y) and bool(less < more)


def sides(least: arb, y: arb) -> tuple[arb, arb]:
    """(1 − g²)², and (1 + g²) 2g e^{−g²/2} times the least bracket, at g = g₀(y) < 1."""
    mass = cdf(y) - arb(0.5)
    g = BALL.central_quantile(mass, 1 - mass).lower()
    square = g * g
    weight = 2 * g * (-square / 2).exp()
    return (1 - square) * (1 - square), (1 + square) * weight * least
