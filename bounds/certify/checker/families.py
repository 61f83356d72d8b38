"""Ranges of functions with parameters: beta and gamma integrals, Bessel's and hypergeometric ones.

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
from bounds.certify.checker.elementary import Enclosure, exp, greatest, least, whole_power
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import binary_exponent
from bounds.certify.checker.special import (
    decreasing,
    digamma,
    factorial_of,
    increasing,
    loggamma,
    whole,
)
from bounds.certify.checker.verdict import Undecided

_MOST_TERMS = 20_000
_MOST_DIGITS = 64
_SPARE = 32


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
        if k > _MOST_TERMS:
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


def _all_positive(what: str, *arguments: Interval) -> None:
    if not all(t.lo > 0 for t in arguments):
        raise Undecided(f"an argument of {what} is not proved positive")


def _size(*arguments: Interval) -> int:
    """Twice the binary digits before the point of the largest, for sums that will cancel them."""
    largest = greatest(*(t.absolute() for t in arguments)).hi
    digits = max(0, binary_exponent(largest)) if largest else 0
    if digits > _MOST_DIGITS:
        raise Undecided("an argument of a function is too large")
    return 2 * digits


# Beta and binomials


def log_beta(a: Interval, b: Interval) -> Interval:
    """Log B(a, b)."""
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def _beta_at(a: Interval, b: Interval) -> Interval:
    at = a.at
    fine = at.finer(_SPARE + _size(a, b))
    return exp(log_beta(a.to(fine), b.to(fine))).to(at)


def beta(a: Interval, b: Interval) -> Interval:
    """B(a, b) = ∫₀¹ s^(a−1) (1 − s)^(b−1) ds for a, b > 0: it decreases in both."""
    _all_positive("beta", a, b)
    return _corners(_beta_at, (a.high, b.high), (a.low, b.low))


def _binomial_at(n: Interval, k: Interval) -> Interval:
    at = n.at
    fine = at.finer(_SPARE + _size(n, k))
    top, bottom = n.to(fine), k.to(fine)
    return exp(loggamma(top + 1) - loggamma(bottom + 1) - loggamma(top - bottom + 1)).to(at)


def binomial(n: Interval, k: Interval) -> Interval:
    """Γ(n+1)/(Γ(k+1) Γ(n−k+1)), all arguments positive.

    In k it is log-concave with its greatest value at n/2, so that its least is at an end. In n it
    increases where k ≥ 0, as ψ(n+1) ≥ ψ(n−k+1), and decreases where k ≤ 0.
    """
    _all_positive("gamma", n + 1, k + 1, n.low - k.high + 1)
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
    fine = a.at.finer(_SPARE + _size(a, t))
    return _in_unit(_lower_gamma(a.to(fine), t.to(fine)).to(a.at))


def _gammaq_at(a: Interval, t: Interval) -> Interval:
    if t.hi == 0:
        return t + 1
    shape, about = float(a.lo), float(t.lo)
    lost = about - (shape - 1) * log(about) + lgamma(shape) if about > shape else 0.0
    fine = a.at.finer(2 * _SPARE + _size(a, t) + ceil(max(lost, 0.0) * 1.45))
    return _in_unit((1 - _lower_gamma(a.to(fine), t.to(fine))).to(a.at))


def _in_unit(t: Interval) -> Interval:
    """What is known to lie in [0, 1]."""
    return t.meet(Interval(t.at, t.at.integer(0), t.at.integer(1)))


def _check_gamma(a: Interval, t: Interval) -> None:
    _all_positive("an incomplete gamma function", a)
    if not t.lo >= 0:
        raise Undecided("an argument of an incomplete gamma function is not proved at least 0")
    if t.hi > _MOST_TERMS or a.hi > _MOST_TERMS:
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
    fine = at.finer(2 * _SPARE + _size(a, b))
    x, p, q = t.to(fine), a.to(fine), b.to(fine)
    if float(t.lo) * float(a.lo + b.lo + 2) > float(a.lo) + 1:
        return _in_unit((1 - _beta_series(1 - x, x, q, p)).to(at))
    return _in_unit(_beta_series(x, 1 - x, p, q).to(at))


def betai(t: Interval, a: Interval, b: Interval) -> Interval:
    """I_t(a, b) for a, b > 0, 0 ≤ t ≤ 1: it increases in t and b, and decreases in a."""
    _all_positive("an incomplete beta function", a, b)
    if not t.within(0, 1):
        raise Undecided("an argument of an incomplete beta function is not proved to be in [0, 1]")
    return _corners(_betai_at, (t.low, a.high, b.low), (t.high, a.low, b.high))


# Bessel's functions

_FARTHEST_BESSEL = 5_000


def _bessel_sum(order: Interval, y: Interval) -> Interval:
    """Σ y^k/(k! (ν+1)(ν+2)…(ν+k))."""

    def ratio(k: int) -> Interval:
        return y / ((order + (k + 1)) * (k + 1))

    def tail(k: int) -> Interval:
        if not order + (k + 1) > 0:
            return order * 0 + 1
        return ratio(k).absolute()

    return power_series(y * 0 + 1, ratio, tail)


def _half_power(order: Interval, t: Interval) -> Interval:
    """(t/2)^ν/Γ(ν+1)."""
    at = t.at
    if _is_whole(order):
        n = whole(order)
        return (whole_power(t / 2, n) if n else t * 0 + 1) / factorial_of(n, at)
    return exp(order * elementary.log(t / 2) - loggamma(order + 1))


def _is_whole(order: Interval) -> bool:
    return bool(order.lo == order.hi and gmpy2.is_integer(order.lo))


def _in_reach(*arguments: Interval) -> None:
    if any(t.absolute().hi > _FARTHEST_BESSEL for t in arguments):
        raise Undecided("a Bessel function so far out is not proved")


def besseli(order: Interval, t: Interval) -> Interval:
    """I_ν(t), ν ≥ 0 or whole: for t ≥ 0 all terms increase; for whole ν it has ν's parity."""
    _in_reach(order, t)

    def value(end: Interval) -> Interval:
        fine = end.at.finer(_SPARE + _size(order, end))
        nu, x = order.to(fine), end.to(fine)
        return (_half_power(nu, x) * _bessel_sum(nu, x.squared() / 4)).to(end.at)

    if _is_whole(order):
        order = order.absolute()
        return increasing(value)(t.absolute() if whole(order) % 2 == 0 else t)
    if not (order.lo > 0 and t.lo > 0):
        raise Undecided("a Bessel function I needs a positive order and argument, or a whole order")
    return increasing(value)(t)


