"""Normal forms of the elementary functions and of the normal distribution."""

from __future__ import annotations

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import call
from bounds.certify.checker.forms import Form, leading
from bounds.certify.checker.kernels import Kernels, Rule
from bounds.certify.checker.precision import Rational

_HALF = gmpy2.mpq(1, 2)


def _sum(a: Kernels, args: list[Form]) -> Form:
    total = a.zero
    for arg in args:
        total = a.plus(total, arg)
    return total


def _product(a: Kernels, args: list[Form]) -> Form:
    total = a.one
    for arg in args:
        total = a.times(total, arg)
    return total


def _cbrt(a: Kernels, args: list[Form]) -> Form:
    (u,), third = args, gmpy2.mpq(1, 3)
    if u.is_zero:
        return a.zero
    opposite = a.scaled(u, -1)
    # step: a cube root is a power where its argument is at least 0 [true]
    if a.known_not_negative(u):
        return a.root(u, third)
    if a.known_not_negative(opposite):
        return a.scaled(a.root(opposite, third), -1)
    sign = -1 if a.is_negative_form(u) else 1
    u = a.reduced(u if sign == 1 else opposite)
    node = a.node(u)
    kernel = a.generator("cbrt", None if node is None else call("cbrt", node), (u,), period=3,
                         value=u)  # fmt: skip
    return a.scaled(kernel, sign)


def _sin(a: Kernels, args: list[Form]) -> Form:
    turned = a.turning(args[0])
    return a.times(a.minus(turned, a.inverse(turned)), a.scaled(a.imaginary, -_HALF))


def _cos(a: Kernels, args: list[Form]) -> Form:
    turned = a.turning(args[0])
    return a.scaled(a.plus(turned, a.inverse(turned)), _HALF)


def _tan(a: Kernels, args: list[Form]) -> Form:
    return a.over(_sin(a, args), _cos(a, args))


def _sinh(a: Kernels, args: list[Form]) -> Form:
    grown = a.exp(args[0])
    return a.scaled(a.minus(grown, a.inverse(grown)), _HALF)


def _cosh(a: Kernels, args: list[Form]) -> Form:
    grown = a.exp(args[0])
    return a.scaled(a.plus(grown, a.inverse(grown)), _HALF)


def _tanh(a: Kernels, args: list[Form]) -> Form:
    return a.over(_sinh(a, args), _cosh(a, args))


def _asinh(a: Kernels, args: list[Form]) -> Form:
    (u,) = args
    if a.is_negative_form(u):
        return a.scaled(_asinh(a, [a.scaled(u, -1)]), -1)
    return a.log(a.plus(u, a.root(a.plus(a.one, a.times(u, u)), _HALF)))


def _acosh(a: Kernels, args: list[Form]) -> Form:
    (u,) = args
    return a.log(a.plus(u, a.root(a.minus(a.times(u, u), a.one), _HALF)))


def _atanh(a: Kernels, args: list[Form]) -> Form:
    (u,) = args
    return a.scaled(a.minus(a.log(a.plus(a.one, u)), a.log(a.minus(a.one, u))), _HALF)


def _known_angle(a: Kernels, u: Form, squares: dict[Rational, Rational]) -> Form | None:
    """π times a fraction where u² is one of these numbers, for u > 0 made of numbers."""
    square = a.times(u, u).rational
    # step: an angle with a known square has a known sign [true 4/4]
    if square not in squares or not a.known_positive(u):
        return None
    return a.scaled(a.pi, squares[square])


_ARCTANGENTS = {gmpy2.mpq(1): gmpy2.mpq(1, 4), gmpy2.mpq(3): gmpy2.mpq(1, 3),
                gmpy2.mpq(1, 3): gmpy2.mpq(1, 6)}  # fmt: skip
_ARCSINES = {gmpy2.mpq(1): _HALF, _HALF: gmpy2.mpq(1, 4), gmpy2.mpq(3, 4): gmpy2.mpq(1, 3),
             gmpy2.mpq(1, 4): gmpy2.mpq(1, 6)}  # fmt: skip


def _atan(a: Kernels, args: list[Form]) -> Form:
    u = a.reduced(args[0])
    if u.is_zero:
        return a.zero
    if a.is_negative_form(u):
        return a.scaled(_atan(a, [a.scaled(u, -1)]), -1)
    known = _known_angle(a, u, _ARCTANGENTS)
    if known is not None:
        return known
    # step: atan(1/u) = pi/2 - atan(u) for u > 0 [true]
    if a.known_positive(u):
        for generator in a.known_kernels("atan"):
            if a.minus(a.times(generator.data[0], u), a.one).is_zero:
                return a.minus(a.scaled(a.pi, _HALF), a.kernel("atan", [generator.data[0]]))
    return a.kernel("atan", [u])


def _asin(a: Kernels, args: list[Form]) -> Form:
    u = a.reduced(args[0])
    if u.is_zero:
        return a.zero
    if a.is_negative_form(u):
        return a.scaled(_asin(a, [a.scaled(u, -1)]), -1)
    known = _known_angle(a, u, _ARCSINES)
    return a.kernel("asin", [u]) if known is None else known


def _acos(a: Kernels, args: list[Form]) -> Form:
    return a.minus(a.scaled(a.pi, _HALF), _asin(a, args))


