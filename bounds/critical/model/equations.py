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
from typing import Any

from flint import acb, arb, arb_series, ctx

_RADIUS = 8
"""Where Cauchy's estimate of the terms left out is taken: it is only a matter of sharpness."""
_MOST_LOST = 1000


def left_hand_sides(point: Sequence[Any], delta: Any) -> list[Any]:
    """The four left-hand sides at (x, y, e, G)."""
    x, y, e, scaled = point
    if isinstance(delta, arb_series):
        along = _Along(delta)
        lost, lost_more = along.deficit(x), along.deficit(y)
        excess = along.central(scaled) - along.window(y)
    else:
        lost, lost_more = deficit(x, delta), deficit(y, delta)
        excess = central(scaled, delta) - window(y, delta)
    return [e - lost, e + x - lost_more, excess, criterion(x, y, scaled, delta)]


def criterion(x: Any, y: Any, scaled: Any, delta: Any) -> Any:
    """H: the criterion times its denominators."""
    lost_u, lost_v = (-2 * x * delta).exp(), (-2 * y * delta).exp()
    share_u, share_v, steep = 1 - lost_u, 1 - lost_v, 1 + steepness(x, delta)
    square = square_of(scaled, delta)
    weight = 2 * scaled * density_at_0() * (-square / 2).exp()  # 2gφ(g)/φ(Δ)
    bend_of_estimate = share_v * share_v * (x * share_u - delta * (1 + lost_u))
    steep_share = steep * steep * share_u
    bend_of_shift = 2 * delta * (y * (y / 2 - 3 * delta)).exp() * steep_share
    return (1 - square) * (1 - square) * steep_share * share_v + (1 + square) * weight * (
        bend_of_estimate - bend_of_shift
    )


def slopes(point: Sequence[arb], delta: arb) -> list[list[arb]]:
    """The derivatives of the left-hand sides in (x, y, e, G), row by row."""
    x, y, _, scaled = point
    by_unknown = []
    for place in (0, 1, 3):
        moved = [arb_series([entry, int(k == place)], prec=2) for k, entry in enumerate(point)]
        fixed = arb_series([delta, 0], prec=2)
        by_unknown.append(criterion(moved[0], moved[1], moved[3], fixed)[1])
    by_x, by_y, by_shift = by_unknown
    held = 2 * density_at_0() * (-square_of(scaled, delta) / 2).exp()  # 2φ(g)
    none, one = arb(0), arb(1)
    return [
        [-steepness(x, delta), none, one, none],
        [one, -steepness(y, delta), one, none],
        [none, -tilt(y, delta), none, held],
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
    before, term, count = 0 * linear, 1 + 0 * linear, _enough_terms(size, width)
    parts = [term, 0 * linear]
    for n in range(1, count):
        before, term = term, (linear * term - 2 * square * before) / n
        parts[n % 2] += term / (n + 1)
    growth = (size * _RADIUS + width * _RADIUS**2).exp()
    left_out = growth * _RADIUS / ((_RADIUS - 1) * (count + 1) * arb(_RADIUS) ** count)
    rest = arb(0, left_out.upper())
    around = acb(rest, rest) if isinstance(linear, acb) else rest
    return parts[0] + around, parts[1] + around


def _enough_terms(size: arb, width: arb) -> int:
    """About as many as the precision is worth; only a matter of sharpness."""
    growth = size * _RADIUS + width * _RADIUS**2
    lost = float(growth) / math.log(_RADIUS) if growth < _MOST_LOST else 0
    return int(ctx.prec / math.log2(_RADIUS) + lost) + 8


def window(t: Any, delta: Any) -> Any:
    """W(t) of numbers."""
    even, odd = means(t * delta, t * t / 2)
    return t * (even + odd)


def deficit(t: Any, delta: Any) -> Any:
    """D(t) of numbers."""
    return 2 * t * means(t * delta, t * t / 2)[1]


def central(scaled: Any, delta: Any) -> Any:
    """[Φ(g) − Φ(−g)]/φ(Δ) = 2Gφ(0) ∫₀¹ e^{−g²σ²/2} dσ of numbers."""
    half = square_of(scaled, delta) / 2
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

    def window(self, t: arb_series) -> arb_series:
        slope = tilt(t, self.delta)
        rate = slope * t.derivative() + (1 - slope) * self.rate
        return self._from(window(t[0], self.delta[0]), rate * self.faded)

    def deficit(self, t: arb_series) -> arb_series:
        up, down = tilt(t, self.delta), tilt(-t, self.delta)
        rate = (up - down) * t.derivative() + (2 - up - down) * self.rate
        return self._from(deficit(t[0], self.delta[0]), rate * self.faded)

    def central(self, scaled: arb_series) -> arb_series:
        """The mass between −g and g moves by 2φ(g) dg, and dg = φ dG + G dφ."""
        fading = (-square_of(scaled, self.delta) / 2).exp()
        rate = 2 * density_at_0() * fading * (scaled * self.faded).derivative()
        return self._from(central(scaled[0], self.delta[0]), rate)
