"""Balls (python-flint's `arb`): every result encloses the true value, at `flint.ctx.prec` bits.

Three habits make the enclosures narrow. Where terms cancel, the precision is raised by the bits
that are lost. A thin ball is evaluated at its centre, and its radius is carried through a bound on
the slope. A wide ball is evaluated at its ends, since the primitives are monotone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, ctx, fmpz

from bounds.certify.errors import DomainError, Inconclusive
from bounds.certify.exact import read_exact, to_ball
from bounds.certify.numbers.precision import working_precision

_THIN = 25  # relative bits from which a ball is evaluated by centre and slope, not by its ends
_GUARD = 12
_SLOPE_BITS = 40


def _raised(bits: int) -> working_precision:
    return working_precision(ctx.prec + bits)


def log2_of(ball: arb) -> float:
    """About log₂|centre of the ball|, whatever its size; −inf at 0. A guide, not a bound."""
    mantissa, exponent = ball.mid().man_exp()
    if mantissa == 0:
        return -float("inf")
    bits = int(fmpz(mantissa).bit_length())
    return float(int(exponent) + bits) - 0.5


def _radius(ball: arb) -> arb:
    return arb(0, ball.rad())


def _density(t: arb) -> arb:
    return (-(t * t) / 2).exp() / (2 * arb.pi()).sqrt()


def _slope(x: arb, delta: arb) -> arb:
    """d′(x), of the deficit."""
    return 2 * _density(delta) * (-(x * x) / 2).exp() * (x * delta).sinh()


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

    def pi(self) -> arb:
        return arb.pi()

    def cdf(self, t: arb) -> arb:
        return (-t / arb(2).sqrt()).erfc() / 2

    def quantile(self, p: arb) -> arb:
        # Each tail through its own inverse: erfinv(2p − 1) would round a small p away.
        root = arb(2).sqrt()
        return -root * (2 * p).erfcinv() if p < 0.5 else root * (2 * p - 1).erfinv()

    def interval_mass(self, start: arb, width: arb) -> arb:
        if not (start.is_finite() and width.is_finite()):
            return arb.nan()
        value = _thin_interval_mass(start.mid(), width.mid())
        if not start.is_exact():
            # ∂/∂start is φ(start + width) − φ(start), at most width · max|φ′| in between
            steep = _density(start + width) - _density(start)
            between = hull(start, start + width)
            bound = width.abs_upper() * (between * _density(between)).abs_upper()
            value += _radius(start) * bound.min(steep.abs_upper())
        if not width.is_exact():
            value += _radius(width) * _density(start + width)
        return value

    def central_quantile(self, mass: arb, tail: arb) -> arb:
        root = arb(2).sqrt()
        return root * mass.erfinv() if mass < 0.5 else root * tail.erfcinv()

    def sinh_integral(self, x: arb, delta: arb) -> arb:
        if not (x.is_finite() and delta.is_finite()):
            return arb.nan()
        if x < 0:
            return self.sinh_integral(-x, delta)
        if x == 0:
            return arb(0)
        if min(x.rel_accuracy_bits(), delta.rel_accuracy_bits()) < _THIN:
            # increasing in both arguments on x ≥ 0
            low = x.lower()
            bottom = _thin_sinh_integral(low, delta.lower()) if low > 0 else arb(0)
            far = x.abs_upper()
            return hull(bottom, _thin_sinh_integral(far, delta.upper()) if far > 0 else arb(0))
        value = _thin_sinh_integral(x.mid(), delta.mid())
        if not x.is_exact():
            value += _radius(x) * (-(x * x) / 2).exp() * (x * delta).sinh()
        if not delta.is_exact():
            # ∂/∂Δ of the integrand is t coth(tΔ) times it, and t coth(tΔ) increases with t
            with working_precision(_SLOPE_BITS):  # a bound for a radius
                far = _thin_sinh_integral(x.upper(), delta.upper()).upper()
                rate = (x * (x * delta).coth() * far).abs_upper()
            value += _radius(delta) * rate
        return value

    def solve_deficit(self, eps: arb, delta: arb) -> arb:
        rho = self.interval_mass(-delta, 2 * delta)
        if eps.mid() <= 0:
            return _at_the_ends(lambda e: self.solve_deficit(e, delta), eps)
        if eps > rho / 2:
            rest = rho - eps
            self.require(
                rest > 0,
                "eps is not surely below rho(Delta) at this precision: raise flint.ctx.prec",
            )
            return self.solve_window(rest, delta)

        def missing(x: arb, at: arb) -> arb:
            return 2 * _density(at) * self.sinh_integral(x, at)

        with working_precision(64):
            e = eps.mid() / (2 * _density(delta.mid()))
            # for x ≪ Δ the integral is close to (cosh(xΔ) − 1)/Δ = 2 sinh²(xΔ/2)/Δ
            seed = 2 * (e * delta.mid() / 2).sqrt().asinh().mid() / delta.mid()
        return _solve_increasing(missing, _slope, eps, delta, seed, relative=True)

    def solve_window(self, mass: arb, delta: arb) -> arb:
        rho = self.interval_mass(-delta, 2 * delta)
        if mass.mid() >= rho / 2:
            # near the top of the window the deficit is the better conditioned of the two
            return self.solve_deficit(_nonnegative(rho - mass), delta)

        def log_loss(x: arb, at: arb) -> arb:
            return -self.interval_mass(x - at, 2 * at).log()

        def steepness(x: arb, at: arb) -> arb:
            return _slope(x, at) / self.interval_mass(x - at, 2 * at)

        with working_precision(64):
            m = mass.mid()
            tail = m if m < 0.5 else arb(0.5)
            seed = delta.mid() + ((2 * tail).erfcinv() * arb(2).sqrt()).mid()
            if not seed > 0:
                seed = delta.mid()
        return _solve_increasing(log_loss, steepness, -mass.log(), delta, seed, relative=False)


def _nonnegative(ball: arb) -> arb:
    return ball.nonnegative_part() if not ball > 0 else ball


def _at_the_ends(solve: Callable[[arb], arb], eps: arb) -> arb:
    """L of a ball that touches 0: the root at 0 is 0, and the root is monotone."""
    top = eps.upper()
    return hull(arb(0), solve(top)) if top > 0 else arb(0)


def _thin_interval_mass(start: arb, width: arb) -> arb:
    """Φ(start + width) − Φ(start) for exact start and width."""
    if width == 0:
        return arb(0)
    # the terms decay at the rate max(|start|, 1), so about −log₂(width · rate) bits cancel
    lost = max(0.0, -log2_of(width) - max(0.0, log2_of(start)))
    with _raised(int(lost) + _GUARD):
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


def _thin_sinh_integral(x: arb, delta: arb) -> arb:
    """∫₀ˣ e^{−t²/2} sinh(tΔ) dt = (Φ(Δ+x)… written as tails of erfc, for exact x and Δ > 0."""
    if x == 0:
        return arb(0)
    rate = log2_of(delta)
    # the tails are of size φ(Δ)/max(Δ, 1), their second difference of size φ(Δ) Δ x²
    lost = max(0.0, -2 * log2_of(x) - rate - max(0.0, rate))
    with _raised(int(lost) + _GUARD):
        root = arb(2).sqrt()
        tails = ((delta - x) / root).erfc() + ((delta + x) / root).erfc()
        value = (tails / 2 - (delta / root).erfc()) / (2 * _density(delta))
    return +value


def _solve_increasing(
    function: Callable[[arb, arb], arb],
    slope: Callable[[arb, arb], arb],
    target: arb,
    delta: arb,
    seed: arb,
    *,
    relative: bool,
) -> arb:
    """The x > 0 with function(x) = target, for an increasing function: Newton, then a bracket.

    With `relative`, the search runs on log function(e^s), where small roots are ordinary.
    """
    goal, middle = target.mid(), delta.mid()
    final = ctx.prec
    x = seed.mid()
    with working_precision(64):
        for _ in range(200):
            value = function(x, middle)
            rate = slope(x, middle).mid()
            if relative:
                step = (goal / value).log() * value / rate
                moved = x * (step / x).mid().exp() if abs(step / x) < 40 else x * 2
            else:
                step = (goal - value) / rate
                # a log-concave window: Newton overshoots only from the right, and then to below 0
                moved = x + step
                if not moved > x / 4:
                    moved = x / 4
                elif not moved < 2 * x + 4:
                    moved = 2 * x + 4
            moved = moved.mid()
            done = abs(moved - x) < x * arb(2) ** -40
            x = moved
            if done:
                break
    known = 40
    while known < final:
        known = min(2 * known - 8, final + 8)
        with working_precision(known + 10):
            x = (x + (goal - function(x, middle)) / slope(x, middle)).mid()
    with _raised(_GUARD):
        rate = slope(x, middle)
        radius = abs(function(x, delta) - goal).upper() / rate * 2 + x * arb(2) ** -(final + 4)
        if not target.is_exact():
            radius += (arb(0, target.rad()) / rate).abs_upper() * 2
        if not radius.is_finite():
            radius = x / 1024
        low_goal, high_goal = target.lower(), target.upper()
        for _ in range(60):
            radius = radius.upper()
            low, high = (x - radius).lower(), (x + radius).upper()
            if low <= 0:
                low = arb(0)
            under = low == 0 or function(low, delta) <= low_goal
            if under and function(high, delta) >= high_goal:
                return +hull(low, high)
            radius = radius * 2
    raise Inconclusive(
        f"no bracket proved for the root near {x.str(10, radius=False)} at {final} bits:"
        " raise the working precision, or pass narrower balls"
    )


BALL = BallArithmetic()
"""The one instance."""
