r"""What two means of an endless row of equally spaced ones share: I = ∫ e^{−z²}/T(z) dz.

T(z) = Σⱼ e^{−(z − aⱼ)²/2}, over aⱼ = jg (even) or aⱼ = (j + ½)g (odd), j all whole numbers. T is
even and has the period g. So a step h that divides g meets few values of T, and what lies between
the nodes of the trapezoidal rule is bounded as follows.

1. Let R² = g²/4 + 2 log 400, g ≥ 1. Some aⱼ is g/2 or less from a real x: T(x) ≥ e^{−g²/8}.
   The terms of those farther from x than R add up to at most 2e^{−R²/2}/(1 − e^{−gR}) < T(x)/100.
   With the chances e^{−(x − aⱼ)²/2}/T(x), |T(x + iy)| = e^{y²/2} T(x) |E e^{iya}|, and where
   Ry ≤ 7/5, |E e^{iya}| ≥ E cos(y(a − x)) ≥ (99/100) cos(7/5) − 1/100 > 1/7.
2. So |e^{−z²}/T| at x + iy is at most 7e^{y²/2} e^{−x²}/T(x). Where dR ≤ 7/5, the sum over all
   nodes differs from I by at most ηI, η = 14 e^{d²/2}/(e^{2πd/h} − 1) (Trefethen and Weideman, SIAM
   Review 56, 2014, theorem 5.1): for η < 1, I is the sum times one of 1/(1 + η) to 1/(1 − η).
3. With a = g/2 (odd) or 0 (even), T(z) ≥ e^{−(|z| − a)²/2}, so the summand is at most
   e^{−z²/2 − a|z| + a²/2}. This falls with |z|: the nodes beyond X add up to at most
   2e^{−X²/2 − aX + a²/2}/(X + a).
4. In T at z, 0 ≤ z ≤ g/2, the terms farther away than A ≥ g add up to at most
   2e^{−A²/2}/(1 − e^{−gA}).
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

from flint import arb

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower.quadrature import strip_for


@cache
def shared(spacing: Fraction, odd: bool, bits: int) -> arb:
    """I, to about `bits` bits.

    Args:
        spacing: g, 1 or more, in standard deviations.
        odd: whether z is measured from the middle between two means, or from one of them.
        bits: of the result.
    """
    g, nats = float(spacing), math.log(2) * (bits + 8)
    a = g / 2 if odd else 0.0
    with working_precision(bits + 32):
        width = strip_for((to_ball(spacing * spacing) / 4 + 2 * arb(400).log()).sqrt(), bits)
        d = float(width)
        half = math.ceil(g * (nats + d * d / 2) / (4 * math.pi * d))
        last = math.ceil((math.sqrt(a * a + 2 * nats) - a) * 2 * half / g)
        return _summed(spacing, odd, width, half, last, math.sqrt(2 * nats + g * g / 4) + g)


def _summed(spacing: Fraction, odd: bool, width: arb, half: int, last: int, away: float) -> arb:
    """I for any such numbers: the less they are, the wider the ball.

    Args:
        spacing: g.
        odd: as in `shared`.
        width: d of step 2.
        half: nodes in half a period.
        last: nodes on either side: X = last·h.
        away: A of step 4.
    """
    first = spacing / 2 if odd else Fraction(0)  # a
    step = to_ball(spacing / (2 * half))
    table = _theta(spacing, first, step, min(half, last), away)
    total, bell, fall = arb(0), arb(1), (-step * step).exp()
    square = fall * fall
    for node in range(1, last + 1):
        bell, fall = bell * fall, fall * square
        place = node % (2 * half)
        total += bell / table[min(place, 2 * half - place)]
    total = step * (1 / table[0] + 2 * total)
    end, near = last * step, to_ball(first)
    # step: on both sides [last product 2/7]
    beyond = 2 * (near * near / 2 - end * end / 2 - near * end).exp() / (end + near)
    # step: in the strip T may be a seventh as large [constant 1/3: 2]
    part = 14 * (width * width / 2).exp() / (2 * arb.pi() * width / step).expm1()
    # step: the nodes beyond the last [first sum 1/2]
    # step: what lies between the nodes of a lattice [sum 2/2: arb(1)]
    return (total + beyond.union(arb(0))) / (1 + arb(0, part.abs_upper()))


def _theta(spacing: Fraction, first: Fraction, step: arb, last: int, away: float) -> list[arb]:
    """T at j·step, 0 ≤ j ≤ last, at most half a period: from node to node by products."""
    reach = to_ball(Fraction(away))
    rest = 2 * (-(reach * reach) / 2).exp() / (1 - (-reach * to_ball(spacing)).exp())
    # step: the rest of a node's sum is at least 0 [function 1/2: arb]
    # step: the means farther away [first call 1/2]
    values = [arb(0).union(rest)] * (last + 1)
    square = (-step * step).exp()
    for place in _lattice(spacing, first, away):
        a = to_ball(place)
        term, growth = (-(a * a) / 2).exp(), (a * step - step * step / 2).exp()
        for node in range(last + 1):
            values[node] = values[node] + term
            term, growth = term * growth, growth * square
    return values


def _lattice(spacing: Fraction, first: Fraction, away: float) -> list[Fraction]:
    """All aⱼ that are `away` or less from some z with 0 ≤ z ≤ g/2."""
    right = range(int((Fraction(away) + spacing / 2) / spacing) + 1)
    left = range(1, int((Fraction(away) + first) / spacing) + 1)
    return [first + j * spacing for j in right] + [first - j * spacing for j in left]
