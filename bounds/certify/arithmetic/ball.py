"""Balls (python-flint's `arb`): every result encloses the true value, at `flint.ctx.prec` bits.

Two habits make the enclosures narrow. Where terms cancel, the precision is raised by the bits that
are lost. A ball is evaluated at its centre, and its radius is carried through a bound on the slope.
"""

from __future__ import annotations

from typing import Any

from flint import arb, ctx, fmpz

from bounds.certify.errors import DomainError
from bounds.certify.exact import read_exact, to_ball
from bounds.certify.numbers.precision import working_precision

GUARD = 12
"""Bits to spare where an evaluation is rounded once more."""


def raised(bits: int) -> working_precision:
    """The working precision and `bits` more."""
    return working_precision(ctx.prec + bits)


def log2_of(ball: arb) -> float:
    """About log₂|centre of the ball|, whatever its size; −inf at 0. A guide, not a bound."""
    mantissa, exponent = ball.mid().man_exp()
    if mantissa == 0:
        return -float("inf")
    bits = int(fmpz(mantissa).bit_length())
    return float(int(exponent) + bits) - 0.5


def radius(ball: arb) -> arb:
    """The radius, as a ball around 0."""
    return arb(0, ball.rad())


def hull(low: arb, high: arb) -> arb:
    """The narrowest ball that holds every point from `low` up to `high`."""
    return low.union(high)


class BallArithmetic:
    """See `bounds.certify.arithmetic.Arithmetic`."""

    name = "ball"

    def coerce(self, value: Any) -> arb:
        if type(value) is arb:
            return value
        return to_ball(read_exact(value, "the argument"))

    def point(self, value: arb) -> arb:
        return value

    def finite(self, value: arb) -> bool:
        return bool(value.is_finite())

    def require(self, condition: bool, message: str) -> None:
        if not condition:
            raise DomainError(message)

    def exp(self, t: arb) -> arb:
        return t.exp()

    def expm1(self, t: arb) -> arb:
        return t.expm1()

    def sqrt(self, t: arb) -> arb:
        return t.sqrt()

    def root(self, t: arb, degree: int) -> arb:
        return t.root(degree)

    def pi(self) -> arb:
        return arb.pi()

    def density(self, t: arb) -> arb:
        return (-(t * t) / 2).exp() / (2 * arb.pi()).sqrt()

    def cdf(self, t: arb) -> arb:
        return (-t / arb(2).sqrt()).erfc() / 2

    def quantile(self, p: arb) -> arb:
        # Each tail through its own inverse: erfinv(2p − 1) would round a small p away.
        root = arb(2).sqrt()
        return -root * (2 * p).erfcinv() if p < 0.5 else root * (2 * p - 1).erfinv()

    def interval_mass(self, start: arb, width: arb) -> arb:
        # step: arguments are finite [true 2/4]
        if not (start.is_finite() and width.is_finite()):
            return arb.nan()
        value = _thin_interval_mass(start.mid(), width.mid())
        # step: a mass: the radius of its start [true 2/2]
        if not start.is_exact():
            # ∂/∂start is φ(start + width) − φ(start), at most width · max|φ′| in between
            steep = self.density(start + width) - self.density(start)
            # step: with the slope in between [first call]
            between = hull(start, start + width)
            bound = width.abs_upper() * (between * self.density(between)).abs_upper()
            value += radius(start) * bound.min(steep.abs_upper())
        # step: and of its width [true 2/2]
        if not width.is_exact():
            value += radius(width) * self.density(start + width)
        return value

    def central_quantile(self, mass: arb, tail: arb) -> arb:
        root = arb(2).sqrt()
        return root * mass.erfinv() if mass < 0.5 else root * tail.erfcinv()


def _thin_interval_mass(start: arb, width: arb) -> arb:
    """Φ(start + width) − Φ(start) for exact start and width.

    Over a width so tiny that every bit would cancel, the density lies between its ends' values.
    """
    if width == 0:
        return arb(0)
    lost = 0.0
    if not start < 0 < start + width:  # around 0 two integrals are added, and nothing cancels
        # the terms decay at the rate max(|start|, 1), so about −log₂(width · rate) bits cancel
        lost = max(0.0, -log2_of(width) - max(0.0, log2_of(start)))
    if lost > ctx.prec:
        with raised(GUARD):
            return width * hull(BALL.density(start), BALL.density(start + width))
    with raised(int(lost) + GUARD):
        root = arb(2).sqrt()
        a, b = start / root, (start + width) / root
        if -2 * start == width:
            value = b.erf()
        elif a < 0 < b:
            value = (b.erf() + (-a).erf()) / 2
        elif b <= 0:
            value = ((-b).erfc() - (-a).erfc()) / 2
        else:
            value = (a.erfc() - b.erfc()) / 2
    return +value


BALL = BallArithmetic()
"""The one instance."""
