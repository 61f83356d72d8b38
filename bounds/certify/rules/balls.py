"""Every function of the language on FLINT's balls, at the process's precision.

A narrow ball goes to FLINT as it is. A wide one goes by its ends where the function is monotone, so
that the result is no wider than the range. What a function has no value for gives a ball that is
not finite, and no call raises for that.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from flint import acb, arb, arb_series, ctx, fmpq

from bounds.certify.exact import to_ball

Ball: TypeAlias = Callable[..., arb]

NARROW = 20
"""Bits of relative accuracy from which on FLINT's own error propagation is good enough."""

LEAST_GAMMA = (Fraction(14616321449, 10**10), Fraction(14616321450, 10**10))
"""The minimum of Γ on the positive half-line lies between these two."""


def nowhere() -> arb:
    """The ball of all reals: what a function that has no finite enclosure gives."""
    return arb(0, arb.pos_inf())


def hull(low: arb, high: arb) -> arb:
    """The ball around two others, all reals where one is not finite."""
    return low.union(high) if low.is_finite() and high.is_finite() else nowhere()


def monotone(f: Ball, bounded: tuple[int, int] | None = None) -> Ball:
    """The function by its ends on wide balls; f is monotone where it is defined."""

    def by_ends(x: arb) -> arb:
        if x.rel_accuracy_bits() >= NARROW and x.is_finite():
            return f(x)
        if not x.is_finite():
            return nowhere() if bounded is None else arb(bounded[0]).union(arb(bounded[1]))
        return hull(f(x.lower()), f(x.upper()))

    return by_ends


def non_negative(x: arb) -> arb:
    """The ball without its negative part; nowhere, if nothing is left."""
    if x >= 0:
        return x
    return x.nonnegative_part() if x.upper() >= 0 else nowhere()


def whole_power(x: arb, n: int) -> arb:
    """xⁿ for whole n, by its ends on a wide ball; an even power is never negative."""
    if n < 0:
        below = whole_power(x, -n)
        if below.contains(0):
            return nowhere()
        return (
            1 / below
            if x.rel_accuracy_bits() >= NARROW
            else hull(1 / below.lower(), 1 / below.upper())
        )
    if n == 0:
        return arb(1)
    if x.rel_accuracy_bits() >= NARROW or not x.is_finite():
        return _multiplied(x, n)
    low, high = _multiplied(x.lower(), n), _multiplied(x.upper(), n)
    if n % 2 == 0 and x.contains(0):
        return arb(0).union(low.max(high))
    return hull(low, high)


def _multiplied(x: arb, n: int) -> arb:
    while n % 2 == 0:
        x, n = x * x, n // 2
    result = x
    while n := n // 2:
        x = x * x
        if n % 2:
            result = result * x
    return result


def rational_power(x: arb, q: Fraction) -> arb:
    """x^q for a positive or, if q > 0, non-negative ball; the negative part is cut off."""
    if q.denominator == 1:
        return whole_power(x, q.numerator)
    x = non_negative(x)
    if q < 0:
        below = rational_power(x, -q)
        if below.contains(0):
            return nowhere()
        return hull(1 / below.lower(), 1 / below.upper())
    if x.rel_accuracy_bits() >= NARROW or not x.is_finite():
        return _rational_power(x, q)
    return hull(_rational_power(non_negative(x.lower()), q), _rational_power(x.upper(), q))


def _rational_power(x: arb, q: Fraction) -> arb:
    if x.is_zero():
        return arb(0)
    if q.denominator == 2:
        root = x.sqrt()
    elif q.denominator <= 64:
        root = x.root(q.denominator)
    else:
        return (x.log() * fmpq(q.numerator, q.denominator)).exp()
    return _multiplied(root, q.numerator)


def power(x: arb, y: arb) -> arb:
    """x^y = exp(y log x) of a positive ball."""
    if not x > 0:
        if x.is_zero() and y > 0:
            return arb(0)
        if not (x.upper() > 0 and y > 0):
            return nowhere()
        return arb(0).union(exp(y * log(x.upper())).upper())
    return exp(y * log(x))


