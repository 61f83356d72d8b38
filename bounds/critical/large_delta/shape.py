r"""For all Δ ≥ Δ₀ the loss is concave, convex and concave again, from ε = 0 to ε_max.

Along the curve y ↦ (x, y, g), v = yΔ, u = xΔ, the criterion is K = (1 − g²)² + (1 + g²) W (A − C),

    W = 2gφ(g)/φ(Δ),    A = q(v)(x − Δ coth u)/(1 + s(x))²,    C = 2Δ e^{y²/2 − 3v}/q(v).

1. For v ≤ 3/4 it has one zero, and rises through it (`first_turn`).

2. For 3/4 ≤ v ≤ 15/8 it is positive, box by box.

In 3 and 4, g < 1 and (1 + g²)(T₁ + T₂) < (1 − g²)², where T₁ ≥ −WA and T₂ ≥ WC. As 2gφ(g) is at
most Φ(g) − Φ(−g) = φ(Δ)M/Δ, W ≤ M/Δ. With e^{tΔ − t²/2} = s(t) + e^{−tΔ − t²/2} and
2S(y) = x + 2S(x), M = Δ∫₀ʸ e^{tΔ − t²/2} dt ≤ min(e^v − 1, Δx + Δ·2S(x) + 1). So take
T₁ = M coth u/(1 + s(x))², and T₂ = 2e^{y²/2 − 2v}, which falls with y up to 2Δ.

3. v ≥ 15/8 and x ≤ Δ/2. As s′(t) ≥ (Δ − x)s(t), 2S(x) ≤ 2s(x)/Δ, and M ≤ u + 1 + 2s. There
(u + 1 + 2s)/(1 + s)² falls with s, and s ≥ r = 2e^{−u/4} sinh u; as r′ ≥ 3r/4, what is left falls
with u where u ≥ 3/2 and r ≥ 1. And Φ(g) − Φ(−g) ≤ (Δ²/2 + 1 + 2e^{3Δ²/8}) φ(Δ)/Δ.

4. Δ/2 ≤ x ≤ Δ + ¼. There ½e^{3Δ²/8} ≤ s and 2S(x) ≤ 2xs(x), as s rises up to Δ and falls by less
than a half up to Δ + ¼; so T₁ ≤ 4(2Δ² + Δ/2 + 1)e^{−3Δ²/8}, and T₂ ≤ 2e^{−7Δ²/8}. From
Φ(y − Δ) − Φ(−Δ) = d(y) + Φ(y + Δ) − Φ(Δ) ≤ d(x) + φ(Δ)x + Φ(−Δ) the mass between −g and g is at
most Φ(¼) + φ(Δ)(Δ + ¼) + Φ(−Δ), so that g < 0.85; and y < 2Δ, since
f(y) = f(x) − φ(Δ)x ≥ 1 − Φ(−2Δ) − Φ(¼) − φ(Δ)(Δ + ¼) is above Φ(−Δ) ≥ f(2Δ), here and in 3.

5. x ≥ Δ + ¼ and y ≤ 5Δ: A > C, as u ≥ Δ², (1 + s(x))² ≤ 4e^{Δ²}, and y(y − 6Δ)/2, which is convex,
is at most −5Δ²/2 from y = Δ to 5Δ.

6. y ≥ 5Δ: K falls, from a positive value (5) without bound. Here Δ + ¼ ≤ x (by 4, as y ≥ 2Δ) and
x < 2Δ (f(x) > φ(Δ)x, but f(2Δ) < 2Δφ(Δ)), so 0 < x − Δ coth u < Δ; and 1 ≤ g < Δ + 1, as
Φ(−Δ − 1) ≤ e^{−Δ − 1/2}Φ(−Δ). In units of (1 + g²)W the terms of dK/dy are at most

    through x: (2 + 2Δ²) e^{−15Δ²/2},    from q in A: 2Δ² e^{−10Δ²},
    through g: γ (2e^{Δ + 1/2} + (Δ + 1)(Δ + C)),    γ = ½e^{−15Δ²/2 + Δ + 1/2},

and that of C itself is at most −C(2Δ − 1), with C ≥ 2Δ e^{−5Δ²/2}.

All inequalities in Δ alone are proved at Δ₀: divided by what makes it so, each has one side that
falls and one that does not, for all Δ ≥ 4.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import show_exact, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.large_delta.expansion import LEAST_START, Part, parts
from bounds.critical.large_delta.first_turn import (
    ONLY_UP_TO,
    along,
    prove_first_turn,
    radius_at,
)
from bounds.functions.normal import cdf, density
from bounds.functions.shift import coth, decay

_BITS = 96
_POSITIVE_UP_TO = Fraction(15, 8)
_G_BELOW = Fraction("0.85")
_START = Fraction(5)


def prove_shape(start: Fraction = _START) -> int:
    """Prove for every Δ ≥ `start` that the loss is concave, convex and concave on (0, ε_max).

    Args:
        start: Δ₀, in standard deviations; it is proved from 5 on, and not below.

    Returns:
        The number of boxes that the proof took.

    Raises:
        Inconclusive: a sign is not proved.
    """
    # step: Δ₀ ≥ 4 [true 2/2]
    if not start >= LEAST_START:
        raise Inconclusive(f"the shape is proved in this way for Delta of {LEAST_START} or more")
    # step: 1. the first turn [zero call 1/4]
    # step: 2. on every part [zero call 2/4]
    boxes = prove_first_turn(start) + sum(_positive(part) for part in parts(start))
    with working_precision(_BITS):
        for name, (less, more) in inequalities(to_ball(start)).items():
            # step: 3 to 6. each is strict [true 5/5]
            # step: 3 to 6. the first side is finite [condition 2/5: not less >= more]
            if not (less.is_finite() and more.is_finite() and less < more):
                told = f"for Delta >= {show_exact(start)}: {less.str(5)} < {more.str(5)}"
                raise Inconclusive(f"the shape is not proved in step {name}, {told}")
    return boxes


def _positive(part: Part) -> int:
    """Step 2: from a positive value on, each box is positive, or the criterion rises on it."""
    with working_precision(64):
        # step: 2. from 3/4 on [call 1/3: to_ball(_POSITIVE_UP_TO) - 1]
        v, end, width, boxes = to_ball(ONLY_UP_TO), to_ball(_POSITIVE_UP_TO), arb(1) / 32, 0
        while v < end:
            stop = (v + width).min(end).mid()
            # step: 2. u for every v and τ [first call 1/5]
            u = radius_at(v, part.tau.upper()).union(radius_at(stop, part.tau.lower()))
            value, rise = along(u, v.union(stop), part)
            # step: 2. positive, or rising [true 1/3]
            if value > 0 or rise > 0:
                v, boxes, width = stop, boxes + 1, width * arb(1.5)
            elif width > arb(2) ** -12:
                width = width / 2
            else:
                raise Inconclusive(f"convexity after the turn is not proved at v = {v.str(5)}")
        return boxes


def inequalities(delta: arb) -> dict[str, tuple[arb, arb]]:
    """The inequalities of steps 3 to 6 at Δ₀, step by step: the first side is to be the less."""
    return {**_small_mass(delta), **_up_to_the_edge(delta), **_bends_upward(delta), **_falls(delta)}


def _small_mass(delta: arb) -> dict[str, tuple[arb, arb]]:
    tau, v = 1 / (delta * delta), to_ball(_POSITIVE_UP_TO)
    u = radius_at(v, tau).lower()  # it falls with τ
    rise = 2 * (-u / 4).exp() * u.sinh()
    first = coth(u) * (u + 1 + 2 * rise) / ((1 + rise) * (1 + rise))
    second = 2 * (v * v * tau / 2 - 2 * v).exp()
    most = delta * delta / 2 + 1 + 2 * (3 * delta * delta / 8).exp()
    mass = most * density(delta) / delta
    return {
        "3, u": (arb(1.5), u),
        "3, r": (arb(1), rise),
        "3, mass": (mass, arb(0.5)),
        "3": _little(first + second, mass / (2 * density(arb(1)))),  # g < 1, so φ(g) > φ(1)
    }


def _up_to_the_edge(delta: arb) -> dict[str, tuple[arb, arb]]:
    square, quarter, g = delta * delta, arb(1) / 4, to_ball(_G_BELOW)
    first = 4 * (2 * square + delta / 2 + 1) * (-3 * square / 8).exp()
    second = 2 * (-7 * square / 8).exp()
    step = density(delta) * (delta + quarter)
    return {
        "4, mass": (cdf(quarter) + step + cdf(-delta), cdf(g) - cdf(-g)),
        "4, y": (cdf(-delta), 1 - cdf(-2 * delta) - cdf(quarter) - step),
        "4, coth": (coth(square / 2), arb(2)),
        "4, s": (arb(0.5), decay(square / 2)),
        "4, S": ((arb(1) / 32).exp(), 2 * decay(square)),
        "4": _little(first + second, g),
    }


def _little(bracket: arb, g: arb) -> tuple[arb, arb]:
    """(1 + g²) times the bracket's share, and (1 − g²)²; then so for all smaller g, too."""
    square = g * g
    return (1 + square) * bracket, (1 - square) * (1 - square)


