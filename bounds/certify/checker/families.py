"""Ranges of functions with parameters: beta and gamma integrals, hypergeometric ones.

Each is a series with a proved tail at a point. Over an interval its monotony in each argument is
used where there is a theorem for it, so that corners suffice. NIST's handbook (DLMF) has the
formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import ceil, lgamma, log

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import elementary
from bounds.certify.checker.elementary import Enclosure, exp, greatest, least
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import binary_exponent
from bounds.certify.checker.special import (
    increasing,
    loggamma,
)
from bounds.certify.checker.verdict import Undecided

MOST_TERMS = 20_000
_FARTHEST = 2_000  # of an argument of a Bessel or hypergeometric function
_MOST_DIGITS = 64
_CLOSEST = gmpy2.mpq(199, 200)  # to the radius of convergence of 2F1
SPARE = 32


def power_series(first: Interval, ratio: Callable[[int], Interval],
                    tail: Callable[[int], Interval]) -> Interval:  # fmt: skip
    """Σ t_k with t₀ = first and t_{k+1} = ratio(k) t_k.

    Args:
        first: the first term.
        ratio: k ↦ t_{k+1}/t_k.
        tail: k ↦ a bound r of |ratio(j)| for all j ≥ k; what is left after t_k is at most
            |t_k| r/(1 − r) where r < 1.

    Raises:
        Undecided: it converges too slowly.
    """
    at, term, sum_ = first.at, first, first
    tiny = at.down.exp2(at.integer(-at.bits - 2))
    for k in count():
        if k % 64 == 0:
            at.spend(0, 3 * 64)
        if k > MOST_TERMS:
            raise Undecided("a series converges too slowly")
        size = term.absolute()
        if size.hi <= at.up.mul(tiny, sum_.absolute().hi) or size.hi == 0:
            bound = tail(k)
            if bound < 1:
                left = (size * bound / (1 - bound)).high
                return sum_ + (-left).hull(left)
        term = term * ratio(k)
        sum_ = sum_ + term
    raise AssertionError


def _corners(value: Callable[..., Interval], low: tuple[Interval, ...],
             high: tuple[Interval, ...]) -> Interval:  # fmt: skip
    """The range of a function that is least at one corner and greatest at another."""
    least_value = value(*low)
    if all(a.lo == b.lo for a, b in zip(low, high, strict=True)):
        return least_value
    return Interval(least_value.at, least_value.lo, value(*high).hi)


def all_positive(what: str, *arguments: Interval) -> None:
    """Refuse arguments that are not proved positive."""
    if not all(t.lo > 0 for t in arguments):
        raise Undecided(f"an argument of {what} is not proved positive")


def digits_of(*arguments: Interval) -> int:
    """Twice the binary digits before the point of the largest, for sums that will cancel them."""
    largest = greatest(*(t.absolute() for t in arguments)).hi
    digits = max(0, binary_exponent(largest)) if largest else 0
    if digits > _MOST_DIGITS:
        raise Undecided("an argument of a function is too large")
    return 2 * digits


def in_reach(*arguments: Interval) -> None:
    """Refuse arguments for which a series would take too long."""
    if any(t.absolute().hi > _FARTHEST for t in arguments):
        raise Undecided("a function so far out is not proved")


# Beta and binomials


def log_beta(a: Interval, b: Interval) -> Interval:
    """Log B(a, b)."""
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def _beta_at(a: Interval, b: Interval) -> Interval:
    at = a.at
    fine = at.finer(SPARE + digits_of(a, b))
    return exp(log_beta(a.to(fine), b.to(fine))).to(at)


def beta(a: Interval, b: Interval) -> Interval:
    """B(a, b) = ∫₀¹ s^(a−1) (1 − s)^(b−1) ds for a, b > 0: it decreases in both."""
    all_positive("beta", a, b)
    return _corners(_beta_at, (a.high, b.high), (a.low, b.low))


def _binomial_at(n: Interval, k: Interval) -> Interval:
    at = n.at
    fine = at.finer(SPARE + digits_of(n, k))
    top, bottom = n.to(fine), k.to(fine)
    return exp(loggamma(top + 1) - loggamma(bottom + 1) - loggamma(top - bottom + 1)).to(at)


def binomial(n: Interval, k: Interval) -> Interval:
    """Γ(n+1)/(Γ(k+1) Γ(n−k+1)), all arguments positive.

    In k it is log-concave with its greatest value at n/2, so that its least is at an end. In n it
    increases where k ≥ 0, as ψ(n+1) ≥ ψ(n−k+1), and decreases where k ≤ 0.
    """
    all_positive("gamma", n + 1, k + 1, n.low - k.high + 1)
    if k.lo < 0 < k.hi:
        zero = k * 0
        below, above = k.low.hull(zero.low), zero.high.hull(k.high)
        return binomial(n, below).hull(binomial(n, above))
    low, high = (n.low, n.high) if k.lo >= 0 else (n.high, n.low)
    least_value = least(_binomial_at(low, k.low), _binomial_at(low, k.high))
    half = high / 2
    nearest = least(greatest(half, k.low), k.high)
    most = _binomial_at(high, nearest)
    return Interval(n.at, least_value.lo, most.hi)


# Incomplete gamma and beta integrals, regularised


def _lower_gamma(a: Interval, t: Interval) -> Interval:
    """P(a, t) = t^a e^−t/Γ(a+1) Σ t^k/((a+1)…(a+k)) on narrow intervals, t > 0."""
    ahead = exp(a * elementary.log(t) - t - loggamma(a + 1))

    def ratio(k: int) -> Interval:
        return t / (a + (k + 1))

    return ahead * power_series(t * 0 + 1, ratio, ratio)


def _gammap_at(a: Interval, t: Interval) -> Interval:
    if t.hi == 0:
        return t
    fine = a.at.finer(SPARE + digits_of(a, t))
    return _in_unit(_lower_gamma(a.to(fine), t.to(fine)).to(a.at))


def _gammaq_at(a: Interval, t: Interval) -> Interval:
    if t.hi == 0:
        return t + 1
    shape, about = float(a.lo), float(t.lo)
    lost = about - (shape - 1) * log(about) + lgamma(shape) if about > shape else 0.0
    if lost > _FARTHEST:
        raise Undecided("a tail of an incomplete gamma function so far out is not proved")
    fine = a.at.finer(2 * SPARE + digits_of(a, t) + ceil(max(lost, 0.0) * 1.45))
    return _in_unit((1 - _lower_gamma(a.to(fine), t.to(fine))).to(a.at))


def _in_unit(t: Interval) -> Interval:
    """What is known to lie in [0, 1]."""
    return t.meet(Interval(t.at, t.at.integer(0), t.at.integer(1)))


def _check_gamma(a: Interval, t: Interval) -> None:
    all_positive("an incomplete gamma function", a)
    if not t.lo >= 0:
        raise Undecided("an argument of an incomplete gamma function is not proved at least 0")
    if t.hi > MOST_TERMS or a.hi > MOST_TERMS:
        raise Undecided("an incomplete gamma function so far out is not proved")


def gammap(a: Interval, t: Interval) -> Interval:
    """P(a, t) for a > 0, t ≥ 0: it increases in t and decreases in a."""
    _check_gamma(a, t)
    return _corners(_gammap_at, (a.high, t.low), (a.low, t.high))


def gammaq(a: Interval, t: Interval) -> Interval:
    """Q = 1 − P, to full relative accuracy."""
    _check_gamma(a, t)
    return _corners(_gammaq_at, (a.low, t.high), (a.high, t.low))


def _beta_series(t: Interval, rest: Interval, a: Interval, b: Interval) -> Interval:
    """I_t(a, b) = t^a (1−t)^b/(a B(a, b)) Σ t^k (a+b)…(a+b+k−1)/((a+1)…(a+k)), rest = 1 − t."""
    ahead = exp(a * elementary.log(t) + b * elementary.log(rest) - log_beta(a, b)) / a

    def ratio(k: int) -> Interval:
        return t * (a + b + k) / (a + (k + 1))

    def tail(k: int) -> Interval:  # the ratios tend to t, from one side
        return greatest(t, ratio(k))

    return ahead * power_series(t * 0 + 1, ratio, tail)


def _betai_at(t: Interval, a: Interval, b: Interval) -> Interval:
    at = t.at
    if t.hi == 0 or t.lo == 1:
        return t
    fine = at.finer(2 * SPARE + digits_of(a, b))
    x, p, q = t.to(fine), a.to(fine), b.to(fine)
    if float(t.lo) * float(a.lo + b.lo + 2) > float(a.lo) + 1:
        return _in_unit((1 - _beta_series(1 - x, x, q, p)).to(at))
    return _in_unit(_beta_series(x, 1 - x, p, q).to(at))


def betai(t: Interval, a: Interval, b: Interval) -> Interval:
    """I_t(a, b) for a, b > 0, 0 ≤ t ≤ 1: it increases in t and b, and decreases in a."""
    all_positive("an incomplete beta function", a, b)
    if not t.within(0, 1):
        raise Undecided("an argument of an incomplete beta function is not proved to be in [0, 1]")
    return _corners(_betai_at, (t.low, a.high, b.low), (t.high, a.low, b.high))


# Hypergeometric functions


def _series_1f1(a: Interval, b: Interval, t: Interval) -> Interval:
    def ratio(k: int) -> Interval:
        return (a + k) / (b + k) * t / (k + 1)

    def tail(k: int) -> Interval:
        if not b + k > 0:
            return t * 0 + 1
        # |(a+j)/(b+j)| ≤ 1 + |a−b|/(b+k) for j ≥ k
        return (1 + (a - b).absolute() / (b + k)) * t.absolute() / (k + 1)

    return power_series(t * 0 + 1, ratio, tail)


def _kummer(a: Interval, b: Interval, t: Interval) -> Interval:
    """₁F₁ by its series; for t < 0 as e^t ₁F₁(b−a, b, −t)."""
    if t.lo < 0 < t.hi:
        zero = (t * 0).low
        return _kummer(a, b, t.low.hull(zero)).hull(_kummer(a, b, zero.hull(t.high)))
    at = t.at
    in_reach(a, b, t)
    fine = at.finer(SPARE + digits_of(a, b, t))
    a, b, t = a.to(fine), b.to(fine), t.to(fine)
    if t.hi <= 0:
        return (exp(t) * _series_1f1(b - a, b, -t)).to(at)
    return _series_1f1(a, b, t).to(at)


def hyp1f1(a: Interval, b: Interval, t: Interval) -> Interval:
    """Kummer's ₁F₁(a, b, t), b > 0.

    For a, b > 0 it increases in t where t ≥ 0 or b ≥ a (its derivative is (a/b) ₁F₁(a+1, b+1, t));
    for t ≥ 0 it increases in a and decreases in b, term by term.
    """
    all_positive("the second parameter of 1F1", b)
    if a.lo > 0 and t.lo >= 0:
        return _corners(_kummer, (a.low, b.high, t.low), (a.high, b.low, t.high))
    if a.lo > 0 and b.lo >= a.hi:
        return increasing(lambda end: _kummer(a, b, end))(t)
    return _kummer(a, b, t)


def _series_2f1(a: Interval, b: Interval, c: Interval, t: Interval) -> Interval:
    def ratio(k: int) -> Interval:
        return (a + k) / (c + k) * ((b + k) / (k + 1)) * t

    def tail(k: int) -> Interval:
        if not c + k > 0:
            return t * 0 + 1
        near = (1 + (a - c).absolute() / (c + k)) * (1 + (b - 1).absolute() / (k + 1))
        return near * t.absolute()

    return power_series(t * 0 + 1, ratio, tail)


def _gauss(a: Interval, b: Interval, c: Interval, t: Interval) -> Interval:
    """₂F₁ by its series, t < 1; for t < 0 as (1−t)^−a ₂F₁(a, c−b, c, 1 − 1/(1−t))."""
    if t.lo < 0 < t.hi:
        zero = (t * 0).low
        below, above = _gauss(a, b, c, t.low.hull(zero)), _gauss(a, b, c, zero.hull(t.high))
        return below.hull(above)
    at = t.at
    in_reach(a, b, c)
    fine = at.finer(SPARE + digits_of(a, b, c))
    a, b, c, t = (part.to(fine) for part in (a, b, c, t))
    near = Interval.enclosing(fine, _CLOSEST, _CLOSEST)
    if t.hi <= 0:
        rest = 1 - t
        inner = 1 - 1 / rest
        if not inner < near:
            raise Undecided("a hypergeometric function so far out is not proved")
        return (exp(-a * elementary.log(rest)) * _series_2f1(a, c - b, c, inner)).to(at)
    if not t < near:
        raise Undecided("a hypergeometric function so near to 1 is not proved")
    return _series_2f1(a, b, c, t).to(at)


def hyp2f1(a: Interval, b: Interval, c: Interval, t: Interval) -> Interval:
    """Gauss's ₂F₁(a, b, c, t), c > 0, t < 1.

    For a, b, c > 0 it increases in t where t ≥ 0, or where c ≥ b or c ≥ a (Euler's integral of its
    derivative, (ab/c) ₂F₁(a+1, b+1, c+1, t), is positive); for t ≥ 0 it increases in a and b and
    decreases in c, term by term.
    """
    all_positive("the third parameter of 2F1", c)
    if not t.hi < 1:
        raise Undecided("an argument of 2F1 is not proved to be less than 1")
    if a.lo > 0 and b.lo > 0 and t.lo >= 0:
        low, high = (a.low, b.low, c.high, t.low), (a.high, b.high, c.low, t.high)
        return _corners(_gauss, low, high)
    if a.lo > 0 and b.lo > 0 and (c.lo >= b.hi or c.lo >= a.hi):
        return increasing(lambda end: _gauss(a, b, c, end))(t)
    return _gauss(a, b, c, t)


FUNCTIONS: dict[str, Enclosure] = {
    "beta": beta, "binomial": binomial, "gammap": gammap, "gammaq": gammaq, "betai": betai,
    "hyp1f1": hyp1f1, "hyp2f1": hyp2f1,
}  # fmt: skip
"""The range of each function with parameters over intervals."""