def _exp(x: arb) -> arb:
    return x.exp() if x.upper() < 2**40 else nowhere()


def _cube_root(x: arb) -> arb:
    return x.root(3) if x >= 0 else -((-x).root(3))


def _log(x: arb) -> arb:
    return x.log() if x > 0 else nowhere()


def _log1p(x: arb) -> arb:
    return x.log1p() if x > -1 else nowhere()


exp = monotone(_exp)
log = monotone(_log)
log1p = monotone(_log1p)


def absolute(x: arb) -> arb:
    """|x|, never negative."""
    if x >= 0:
        return x
    if x <= 0:
        return -x
    return arb(0).union(x.abs_upper()) if x.is_finite() else nowhere()


def _waves(f: Callable[[arb], arb], half_turns: Fraction) -> Ball:
    """Sin or cos on a wide ball: by its ends and by the turns, at (half_turns + k)π, inside."""

    def wave(x: arb) -> arb:
        if x.rel_accuracy_bits() >= NARROW or not x.is_finite():
            return f(x) if x.is_finite() else arb(0, 1)
        if x.rad() > 4:
            return arb(0, 1)
        shifted = x / arb.pi() - to_ball(half_turns)
        result = f(x.lower()).union(f(x.upper()))
        for turn in range(int(float(shifted.lower())) - 2, int(float(shifted.upper())) + 3):
            if shifted.contains(turn):
                result = result.union(arb(1 if turn % 2 == 0 else -1))
        return result

    return wave


sine = _waves(arb.sin, Fraction(1, 2))
cosine = _waves(arb.cos, Fraction(0))


def _tan(x: arb) -> arb:
    if x.rel_accuracy_bits() >= NARROW:
        return x.tan()
    if not x.is_finite() or cosine(x).contains(0):
        return nowhere()
    return hull(x.lower().tan(), x.upper().tan())


def _within(f: Ball, low: int | None, high: int | None) -> Ball:
    """The function on the part of a ball that is in the closed interval where it is defined."""

    def clipped(x: arb) -> arb:
        if low is not None and not x >= low:
            x = x.max(arb(low)) if x.upper() >= low else nowhere()
        if high is not None and not x <= high:
            x = x.min(arb(high)) if x.lower() <= high else nowhere()
        return f(x) if x.is_finite() else nowhere()

    return clipped


def _cosh(x: arb) -> arb:
    return exp(x) / 2 + exp(-x) / 2 if x.rel_accuracy_bits() >= NARROW else _even(_cosh, x)


def _even(f: Ball, x: arb) -> arb:
    """A function that is even and grows on the positive side, on a wide ball."""
    if not x.is_finite():
        return nowhere()
    x = absolute(x)
    return hull(f(_point(x.lower())), f(_point(x.upper())))


def _point(x: arb) -> arb:
    """An end of a ball, as a narrow argument: 0 where it is 0 or below."""
    return x.mid() if x > 0 else arb(0)


def _phi(x: arb) -> arb:
    if x.rel_accuracy_bits() < NARROW and not x.is_zero():
        if not x.is_finite():
            return arb(0).union(arb(fmpq(2, 5)))
        x = absolute(x)
        return _phi(_point(x.lower())).union(_phi(_point(x.upper())))
    return (-x * x / 2).exp() / (2 * arb.pi()).sqrt()


def _Phi(x: arb) -> arb:  # noqa: N802 - Φ, not φ
    return (-x / arb(2).sqrt()).erfc() / 2


def _erfcx(x: arb) -> arb:
    if x > 4:
        return (x * x).hypgeom_u(arb(0.5), arb(0.5)) / arb.pi().sqrt()
    return (x * x).exp() * x.erfc() if x > -(2**20) else nowhere()


def _mills(x: arb) -> arb:
    return _erfcx(x / arb(2).sqrt()) * (arb.pi() / 2).sqrt()