def besselj(order: Interval, t: Interval) -> Interval:
    """J_ν(t), ν ≥ 0 or whole, from its value at the middle and a bound of its slope.

    |J_ν| ≤ 1, J_n′ = (J_{n−1} − J_{n+1})/2, and J_ν′ = (ν/t) J_ν − J_{ν+1}.
    """
    if _is_whole(order):
        n = whole(order)
        middle = t.middle
        if t.lo == t.hi:
            return _whole_j(n, middle)
        reach = t - middle
        slope = (_around_j(n - 1, t, middle) - _around_j(n + 1, t, middle)) / 2
        return (_whole_j(n, middle) + slope * reach).meet(_around_j(n, t, middle))
    if not (order.lo > 0 and t.lo > 0):
        raise Undecided("a Bessel function J needs a positive order and argument, or a whole order")
    _in_reach(order, t)
    value = _real_j(order, t.middle)
    if t.lo == t.hi:
        return value
    steepest = (1 + order / t.low).high
    return value + (-steepest).hull(steepest) * (t - t.middle)


def _whole_j(n: int, point: Interval) -> Interval:
    at = point.at
    _in_reach(point)
    if n < 0:
        return -_whole_j(-n, point) if n % 2 else _whole_j(-n, point)
    return Interval(at, at.down.jn(n, point.lo), at.up.jn(n, point.lo))


def _around_j(n: int, t: Interval, middle: Interval) -> Interval:
    """J_n over an interval, as its slope is at most 1."""
    one = t.at.integer(1)
    around = Interval(t.at, t.at.integer(-1), one)
    return (_whole_j(n, middle) + around * (t - middle)).meet(around)


def _real_j(order: Interval, point: Interval) -> Interval:
    fine = point.at.finer(_SPARE + _size(order, point) + ceil(float(point.hi) * 1.5))
    nu, x = order.to(fine), point.to(fine)
    return (_half_power(nu, x) * _bessel_sum(nu, -(x.squared()) / 4)).to(point.at)


def besselk(order: Interval, t: Interval) -> Interval:
    """K_ν(t) = ∫₀^∞ e^(−t cosh s) cosh νs ds for t > 0: it decreases in t, and is even in ν."""
    _all_positive("a Bessel function K", t)
    _in_reach(order, t)
    if order.lo < 0 < order.hi:
        raise Undecided("an order of a Bessel function that may be 0")
    nu = order.absolute()
    return decreasing(lambda end: _k_at(nu, end))(t)


def _k_at(order: Interval, t: Interval) -> Interval:
    at, about, nu = t.at, float(t.lo), float(order.hi)
    if about > 0.4 * at.bits + nu * nu + 10:
        return _k_far(order, t)
    for guard in (1, 2, 4):
        more = _SPARE + _size(order, t) + 16 + ceil(3 * about)
        fine = at.finer(guard * more)
        value = (_whole_k if _is_whole(order) else _real_k)(order.to(fine), t.to(fine))
        if value > 0 and (value.high - value.low) < value * Interval.power_of_two(
            fine, 2 - at.bits
        ):
            break
    return value.to(at)


