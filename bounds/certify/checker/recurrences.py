"""Normal forms of the gamma function and its kin, of Bessel and of hypergeometric functions.

Recurrences shift an argument or an order to a constant part between 0 and 1:
Γ(u + 1) = u Γ(u), ψ(u + 1) = ψ(u) + 1/u, and those of the Bessel functions.
"""

from __future__ import annotations

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.forms import UNIT, Form
from bounds.certify.checker.kernels import Kernels, Rule
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.rules_elementary import bernoulli
from bounds.certify.checker.verdict import Undecided

MOST_SHIFT = 30
"""The most steps of a recurrence for one value."""

_ONE, _HALF = gmpy2.mpq(1), gmpy2.mpq(1, 2)


def _shift(a: Kernels, u: Form) -> int:
    """The n for which the constant part of u − n lies in [0, 1), or u − n in (0, 1]."""
    part = a.constant_part(u)
    if u.rational is None:
        return int(part.numerator // part.denominator)
    if part <= 0 and part.denominator == 1:
        raise Undecided("the gamma function is asked for at a pole")
    return int(-((-part.numerator) // part.denominator) - 1)


def _less(a: Kernels, u: Form, by: int) -> Form:
    return a.minus(u, a.rational(by))


def gamma_value(a: Kernels, args: list[Form]) -> Form:
    """Γ(u)."""
    u = a.reduced(args[0])
    steps = _shift(a, u)
    if abs(steps) > (300 if u.rational is not None else MOST_SHIFT):
        return a.gamma_kernel(u)
    base = _less(a, u, steps)
    result = _gamma_base(a, base)
    for j in range(1, steps + 1):
        result = a.times(result, _less(a, u, j))
    for j in range(-steps):
        result = a.over(result, _less(a, u, -j))
    return result


def _gamma_base(a: Kernels, u: Form) -> Form:
    if u.rational == 1:
        return a.one
    if u.rational == _HALF:
        return a.sqrt_pi
    p = _multiple(u)
    if p is None:
        return a.gamma_kernel(u)
    result = a.exp(a.times(a.minus(u, a.rational(_HALF)), a.number_log(gmpy2.mpq(p))))
    result = a.times(result, a.root(a.scaled(a.pi, 2), gmpy2.mpq(1 - p, 2)))
    for v in _shares(a, u, p):
        result = a.times(result, gamma_value(a, [v]))
    return result


def _multiple(u: Form) -> int | None:
    """The prime p of the multiplication formula (DLMF 5.5.6) by which Γ(u) is taken apart.

    Γ(pv) = (2π)^((1 − p)/2) p^(pv − 1/2) Γ(v) Γ(v + 1/p) ... Γ(v + (p − 1)/p), and digamma is the
    derivative of its logarithm. It is used where all coefficients of u but the rational number in
    it are multiples of p, so that Γ(2x), say, has one form.
    """
    parts = [value for monomial, value in u.num.items() if monomial != UNIT]
    if u.den or not parts or any(value.denominator != 1 for value in parts):
        return None
    common = abs(gmpy2.gcd(*(value.numerator for value in parts)))
    return next((p for p in (2, 3, 5) if common % p == 0), None)


def _shares(a: Kernels, u: Form, p: int) -> list[Form]:
    v = a.scaled(u, gmpy2.mpq(1, p))
    return [a.plus(v, a.rational(gmpy2.mpq(k, p))) for k in range(p)]


def _loggamma(a: Kernels, args: list[Form]) -> Form:
    """Log Γ(u) for u > 0: the argument is made less only as far as it is known to stay positive."""
    u = a.reduced(args[0])
    if u.rational is not None:
        return a.log(gamma_value(a, [u]))
    steps = _shift(a, u)
    if abs(steps) > MOST_SHIFT:
        return a.log_gamma_kernel(u)
    while steps > 0 and not a.known_positive(_less(a, u, steps)):
        steps -= 1
    total = _log_gamma_base(a, _less(a, u, steps))
    for j in range(1, steps + 1):
        total = a.plus(total, a.log(_less(a, u, j)))
    for j in range(-steps):
        total = a.minus(total, a.log(_less(a, u, -j)))
    return total


def _log_gamma_base(a: Kernels, u: Form) -> Form:
    p = _multiple(u)
    if p is None or not a.known_positive(u):
        return a.log_gamma_kernel(u)
    total = a.times(a.minus(u, a.rational(_HALF)), a.number_log(gmpy2.mpq(p)))
    total = a.plus(total, a.scaled(a.log(a.scaled(a.pi, 2)), gmpy2.mpq(1 - p, 2)))
    for v in _shares(a, u, p):
        total = a.plus(total, _loggamma(a, [v]))
    return total


def _digamma(a: Kernels, args: list[Form]) -> Form:
    return _polygamma_of(a, 0, args[0])


def _polygamma(a: Kernels, args: list[Form]) -> Form:
    order = args[0].rational
    if order is None or order.denominator != 1 or not 0 <= order <= 40:
        return a.kernel("polygamma", args)
    return _polygamma_of(a, int(order), args[1])


def _polygamma_of(a: Kernels, n: int, u: Form) -> Form:
    u = a.reduced(u)
    steps = _shift(a, u)
    if abs(steps) > MOST_SHIFT:
        steps = 0
    total = _polygamma_base(a, n, _less(a, u, steps))
    scale = gmpy2.mpq(gmpy2.fac(n)) * (-1) ** n
    for j in range(1, steps + 1):
        total = a.plus(total, a.scaled(a.power(_less(a, u, j), -n - 1), scale))
    for j in range(-steps):
        total = a.minus(total, a.scaled(a.power(_less(a, u, -j), -n - 1), scale))
    return total


def _polygamma_base(a: Kernels, n: int, u: Form) -> Form:
    known = u.rational
    if n == 0 and known == 1:
        return a.scaled(a.euler, -1)
    if n == 0 and known == _HALF:
        return a.minus(a.scaled(a.euler, -1), a.scaled(a.number_log(gmpy2.mpq(2)), 2))
    if n > 0 and known in (1, _HALF):
        scale = gmpy2.mpq(gmpy2.fac(n)) * (-1) ** (n + 1)
        if known == _HALF:
            scale *= gmpy2.mpq(2) ** (n + 1) - 1
        return a.scaled(_zeta(a, [a.rational(n + 1)]), scale)
    p = _multiple(u)
    if p is not None:  # the derivatives of log Γ(pv), with v = u/p
        total = a.number_log(gmpy2.mpq(p)) if n == 0 else a.zero
        for v in _shares(a, u, p):
            total = a.plus(total, a.scaled(_polygamma_of(a, n, v), gmpy2.mpq(1, p ** (n + 1))))
        return total
    if n == 0:
        return a.kernel("digamma", [u])
    return a.kernel("polygamma", [a.rational(n), u])


def _zeta(a: Kernels, args: list[Form]) -> Form:
    known = args[0].rational
    if known is not None and known.denominator == 1 and known % 2 == 0 and 2 <= known <= 20:
        n = int(known)
        scale = abs(bernoulli(n)) * gmpy2.mpq(2) ** (n - 1) / gmpy2.fac(n)
        return a.scaled(a.power(a.pi, n), scale)
    return a.kernel("zeta", args)


def _beta(a: Kernels, args: list[Form]) -> Form:
    p, q = args
    top = a.times(gamma_value(a, [p]), gamma_value(a, [q]))
    return a.over(top, gamma_value(a, [a.plus(p, q)]))


def _binomial(a: Kernels, args: list[Form]) -> Form:
    n, k = args
    bottom = a.times(
        gamma_value(a, [a.plus(k, a.one)]), gamma_value(a, [a.plus(a.minus(n, k), a.one)])
    )
    return a.over(gamma_value(a, [a.plus(n, a.one)]), bottom)


def _gammap(a: Kernels, args: list[Form]) -> Form:
    """P(s, x), for a rational s by P(s, x) = P(s − 1, x) − x^(s−1) e^(−x)/Γ(s)."""
    order, x = args[0].rational, a.reduced(args[1])
    if x.is_zero:
        return a.zero
    if order is None or not 0 < order <= MOST_SHIFT:
        return a.kernel("gammap", [args[0], x])
    steps = _shift(a, args[0])
    total = _gammap_base(a, order - steps, x)
    fall = a.exp(a.scaled(x, -1))
    for j in range(steps):
        s = order - j
        term = a.times(a.root(x, s - 1), fall)
        # step: P(s, x) loses a term from s - 1 to s [call 1/4: total]
        total = a.minus(total, a.over(term, gamma_value(a, [a.rational(s)])))
    return total


def _gammap_base(a: Kernels, order: Rational, x: Form) -> Form:
    if order == 1:
        return a.minus(a.one, a.exp(a.scaled(x, -1)))
    if order == _HALF:
        return a.minus(a.scaled(a.normal(a.times_sqrt2(a.root(x, _HALF))), 2), a.one)
    return a.kernel("gammap", [a.rational(order), x])


def _gammaq(a: Kernels, args: list[Form]) -> Form:
    return a.minus(a.one, _gammap(a, args))


def _betai(a: Kernels, args: list[Form]) -> Form:
    x, p, q = args
    if x.is_zero:
        return a.zero
    if a.minus(x, a.one).is_zero:
        return a.one
    if q.rational == 1 and p.rational is not None:
        return a.root(x, p.rational)
    if p.rational == 1 and q.rational is not None:
        return a.minus(a.one, a.root(a.minus(a.one, x), q.rational))
    return a.kernel("betai", args)


# Bessel functions: f_(v+1) = s f_(v-1) + t (2v/x) f_v, with (s, t) = (1, -1), (-1, 1), (1, 1)

_BESSEL = {"besseli": (1, -1), "besselj": (-1, 1), "besselk": (1, 1)}


def _bessel(head: str) -> Rule:
    def rule(a: Kernels, args: list[Form]) -> Form:
        order, x = a.reduced(args[0]), a.reduced(args[1])
        known = order.rational
        if known is not None and known < 0 and (head == "besselk" or known.denominator == 1):
            sign = -1 if head == "besselj" and known % 2 else 1
            return a.scaled(rule(a, [a.rational(-known), x]), sign)
        if x.is_zero and known is not None and known >= 0 and head != "besselk":
            return a.zero if known else a.one
        odd = known is not None and known.denominator == 1 and head != "besselk"
        if odd and a.is_negative_form(x):
            sign = -1 if known is not None and known % 2 else 1
            return a.scaled(rule(a, [order, a.scaled(x, -1)]), sign)
        return _by_order(a, head, order, x)

    return rule


def _by_order(a: Kernels, head: str, order: Form, x: Form) -> Form:
    """The function of an order, by those of the two orders from 0 on that differ by a whole."""
    part = a.constant_part(order)
    steps = int(part.numerator // part.denominator)
    known = order.rational
    if known is not None and known.denominator == 2:
        steps += 1  # the orders −1/2 and 1/2 are elementary
    if abs(steps) > MOST_SHIFT:
        return a.kernel(head, [order, x])
    low = a.minus(order, a.rational(steps))
    high = a.plus(low, a.one)
    if steps == 0:
        return _bessel_base(a, head, low, x)
    if steps == 1:
        return _bessel_base(a, head, high, x)
    s, t = _BESSEL[head]
    before, after = _bessel_base(a, head, low, x), _bessel_base(a, head, high, x)
    if steps > 1:
        middle = high
        for _ in range(steps - 1):
            step = a.scaled(a.over(a.times(middle, after), x), 2 * t)
            before, after = after, a.plus(a.scaled(before, s), step)
            middle = a.plus(middle, a.one)
        return after
    middle = low
    for _ in range(-steps):
        step = a.scaled(a.over(a.times(middle, before), x), 2 * t)
        before, after = a.scaled(a.minus(after, step), s), before
        middle = a.minus(middle, a.one)
    return before


def _bessel_base(a: Kernels, head: str, order: Form, x: Form) -> Form:
    known = order.rational
    if known not in (_HALF, -_HALF):
        return a.kernel(head, [order, x])
    if head == "besselk":
        scale = a.root(a.over(a.pi, a.scaled(x, 2)), _HALF)
        return a.times(scale, a.exp(a.scaled(x, -1)))
    scale = a.root(a.over(a.rational(2), a.times(a.pi, x)), _HALF)
    up = a.turning(x) if head == "besselj" else a.exp(x)
    down = a.inverse(up)
    sine = known == _HALF
    wave = a.scaled(a.minus(up, down) if sine else a.plus(up, down), _HALF)
    if sine and head == "besselj":
        wave = a.scaled(a.times(wave, a.imaginary), -1)
    return a.times(scale, wave)


def _hyp1f1(a: Kernels, args: list[Form]) -> Form:
    p, q, x = args
    if x.is_zero or p.is_zero:
        return a.one
    if a.minus(p, q).is_zero:
        return a.exp(x)
    if a.is_negative_form(x):  # Kummer's transformation, DLMF 13.2.39
        return a.times(a.exp(x), _hyp1f1(a, [a.minus(q, p), q, a.scaled(x, -1)]))
    return a.kernel("hyp1f1", args)


def _hyp2f1(a: Kernels, args: list[Form]) -> Form:
    p, q, r, x = args
    if x.is_zero or p.is_zero or q.is_zero:
        return a.one
    for one, other in ((p, q), (q, p)):
        if one.rational is not None and a.minus(other, r).is_zero:
            return a.root(a.minus(a.one, x), -one.rational)
    p, q = sorted((p, q), key=lambda form: form.key)
    return a.kernel("hyp2f1", [p, q, r, x])


RULES: dict[str, Rule] = {
    "gamma": gamma_value,
    "loggamma": _loggamma,
    "digamma": _digamma,
    "polygamma": _polygamma,
    "beta": _beta,
    "binomial": _binomial,
    "gammap": _gammap,
    "gammaq": _gammaq,
    "betai": _betai,
    "besseli": _bessel("besseli"),
    "besselj": _bessel("besselj"),
    "besselk": _bessel("besselk"),
    "hyp1f1": _hyp1f1,
    "hyp2f1": _hyp2f1,
    "zeta": _zeta,
}