def _quantile(p: arb) -> arb:
    if not (p > 0 and p < 1):
        return nowhere()
    if p < 0.5:
        return -arb(2).sqrt() * (2 * p).erfcinv()
    return arb(2).sqrt() * (2 * p - 1).erfinv()


def _with_one_turn(f: Ball) -> Ball:
    """Γ or log Γ of a positive ball: falling, then rising."""

    def turned(x: arb) -> arb:
        if not x > 0:
            return nowhere()
        if x.rel_accuracy_bits() >= NARROW or not x.is_finite():
            return f(x) if x.is_finite() else nowhere()
        result = hull(f(x.lower()), f(x.upper()))
        turn = to_ball(LEAST_GAMMA[0]).union(to_ball(LEAST_GAMMA[1]))
        return result.union(f(turn)) if result.is_finite() and x.overlaps(turn) else result

    return turned


gamma = _with_one_turn(arb.gamma)
loggamma = _with_one_turn(arb.lgamma)


def _positive(f: Ball) -> Ball:
    return lambda x: f(x) if x > 0 else nowhere()


digamma = monotone(_positive(arb.digamma))


def polygamma(n: arb, x: arb) -> arb:
    """ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹ n! ζ(n + 1, x) for a whole n, and x > 0."""
    order = n.unique_fmpz()
    if order is None or order < 0 or not n.is_exact() or not x > 0:
        return nowhere()
    k = int(order)
    if k == 0:
        return digamma(x)
    scale = arb(k).fac() * (1 if k % 2 else -1)
    return scale * monotone(lambda t: arb(k + 1).zeta(t))(x)


def beta(a: arb, b: arb) -> arb:
    """Euler's B(a, b)."""
    if not (a > 0 and b > 0):
        return nowhere()
    return exp(loggamma(a) + loggamma(b) - loggamma(a + b))


def binomial(n: arb, k: arb) -> arb:
    """Γ(n + 1)/(Γ(k + 1) Γ(n − k + 1))."""
    if not (n + 1 > 0 and k + 1 > 0 and n - k + 1 > 0):
        return nowhere()
    return exp(loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1))


_LARGE, _FEW_BITS = 10_000, 80


_TOO_LARGE = 10**6


def _moderate(f: Ball) -> Ball:
    """The function where no argument is so large that FLINT may take minutes."""

    def at(*arguments: arb) -> arb:
        small = all(abs(argument) < _TOO_LARGE for argument in arguments)
        return f(*arguments) if small else nowhere()

    return at


def _bits_for(*parameters: arb) -> int:
    """Few bits where parameters are large: at many, FLINT sums for minutes there."""
    large = not all(parameter < _LARGE for parameter in parameters)
    return min(ctx.prec, _FEW_BITS) if large else ctx.prec


def _gammap(a: arb, x: arb) -> arb:
    if not (a > 0 and x >= 0):
        return nowhere()
    with ctx.workprec(_bits_for(a)):
        return monotone(lambda t: t.gamma_lower(a, regularized=1) if t > 0 else arb(0))(x)


def _gammaq(a: arb, x: arb) -> arb:
    if not (a > 0 and x >= 0):
        return nowhere()
    with ctx.workprec(_bits_for(a)):
        return monotone(lambda t: t.gamma_upper(a, regularized=1) if t > 0 else arb(1))(x)


def _betai(x: arb, a: arb, b: arb) -> arb:
    if not (a > 0 and b > 0 and x >= 0 and x <= 1):
        return nowhere()

    def at(t: arb) -> arb:
        return t.beta_lower(a, b, regularized=1) if t > 0 else arb(0)

    with ctx.workprec(_bits_for(a, b)):
        return monotone(at)(x)


def _lambertw(x: arb) -> arb:
    return x.lambertw()


def _bessel(f: Callable[[arb, arb], arb], positive: bool) -> Ball:
    def bessel(n: arb, x: arb) -> arb:
        if not x > 0 and (positive or not n.is_integer()):
            return nowhere()
        return f(x, n)

    return bessel


