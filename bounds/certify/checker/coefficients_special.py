"""Power series of special functions: coefficients of the outer function, and its composition.

Where a function has monotone derivatives, their enclosures over an interval are those at its ends.
"""

# ruff: noqa: ARG001 - all rules take the same arguments, needed or not
from __future__ import annotations

from math import comb, factorial

from bounds.certify.checker import elementary, families, special
from bounds.certify.checker.bessel import FUNCTIONS as BESSEL
from bounds.certify.checker.coefficients import (
    Part,
    Rule,
    Terms,
    added,
    chain,
    composed,
    exp,
    fixed,
    integrated,
    inverse,
    log,
    moved,
    one,
    scaled,
    squared,
    times,
)
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.verdict import Undecided


def _bell(u: Terms, order: int) -> Terms:
    """e^(−u²)."""
    inner = scaled(squared(u, order), -1)
    return exp(elementary.exp(inner[0]), order, inner)


def density(u: Terms, order: int) -> Terms:
    """φ(u)."""
    inner = [term / -2 for term in squared(u, order)]
    return exp(special.phi(u[0]), order, inner)


def erf_slope(u: Terms, order: int) -> Terms:
    """The slope of erf at u: 2/√π e^(−u²)."""
    return scaled(_bell(u, order), 2 / Interval.pi(u[0].at).sqrt())


def mills_terms(over: Interval, order: int) -> Terms:
    """The coefficients of mills(t) = ∫₀^∞ e^(−ts − s²/2) ds over an interval.

    Its derivatives alternate in sign and are monotone, so that their values at the ends suffice.
    """
    low = _mills_point(over.low, order)
    if over.lo == over.hi:
        return low
    high = _mills_point(over.high, order)
    return [a.hull(b) for a, b in zip(low, high, strict=True)]


def _mills_point(t: Interval, order: int) -> Terms:
    """m′ = t m − 1 and m⁽ᵏ⁺¹⁾ = t m⁽ᵏ⁾ + k m⁽ᵏ⁻¹⁾, with bits for what cancels."""
    at = t.at
    size = max(0, int(t.absolute().hi).bit_length() if t.absolute().hi < 2**40 else 40)
    x = t.to(at.finer(32 + (order + 1) * (2 * size + 2)))
    found = [special.mills(x)]
    found.append(x * found[0] - 1)
    for k in range(1, order):
        found.append(x * found[k] + found[k - 1] * k)
    return [(term / factorial(k)).to(at) for k, term in enumerate(found[: order + 1])]


def mills(value: Interval, order: int, u: Terms) -> Terms:
    """Mills's ratio at u."""
    return composed(mills_terms(u[0], order), u, order)


def erfcx(value: Interval, order: int, u: Terms) -> Terms:
    """The function erfcx u = √(2/π) mills(u√2)."""
    at = value.at
    stretched = scaled(u, Interval.power_of_two(at, 1).sqrt())
    found = mills(value, order, stretched)
    return scaled(found, (2 / Interval.pi(at)).sqrt())


def _psi_terms(over: Interval, first: int, order: int) -> Terms:
    """ψ⁽ᶠ⁾, ψ⁽ᶠ⁺¹⁾, … each divided by k!."""
    n = over * 0 + first
    return [special.polygamma(n + k, over) / factorial(k) for k in range(order + 1)]


def loggamma(value: Interval, order: int, u: Terms) -> Terms:
    """The function log Γ(u)."""
    psi = _psi_terms(u[0], 0, order - 1) if order else []
    return composed([value, *(t / (k + 1) for k, t in enumerate(psi))], u, order)


def _loggamma_of(u: Part, order: int) -> Terms:
    if isinstance(u, Interval):
        return [special.loggamma(u)]
    return loggamma(special.loggamma(u[0]), order, u)


def gamma(value: Interval, order: int, u: Terms) -> Terms:
    """The function Γ(u), the exponential of log Γ(u)."""
    return exp(value, order, _loggamma_of(u, order))


def digamma(value: Interval, order: int, u: Terms) -> Terms:
    """The function ψ(u)."""
    return composed(_psi_terms(u[0], 0, order), u, order)


