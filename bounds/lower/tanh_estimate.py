"""The risk of the estimate s tanh(sX) at θ, X ~ N(θ, 1): many θ from one table of nodes.

The trapezoidal sum of φ(x − θ)(s tanh(sx) − θ)² over the nodes x = jh is

    e^{−θ²/2} h Σ φ(jh) (s tanh(sjh) − θ)² e^{θjh},

which is three polynomials in e^{θh} and e^{−θh}: their coefficients depend on s alone.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

from flint import arb, arb_poly

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower.quadrature import nodes_for, strip_for

_RISK_BITS = 32  # of a risk that is only compared: the nodes grow like bits^1.5
_BITS = 64
_LEAST_SPREAD = 5


@cache
def tanh_risk(scale: Fraction, theta: Fraction) -> arb:
    """E(s tanh(sX) − θ)², to about six digits.

    Args:
        scale: s > 0.
        theta: θ ≥ 0, in standard deviations.
    """
    step, bells, slopes, squares, slack = _table(scale, max(math.ceil(theta), _LEAST_SPREAD))
    with working_precision(_BITS):
        s, mean = to_ball(scale), to_ball(theta)
        rise = (mean * step).exp()
        fall = 1 / rise
        total = (
            s * s * (squares(rise) + squares(fall))
            - 2 * s * mean * (slopes(rise) - slopes(fall))
            + mean * mean * (bells(rise) + bells(fall))
        )
        # step: the error of the sum is counted [first sum]
        return total * (-(mean * mean) / 2).exp() + slack


@cache
def _table(scale: Fraction, spread: int) -> tuple[arb, arb_poly, arb_poly, arb_poly, arb]:
    """The step, hφ(jh) tanh^k(sjh) for k = 0, 1, 2 as coefficients (half at j = 0), the error."""
    with working_precision(_BITS):
        s = to_ball(scale)
        # |tanh(y + iv)| ≤ 6 for |v| ≤ 7/5
        height = (6 * s + spread) * (6 * s + spread)
        step, count, slack = nodes_for(strip_for(s, _RISK_BITS), arb(spread), height, _RISK_BITS)
        bell = step / (2 * arb.pi()).sqrt()
        ratio, shrink = (-(step * step) / 2).exp(), (-(step * step)).exp()
        power, base = arb(1), (-2 * s * step).exp()
        bells, slopes, squares = [bell / 2], [arb(0)], [arb(0)]
        for _ in range(count):
            bell, ratio, power = bell * ratio, ratio * shrink, power * base
            slope = (1 - power) / (1 + power)
            bells.append(bell)
            slopes.append(bell * slope)
            squares.append(bell * slope * slope)
        return step, arb_poly(bells), arb_poly(slopes), arb_poly(squares), slack