def _bounded(f: Ball, low: int | None = None, high: int | None = None) -> Ball:
    """The function cut to what its values are known to lie in."""

    def cut(*arguments: arb) -> arb:
        value = f(*arguments)
        if low is not None and not value >= low:
            value = value.max(arb(low))
        if high is not None and not value <= high:
            value = value.min(arb(high))
        return value

    return cut


def atan2(y: arb, x: arb) -> arb:
    """The angle of (x, y), in (−π, π]."""
    if y.contains(0) and x.contains(0):
        return arb(0, arb.pi().upper()) if not (y.is_zero() and x.is_zero()) else nowhere()
    return arb.atan2(y, x)


def sign(x: arb) -> arb:
    """−1, 0 or 1."""
    if x > 0:
        return arb(1)
    if x < 0:
        return arb(-1)
    return arb(0) if x.is_zero() else arb(0, 1)


def least(*x: arb) -> arb:
    """The smallest of several."""
    result = x[0]
    for other in x[1:]:
        result = result.min(other)
    return result


def largest(*x: arb) -> arb:
    """The largest of several."""
    result = x[0]
    for other in x[1:]:
        result = result.max(other)
    return result


def zeta_derivative(x: arb) -> arb:
    """ζ′(x) for x > 1."""
    return arb_series([x, 1]).zeta()[1] if x > 1 else nowhere()


BALLS: dict[str, Ball] = {
    "exp": exp,
    "expm1": monotone(lambda x: x.expm1() if x.upper() < 2**40 else nowhere()),
    "log": log,
    "log1p": log1p,
    "cbrt": monotone(_cube_root),
    "sin": sine,
    "cos": cosine,
    "tan": _tan,
    "asin": _within(monotone(arb.asin), -1, 1),
    "acos": _within(monotone(arb.acos), -1, 1),
    "atan": monotone(arb.atan, (-2, 2)),
    "atan2": atan2,
    "sinh": monotone(arb.sinh),
    "cosh": _cosh,
    "tanh": _bounded(monotone(arb.tanh, (-1, 1)), -1, 1),
    "asinh": monotone(arb.asinh),
    "acosh": _within(monotone(arb.acosh), 1, None),
    "atanh": monotone(lambda x: x.atanh() if x > -1 and x < 1 else nowhere()),
    "erf": monotone(arb.erf, (-1, 1)),
    "erfc": monotone(arb.erfc, (0, 2)),
    "erfcx": monotone(_erfcx),
    "phi": _phi,
    "Phi": monotone(_Phi, (0, 1)),
    "quantile": monotone(_quantile),
    "mills": monotone(_mills),
    "gamma": gamma,
    "loggamma": loggamma,
    "digamma": digamma,
    "polygamma": polygamma,
    "beta": beta,
    "binomial": binomial,
    "gammap": _bounded(_moderate(_gammap), 0, 1),
    "gammaq": _bounded(_moderate(_gammaq), 0, 1),
    "betai": _bounded(_moderate(_betai), 0, 1),
    "lambertw": monotone(_lambertw),
    "besseli": _bessel(arb.bessel_i, False),
    "besselj": _bessel(arb.bessel_j, False),
    "besselk": _bessel(arb.bessel_k, True),
    "hyp1f1": _moderate(lambda a, b, x: x.hypgeom_1f1(a, b)),
    "hyp2f1": _moderate(lambda a, b, c, x: x.hypgeom_2f1(a, b, c)),
    "zeta": monotone(lambda x: x.zeta() if x > 1 else nowhere()),
    "abs": absolute,
    "min": least,
    "max": largest,
    "floor": arb.floor,
    "sign": sign,
}


@lru_cache(maxsize=4096)
def constant(head: str, value: Fraction | None, bits: int) -> arb:  # noqa: ARG001 - a key
    """A rational number or a named constant, once for each precision."""
    if head == "number":
        assert value is not None
        return to_ball(value)
    return {"pi": arb.pi, "e": arb.const_e, "euler_gamma": arb.const_euler}[head]()


__all__ = ["BALLS", "acb", "constant", "nowhere", "power", "rational_power"]