def polygamma(value: Interval, order: int, n: Part, u: Part) -> Terms:
    """The function ψ⁽ⁿ⁾(u), n a number."""
    return composed(_psi_terms(one(u)[0], special.whole(fixed(n)), order), one(u), order)


def beta(value: Interval, order: int, a: Part, b: Part) -> Terms:
    """The function B(a, b), from log Γ."""
    both = added(one(a), one(b))
    inner = added(_loggamma_of(a, order), _loggamma_of(b, order))
    return exp(value, order, added(inner, scaled(_loggamma_of(both, order), -1)))


def binomial(value: Interval, order: int, n: Part, k: Part) -> Terms:
    """The binomial coefficient of n over k, from log Γ."""
    rest = added(one(n), scaled(one(k), -1))
    below = [_loggamma_of(moved(part, 1), order) for part in (one(k), rest)]
    top = _loggamma_of(moved(one(n), 1), order)
    return exp(value, order, added(top, scaled(added(*below), -1)))


def gammap(sign: int) -> Rule:
    """The functions P(a, u) and Q = 1 − P, of which the slopes are ±u^(a−1) e^−u/Γ(a)."""

    def rule(value: Interval, order: int, a: Part, t: Part) -> Terms:
        shape, u = fixed(a), one(t)
        logs = log(elementary.log(u[0]), order, u)
        inner = added(scaled(logs, shape - 1), scaled(u, -1))
        inner = [inner[0] - special.loggamma(shape), *inner[1:]]
        slope = exp(elementary.exp(inner[0]), order, inner)
        return integrated(value, scaled(slope, sign), u, order)

    return rule


def betai(value: Interval, order: int, t: Part, a: Part, b: Part) -> Terms:
    """The function I_u(a, b), of which the slope is u^(a−1) (1−u)^(b−1)/B(a, b)."""
    p, q, u = fixed(a), fixed(b), one(t)
    rest = moved(scaled(u, -1), 1)
    logs = log(elementary.log(u[0]), order, u)
    others = log(elementary.log(rest[0]), order, rest)
    inner = added(scaled(logs, p - 1), scaled(others, q - 1))
    inner = [inner[0] - families.log_beta(p, q), *inner[1:]]
    return integrated(value, exp(elementary.exp(inner[0]), order, inner), u, order)


def quantile(value: Interval, order: int, u: Terms) -> Terms:
    """q′ = R u′ with R = 1/φ(q), R′ = q q′ R."""
    found, rate = [value], [1 / special.phi(value)]
    for k in range(1, order + 1):
        found.append(chain(rate, u, k, value) / k)
        half = [term / 2 for term in squared(found, k)]
        rate.append(chain(rate, half, k, value) / k)
    return found


def lambertw(value: Interval, order: int, u: Terms) -> Terms:
    """w′ = G u′ with G = e^−w/(1+w)."""
    found: Terms = [value]
    for k in range(1, order + 1):
        falls = exp(elementary.exp(-value), k - 1, scaled(found, -1))
        slope = times(falls, inverse(moved(found, 1), k - 1), k - 1)
        found.append(chain(slope, u, k, value) / k)
    return found


def bessel(name: str) -> Rule:
    """F⁽ᵏ⁾ = 2^−k Σ C(k, i) F_{n−k+2i}, with the signs of J, I or K; n whole, or any for K."""

    def rule(value: Interval, order: int, n: Part, t: Part) -> Terms:
        nu, u, function = fixed(n), one(t), BESSEL[name]
        if name != "besselk":
            special.whole(nu)
        near = [function(nu + k, u[0]) for k in range(-order, order + 1)]
        outer = []
        for k in range(order + 1):
            total = value * 0
            for i in range(k + 1):
                part = near[order - k + 2 * i] * comb(k, i)
                total = total - part if name == "besselj" and i % 2 else total + part
            total = total / (2**k * factorial(k))
            outer.append(-total if name == "besselk" and k % 2 else total)
        return composed(outer, u, order)

    return rule


