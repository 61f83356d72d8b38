r"""Φ(−t) of a short rational t, which costs a fraction of erfc where many digits are asked for.

Γ(½, t²/2) is a hypergeometric series in a short number where t² is dyadic, and FLINT sums it so.
For other rationals the series is summed here, by binary splitting:

    Φ(−t) = ½ − φ(t) t (1 + z/3 + z²/(3·5) + z³/(3·5·7) + …),   z = t².

From a term with 2k + 1 ≥ 2z on, each is at most half of the one before: what follows the last term
that is summed is less than that term.
"""

from __future__ import annotations

from fractions import Fraction
from math import lgamma, log

from flint import arb, ctx, fmpz

from bounds.certify.exact import Exact, to_ball
from bounds.certify.numbers.precision import working_precision

_MANY_BITS = 4000
_SHORT = 40  # bits of numerator and denominator
_FAR = 60
_LEAF = 12


def upper_tail(t: Exact) -> arb:
    """Φ(−t), for t > 0."""
    if ctx.prec < _MANY_BITS or isinstance(t, arb) or not (t < _FAR and _is_short(t)):
        return (to_ball(t) * arb(0.5).sqrt()).erfc() / 2
    with working_precision(ctx.prec + int(t * t) + 24):  # the series cancel up to the tail
        if t.denominator & (t.denominator - 1) == 0:
            value = to_ball(t * t / 2).gamma_upper(arb(0.5)) / (2 * arb.pi().sqrt())
        else:
            value = _summed(t)
    return +value


def _is_short(t: Fraction) -> bool:
    return t.numerator.bit_length() <= _SHORT and t.denominator.bit_length() <= _SHORT


def _summed(t: Fraction) -> arb:
    square, ball = t * t, to_ball(t)
    top, bottom = fmpz(square.numerator), fmpz(square.denominator)
    product, below, total = _split(top, bottom, 1, _terms(float(square), ctx.prec))
    # step: the terms left out are counted [call 5/5: arb(0)]
    # step: up to the last one that is summed [call 5/5: arb(0, 0.1)]
    series = 1 + arb(total) / arb(below) + arb(product) / arb(below) * arb(0.5, 0.5)
    return 0.5 - (-ball * ball / 2).exp() / (2 * arb.pi()).sqrt() * ball * series


def _terms(square: float, bits: int) -> int:
    """A number of terms from which on the rest is below 2^−bits, and at most half of the last."""
    count = int(square) + 8
    while count * log(square) - _log_double_factorial(count) > -bits * log(2):
        count += count // 32 + 1
    return count


def _log_double_factorial(count: int) -> float:
    """Log of 1·3·…·(2·count − 1): only how many terms are summed rests on it."""
    return lgamma(2 * count + 1) - lgamma(count + 1) - count * log(2)


def _split(top: fmpz, bottom: fmpz, low: int, high: int) -> tuple[fmpz, fmpz, fmpz]:
    """With r(k) = top/(bottom (2k + 1)): P/Q = r(low)…r(high − 1), T/Q = Σ r(low)…r(n) over n."""
    if high - low <= _LEAF:
        product, below, total = fmpz(1), fmpz(1), fmpz(0)
        for k in range(low, high):
            factor = bottom * (2 * k + 1)
            product *= top
            below *= factor
            total = total * factor + product
        return product, below, total
    middle = (low + high) // 2
    p, q, t = _split(top, bottom, low, middle)
    p_after, q_after, t_after = _split(top, bottom, middle, high)
    return p * p_after, q * q_after, t * q_after + p * t_after
