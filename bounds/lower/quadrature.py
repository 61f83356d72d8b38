"""Integrals over the line against normal densities: the trapezoidal rule with a proved error.

Let f be analytic for |Im z| ≤ d, with |f(x + iy)| ≤ C e^{y²/2} m(x) there, where m is a mixture of
N(θ, 1) densities with |θ| ≤ A. Then the sum h Σ f(jh) over all whole j differs from the integral of
f by at most 2 C e^{d²/2}/(e^{2πd/h} − 1) (Trefethen and Weideman, SIAM Review 56, 2014, theorem
5.1), and its terms beyond |x| = X ≥ A add up to at most C e^{−(X − A)²/2}.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from flint import arb, ctx

from bounds.certify.arithmetic.ball import log2_of
from bounds.certify.exact import to_ball

ANGLE = Fraction(7, 5)
"""Below π/2: where |A y| stays below it, cos(A y) stays above `LEAST_COSINE`."""

LEAST_COSINE = Fraction(1, 6)
"""Below cos(7/5) = 0.16996…"""


def strip_for(spread: arb, bits: int) -> arb:
    """A half-width d of the strip: d · spread ≤ 7/5, and no wider than `bits` bits can use."""
    widest = math.sqrt(2 * math.log(2) * bits)
    if spread.abs_upper() < float(ANGLE) / widest:
        return arb(widest)
    return (to_ball(ANGLE) / spread.abs_upper()).lower()


def line_integral(
    sums: Callable[[arb, int], list[arb]],
    *,
    strip: arb,
    spread: arb,
    height: arb,
) -> list[arb]:
    """Enclosures of the integrals of some functions f, to about `flint.ctx.prec` bits.

    Args:
        sums: for a step h and a number n, Σ f(jh) over |j| ≤ n for each of the functions.
        strip: d > 0, the half-width of the strip of analyticity.
        spread: A ≥ 0, how far the centres of the normal densities lie from 0.
        height: C, one bound for all functions.
    """
    step, count, slack = nodes_for(strip, spread, height, ctx.prec)
    return [total * step + slack for total in sums(step, count)]


def nodes_for(strip: arb, spread: arb, height: arb, bits: int) -> tuple[arb, int, arb]:
    """The step h, the number of nodes on either side of 0, and the error as a ball around 0.

    Args:
        strip: d, as in `line_integral`.
        spread: A.
        height: C.
        bits: the error is to be about 2^−bits.
    """
    nats = math.log(2) * (bits + max(0.0, log2_of(height)) + 2)
    d, reach = float(strip), float(spread.abs_upper()) + math.sqrt(2 * nats) + 0.1
    count = math.ceil(reach * (nats + d * d / 2) / (2 * math.pi * d))
    step = arb(reach / count)  # exact: no rounding in the nodes at high precision
    between = 2 * (strip * strip / 2).exp() / (2 * arb.pi() * strip / step).expm1()
    beyond = count * step - spread.abs_upper()
    error = height * (between + (-(beyond * beyond) / 2).exp())
    return step, count, arb(0, error.abs_upper())
