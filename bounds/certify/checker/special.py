"""Ranges of special functions of one variable: of Gauss's law, of Euler's gamma, and inverses."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import comb, factorial, log, log1p, log2, sqrt

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import normal
from bounds.certify.checker.elementary import exp, rising, whole_power
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.memory import remembered
from bounds.certify.checker.precision import Mpfr, Precision, Rational
from bounds.certify.checker.verdict import Undecided

Point = Callable[[Interval], Interval]


def increasing(value: Point) -> Point:
    """The range of an increasing function, from enclosures of its values at the ends."""

    def over(t: Interval) -> Interval:
        low = value(t.low)
        return low if t.lo == t.hi else Interval(t.at, low.lo, value(t.high).hi)

    return over


def decreasing(value: Point) -> Point:
    """The range of a decreasing function, from enclosures of its values at the ends."""

    def over(t: Interval) -> Interval:
        low = value(t.low)
        return low if t.lo == t.hi else Interval(t.at, value(t.high).lo, low.hi)

    return over


def _positive(t: Interval, what: str) -> None:
    if not t.lo > 0:
        raise Undecided(f"the argument of {what} is not proved positive")


# Gauss's law

_MOST_FRACTION = 80  # stages of the continued fraction; beyond, MPFR's erfc is cheaper


def phi(t: Interval) -> Interval:
    """The density e^(−t²/2)/√(2π)."""
    return exp(-t.squared() / 2) / (2 * Interval.pi(t.at)).sqrt()


def cdf(t: Interval) -> Interval:
    """Φ(t), relative in the lower tail."""
    return normal.cdf(t)


def mills(t: Interval) -> Interval:
    """Φ(−t)/φ(t) = ∫₀^∞ e^(−ts − s²/2) ds, which decreases."""
    return decreasing(_mills_at)(t)


def erfcx(t: Interval) -> Interval:
    """e^(t²) erfc t = √(2/π) mills(t√2), which decreases."""

    def value(end: Interval) -> Interval:
        at = end.at
        return (2 / Interval.pi(at)).sqrt() * _mills_at(end * Interval.power_of_two(at, 1).sqrt())

    return decreasing(value)(t)


@remembered
def _mills_at(t: Interval) -> Interval:
    """The ratio on a narrow interval: a continued fraction for large t, else by its definition."""
    at, about = t.at, float(t.lo)
    stages = _stages(about, at.bits) if about > 0 else 0
    if stages:
        return _mills_fraction(t, stages)
    root = Interval.power_of_two(at, 1).sqrt()
    return (Interval.pi(at) / 2).sqrt() * exp(t.squared() / 2) * (t / root).erfc()


def _stages(t: float, bits: int) -> int:
    """How many stages of the fraction give so many bits; 0 where they are too many."""
    error = bits - 2 * log2(t)  # its logarithm, as 2^bits has no double where bits are many
    for n in range(1, _MOST_FRACTION):
        error += log2(n) - 2 * log2((t + sqrt(t * t + 4 * n)) / 2)
        if error + log2(n) < 0:
            return n + 1
    return 0


def _mills_fraction(t: Interval, stages: int) -> Interval:
    """Laplace's fraction 1/(t + 1/(t + 2/(t + …))), t > 0.

    Its n-th tail t + n/(t + …) lies between t and t + n/t.
    """
    at = t.at
    at.spend(0, stages)
    down, up, a, b = at.down, at.up, t.lo, t.hi
    low, high = a, up.add(b, up.div(stages, a))
    for n in range(stages - 1, 0, -1):
        low, high = down.add(a, down.div(n, high)), up.add(b, up.div(n, low))
    return Interval(at, down.div(1, high), up.div(1, low))


def quantile(p: Interval) -> Interval:
    """Φ⁻¹(p), 0 < p < 1, which increases."""
    return increasing(_quantile_at)(p)


@remembered
def _quantile_at(p: Interval) -> Interval:
    return p * 0 if p.lo == gmpy2.mpq(1, 2) else normal.quantile(p)


# Inverses: a zero of an increasing function lies between a point below and a point above

_MOST_DOUBLINGS = 80


def between_signs(
    value: Callable[[Mpfr], Interval], guess: Mpfr, at: Precision, floor: Mpfr | None = None
) -> Interval:
    """Where an increasing function is 0: between two points at which its signs are proved.

    Args:
        value: a point ↦ the function, up to a positive factor.
        guess: a point near the zero.
        at: the precision; the first reach is a few units of it.
        floor: a point that is known to lie at the zero or below.

    Raises:
        Undecided: no such points are found near the guess.
    """
    down, up = at.down, at.up
    size = max(up.abs(guess), up.exp2(at.integer(-at.bits)))
    reach = up.mul(size, up.exp2(at.integer(3 - at.bits)))
    low = high = None
    for _ in range(_MOST_DOUBLINGS):
        if low is None:
            low = down.sub(guess, reach)
            if floor is not None and low <= floor:
                low = floor
            elif not value(low).hi <= 0:
                low = None
        if high is None:
            high = up.add(guess, reach)
            if not value(high).lo >= 0:
                high = None
        if low is not None and high is not None:
            return Interval(at, low, high)
        reach = up.mul(reach, 4)
    raise Undecided("an inverse function is not enclosed")


def lambertw(t: Interval) -> Interval:
    """The w ≥ −1 with w e^w = t, for t ≥ −1/e: it increases."""
    if not t.lo >= (-exp(Interval(t.at, t.at.integer(-1), t.at.integer(-1)))).hi:
        raise Undecided("the argument of Lambert's function is not proved to be at least −1/e")
    return increasing(_lambertw_at)(t)


@remembered
def _lambertw_at(t: Interval) -> Interval:
    at, point = t.at, t.lo
    if point == 0:
        return t
    fine = at.finer(at.bits) if point < -0.3 else at  # the slope falls to 0 at w = −1

    def value(w: Mpfr) -> Interval:
        there = Interval(fine, w, w)
        return there * exp(there) - t

    guess = _newton(lambda w: _lambertw_step(w, point, fine.down), _lambertw_guess(point), fine)
    return between_signs(value, guess, at, at.integer(-1))


def _lambertw_guess(point: Mpfr) -> float:
    if point > 1e300:
        size = float(gmpy2.log(point))
        return size - log(size)
    t = float(point)
    if t < -0.3:
        branch = sqrt(max(2 * (2.718281828459045 * t + 1), 0.0))
        return -1 + branch - branch**2 / 3 + 11 * branch**3 / 72
    return log1p(t) if t < 3 else log(t) - log(log(t)) / 1.5


def _lambertw_step(w: Mpfr, point: Mpfr, context: gmpy2.context) -> Mpfr:
    """Newton's step for w − t e^(−w) = 0, which does not overflow for large w."""
    ratio = context.mul(point, context.exp(context.minus(w)))
    slope = context.add(1, ratio)
    return context.div(context.sub(w, ratio), slope)  # infinite at w = −1: refused there


