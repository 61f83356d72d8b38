"""ε_cr as a skilled user of FLINT would write it for one script: the peer of `bounds.eps_cr`.

Newton's method in float64, then with balls whose radii are ignored, at doubling precision, on the
same system and with slopes worked out by hand. Nothing is proved: neither that there is a root, nor
that it is the only one, nor how many digits are right.
"""

from __future__ import annotations

from math import erf, erfc, exp, expm1, pi, sqrt

from flint import arb, ctx

_RIGHT = 46  # bits that float64 leaves right
_GUARD = 12


def float_root(d: float) -> tuple[float, float, float]:
    """(l(ε), l(ε̂), g(ε̂)) at ε_cr for 1.5 ≤ Δ ≤ 35, by Newton's method in float64."""
    root = sqrt(2)
    unit = exp(-d * d / 2) / sqrt(2 * pi)
    base = erfc(d / root) / 2 / unit
    x, y = 0.38 / d, 0.71 / d
    g = (erfc((d - y) / root) / 2 / unit - base) * unit * sqrt(pi / 2)
    for _ in range(40):
        near, far = erfc((d - y) / root) / 2 / unit, erfc((d + y) / root) / 2 / unit
        own = (erfc((d - x) / root) + erfc((d + x) / root)) / 2 / unit
        first, second = x - (near + far - own), erf(g / root) / unit - (near - base)
        share_x, share_y = -expm1(-2 * x * d), -expm1(-2 * y * d)
        steep_x, rise_y = share_x * exp(x * (d - x / 2)), exp(y * (d - y / 2))
        coth, square = (2 - share_x) / share_x, g * g
        weight = 2 * exp((d * d - square) / 2)
        scale = (1 + square) * g * weight
        past, steep = x - d * coth, 1 + steep_x
        one = share_y * past / steep / steep
        two = 2 * d * exp(y * (y / 2 - 3 * d)) / share_y
        third = (1 - square) ** 2 / scale + one - two
        turn = 1 + d * d * (coth * coth - 1) + 2 * steep_x * past * past / steep
        fade = 2 * d * (1 - share_y)
        by_x = share_y * turn / steep / steep
        by_y = fade * past / steep / steep - two * (y - 3 * d - fade / share_y)
        by_g = -4 * g * (1 - square) / scale + (2 * g / (1 + square) + 1 / g - g) * (one - two)
        along = by_y + by_x * share_y * rise_y / steep + by_g * rise_y / weight
        dy = (third - by_x * first / steep - by_g * second / weight) / along
        x -= (first + share_y * rise_y * dy) / steep
        y -= dy
        g -= (second + rise_y * dy) / weight
        if abs(dy) < 1e-9 * y:
            return x, y, g
    raise ArithmeticError("Newton's method does not settle")


def skilled_eps_cr(delta: int, digits: int) -> tuple[arb, ...]:
    """ε_cr, l, l(ε̂), ε̂, g and the loss there, to about so many digits."""
    x, y, g = map(arb, float_root(float(delta)))
    bits = int(digits * 3.3220) + 40
    levels = [bits]
    while levels[0] > 2 * _RIGHT:
        levels.insert(0, levels[0] // 2 + 6)
    before = ctx.prec
    try:
        for level in levels:
            ctx.prec = level + _GUARD
            d, root = arb(delta), arb(2).sqrt()
            unit = (-d * d / 2).exp() / (2 * arb.pi()).sqrt()
            base = (d / root).erfc() / 2
            near, far = ((d - y) / root).erfc() / 2, ((d + y) / root).erfc() / 2
            own = (((d - x) / root).erfc() + ((d + x) / root).erfc()) / 2
            first = x - (near + far - own) / unit
            second = ((g / root).erf() - (near - base)) / unit
            share_x, share_y = -(-2 * x * d).expm1(), -(-2 * y * d).expm1()
            steep_x, rise_y = share_x * (x * (d - x / 2)).exp(), (y * (d - y / 2)).exp()
            coth, square = (2 - share_x) / share_x, g * g
            weight = 2 * ((d * d - square) / 2).exp()
            scale = (1 + square) * g * weight
            past, steep = x - d * coth, 1 + steep_x
            twice = steep * steep
            one = share_y * past / twice
            two = 2 * d * (y * (y / 2 - 3 * d)).exp() / share_y
            third = (1 - square) * (1 - square) / scale + one - two
            turn = 1 + d * d * (coth * coth - 1) + 2 * steep_x * past * past / steep
            fade = 2 * d * (1 - share_y)
            by_x = share_y * turn / twice
            by_y = fade * past / twice - two * (y - 3 * d - fade / share_y)
            by_g = -4 * g * (1 - square) / scale + (2 * g / (1 + square) + 1 / g - g) * (one - two)
            along = by_y + by_x * share_y * rise_y / steep + by_g * rise_y / weight
            dy = (third - by_x * first / steep - by_g * second / weight) / along
            dx = (first + share_y * rise_y * dy) / steep
            eps = own - 2 * base - unit * steep_x * dx
            x, y = (x - dx).mid(), (y - dy).mid()
            g = (g - (second + rise_y * dy) / weight).mid()
        return eps, x, y, eps + unit * x, g, g * g / (1 + g * g)
    finally:
        ctx.prec = before