def _k_far(order: Interval, t: Interval) -> Interval:
    """√(π/2t) e^−t Σ a_k/t^k, where the error is at most the first term left out, with its sign.

    This holds from the term k ≥ ν − 1/2 on (DLMF 10.40(ii)).
    """
    at = t.at
    square, term, total = 4 * order.squared(), t * 0 + 1, t * 0
    for k in range(1, at.bits + 10):
        total = total + term
        term = term * (square - (2 * k - 1) ** 2) / (8 * k * t)
        if term.absolute().hi < at.down.exp2(at.integer(-at.bits - 2)) and k >= order.hi:
            break
    else:
        raise Undecided("a Bessel function K is not enclosed")
    at.spend(0, 5 * k)
    return (Interval.pi(at) / (2 * t)).sqrt() * exp(-t) * (total + (term * 0).hull(term))


def _real_k(order: Interval, t: Interval) -> Interval:
    """½ (t/2)^−ν Γ(ν) Σ… − (π/2) I_ν/sin νπ, from K = (π/2)(I_−ν − I_ν)/sin νπ."""
    y = t.squared() / 4
    grows = exp(loggamma(order) - order * elementary.log(t / 2)) / 2 * _bessel_sum(-order, y)
    pi = Interval.pi(t.at)
    falls = _half_power(order, t) * _bessel_sum(order, y)
    return grows - pi / 2 * falls / elementary.sin(pi * order)


def _whole_k(order: Interval, t: Interval) -> Interval:
    """DLMF 10.31.1: a finite sum, −(−1)^n log(t/2) I_n, and a series with ψ."""
    n, at, y = whole(order), t.at, t.squared() / 4
    at.spend(0, 4 * n)
    finite, power = t * 0, t * 0 + 1
    for k in range(n):
        finite = finite + power * factorial_of(n - k - 1, at) / factorial_of(k, at)
        power = power * -y
    finite = finite / 2 / whole_power(t / 2, n) if n else finite
    side = -1 if n % 2 else 1
    term = (whole_power(t / 2, n) if n else t * 0 + 1) / factorial_of(n, at)
    waves = term * _bessel_sum(order, y)
    first = digamma(t * 0 + 1)
    both, series = first + digamma(t * 0 + n + 1), t * 0
    for k in count():
        if k > _MOST_TERMS:
            raise Undecided("a series converges too slowly")
        part = term * both
        series = series + part
        shrink = y / ((n + k + 1) * (k + 1))
        # for k ≥ 2 both parts of ψ(k+1) + ψ(n+k+1) are positive, and less than double in a step
        if k >= 2 and shrink * 4 < 1 and part.hi < at.down.exp2(at.integer(-at.bits)):
            series = series + (part * 0).hull(part)
            break
        term = term * shrink
        both = both + 1 / (t * 0 + (k + 1)) + 1 / (t * 0 + (n + k + 1))
        at.spend(0, 10)
    return finite - side * elementary.log(t / 2) * waves + side * series / 2


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
    """₁F₁ on narrow intervals; for t < 0 as e^t ₁F₁(b−a, b, −t)."""
    at = t.at
    _in_reach(a, b, t)
    fine = at.finer(_SPARE + _size(a, b, t))
    a, b, t = a.to(fine), b.to(fine), t.to(fine)
    if t.hi <= 0:
        return (exp(t) * _series_1f1(b - a, b, -t)).to(at)
    return _series_1f1(a, b, t).to(at)


def hyp1f1(a: Interval, b: Interval, t: Interval) -> Interval:
    """Kummer's ₁F₁(a, b, t), b > 0.

    For a, b > 0 it increases in t where t ≥ 0 or b ≥ a (its derivative is (a/b) ₁F₁(a+1, b+1, t));
    for t ≥ 0 it increases in a and decreases in b, term by term.
    """
    _all_positive("the second parameter of 1F1", b)
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
    """₂F₁ on narrow intervals, t < 1; for t < 0 as (1−t)^−a ₂F₁(a, c−b, c, t/(t−1))."""
    at = t.at
    _in_reach(a, b, c)
    fine = at.finer(_SPARE + _size(a, b, c))
    a, b, c, t = (part.to(fine) for part in (a, b, c, t))
    if t.hi <= 0:
        rest = 1 - t
        return (exp(-a * elementary.log(rest)) * _series_2f1(a, c - b, c, -t / rest)).to(at)
    return _series_2f1(a, b, c, t).to(at)


def hyp2f1(a: Interval, b: Interval, c: Interval, t: Interval) -> Interval:
    """Gauss's ₂F₁(a, b, c, t), c > 0, t < 1.

    For a, b, c > 0 it increases in t where t ≥ 0, or where c ≥ b or c ≥ a (Euler's integral of its
    derivative, (ab/c) ₂F₁(a+1, b+1, c+1, t), is positive); for t ≥ 0 it increases in a and b and
    decreases in c, term by term.
    """
    _all_positive("the third parameter of 2F1", c)
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
    "besseli": besseli, "besselj": besselj, "besselk": besselk, "hyp1f1": hyp1f1, "hyp2f1": hyp2f1,
}  # fmt: skip
"""The range of each function with parameters over intervals."""