def _bends_upward(delta: arb) -> dict[str, tuple[arb, arb]]:
    """Step 5: q²(x − Δ coth u) e^{3Δ²/2} > 8Δ, where coth u − 1 = 2/(e^{2u} − 1)."""
    square = delta * delta
    past = arb(1) / 4 - 2 * delta / (2 * square).expm1()
    share = decay(square)
    return {
        "5, x": (arb(0), past),
        "5": (8 * delta, share * share * past * (3 * square / 2).exp()),
    }


def _falls(delta: arb) -> dict[str, tuple[arb, arb]]:
    """Step 6, both sides times e^{5Δ²/2}."""
    square, half = delta * delta, arb(1) / 2
    flow = (-15 * square / 2 + delta + half).exp() / 2  # γ
    others = (2 + 2 * square) * (-5 * square).exp() + 2 * square * (-15 * square / 2).exp()
    others += flow * (5 * square / 2).exp() * (2 * (delta + half).exp() + square + delta)
    return {
        "6, g": (cdf(arb(1)) - cdf(arb(-1)), cdf(4 * delta) - cdf(-delta)),
        # 2Δe^{−2v}/q(v) takes no more than 1 from y − 3Δ
        "6, q": (2 * delta * (-10 * square).exp() / decay(5 * square), arb(1)),
        "6": (others, 2 * delta * (2 * delta - 1 - flow * (delta + 1))),
    }
