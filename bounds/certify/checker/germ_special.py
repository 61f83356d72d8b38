"""Expansions of functions with an order, and of Lambert's W: at 0 and at infinity.

I_v(x) ~ e^x/√(2πx) Σ (−1)^k a_k/x^k and K_v(x) ~ √(π/2x) e^(−x) Σ a_k/x^k, with
a_k = (4v² − 1)(4v² − 9)…(4v² − (2k − 1)²)/(k! 8^k) (DLMF 10.40);
Γ(s) Q(s, x) ~ x^(s−1) e^(−x) Σ (s − 1)…(s − k)/x^k (DLMF 8.11); W ~ the series of Corless et al.
"""

from __future__ import annotations

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import EULER_GAMMA, PI, TWO, call, number, sqrt
from bounds.certify.checker.germ import RULES, Expander
from bounds.certify.checker.multiseries import Expansion, Scale
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Undecided

_ZERO, _ONE, _HALF = gmpy2.mpq(0), gmpy2.mpq(1), gmpy2.mpq(1, 2)


def _number(a: Expansion, what: str) -> Rational:
    """The rational number that an expansion is."""
    if not a.terms and a.error is None:
        return _ZERO
    known = a.terms[0][0].rational if len(a.terms) == 1 and a.error is None else None
    if known is None or a.terms[0][1].powers != (0, 0, 0) or a.terms[0][1].decay:
        raise Undecided(f"{what} is not a rational number")
    return known


# Bessel functions


def _far_terms(order: Rational, count: int) -> list[Rational]:
    found, value = [], _ONE
    for k in range(count):
        found.append(value)
        value *= (4 * order**2 - (2 * k + 1) ** 2) / (8 * (k + 1))
    return found


def _near(x: Expander, order: Rational, a: Expansion, sign: int) -> Expansion:
    """(a/2)^v Σ (sign·a²/4)^k/(k! Γ(v + k + 1)), for v that is no negative whole number."""
    s = x.series
    first = x.value(1 / call("gamma", number(order + 1))) if order > -1 else None
    if first is None:
        raise Undecided("an order is less than −1")
    coefficients, value = [], _ONE
    for k in range(s.most + 1):
        coefficients.append(value)
        value *= gmpy2.mpq(sign) / ((k + 1) * (order + k + 1))
    half = x.times(a, _HALF)
    series = x.asymptotic(coefficients, s.times(half, half))
    return s.times(first, s.power(half, order), series)


def _besseli(x: Expander, order: Expansion, a: Expansion) -> Expansion:
    v, s = _number(order, "an order"), x.series
    if v.denominator == 1:
        v = abs(v)
    sign = x.infinite(a)
    if sign > 0:
        terms = [c * (-1) ** k for k, c in enumerate(_far_terms(v, s.most + 1))]
        scale = s.times(x.value(1 / sqrt(TWO * PI)), s.power(a, -_HALF))
        return s.times(s.exp(a), scale, x.asymptotic(terms, s.inverse(a)))
    if sign < 0 and v.denominator == 1:
        even = _besseli(x, order, x.times(a, -1))
        # step: a Bessel function of odd order is odd [false]
        return x.times(even, -1 if v % 2 else 1)
    if x.vanishes(a):
        return _near(x, v, a, 1)
    return x.analytic("besseli", a, (number(v),))


def _besselj(x: Expander, order: Expansion, a: Expansion) -> Expansion:
    v, s = _number(order, "an order"), x.series
    turn = 1
    if v.denominator == 1 and v < 0:
        v, turn = -v, -1 if v % 2 else 1
    if x.infinite(a):
        if x.infinite(a) < 0:
            raise Undecided("a Bessel function at −∞")
        lead = s.leading(a)
        assert lead is not None
        return Expansion((), s.power(Expansion(((s.field.one, lead[1]),)), -_HALF).terms[0][1])
    found = _near(x, v, a, -1) if x.vanishes(a) else x.analytic("besselj", a, (number(v),))
    return x.times(found, turn)


def _besselk(x: Expander, order: Expansion, a: Expansion) -> Expansion:
    v, s = abs(_number(order, "an order")), x.series
    if x.infinite(a) > 0:
        scale = s.times(x.value(sqrt(PI / 2)), s.power(a, -_HALF))
        fall = s.exp(x.times(a, -1))
        return s.times(fall, scale, x.asymptotic(_far_terms(v, s.most + 1), s.inverse(a)))
    if not x.vanishes(a):
        return x.analytic("besselk", a, (number(v),))
    if v not in (0, 1):
        raise Undecided("an order of K at 0 is neither 0 nor 1")
    return _k_zero(x, a) if v == 0 else _k_one(x, a)


def _k_zero(x: Expander, a: Expansion) -> Expansion:
    """K_0 = −(log(a/2) + γ) I_0 + Σ H_k (a²/4)^k/k!²."""
    s = x.series
    half = x.times(a, _HALF)
    logs = s.plus(x.log(half), x.value(EULER_GAMMA))
    terms, harmonic, value = [], _ZERO, _ONE
    for k in range(s.most + 1):
        terms.append(harmonic * value)
        harmonic += _ONE / (k + 1)
        value /= (k + 1) ** 2
    tail = x.asymptotic(terms, s.times(half, half))
    return s.plus(x.times(s.times(logs, _near(x, _ZERO, a, 1)), -1), tail)