def _atan2(a: Kernels, args: list[Form]) -> Form:
    y, x = args
    # step: an angle is atan(y/x) where x > 0 [true]
    if a.known_positive(x):
        return _atan(a, [a.over(y, x)])
    for sign in (1, -1):
        # step: and pi/2 - atan(x/y) where y > 0 [true]
        if a.known_positive(a.scaled(y, sign)):
            right = a.scaled(a.pi, _HALF * sign)
            return a.minus(right, _atan(a, [a.over(x, y)]))
    return a.kernel("atan2", args)


def _erf(a: Kernels, args: list[Form]) -> Form:
    return a.minus(a.scaled(a.normal(a.times_sqrt2(args[0])), 2), a.one)


def _erfc(a: Kernels, args: list[Form]) -> Form:
    return a.minus(a.one, _erf(a, args))


def _erfcx(a: Kernels, args: list[Form]) -> Form:
    return a.times(a.exp(a.times(args[0], args[0])), _erfc(a, args))


def _mills(a: Kernels, args: list[Form]) -> Form:
    return a.over(a.normal(a.scaled(args[0], -1)), a.density(args[0]))


def _quantile(a: Kernels, args: list[Form]) -> Form:
    p = a.reduced(args[0])
    beyond = a.minus(p, a.rational(_HALF))
    if beyond.is_zero:
        return a.zero
    inner = a.single_of(p, "Phi")
    if inner is not None:
        return inner
    if a.is_negative_form(beyond):
        return a.scaled(_quantile(a, [a.minus(a.one, p)]), -1)
    return a.kernel("quantile", [p])


def _min(a: Kernels, args: list[Form]) -> Form:
    return _extreme(a, args, "min")


def _max(a: Kernels, args: list[Form]) -> Form:
    return _extreme(a, args, "max")


def _extreme(a: Kernels, args: list[Form], head: str) -> Form:
    """The least or the greatest: an argument goes where another is known to lie beyond it."""
    kept: list[Form] = []
    for arg in args:
        if not any(_passed(a, arg, other, head) for other in kept):
            kept = [other for other in kept if not _passed(a, other, arg, head)] + [arg]
    if len(kept) == 1:
        return kept[0]
    if len(kept) == 2 and head == "max":
        return a.minus(a.plus(*kept), _extreme(a, kept, "min"))
    return a.kernel(head, sorted(kept, key=lambda form: form.key))


def _passed(a: Kernels, arg: Form, other: Form, head: str) -> bool:
    gap = a.minus(arg, other) if head == "min" else a.minus(other, arg)
    # step: a maximum is the greater one [true]
    return a.known_not_negative(gap)


def _floor(a: Kernels, args: list[Form]) -> Form:
    u = a.reduced(args[0])
    known = u.rational
    if known is not None:
        return a.rational(known.numerator // known.denominator)
    part = a.constant_part(u)
    whole = a.rational(part.numerator // part.denominator)
    return a.plus(whole, a.kernel("floor", [a.minus(u, whole)]))


def _sign(a: Kernels, args: list[Form]) -> Form:
    u = a.reduced(args[0])
    if u.is_zero:
        return a.zero
    # step: sign u = 1 where u > 0 [true]
    if a.known_positive(u):
        return a.one
    if a.known_positive(a.scaled(u, -1)):
        return a.minus_one
    scale = leading(u.num)[1]
    return a.scaled(a.kernel("sign", [a.scaled(u, 1 / abs(scale))]), 1) if scale > 0 else a.scaled(
        a.kernel("sign", [a.scaled(u, 1 / scale)]), -1)  # fmt: skip


def bernoulli(n: int) -> Rational:
    """The Bernoulli number B_n, with B_1 = −1/2."""
    while len(_BERNOULLI) <= n:
        m = len(_BERNOULLI)
        total = sum((gmpy2.bincoef(m + 1, k) * b for k, b in enumerate(_BERNOULLI)), gmpy2.mpq(0))
        _BERNOULLI.append(-total / (m + 1))
    return _BERNOULLI[n]


_BERNOULLI: list[Rational] = [gmpy2.mpq(1)]


def _lambertw(a: Kernels, args: list[Form]) -> Form:
    if args[0].is_zero:
        return a.zero
    if a.minus(args[0], a.e).is_zero:
        return a.one
    return a.kernel("lambertw", args)


RULES: dict[str, Rule] = {
    "+": _sum,
    "*": _product,
    "pi": lambda a, _: a.pi,
    "e": lambda a, _: a.e,
    "euler_gamma": lambda a, _: a.euler,
    "exp": lambda a, args: a.exp(args[0]),
    "expm1": lambda a, args: a.minus(a.exp(args[0]), a.one),
    "log": lambda a, args: a.log(args[0]),
    "log1p": lambda a, args: a.log(a.plus(a.one, args[0])),
    "cbrt": _cbrt,
    "sin": _sin,
    "cos": _cos,
    "tan": _tan,
    "asin": _asin,
    "acos": _acos,
    "atan": _atan,
    "atan2": _atan2,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "asinh": _asinh,
    "acosh": _acosh,
    "atanh": _atanh,
    "erf": _erf,
    "erfc": _erfc,
    "erfcx": _erfcx,
    "phi": lambda a, args: a.density(args[0]),
    "Phi": lambda a, args: a.normal(args[0]),
    "mills": _mills,
    "quantile": _quantile,
    "abs": lambda a, args: a.absolute(args[0]),
    "min": _min,
    "max": _max,
    "floor": _floor,
    "sign": _sign,
    "lambertw": _lambertw,
}
