r"""The equations of an inflection without a pole, and in units that do not fade as Δ grows.

Unknowns: x = l(ε), y = l(ε̂), e = ε/φ(Δ), G = g(ε̂)/φ(Δ). With

    D(t) = d(t)/φ(Δ) = 2∫₀ᵗ e^{−s²/2} sinh(sΔ) ds,        W(t) = ∫₀ᵗ e^{sΔ − s²/2} ds,

they are

    e − D(x) = 0,    e + x − D(y) = 0,    [Φ(g) − Φ(−g)]/φ(Δ) − W(y) = 0,    H = 0,

where H is the criterion (`bounds.functions.criterion`) times (1 + s(x))² q(u) q(v), s = D′,
q(t) = 1 − e^{−2t}, u = xΔ, v = yΔ. These are all of its denominators, so that each left-hand side
is an entire function of the four unknowns and Δ.

Arguments are balls, complex balls, or power series over balls. D and W have the Taylor series

    W(t) = t Σ aₙ/(n + 1),    D(t) = 2t Σ_{n odd} aₙ/(n + 1),    Σ aₙ σⁿ = e^{tΔσ − t²σ²/2},

and along a curve they follow from their values at one point, since ∂W/∂Δ = ΔW + 1 − W′ and
∂D/∂Δ = ΔD + 2(1 − e^{−t²/2} cosh(tΔ)): with I = e^{Δ²/2}, d(W/I) = [W′ dt + (1 − W′) dΔ]/I.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from flint import acb, acb_mat, acb_series, arb, arb_mat, arb_series, ctx

from bounds.certify.numbers.precision import series_terms, working_precision

_RADIUS = 8
"""Where Cauchy's estimate of the terms left out is taken: it is only a matter of sharpness."""
_MOST_LOST = 1000


def left_hand_sides(point: Sequence[Any], delta: Any) -> list[Any]:
    """The four left-hand sides at (x, y, e, G)."""
    x, y, e, scaled = point
    up, down, square = tilt(x, delta), tilt(-x, delta), square_of(scaled, delta)
    if isinstance(delta, arb_series):
        along, rise = _Along(delta), tilt(y, delta)
        lost, lost_more = along.deficit(x, up, down), along.deficit(y, rise, tilt(-y, delta))
        excess = along.central(scaled, square) - along.window(y, rise)
    else:
        lost = deficit_and_window(x, delta)[0]
        lost_more, seen = deficit_and_window(y, delta)
        excess = central(scaled, square) - seen
    turn = criterion(x, y, scaled, delta, up - down, square)
    return [e - lost, e + x - lost_more, excess, turn]


def criterion(x: Any, y: Any, scaled: Any, delta: Any, steepness_x: Any, square: Any) -> Any:
    """H: the criterion times its denominators, from s(x) and g², too."""
    lost_u, lost_v = (-2 * x * delta).exp(), (-2 * y * delta).exp()
    share_u, share_v, steep = 1 - lost_u, 1 - lost_v, 1 + steepness_x
    weight = 2 * scaled * density_at_0() * (-square / 2).exp()  # 2gφ(g)/φ(Δ)
    bend_of_estimate = share_v * share_v * (x * share_u - delta * (1 + lost_u))
    steep_share = steep * steep * share_u
    bend_of_shift = 2 * delta * (y * (y / 2 - 3 * delta)).exp() * steep_share
    return (1 - square) * (1 - square) * steep_share * share_v + (1 + square) * weight * (
        bend_of_estimate - bend_of_shift
    )


def slopes(point: Sequence[arb], delta: arb) -> list[list[arb]]:
    """The derivatives of the left-hand sides in (x, y, e, G), row by row.

    Here s′(x) = Δ(W′(x) + W′(−x)) − x s(x), and in G the slope of g² is 2g²/G, that of G e^{−g²/2}
    is (1 − g²) e^{−g²/2}.
    """
    x, y, _, scaled = point
    up, down, rise = tilt(x, delta), tilt(-x, delta), tilt(y, delta)
    square = square_of(scaled, delta)
    lost_u, lost_v = (-2 * x * delta).exp(), (-2 * y * delta).exp()
    share_u, share_v, slope = 1 - lost_u, 1 - lost_v, up - down
    steep, bend = 1 + slope, delta * (up + down) - x * slope
    steep_share = steep * steep * share_u
    steep_rate = 2 * steep * bend * share_u + 2 * delta * lost_u * steep * steep
    held = 2 * density_at_0() * (-square / 2).exp()  # 2φ(g)
    weight, weight_rate, square_rate = scaled * held, held * (1 - square), 2 * square / scaled
    left, right = (1 - square) * (1 - square), (1 + square) * weight
    past = x * share_u - delta * (1 + lost_u)
    drop = 2 * delta * (y * (y / 2 - 3 * delta)).exp()
    by_x = steep_rate * (left * share_v - right * drop) + right * share_v * share_v * (
        share_u + 2 * delta * lost_u * (x + delta)
    )
    by_y = (
        2 * delta * lost_v * (left * steep_share + 2 * right * share_v * past)
        - right * drop * (y - 3 * delta) * steep_share
    )
    by_shift = (square_rate * weight + (1 + square) * weight_rate) * (
        share_v * share_v * past - drop * steep_share
    ) - 2 * (1 - square) * square_rate * steep_share * share_v
    none, one = arb(0), arb(1)
    return [
        [-slope, none, one, none],
        [one, -steepness(y, delta), one, none],
        [none, -rise, none, held],
        [by_x, by_y, none, by_shift],
    ]