def hypergeometric(name: str, above: int) -> Rule:
    """F⁽ᵏ⁾ = (a)_k …/(b)_k … F with all parameters moved by k; the first `above` are on top."""

    def rule(value: Interval, order: int, *parts: Part) -> Terms:
        *free, t = parts
        parameters, u = [fixed(part) for part in free], one(t)
        outer, factor = [], value * 0 + 1
        for k in range(order + 1):
            there = [p + k for p in parameters]
            outer.append(factor * families.FUNCTIONS[name](*there, u[0]) / factorial(k))
            for i, p in enumerate(there):
                factor = factor * p if i < above else factor / p
        return composed(outer, u, order)

    return rule


def zeta_terms(over: Interval, order: int) -> Terms:
    """The coefficients of ζ over an interval in s > 1.

    (−1)^k ζ⁽ᵏ⁾(s) = Σ (log n)^k n^−s, which decreases: its values at the ends suffice.
    """
    low = _zeta_point(over.low, order)
    if over.lo == over.hi:
        return low
    high = _zeta_point(over.high, order)
    return [a.hull(b) for a, b in zip(low, high, strict=True)]


def _zeta_point(s: Interval, order: int) -> Terms:
    """Euler's and Maclaurin's formula, as a series in s.

    With 2M Bernoulli numbers the error is at most |B_2M|/(2M)! ∫ |(s)_2M x^(−s−2M)| dx from N on;
    all coefficients of (s)_2M are positive.
    """
    at = s.at.finer(32)
    s = s.to(at)
    if not s > 1:
        raise Undecided("the argument of zeta is not proved greater than 1")
    last, pairs = at.bits // 8 + 10, at.bits // 8 + 4
    at.spend(1, last * (order + 2))
    total = [s * 0] * (order + 1)
    for n in range(1, last):
        total = added(total, _whole_base(n, s, order))
    logs = elementary.log(s * 0 + last)
    tail = _whole_base(last, s, order)
    total = added(total, [term / 2 for term in tail])
    shifted = scaled(tail, last)
    total = added(total, times(shifted, inverse([s - 1, s * 0 + 1], order), order))
    rising, scale = [s, s * 0 + 1], s * 0 + last
    for j in range(1, pairs + 1):
        number = special.bernoulli(2 * j) / factorial(2 * j)
        weight = Interval.enclosing(at, number, number) / scale
        if j < pairs:
            total = added(total, scaled(times(rising, tail, order), weight))
            for i in (2 * j - 1, 2 * j):
                rising = times(rising, [s + i, s * 0 + 1], order)
            scale = scale * last**2
    rising = times(rising, [s + (2 * pairs - 1), s * 0 + 1], order)
    far = _far_integrals(s + 2 * pairs, logs, last, order)
    size = Interval.enclosing(at, abs(number), abs(number))
    errors = scaled(times(rising, far, order), size)
    errors = [*errors, *[s * 0] * (order + 1 - len(errors))]
    return [
        (term + (-error).hull(error)).to(s.at) for term, error in zip(total, errors, strict=True)
    ]


def _whole_base(n: int, s: Interval, order: int) -> Terms:
    """The series of n^−(s + t) in t."""
    logs = elementary.log(s * 0 + n) if n > 1 else s * 0
    found = [elementary.exp(-s * logs)]
    for k in range(1, order + 1):
        found.append(-found[-1] * logs / k)
    return found


def _far_integrals(power: Interval, logs: Interval, last: int, order: int) -> Terms:
    """∫ x^−σ (log x)^j/j! dx from N on: N^(1−σ) Σ (log N)^i/i!/(σ−1)^(j−i+1)."""
    ahead = elementary.exp(logs * (1 - power))
    powers, inverse_power = [power * 0 + 1], 1 / (power - 1)
    for i in range(1, order + 1):
        powers.append(powers[-1] * logs / i)
    found = []
    for j in range(order + 1):
        total = power * 0
        for i in range(j + 1):
            total = total + powers[i] * elementary.whole_power(inverse_power, j - i + 1)
        found.append(ahead * total)
    return found


def zeta(value: Interval, order: int, u: Terms) -> Terms:
    """ζ(u)."""
    return composed(zeta_terms(u[0], order), u, order)