def _newton(step: Callable[[Mpfr], Mpfr], start: float, at: Precision, most: int = 60) -> Mpfr:
    """A point where steps of Newton's method become small; nothing is proved here."""
    down = at.down
    t = gmpy2.mpfr(start, at.bits, down)
    near = down.exp2(at.integer(-at.bits // 2 - 4))
    for _ in range(most):
        moved = step(t)
        t = down.sub(t, moved)
        if not gmpy2.is_finite(t):
            raise Undecided("an inverse function is not enclosed")
        if down.abs(moved) <= down.mul(near, down.abs(t)):
            break
    return t


# Euler's gamma. Γ and log Γ are convex on t > 0, with their least value where ψ = 0


@cache
def _turn() -> tuple[Mpfr, Mpfr]:
    """Two dyadic numbers, 2^−100 apart, between which ψ changes its sign."""
    down, up = Precision(192).down, Precision(192).up
    low, high = gmpy2.mpfr(1, 192), gmpy2.mpfr(2, 192)
    for _ in range(100):
        middle = down.div(down.add(low, high), 2)
        if up.digamma(middle) < 0:
            low = middle
        elif down.digamma(middle) > 0:
            high = middle
    return low, high


def _convex(name: str, what: str) -> Point:
    """The range of Γ or log Γ, both of which fall until ψ = 0 and rise from there."""
    falls, rises = decreasing(rising(name)), rising(name)

    def over(t: Interval) -> Interval:
        _positive(t, what)
        before, after = _turn()
        if t.hi <= before:
            return falls(t)
        if t.lo >= after:
            return rises(t)
        at = t.at
        down, up = getattr(at.down, name), getattr(at.up, name)
        # both have a slope of less than 1 between the two numbers, which are 2^−100 apart
        least = at.down.sub(down(before), at.up.exp2(at.integer(-100)))
        return Interval(at, least, max(up(t.lo), up(t.hi)))

    return over


gamma, loggamma = _convex("gamma", "gamma"), _convex("lngamma", "loggamma")


def digamma(t: Interval) -> Interval:
    """ψ = (log Γ)′, which increases on t > 0."""
    _positive(t, "digamma")
    return rising("digamma")(t)


def zeta(t: Interval) -> Interval:
    """Riemann's ζ on t > 1, which decreases."""
    if not t.lo > 1:
        raise Undecided("the argument of zeta is not proved greater than 1")
    at = t.at
    return Interval(at, at.down.zeta(t.hi), at.up.zeta(t.lo))


def polygamma(order: Interval, t: Interval) -> Interval:
    """The derivatives of ψ: (−1)^(n+1) n! Σ (t + k)^(−n−1), monotone on t > 0."""
    n = whole(order)
    if n < 0 or n > 1_000:
        raise Undecided("the order of polygamma is not a whole number from 0 to 1,000")
    if n == 0:
        return digamma(t)
    _positive(t, "polygamma")
    size = decreasing(lambda end: _tail_sum(n + 1, end))(t) * factorial_of(n, t.at)
    return size if n % 2 else -size


def factorial_of(n: int, at: Precision) -> Interval:
    """N!."""
    number = factorial(n)
    return Interval.enclosing(at, gmpy2.mpq(number), gmpy2.mpq(number))


def whole(order: Interval) -> int:
    """The whole number that an interval is.

    Raises:
        Undecided: it is none, or has other numbers in it.
    """
    if order.lo != order.hi or not gmpy2.is_integer(order.lo) or abs(order.lo) > 10**6:
        raise Undecided("an order is not a whole number")
    return int(order.lo)


@cache
def bernoulli(n: int) -> Rational:
    """Bernoulli's number B_n, with B₁ = −1/2."""
    if n == 0:
        return gmpy2.mpq(1)
    return -sum((comb(n + 1, k) * bernoulli(k) for k in range(n)), gmpy2.mpq(0)) / (n + 1)


def _tail_sum(power: int, t: Interval) -> Interval:
    """Σ (t + k)^−s over k ≥ 0, for a whole s ≥ 2 and a point t > 0, by Euler and Maclaurin.

    u^−s is completely monotone, so that the error lies between 0 and the first term left out.
    """
    at = t.at
    far = at.bits // 5 + power + 4
    first = max(0, far - int(min(t.lo, far)))
    at.spend(1, first + 20 + at.bits)
    total = t * 0
    for k in range(first):
        total = total + 1 / whole_power(t + k, power)
    u = t + first
    last = 1 / whole_power(u, power)
    total = total + u * last / (power - 1) + last / 2
    factor, square = last / u, u.squared()
    for j in range(1, at.bits):
        # B_{2j}/(2j)! s(s+1)…(s+2j−2) u^(−s−2j+1)
        rising_product = 1
        for i in range(2 * j - 1):
            rising_product *= power + i
        number = bernoulli(2 * j) * rising_product / gmpy2.mpq(factorial(2 * j))
        term = Interval.enclosing(at, number, number) * factor
        if term.absolute().hi < at.down.mul(total.lo, at.down.exp2(at.integer(-at.bits - 2))):
            return total + (term * 0).hull(term)
        total, factor = total + term, factor / square
    raise Undecided("a polygamma function is not enclosed")