def square_of(scaled: Any, delta: Any) -> Any:
    """g² = G² φ(Δ)²."""
    return scaled * scaled * (-delta * delta).exp() / (2 * arb.pi())


def steepness(t: Any, delta: Any) -> Any:
    """D′(t) = s(t) = 2e^{−t²/2} sinh(tΔ)."""
    return tilt(t, delta) - tilt(-t, delta)


def tilt(t: Any, delta: Any) -> Any:
    """W′(t) = e^{tΔ − t²/2}."""
    return (t * (delta - t / 2)).exp()


def density_at_0() -> arb:
    """φ(0)."""
    return 1 / (2 * arb.pi()).sqrt()


def means(linear: Any, square: Any) -> tuple[Any, Any]:
    """Σ aₙ/(n + 1) = ∫₀¹ e^{bσ − cσ²} dσ of numbers b and c, over even n and over odd n.

    By Cauchy's estimate |aₙ| ≤ e^{|b|r + |c|r²}/rⁿ, so that all terms from N on are together below
    e^{|b|r + |c|r²}/((N + 1) rᴺ (1 − 1/r)).
    """
    size, width = linear.abs_upper(), square.abs_upper()
    series: Any = acb_series if isinstance(linear, acb) else arb_series
    matrix: Any = acb_mat if isinstance(linear, acb) else arb_mat
    count = _enough_terms(size, width)
    with series_terms(count):
        terms = series([0, linear, -square], prec=count).exp()
    count = terms.prec  # of which all are known
    column = matrix(count, 1, [terms[n] for n in range(count)])
    parts = (_shares(count, ctx.prec) * column).entries()
    growth = (size * _RADIUS + width * _RADIUS**2).exp()
    left_out = growth * _RADIUS / ((_RADIUS - 1) * (count + 1) * arb(_RADIUS) ** count)
    rest = arb(0, left_out.upper())
    # step: in the complex plane, too [choice: rest if not isinstance(linear, acb) else acb(0)]
    around = acb(rest, rest) if isinstance(linear, acb) else rest
    # step: the terms left out, of even n [first sum 1/2]
    # step: and of odd n [first sum 2/2]
    return parts[0] + around, parts[1] + around


@cache
def _shares(count: int, bits: int) -> arb_mat:
    """1/(n + 1) for n < count, for even n in one row and for odd n in another."""
    with working_precision(bits):
        return arb_mat([[arb(n % 2 == odd) / (n + 1) for n in range(count)] for odd in (0, 1)])


def _enough_terms(size: arb, width: arb) -> int:
    """About as many as the precision is worth; only a matter of sharpness."""
    growth = size * _RADIUS + width * _RADIUS**2
    lost = float(growth) / math.log(_RADIUS) if growth < _MOST_LOST else 0
    return int(ctx.prec / math.log2(_RADIUS) + lost) + 8


def deficit_and_window(t: Any, delta: Any) -> tuple[Any, Any]:
    """D(t) and W(t) of numbers."""
    even, odd = means(t * delta, t * t / 2)
    return 2 * t * odd, t * (even + odd)


def central(scaled: Any, square: Any) -> Any:
    """[Φ(g) − Φ(−g)]/φ(Δ) = 2Gφ(0) ∫₀¹ e^{−g²σ²/2} dσ of numbers, from G and g²."""
    half = square / 2
    return 2 * scaled * density_at_0() * means(0 * half, half)[0]


class _Along:
    """The same three along a curve, from their values where it starts."""

    def __init__(self, delta: arb_series) -> None:
        self.delta, self.rate, self.order = delta, delta.derivative(), delta.prec
        exponent = delta * delta / 2
        exponent -= exponent[0]
        self.grown, self.faded = (
            exponent.exp(),
            (-exponent).exp(),
        )  # I and 1/I, in units of the first I

    def _from(self, start: arb, rate: arb_series) -> arb_series:
        """I · (start + ∫ rate)."""
        area = rate.integral()
        terms = [start, *(area[k] for k in range(1, self.order))]
        return self.grown * arb_series(terms, prec=self.order)

    def window(self, t: arb_series, up: arb_series) -> arb_series:
        """W(t), from W′(t), too."""
        rate = up * t.derivative() + (1 - up) * self.rate
        return self._from(deficit_and_window(t[0], self.delta[0])[1], rate * self.faded)

    def deficit(self, t: arb_series, up: arb_series, down: arb_series) -> arb_series:
        """D(t), from W′(t) and W′(−t), too."""
        rate = (up - down) * t.derivative() + (2 - up - down) * self.rate
        return self._from(deficit_and_window(t[0], self.delta[0])[0], rate * self.faded)

    def central(self, scaled: arb_series, square: arb_series) -> arb_series:
        """The mass between −g and g moves by 2φ(g) dg, and dg = φ dG + G dφ."""
        fading = (-square / 2).exp()
        rate = 2 * density_at_0() * fading * (scaled * self.faded).derivative()
        return self._from(central(scaled[0], square[0]), rate)
