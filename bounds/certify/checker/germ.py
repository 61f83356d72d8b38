"""The sign of an expression near an end of an interval, by an asymptotic expansion.

x is c + t, c − t, 1/t or −1/t with t → 0+. Sums, products, powers, exponentials and logarithms of
expansions are expansions. A function that is analytic at a finite limit is a Taylor series with
exact derivatives. At infinity: the asymptotic series of erfc, and Stirling's of log Γ, which are
known to hold with an error of the order of the first term left out; atan, tanh and others through
identities. Every O is for t → 0+ without a constant: so what is found is a sign for all small
t > 0, and no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.conditions import strict_at
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.differentiate import derivative
from bounds.certify.checker.expression import (
    ONE,
    PI,
    TWO,
    Node,
    call,
    number,
    sqrt,
    substitute,
    variable,
)
from bounds.certify.checker.multiseries import UNIT, Expansion, More, Scale, Series
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.rules_elementary import bernoulli
from bounds.certify.checker.verdict import Undecided

TERMS = (3, 6, 12, 24)
"""How many terms are kept, try after try."""

_ZERO, _ONE, _HALF = gmpy2.mpq(0), gmpy2.mpq(1), gmpy2.mpq(1, 2)


@dataclass(frozen=True, slots=True)
class Side:
    """An end and the side from which it is approached.

    Attributes:
        point: the end, None for ±∞.
        sign: 1 for c + t and +∞, −1 for c − t and −∞.
    """

    point: Node | None
    sign: int


@dataclass(frozen=True, slots=True)
class Germ:
    """What an expression does near an end.

    Attributes:
        sign: its sign there.
        limit: "zero", "finite" (and not zero) or "infinite".
    """

    sign: int
    limit: str


def germ(node: Node, name: str, side: Side, constants: Constants) -> Germ:
    """The sign of an expression of one variable near an end, and its limit.

    Raises:
        Undecided: no expansion is known, or its terms do not decide.
    """
    if constants.algebra.is_zero(node):
        return Germ(0, "zero")
    reason = "the terms of an expansion cancel"
    tried = [node]
    for most in TERMS:
        for candidate in tried:
            try:
                return _germ(Expander(name, side, constants, most).of(candidate), most, constants)
            except More:
                continue
            except Undecided as error:
                reason = str(error)
        if most == TERMS[0]:
            tried += _normal_form(node, constants)
        if reason != "the terms of an expansion cancel" and most > TERMS[0]:
            break
    raise Undecided(f"no sign near an end is found: {reason}")


def _normal_form(node: Node, constants: Constants) -> list[Node]:
    try:
        simpler = constants.algebra.node(constants.algebra.reduced(constants.algebra.form(node)))
    except Undecided:
        return []
    return [] if simpler is None or simpler is node else [simpler]


def _germ(expansion: Expansion, most: int, constants: Constants) -> Germ:
    series = Series(constants, most)
    first = series.leading(expansion)
    if first is None:
        return Germ(0, "zero")
    order = series.order(first[1], UNIT)
    return Germ(series.sign(first[0]), ("zero", "finite", "infinite")[order + 1])


class Expander:
    """Expansions of expressions in one variable near one side of an end, remembered."""

    def __init__(self, name: str, side: Side, constants: Constants, most: int) -> None:
        self.name, self.side, self.constants = name, side, constants
        self.series = Series(constants, most)
        self._known: dict[Node, Expansion] = {}

    def of(self, node: Node) -> Expansion:
        """The expansion of an expression."""
        found = self._known.get(node)
        if found is None:
            self.constants.work.spend(20)
            found = self._known[node] = self._expanded(node)
        return found

    def _expanded(self, node: Node) -> Expansion:
        s, head, args = self.series, node.head, node.args
        if self.name not in node.free:
            self.constants.sign(node)  # it is defined
            return s.constant(s.coefficient(node))
        if head == "variable":
            return self._variable()
        if head == "+":
            return s.plus(*map(self.of, args))
        if head == "*":
            total = self.of(args[0])
            for arg in args[1:]:
                total = s.times(total, self.of(arg))
            return total
        if head == "^":
            return self._power(*args)
        if head in ("integral", "sum"):
            return self._regular(node)
        if head in RULES:
            return RULES[head](self, *map(self.of, args))
        return self._several(node)

    def _variable(self) -> Expansion:
        field, sign = self.series.field, self.side.sign
        if self.side.point is None:
            return Expansion(((field.rational(sign), Scale((-_ONE, _ZERO, _ZERO))),))
        point = self.series.constant(self.series.coefficient(self.side.point))
        step = (field.rational(sign), Scale((_ONE, _ZERO, _ZERO)))
        return Expansion((*point.terms, step))

    def _power(self, base: Node, exponent: Node) -> Expansion:
        known = exponent.args[0] if exponent.head == "number" else None
        if known is None and not exponent.free:
            known = self.series.field.form(exponent).rational
        if known is not None and abs(known) < 10_000:
            return self.series.power(self.of(base), known)
        return self.series.exp(self.series.times(self.of(exponent), self.log(self.of(base))))

    def log(self, a: Expansion) -> Expansion:
        """The logarithm."""
        return self.series.log(a)

    def sign(self, a: Expansion) -> int:
        """The sign of a near the end."""
        return self.series.sign_of(a)

    # Functions that are analytic where their argument tends to

    def analytic(self, head: str, a: Expansion, before: tuple[Node, ...] = ()) -> Expansion:
        """f(a) for a finite limit of a, at which f is analytic: its Taylor series."""
        s = self.series
        kind, limit = s.limit(a)
        if kind != "finite" or limit is None:
            raise Undecided(f"no expansion of {head} at infinity is known")
        centre = s.field.node(limit)
        if centre is None:
            raise Undecided("a coefficient is not real")
        small = s.plus(a, s.constant(s.field.scaled(limit, -1)))
        u = variable("argument")
        function = Node(head, *before, u)
        if not small.terms and small.error is None:
            strict_at(function, {"argument": centre}, self.constants)
            return s.constant(s.coefficient(Node(head, *before, centre)))
        return self._taylor(function, "argument", centre, small)

    def _taylor(self, function: Node, name: str, centre: Node, small: Expansion) -> Expansion:
        s = self.series
        place = {name: centre}
        strict_at(function, place, self.constants)
        coefficients, rate, scale = [], function, _ONE
        for k in range(s.most + 1):
            value = s.coefficient(substitute(rate, place))
            coefficients.append(s.field.scaled(value, scale))
            scale /= k + 1
            rate = derivative(rate, name)
        return s.power_series(coefficients, small)

    def _regular(self, node: Node) -> Expansion:
        """A Taylor series in the variable itself, at a finite end where all is analytic."""
        if self.side.point is None:
            raise Undecided(f"no expansion of {node.head} at infinity is known")
        step = Expansion(
            ((self.series.field.rational(self.side.sign), Scale((_ONE, _ZERO, _ZERO))),)
        )
        return self._taylor(node, self.name, self.side.point, step)

    def _several(self, node: Node) -> Expansion:
        """A function of several arguments, of which only the last depends on the variable."""
        *before, last = node.args
        if not any(self.name in arg.free for arg in before) and node.head not in ("atan2",):
            return self.analytic(node.head, self.of(last), tuple(before))
        return self._regular(node)

    # Pieces of rules

    def value(self, node: Node) -> Expansion:
        """A constant."""
        return self.series.constant(self.series.coefficient(node))

    def times(self, a: Expansion, by: Rational | int) -> Expansion:
        """A rational multiple."""
        return self.series.scaled(a, self.series.field.rational(by))

    def infinite(self, a: Expansion) -> int:
        """1 or −1 where a tends to ±∞, else 0."""
        return self.sign(a) if self.series.limit(a)[0] == "infinite" else 0

    def vanishes(self, a: Expansion) -> bool:
        """Whether a tends to 0."""
        kind, limit = self.series.limit(a)
        return kind == "finite" and limit is not None and limit.is_zero

    def asymptotic(self, coefficients: list[Rational], small: Expansion) -> Expansion:
        """c0 + c1 δ + … + O(δ^n), the n coefficients being rational."""
        return self.series.power_series(
            [self.series.field.rational(c) for c in coefficients], small
        )


Rule: TypeAlias = Callable[..., Expansion]


def _odd_limits(head: str, at_infinity: Callable[[Expander, Expansion], Expansion]) -> Rule:
    """An odd function that is analytic on the line, from what it is at +∞."""

    def rule(x: Expander, a: Expansion) -> Expansion:
        sign = x.infinite(a)
        if not sign:
            return x.analytic(head, a)
        return x.times(at_infinity(x, x.times(a, sign)), sign)

    return rule


def _exp(x: Expander, a: Expansion) -> Expansion:
    return x.series.exp(a)


def _expm1(x: Expander, a: Expansion) -> Expansion:
    return x.series.plus(x.series.exp(a), x.series.number(-1))


def _log1p(x: Expander, a: Expansion) -> Expansion:
    return x.log(x.series.plus(x.series.number(1), a))


def _atan_far(x: Expander, a: Expansion) -> Expansion:
    near = x.analytic("atan", x.series.inverse(a))
    # step: atan falls from pi/2 by atan(1/x) [call 3/3: near]
    return x.series.plus(x.value(PI / 2), x.times(near, -1))


def _tanh_far(x: Expander, a: Expansion) -> Expansion:
    s = x.series
    fall = s.exp(x.times(a, -2))
    top, bottom = s.plus(s.number(1), x.times(fall, -1)), s.plus(s.number(1), fall)
    return s.times(top, s.inverse(bottom))


def _sinh(x: Expander, a: Expansion) -> Expansion:
    if not x.infinite(a):
        return x.analytic("sinh", a)
    s = x.series
    return x.times(s.plus(s.exp(a), x.times(s.exp(x.times(a, -1)), -1)), _HALF)


def _cosh(x: Expander, a: Expansion) -> Expansion:
    if not x.infinite(a):
        return x.analytic("cosh", a)
    s = x.series
    return x.times(s.plus(s.exp(a), s.exp(x.times(a, -1))), _HALF)


def _asinh_far(x: Expander, a: Expansion) -> Expansion:
    s = x.series
    root = s.power(s.plus(s.times(a, a), s.number(1)), _HALF)
    return x.log(s.plus(a, root))


def _acosh(x: Expander, a: Expansion) -> Expansion:
    s = x.series
    root = s.power(s.plus(s.times(a, a), s.number(-1)), _HALF)
    return x.log(s.plus(a, root))


def _atanh(x: Expander, a: Expansion) -> Expansion:
    s = x.series
    up = x.log(s.plus(s.number(1), a))
    return x.times(s.plus(up, x.times(x.log(s.plus(s.number(1), x.times(a, -1))), -1)), _HALF)


def _bounded(head: str) -> Rule:
    """Sine and cosine: between −1 and 1 where the argument grows."""

    def rule(x: Expander, a: Expansion) -> Expansion:
        return Expansion((), UNIT) if x.infinite(a) else x.analytic(head, a)

    return rule


def _tan(x: Expander, a: Expansion) -> Expansion:
    return x.series.times(_bounded("sin")(x, a), x.series.inverse(_bounded("cos")(x, a)))


def _asin(x: Expander, a: Expansion) -> Expansion:
    """asin(1 − s) = π/2 − 2 asin √(s/2) near 1, and odd."""
    s = x.series
    kind, limit = s.limit(a)
    if kind == "finite" and limit is not None and limit.rational in (1, -1):
        sign = int(limit.rational)
        gap = s.plus(s.number(1), x.times(a, -sign))
        if not gap.terms and gap.error is None:
            return x.times(x.value(PI / 2), sign)
        half = x.analytic("asin", s.power(x.times(gap, _HALF), _HALF))
        return x.times(s.plus(x.value(PI / 2), x.times(half, -2)), sign)
    return x.analytic("asin", a)


def _acos(x: Expander, a: Expansion) -> Expansion:
    return x.series.plus(x.value(PI / 2), x.times(_asin(x, a), -1))


def _atan2(x: Expander, y: Expansion, a: Expansion) -> Expansion:
    s = x.series
    # step: an angle is that of y/x where x > 0 [true]
    if x.sign(a) > 0:
        return RULES["atan"](x, s.times(y, s.inverse(a)))
    sign = x.sign(y)
    if not sign:
        raise Undecided("an angle on the negative half-line")
    turned = RULES["atan"](x, s.times(a, s.inverse(y)))
    return s.plus(x.times(x.value(PI / 2), sign), x.times(turned, -1))


def _cbrt(x: Expander, a: Expansion) -> Expansion:
    sign = x.sign(a)
    if not sign:
        return a
    return x.times(x.series.power(x.times(a, sign), gmpy2.mpq(1, 3)), sign)


# The normal distribution: for u → ∞, erfcx(u) ~ (1/(u√π)) (1 − 1/(2u²) + 1·3/(2u²)² − …)


def _erfcx_far(x: Expander, a: Expansion) -> Expansion:
    s = x.series
    coefficients, value = [], _ONE
    for k in range(s.most + 1):
        coefficients.append(value)
        value *= -(2 * k + 1)
    small = s.inverse(x.times(s.times(a, a), 2))
    lead = s.times(s.inverse(a), x.value(ONE / sqrt(PI)))
    return s.times(lead, x.asymptotic(coefficients, small))


def _gauss(x: Expander, a: Expansion, scale: Rational) -> Expansion:
    """e^(scale·a²)."""
    return x.series.exp(x.times(x.series.times(a, a), scale))


def _erfc(x: Expander, a: Expansion) -> Expansion:
    s, sign = x.series, x.infinite(a)
    if sign > 0:
        return s.times(_gauss(x, a, -_ONE), _erfcx_far(x, a))
    if sign < 0:
        return s.plus(s.number(2), x.times(_erfc(x, x.times(a, -1)), -1))
    return x.analytic("erfc", a)


def _erf(x: Expander, a: Expansion) -> Expansion:
    if x.infinite(a):
        return x.series.plus(x.series.number(1), x.times(_erfc(x, a), -1))
    return x.analytic("erf", a)


def _erfcx(x: Expander, a: Expansion) -> Expansion:
    sign = x.infinite(a)
    if sign > 0:
        return _erfcx_far(x, a)
    if sign < 0:
        return x.series.times(_gauss(x, a, _ONE), _erfc(x, a))
    return x.analytic("erfcx", a)


def _phi(x: Expander, a: Expansion) -> Expansion:
    return x.series.times(x.value(ONE / sqrt(TWO * PI)), _gauss(x, a, -_HALF))


def _over_root2(x: Expander, a: Expansion, sign: int) -> Expansion:
    return x.series.times(a, x.value(number(sign) / sqrt(2)))


def _cdf(x: Expander, a: Expansion) -> Expansion:
    if x.infinite(a):
        return x.times(_erfc(x, _over_root2(x, a, -1)), _HALF)
    return x.analytic("Phi", a)


def _mills(x: Expander, a: Expansion) -> Expansion:
    """mills(u) = √(π/2) erfcx(u/√2)."""
    if x.infinite(a):
        return x.series.times(x.value(sqrt(PI / 2)), _erfcx(x, _over_root2(x, a, 1)))
    return x.analytic("mills", a)


# The gamma function: Stirling's series for u → ∞, the recurrence for u → 0


def _above_zero(x: Expander, a: Expansion, head: str) -> bool:
    """Whether a tends to 0 from above, as against a positive limit."""
    if x.infinite(a) < 0 or x.sign(a) <= 0:
        raise Undecided(f"the argument of {head} is not positive near an end")
    return x.vanishes(a)


def _next(x: Expander, a: Expansion) -> Expansion:
    return x.series.plus(a, x.series.number(1))


def _stirling(x: Expander, a: Expansion) -> Expansion:
    """Stirling: log Γ(u) = (u − 1/2) log u − u + log(2π)/2 + Σ B_2k/(2k(2k − 1) u^(2k−1))."""
    s = x.series
    small = s.inverse(a)
    square = s.times(small, small)
    coefficients = [bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, s.most + 1)]
    tail = s.times(small, x.asymptotic(coefficients, square))
    front = s.times(s.plus(a, s.number(-_HALF)), x.log(a))
    return s.plus(front, x.times(a, -1), x.value(call("log", TWO * PI) / 2), tail)


def _loggamma(x: Expander, a: Expansion) -> Expansion:
    if _above_zero(x, a, "loggamma"):
        return x.series.plus(_loggamma(x, _next(x, a)), x.times(x.log(a), -1))
    return _stirling(x, a) if x.infinite(a) else x.analytic("loggamma", a)


def _gamma(x: Expander, a: Expansion) -> Expansion:
    if _above_zero(x, a, "gamma"):
        return x.series.times(_gamma(x, _next(x, a)), x.series.inverse(a))
    return x.series.exp(_stirling(x, a)) if x.infinite(a) else x.analytic("gamma", a)


def _digamma(x: Expander, a: Expansion) -> Expansion:
    """ψ(u) = log u − 1/(2u) − Σ B_2k/(2k u^2k)."""
    s = x.series
    if _above_zero(x, a, "digamma"):
        return s.plus(_digamma(x, _next(x, a)), x.times(s.inverse(a), -1))
    if not x.infinite(a):
        return x.analytic("digamma", a)
    small = s.inverse(a)
    coefficients = [_ZERO] + [-bernoulli(2 * k) / (2 * k) for k in range(1, s.most + 1)]
    tail = x.asymptotic(coefficients, s.times(small, small))
    return s.plus(x.log(a), x.times(small, -_HALF), tail)


def _polygamma(x: Expander, order: Expansion, a: Expansion) -> Expansion:
    """(−1)^(n+1) ψₙ(u) = (n−1)!/u^n + n!/(2u^(n+1)) + Σ B_2k (2k+n−1)!/((2k)! u^(2k+n))."""
    s = x.series
    known = order.terms[0][0].rational if len(order.terms) == 1 else None
    if known is None or known.denominator != 1 or not 1 <= known <= 40:
        raise Undecided("the order of a polygamma function is a whole number from 1 to 40")
    n = int(known)
    if _above_zero(x, a, "polygamma"):
        step = x.times(s.power(a, gmpy2.mpq(-n - 1)), gmpy2.mpq(gmpy2.fac(n)) * (-1) ** n)
        return s.plus(_polygamma(x, order, _next(x, a)), x.times(step, -1))
    if not x.infinite(a):
        return x.analytic("polygamma", a, (number(n),))
    small, sign = s.inverse(a), (-1) ** (n + 1)
    coefficients = [gmpy2.mpq(gmpy2.fac(n - 1))]
    coefficients += [
        bernoulli(2 * k) * gmpy2.mpq(gmpy2.fac(2 * k + n - 1), gmpy2.fac(2 * k))
        for k in range(1, s.most + 1)
    ]
    even = x.asymptotic(coefficients, s.times(small, small))
    odd = x.times(small, gmpy2.mpq(gmpy2.fac(n), 2))
    return x.times(s.times(s.power(small, gmpy2.mpq(n)), s.plus(even, odd)), sign)


def _beta(x: Expander, p: Expansion, q: Expansion) -> Expansion:
    s = x.series
    if not (x.infinite(p) or x.infinite(q)):
        top = s.times(_gamma(x, p), _gamma(x, q))
        return s.times(top, s.inverse(_gamma(x, s.plus(p, q))))
    both = _loggamma(x, s.plus(p, q))
    return s.exp(s.plus(_loggamma(x, p), _loggamma(x, q), x.times(both, -1)))


def _binomial(x: Expander, n: Expansion, k: Expansion) -> Expansion:
    s = x.series
    parts = [_next(x, k), _next(x, s.plus(n, x.times(k, -1)))]
    if not any(x.infinite(part) for part in (n, *parts)):
        bottom = s.times(_gamma(x, parts[0]), _gamma(x, parts[1]))
        return s.times(_gamma(x, _next(x, n)), s.inverse(bottom))
    lower = [x.times(_loggamma(x, part), -1) for part in parts]
    return s.exp(s.plus(_loggamma(x, _next(x, n)), *lower))


# Cases


def _abs(x: Expander, a: Expansion) -> Expansion:
    return x.times(a, x.sign(a))


def _sign(x: Expander, a: Expansion) -> Expansion:
    return x.series.number(x.sign(a))


def _least(x: Expander, *args: Expansion) -> Expansion:
    best = args[0]
    for arg in args[1:]:
        if x.sign(x.series.plus(best, x.times(arg, -1))) > 0:
            best = arg
    return best


def _greatest(x: Expander, *args: Expansion) -> Expansion:
    best = args[0]
    for arg in args[1:]:
        if x.sign(x.series.plus(arg, x.times(best, -1))) > 0:
            best = arg
    return best


RULES: dict[str, Rule] = {
    "exp": _exp,
    "expm1": _expm1,
    "log": lambda x, a: x.log(a),
    "log1p": _log1p,
    "cbrt": _cbrt,
    "sin": _bounded("sin"),
    "cos": _bounded("cos"),
    "tan": _tan,
    "asin": _asin,
    "acos": _acos,
    "atan": _odd_limits("atan", _atan_far),
    "atan2": _atan2,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _odd_limits("tanh", _tanh_far),
    "asinh": _odd_limits("asinh", _asinh_far),
    "acosh": _acosh,
    "atanh": _atanh,
    "erf": _erf,
    "erfc": _erfc,
    "erfcx": _erfcx,
    "phi": _phi,
    "Phi": _cdf,
    "mills": _mills,
    "gamma": _gamma,
    "loggamma": _loggamma,
    "digamma": _digamma,
    "polygamma": _polygamma,
    "beta": _beta,
    "binomial": _binomial,
    "abs": _abs,
    "sign": _sign,
    "min": _least,
    "max": _greatest,
}