def _k_one(x: Expander, a: Expansion) -> Expansion:
    """K_1 = 1/a + log(a/2) I_1 − (a/4) Σ (ψ(k + 1) + ψ(k + 2)) (a²/4)^k/(k! (k + 1)!)."""
    s = x.series
    half = x.times(a, _HALF)
    square = s.times(half, half)
    plain, harmonic, value, weight = [], _ZERO, _ONE, []
    for k in range(s.most + 1):
        plain.append((2 * harmonic + _ONE / (k + 1)) * value)  # H_k + H_(k+1)
        weight.append(value)
        harmonic += _ONE / (k + 1)
        value /= (k + 1) * (k + 2)
    series = s.plus(
        x.asymptotic(plain, square),
        s.times(x.value(-TWO * EULER_GAMMA), x.asymptotic(weight, square)),
    )
    rest = x.times(s.times(a, series), -_HALF * _HALF)
    return s.plus(s.inverse(a), s.times(x.log(half), _near(x, _ONE, a, 1)), rest)


# Incomplete gamma and beta functions


def _gammap(x: Expander, order: Expansion, a: Expansion) -> Expansion:
    p, s = _number(order, "an order"), x.series
    if p <= 0:
        raise Undecided("an order is not positive")
    if x.infinite(a) > 0:
        return s.plus(s.number(1), x.times(_gammaq(x, order, a), -1))
    if not x.vanishes(a):
        return x.analytic("gammap", a, (number(p),))
    terms, value = [], _ONE
    for k in range(s.most + 1):
        terms.append(value / (p + k))
        value /= -(k + 1)
    scale = x.value(1 / call("gamma", number(p)))
    return s.times(scale, s.power(a, p), x.asymptotic(terms, a))


def _gammaq(x: Expander, order: Expansion, a: Expansion) -> Expansion:
    p, s = _number(order, "an order"), x.series
    if x.infinite(a) <= 0:
        return s.plus(s.number(1), x.times(_gammap(x, order, a), -1))
    if p <= 0:
        raise Undecided("an order is not positive")
    terms, value = [], _ONE
    for k in range(s.most + 1):
        terms.append(value)
        value *= p - 1 - k
    scale = s.times(x.value(1 / call("gamma", number(p))), s.power(a, p - 1))
    return s.times(scale, s.exp(x.times(a, -1)), x.asymptotic(terms, s.inverse(a)))


def _betai(x: Expander, a: Expansion, first: Expansion, second: Expansion) -> Expansion:
    p, q, s = _number(first, "an order"), _number(second, "an order"), x.series
    if p <= 0 or q <= 0:
        raise Undecided("an order is not positive")
    if not x.vanishes(a):
        beside = s.plus(s.number(1), x.times(a, -1))
        if not x.vanishes(beside):
            raise Undecided("no expansion of betai is known inside its range")
        return s.plus(s.number(1), x.times(_betai(x, beside, second, first), -1))
    terms, value = [], _ONE
    for k in range(s.most + 1):
        terms.append(value / (p + k))
        value *= (1 - q + k) / (k + 1)
    scale = x.value(1 / call("beta", number(p), number(q)))
    return s.times(scale, s.power(a, p), x.asymptotic(terms, a))


# Lambert's W


def _lambertw(x: Expander, a: Expansion) -> Expansion:
    """W = l − m + Σ (−1)^k/j! [k + j over k + 1] m^j/l^(k + j), with l = log a and m = log l."""
    if x.infinite(a) <= 0:
        return x.analytic("lambertw", a)
    s = x.series
    outer = x.log(a)
    inner = x.log(outer)
    down = s.inverse(outer)
    ratio = s.times(inner, down)
    total = [outer, x.times(inner, -1)]
    power = s.number(1)
    for n in range(1, s.most + 1):
        power = s.times(power, down)
        for j in range(1, n + 1):
            k = n - j
            scale = gmpy2.mpq((-1) ** k * _cycles(n, k + 1), gmpy2.fac(j))
            term = s.times(power, s.power(inner, gmpy2.mpq(j)))
            total.append(x.times(term, scale))
    lead = s.leading(ratio)
    assert lead is not None
    error = Scale(tuple(e * (s.most + 1) for e in lead[1].powers), lead[1].decay)
    if lead[1].decay:
        raise Undecided("an expansion of W beyond the scale")
    return s.plus(*total, Expansion((), error))


def _cycles(n: int, k: int) -> int:
    """Stirling's number of the first kind, without sign."""
    row = [1]
    for m in range(n):
        row = [
            (row[i - 1] if i else 0) + m * (row[i] if i < len(row) else 0)
            for i in range(len(row) + 1)
        ]
    return row[k]


RULES.update(
    {
        "besseli": _besseli,
        "besselj": _besselj,
        "besselk": _besselk,
        "gammap": _gammap,
        "gammaq": _gammaq,
        "betai": _betai,
        "lambertw": _lambertw,
    }
)
