"""The window's integral and its inverses in balls: every result encloses the true value.

A thin ball is evaluated at its centre, and its radius is carried through a bound on the slope; a
wide ball at its ends, since the primitives are monotone. A root is bracketed with proof.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, ctx

from bounds.certify.arithmetic.ball import BALL, GUARD, hull, log2_of, radius, raised
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.monotone import solve_increasing

_THIN = 25  # relative bits from which a ball is evaluated by centre and slope, not by its ends
_SLOPE_BITS = 40


def _slope(x: arb, delta: arb) -> arb:
    """d′(x), of the deficit."""
    return 2 * BALL.density(delta) * (-(x * x) / 2).exp() * (x * delta).sinh()


def sinh_integral(x: arb, delta: arb) -> arb:
    """See `bounds.functions.primitives`."""
    if not (x.is_finite() and delta.is_finite()):
        return arb.nan()
    if x < 0:
        return sinh_integral(-x, delta)
    if x == 0:
        return arb(0)
    if min(x.rel_accuracy_bits(), delta.rel_accuracy_bits()) < _THIN:
        # increasing in both arguments on x ≥ 0
        low = x.lower()
        # step: wide: the lower end [function 2/3: .mid]
        bottom = _thin_sinh_integral(low, delta.lower()) if low > 0 else arb(0)
        far = x.abs_upper()
        # step: wide: the upper end [function 3/4: .mid]
        return hull(bottom, _thin_sinh_integral(far, delta.upper()) if far > 0 else arb(0))
    value = _thin_sinh_integral(x.mid(), delta.mid())
    # step: an integral: the radius of x [true 2/2]
    if not x.is_exact():
        value += radius(x) * (-(x * x) / 2).exp() * (x * delta).sinh()
    # step: and of Δ [true 2/2]
    if not delta.is_exact():
        # ∂/∂Δ of the integrand is t coth(tΔ) times it, and t coth(tΔ) increases with t
        with working_precision(_SLOPE_BITS):  # a bound for a radius
            far = _thin_sinh_integral(x.upper(), delta.upper()).upper()
            rate = (x * (x * delta).coth() * far).abs_upper()
        value += radius(delta) * rate
    return value


def solve_deficit(eps: arb, delta: arb) -> arb:
    """See `bounds.functions.primitives`."""
    rho = BALL.interval_mass(-delta, 2 * delta)
    if eps.mid() <= 0:
        return _at_the_ends(lambda e: solve_deficit(e, delta), eps)
    if eps > rho / 2:
        rest = rho - eps
        # step: ε < ρ [true]
        BALL.require(
            rest > 0,
            "eps is not surely below rho(Delta) at this precision: raise flint.ctx.prec",
        )
        return solve_window(rest, delta)

    def missing(x: arb, at: arb) -> arb:
        return 2 * BALL.density(at) * sinh_integral(x, at)

    with working_precision(64):
        e = eps.mid() / (2 * BALL.density(delta.mid()))
        # for x ≪ Δ the integral is close to (cosh(xΔ) − 1)/Δ = 2 sinh²(xΔ/2)/Δ
        seed = 2 * (e * delta.mid() / 2).sqrt().asinh().mid() / delta.mid()
    return solve_increasing(missing, _slope, eps, delta, seed, relative=True)


def solve_window(mass: arb, delta: arb) -> arb:
    """See `bounds.functions.primitives`."""
    rho = BALL.interval_mass(-delta, 2 * delta)
    if mass.mid() >= rho / 2:
        # near the top of the window the deficit is the better conditioned of the two
        return solve_deficit(_nonnegative(rho - mass), delta)

    def log_loss(x: arb, at: arb) -> arb:
        return -BALL.interval_mass(x - at, 2 * at).log()

    def steepness(x: arb, at: arb) -> arb:
        return _slope(x, at) / BALL.interval_mass(x - at, 2 * at)

    with working_precision(64):
        m = mass.mid()
        tail = m if m < 0.5 else arb(0.5)
        seed = delta.mid() + ((2 * tail).erfcinv() * arb(2).sqrt()).mid()
        if not seed > 0:
            seed = delta.mid()
    return solve_increasing(log_loss, steepness, -mass.log(), delta, seed, relative=False)


def _nonnegative(ball: arb) -> arb:
    return ball.nonnegative_part() if not ball > 0 else ball


def _at_the_ends(solve: Callable[[arb], arb], eps: arb) -> arb:
    """L of a ball that touches 0: the root at 0 is 0, and the root is monotone."""
    top = eps.upper()
    # step: a target that touches 0 [choice: solve(top)]
    return hull(arb(0), solve(top)) if top > 0 else arb(0)


def _thin_sinh_integral(x: arb, delta: arb) -> arb:
    """∫₀ˣ e^{−t²/2} sinh(tΔ) dt = (Φ(Δ+x)… written as tails of erfc, for exact x and Δ > 0.

    Where xΔ is tiny the tails cancel, to billions of bits for an x that underflows: there
    tΔ ≤ sinh(tΔ) ≤ tΔ cosh(xΔ) gives Δ(1 − e^{−x²/2}) from 1 to cosh(xΔ) times.
    """
    if x == 0:
        return arb(0)
    rate = log2_of(delta)
    if 2 * (log2_of(x) + rate) < -ctx.prec:
        with raised(GUARD):
            return -delta * (-x * x / 2).expm1() * hull(arb(1), (x * delta).cosh())
    # the tails are of size φ(Δ)/max(Δ, 1), their second difference of size φ(Δ) Δ x²
    lost = max(0.0, -2 * log2_of(x) - rate - max(0.0, rate))
    with raised(int(lost) + GUARD):
        root = arb(2).sqrt()
        tails = ((delta - x) / root).erfc() + ((delta + x) / root).erfc()
        value = (tails / 2 - (delta / root).erfc()) / (2 * BALL.density(delta))
    return +value
