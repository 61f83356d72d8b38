"""Ranges of Bessel's functions I, J and K, by their series and by MPFR's J of whole order.

NIST's handbook (DLMF), chapter 10, has the formulas.
"""

from __future__ import annotations

from itertools import count
from math import ceil

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import elementary
from bounds.certify.checker.elementary import Enclosure, exp, whole_power
from bounds.certify.checker.families import (
    MOST_TERMS,
    SPARE,
    all_positive,
    digits_of,
    in_reach,
    power_series,
)
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.special import (
    decreasing,
    digamma,
    factorial_of,
    increasing,
    loggamma,
    whole,
)
from bounds.certify.checker.verdict import Undecided


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


def besseli(order: Interval, t: Interval) -> Interval:
    """I_ν(t), ν ≥ 0 or whole: for t ≥ 0 all terms increase; for whole ν it has ν's parity."""
    in_reach(order, t)

    def value(end: Interval) -> Interval:
        fine = end.at.finer(SPARE + digits_of(order, end))
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
    in_reach(order, t)
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
    value = _real_j(order, t.middle)
    if t.lo == t.hi:
        return value
    steepest = (1 + order / t.low).high
    return value + (-steepest).hull(steepest) * (t - t.middle)


def _whole_j(n: int, point: Interval) -> Interval:
    at = point.at
    if n < 0:
        return -_whole_j(-n, point) if n % 2 else _whole_j(-n, point)
    return Interval(at, at.down.jn(n, point.lo), at.up.jn(n, point.lo))


def _around_j(n: int, t: Interval, middle: Interval) -> Interval:
    """J_n over an interval, as its slope is at most 1."""
    one = t.at.integer(1)
    around = Interval(t.at, t.at.integer(-1), one)
    return (_whole_j(n, middle) + around * (t - middle)).meet(around)


def _real_j(order: Interval, point: Interval) -> Interval:
    fine = point.at.finer(SPARE + digits_of(order, point) + ceil(float(point.hi) * 1.5))
    nu, x = order.to(fine), point.to(fine)
    return (_half_power(nu, x) * _bessel_sum(nu, -(x.squared()) / 4)).to(point.at)


def besselk(order: Interval, t: Interval) -> Interval:
    """K_ν(t) = ∫₀^∞ e^(−t cosh s) cosh νs ds for t > 0: it decreases in t, and is even in ν."""
    all_positive("a Bessel function K", t)
    in_reach(order, t)
    if order.lo < 0 < order.hi:
        raise Undecided("an order of a Bessel function that may be 0")
    nu = order.absolute()
    return decreasing(lambda end: _k_at(nu, end))(t)


def _k_at(order: Interval, t: Interval) -> Interval:
    at, about, nu = t.at, float(t.lo), float(order.hi)
    if about > 0.4 * at.bits + nu * nu + 10:
        return _k_far(order, t)
    for guard in (1, 2, 4):
        more = SPARE + digits_of(order, t) + 16 + ceil(3 * about)
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
        if k > MOST_TERMS:
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


FUNCTIONS: dict[str, Enclosure] = {"besseli": besseli, "besselj": besselj, "besselk": besselk}
"""The range of each function over intervals."""
