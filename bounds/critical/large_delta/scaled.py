r"""The equations of an inflection in units that do not fade as Δ grows.

With u = l(ε)Δ, v = l(ε̂)Δ, τ = 1/Δ² and masses in units of φ(Δ)/Δ:

    Ŝ(u, τ) = ∫₀ᵘ e^{−w²τ/2} sinh w dw,        εΔ/φ(Δ) = 2Ŝ(u, τ),    ε̂Δ/φ(Δ) = 2Ŝ(v, τ),
    M(v, τ) = ∫₀ᵛ e^{w − w²τ/2} dw,            [Φ(g) − Φ(−g)] Δ/φ(Δ) = M(v, τ),
    s(u, τ) = 2 e^{−u²τ/2} sinh u,             which is ∂(2Ŝ)/∂u.

The curve is u + 2Ŝ(u, τ) = 2Ŝ(v, τ). With P = [Φ(g) − Φ(−g)]/(2gφ(g)) the criterion has the sign of

    1 + ω + M(v, τ) [ q(v)(uτ − coth u)/(1 + s(u, τ))² − 2e^{v²τ/2 − 3v}/q(v) ],
    1 + ω = (1 − g²)² P/(1 + g²),

since 2gφ(g)/φ(Δ) = M/(ΔP). Here 1 ≤ P ≤ e^{g²/2}, so −3g² ≤ ω ≤ g² for g ≤ 1: it is of the order
of (φ(Δ)/Δ)², and everything else is analytic in (u, v, τ), at τ = 0 too. Exactly, with h = g²,

    1 + ω = (1 − h)² P/(1 + h),    P = Σ hⁿ/(2n + 1)!!.

Arguments are balls, or power series over balls.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flint import arb, arb_mat, arb_poly, arb_series, ctx

from bounds.certify.arithmetic.ball import BALL, log2_of
from bounds.certify.arithmetic.series import constant
from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.functions.normal import density
from bounds.functions.shift import coth, decay

_GUARD = 12
_TERMS = 40
_TINY = 2.0**-1000  # below, a double may be 0 where the ball is not
_KEPT_BITS = 512  # up to which weights are kept: beyond, they would fill the memory


def sinh_integral(u: Any, tau: Any) -> Any:
    """Ŝ(u, τ)."""
    return _integral(u, tau, odd=True)


def window_integral(v: Any, tau: Any) -> Any:
    """M(v, τ)."""
    return _integral(v, tau, odd=False)


def steepness(u: Any, tau: Any) -> Any:
    """s(u, τ)."""
    return _fading(u, tau) * (u.exp() - (-u).exp())


def curve(u: Any, v: Any, tau: Any) -> Any:
    """U + 2Ŝ(u, τ) − 2Ŝ(v, τ), which is 0 on the curve; its slopes are 1 + s(u), −s(v)."""
    return u + 2 * (sinh_integral(u, tau) - sinh_integral(v, tau))


def criterion(
    u: Any, v: Any, tau: Any, omega: Any, mass: Any | None = None
) -> tuple[Any, Any, Any]:
    """The criterion above, and its partial derivatives in u and v; `mass` is M(v, τ), if known.

    With p = uτ − coth u: s′ = −s p, (coth u)′ = 1 − coth² u, q′ = 2(1 − q), M′ = e^{v − v²τ/2}.
    """
    if mass is None:
        mass = window_integral(v, tau)
    rise, share, cotangent = steepness(u, tau), decay(v), coth(u)
    steep, past = 1 + rise, u * tau - cotangent
    drop = 2 * (v * v * tau / 2 - 3 * v).exp() / share
    bend = share * past / steep / steep - drop
    turn = tau + cotangent * cotangent - 1 + 2 * rise * past * past / steep
    fading = 2 * (1 - share)
    by_u = mass * share * turn / steep / steep
    by_v = _fading(v, tau) * v.exp() * bend + mass * (
        fading * past / steep / steep - drop * (v * tau - 3 - fading / share)
    )
    return 1 + omega + mass * bend, by_u, by_v


def shift_of(mass: arb) -> tuple[arb, arb]:
    """The g ≥ 0 with mass m between −g and g, and g²."""
    top = mass.upper()
    high = BALL.central_quantile(top, 1 - top)
    low = mass.lower()
    g = (BALL.central_quantile(low, 1 - low) if low > 0 else arb(0)).union(high)
    return g, (g.lower() * g.lower()).union(high * high).nonnegative_part()


def spread(h: arb) -> tuple[arb, arb]:
    """P = Σ hⁿ/(2n + 1)!! and dP/dh, for 0 ≤ h ≤ 1.

    The terms left out fall by factors below 1/2: all of them together are below twice the first.
    """
    # step: that bound serves h < 1 [true 2/2]
    if not h < 1:
        return arb.nan(), arb.nan()
    value, rate, rest = _spread_terms(ctx.prec)
    return value(h) + rest, rate(h) + rest


@cache
def _spread_terms(bits: int) -> tuple[arb_poly, arb_poly, arb]:
    """The sums for P and dP/dh, and what is left out of either."""
    with working_precision(bits):
        bottoms = [1]
        for n in range(_TERMS):
            bottoms.append(bottoms[-1] * (2 * n + 3))
        value = arb_poly([1 / arb(bottom) for bottom in bottoms[:-1]])
        rate = arb_poly([(n + 1) / arb(bottom) for n, bottom in enumerate(bottoms[1:])])
        # step: what is left out of P [first call 1/3]
        return value, rate, arb(0).union(2 * (_TERMS + 1) * arb(1) / bottoms[-1])


def omega_of(mass: arb) -> tuple[arb, arb]:
    """ω and dω/dm at the mass m between −g and g."""
    g, h = shift_of(mass)
    series, series_rate = spread(h)
    share = (1 - h) * (1 - h) / (1 + h)
    omega = share * series - 1
    by_square = share * series_rate - (1 - h) * (3 + h) / ((1 + h) * (1 + h)) * series
    return omega, by_square * g / density(g)  # dh/dm = 2g dg/dm = g/φ(g)


@dataclass(frozen=True)
class Coupled:
    """The two equations for (u, v) at τ and κ = φ(Δ)/Δ, with ω as a function of v."""

    tau: arb
    unit: arb

    def residual(self, point: Sequence[arb]) -> list[arb]:
        """The left-hand sides at (u, v)."""
        u, v = point
        mass = window_integral(v, self.tau)
        omega, _ = omega_of(self.unit * mass)
        return [curve(u, v, self.tau), criterion(u, v, self.tau, omega, mass)[0]]

    def jacobian(self, point: Sequence[arb]) -> list[list[arb]]:
        """Their derivatives in u and v."""
        u, v = point
        mass = window_integral(v, self.tau)
        omega, by_mass = omega_of(self.unit * mass)
        _, by_u, by_v = criterion(u, v, self.tau, omega, mass)
        grown = self.unit * (v - v * v * self.tau / 2).exp()  # dm/dv
        return [
            [1 + steepness(u, self.tau), -steepness(v, self.tau)],
            [by_u, by_v + by_mass * grown],
        ]


def _fading(t: Any, tau: Any) -> Any:
    return (-(t * t * tau) / 2).exp()


def _integral(v: Any, tau: Any, *, odd: bool) -> Any:
    """∫₀ᵛ e^{−w²τ/2} dE(w) with E′ = sinh or exp; for series by its derivatives in v and τ.

    With N_j = ∫₀ᵛ w^{2j} e^{−w²τ/2} dE(w):  dN_j = v^{2j} e^{−v²τ/2} E′(v) dv − ½ N_{j+1} dτ.
    """
    if isinstance(v, arb) and isinstance(tau, arb):
        return _moments(v, tau, 1, odd=odd)[0]
    order = min(t.prec for t in (v, tau) if isinstance(t, arb_series))
    starts = _moments(constant(v), constant(tau), order, odd=odd)
    line = v if isinstance(v, arb_series) else arb_series([v], prec=order)
    drift = tau if isinstance(tau, arb_series) else arb_series([tau], prec=order)
    growth = line.exp()
    rate = _fading(line, drift) * ((growth - 1 / growth) / 2 if odd else growth)
    flow, square = rate * line.derivative(), line * line
    flows = [flow]
    for _ in range(order - 1):
        flows.append(flows[-1] * square)
    fade = drift.derivative() / 2
    moment = arb_series([starts[-1]], prec=1)
    for j in range(order - 2, -1, -1):
        slope = flows[j] - fade * moment
        terms = [slope[i] / (i + 1) for i in range(order - 1 - j)]
        moment = arb_series([starts[j], *terms], prec=order - j)
    return moment


def _moments(v: arb, tau: arb, count: int, *, odd: bool) -> list[arb]:
    """N_0, …, N_{count−1}: Σ_k (−τ/2)ᵏ/k! Σ_n v^{m+1}/(n! (m + 1)), m = n + 2(j + k).

    Both sums are cut where their terms fall below the working precision, or well below the width of
    the arguments. For |v| ≤ 2 and 0 ≤ τ ≤ 2 (all that is needed) the rest is below twice its first
    term, e^{|v|} included.
    """
    size = v.abs_upper()
    # step: both bounds serve v and τ of size below 2 [true 2/4]
    if not (size < 2 and tau.abs_upper() < 2):
        raise Inconclusive("the scaled integrals serve |v| < 2 and Delta above 1")
    bits = ctx.prec
    width = v.rad().max(tau.rad())
    if width > 0:
        bits = min(bits, max(8, int(-log2_of(width))))
    terms = _enough_terms(size, bits)
    outer = _enough_terms(tau.abs_upper() * size * size / 2, bits)
    square = v * v
    powers, step = ([v], square) if odd else ([arb(1)], v)
    for _ in range(len(_chosen(terms, odd=odd)) - 1):
        powers.append(powers[-1] * step)
    column = arb_mat(len(powers), 1, powers)
    # |w|^m Σ_{n ≥ terms} |w|ⁿ/n! ≤ |v|^m |v|^terms e^{|v|}/terms!, over a range of |v|
    cut = arb(0, (size**terms * size.exp() / math.factorial(terms)).upper())
    if ctx.prec <= _KEPT_BITS:
        sums = (_kept_weights(count + outer, terms, ctx.prec, odd=odd) * column).entries()
    else:
        rows = _weights(count + outer, terms, odd=odd)
        sums = [(arb_mat([row]) * column)[0, 0] for row in rows]
    inner, power = [], v
    for total in sums:
        # step: what is left out of the inner sum [first sum]
        inner.append((total + cut) * power)
        power = power * square
    result = []
    for j in range(count):
        total, factor = arb(0), arb(1)
        for k in range(outer):
            total += factor * inner[j + k]
            factor = factor * tau / (-2 * (k + 1))
        # what is left of e^{−w²τ/2} is at most |first term| e^{|w²τ/2|}
        most = (
            factor.abs_upper()
            * size ** (2 * (j + outer) + 1)
            * (size + tau.abs_upper() * size * size / 2).exp()
        )
        # step: and of the outer one [first sum]
        result.append(total + arb(0, most.upper()))
    return result


def _chosen(terms: int, *, odd: bool) -> range:
    """The n that are summed: those below `terms`, all or the odd ones, and at least one."""
    return range(1, max(terms, 2), 2) if odd else range(terms)


def _weights(rows: int, terms: int, *, odd: bool) -> Iterator[list[arb]]:
    """1/(n! (n + m + 1)), for m = 0, 2, … one row of all n each."""
    chosen, inverse = _chosen(terms, odd=odd), [arb(1)]
    for n in range(1, chosen[-1] + 1):
        inverse.append(inverse[-1] / n)
    for m in range(0, 2 * rows, 2):
        yield [inverse[n] / (n + m + 1) for n in chosen]


@cache
def _kept_weights(rows: int, terms: int, bits: int, *, odd: bool) -> arb_mat:
    """The same, made once, at so many bits."""
    with working_precision(bits):
        return arb_mat(list(_weights(rows, terms, odd=odd)))


def _enough_terms(size: arb, bits: int) -> int:
    """An n with sizeⁿ/n! below 2^(−bits); only a matter of sharpness."""
    about = float(size)
    each = math.log2(about) if about > _TINY else log2_of(size)
    n, left = 1, float(bits + _GUARD)
    while left > 0:
        left, n = left + each - math.log2(n), n + 1
    return n + 2
