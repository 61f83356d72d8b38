"""Taylor coefficients of an expression in one variable, over an interval or at a point.

Coefficient k encloses f⁽ᵏ⁾/k! at every point of the interval, the other variables being anywhere in
theirs. Functions follow the recurrences of their differential equations; where the inner function
is affine, or a function has monotone derivatives, tighter forms are used. Coefficients that are not
listed are 0.
"""

# ruff: noqa: ARG001, ARG005 - all rules take the same arguments, needed or not
from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb, factorial
from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import elementary, families, special
from bounds.certify.checker.expression import BINDERS, Node
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, Rational
from bounds.certify.checker.program import Place, Step, compiled, slope_of, value_of
from bounds.certify.checker.verdict import Undecided

Terms: TypeAlias = list[Interval]
Part: TypeAlias = "Interval | Terms"
"""A part that does not depend on the variable is an interval; one that does has coefficients."""

Rule: TypeAlias = Callable[..., Terms]
"""(its value, the order, its arguments) ↦ the coefficients of a function."""


# Arithmetic of cut-off series


def added(a: Terms, b: Terms) -> Terms:
    """The sum a + b."""
    if len(a) < len(b):
        a, b = b, a
    return [*(s + t for s, t in zip(a, b, strict=False)), *a[len(b) :]]


def times(a: Terms, b: Terms, order: int) -> Terms:
    """The product a·b up to an order."""
    found = []
    for k in range(min(len(a) + len(b) - 1, order + 1)):
        first, last = max(0, k - len(b) + 1), min(k, len(a) - 1)
        total = a[first] * b[k - first]
        for i in range(first + 1, last + 1):
            total = total + a[i] * b[k - i]
        found.append(total)
    return found


def squared(a: Terms, order: int) -> Terms:
    """The square a², where squares are not negative."""
    found = []
    for k in range(min(2 * len(a) - 1, order + 1)):
        first = max(0, k - len(a) + 1)
        pairs = [a[i] * a[k - i] for i in range(first, (k + 1) // 2)]
        total = None
        for pair in pairs:
            total = pair if total is None else total + pair
        if total is not None:
            total = total * 2
        if k % 2 == 0:
            square = a[k // 2].squared()
            total = square if total is None else total + square
        assert total is not None
        found.append(total)
    return found


def scaled(a: Terms, by: Interval | int) -> Terms:
    """The multiple by·a."""
    return [term * by for term in a]


def moved(a: Terms, by: int) -> Terms:
    """The series a + by."""
    return [a[0] + by, *a[1:]]


def integrated(value: Interval, slope: Terms, u: Terms, order: int) -> Terms:
    """The f with f₀ = value and f′ = slope·u′."""
    found = [value]
    for k in range(1, order + 1):
        found.append(_chain(slope, u, k, value) / k)
    return found


def _chain(slope: Terms, u: Terms, k: int, like: Interval) -> Interval:
    """Σ i uᵢ slope_{k−i}: the coefficient k − 1 of slope·u′."""
    total = None
    for i in range(max(1, k - len(slope) + 1), min(k, len(u) - 1) + 1):
        part = slope[k - i] * u[i]
        part = part * i if i > 1 else part
        total = part if total is None else total + part
    return like * 0 if total is None else total


def composed(outer: Terms, u: Terms, order: int) -> Terms:
    """Σ outer_k (u − u₀)^k, where outer_k encloses the coefficients of the outer function at u₀."""
    if len(u) == 1:
        return outer[:1]
    if len(u) == 2:
        return [c * elementary.whole_power(u[1], k) if k else c for k, c in enumerate(outer)]
    rest = u[1:]
    found = [outer[order]]
    for k in range(order - 1, -1, -1):
        found = [outer[k], *times(found, rest, order - 1)]
    return found


# Functions


def exp(value: Interval, order: int, u: Terms) -> Terms:
    """e^u, as (e^u)′ = u′e^u."""
    found = [value]
    for k in range(1, order + 1):
        found.append(_chain(found, u, k, value) / k)
    return found


def power(value: Interval, order: int, u: Terms, q: Rational) -> Terms:
    """u^q for a rational q."""
    at, whole = value.at, q.denominator == 1
    if len(u) == 2:
        found, factor = [value], gmpy2.mpq(1)
        for k in range(1, order + 1):
            factor = factor * (q - k + 1) / k
            if not factor:
                break
            size = Interval.enclosing(at, factor, factor) * elementary.power(u[0], q - k)
            found.append(size * elementary.whole_power(u[1], k))
        return found
    if whole and 2 <= q <= 64:
        n = int(q)
        if n == 2:
            return squared(u, order)
        half = power(elementary.whole_power(u[0], n // 2), order, u, gmpy2.mpq(n // 2))
        found = squared(half if n > 3 else u, order)
        return [value, *(times(found, u, order) if n % 2 else found)[1:]]
    found, inverse = [value], 1 / u[0]
    for k in range(1, order + 1):
        total = value * 0
        for i in range(1, min(k, len(u) - 1) + 1):
            number = q * i - (k - i)
            if number:
                total = total + Interval.enclosing(at, number, number) * u[i] * found[k - i]
        found.append(total * inverse / k)
    return found


def _real_power(value: Interval, order: int, u: Terms, y: Interval) -> Terms:
    """u^y for a constant y that is no rational number, u affine and positive."""
    found, factor = [value], value * 0 + 1
    for k in range(1, order + 1):
        factor = factor * (y - (k - 1)) / k
        size = factor * elementary.real_power(u[0], y - k)
        found.append(size * elementary.whole_power(u[1], k))
    return found


def inverse(u: Terms, order: int) -> Terms:
    """1/u."""
    return power(1 / u[0], order, u, gmpy2.mpq(-1))


def inverse_root(u: Terms, order: int) -> Terms:
    """1/√u."""
    return power(1 / u[0].sqrt(), order, u, gmpy2.mpq(-1, 2))


def log(value: Interval, order: int, u: Terms) -> Terms:
    """The logarithm of u."""
    if len(u) > 2:
        return integrated(value, inverse(u, order), u, order)
    ratio = u[1] / u[0]
    found = [value]
    for k in range(1, order + 1):
        size = elementary.whole_power(ratio, k) / k
        found.append(size if k % 2 else -size)
    return found


def _waves(
    u: Terms, order: int, sign: int, first: Interval, second: Interval
) -> tuple[Terms, Terms]:
    """The (s, c) with s′ = c u′, c′ = sign·s u′."""
    s, c = [first], [second]
    for k in range(1, order + 1):
        up, across = _chain(c, u, k, first) / k, _chain(s, u, k, first) / k
        s.append(up)
        c.append(across if sign > 0 else -across)
    return s, c


def _sines(u: Terms, order: int) -> tuple[Terms, Terms]:
    return _waves(u, order, -1, elementary.sin(u[0]), elementary.cos(u[0]))


def _hyperbolic(u: Terms, order: int) -> tuple[Terms, Terms]:
    return _waves(u, order, 1, elementary.sinh(u[0]), elementary.cosh(u[0]))


def _riccati(sign: int) -> Rule:
    """The T with T′ = (1 + sign·T²) u′: a tangent."""

    def rule(value: Interval, order: int, u: Terms) -> Terms:
        found, slope = [value], [1 + value.squared() * sign]
        if sign < 0:
            slope = [1 / elementary.cosh(u[0]).squared()]
        for k in range(1, order + 1):
            found.append(_chain(slope, u, k, value) / k)
            slope.append(squared(found, k)[k] * sign)
        return found

    return rule


def _by_slope(slope: Callable[[Terms, int], Terms]) -> Rule:
    """A function of which the derivative is known: u ↦ its coefficients."""

    def rule(value: Interval, order: int, u: Terms) -> Terms:
        return integrated(value, slope(u, order), u, order)

    return rule


def _bell(u: Terms, order: int) -> Terms:
    """e^(−u²)."""
    inner = scaled(squared(u, order), -1)
    return exp(elementary.exp(inner[0]), order, inner)


def density(u: Terms, order: int) -> Terms:
    """φ(u)."""
    inner = [term / -2 for term in squared(u, order)]
    return exp(special.phi(u[0]), order, inner)


def _erf_slope(u: Terms, order: int) -> Terms:
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


def _mills(value: Interval, order: int, u: Terms) -> Terms:
    return composed(mills_terms(u[0], order), u, order)


def _erfcx(value: Interval, order: int, u: Terms) -> Terms:
    at = value.at
    stretched = scaled(u, Interval.power_of_two(at, 1).sqrt())
    found = _mills(value, order, stretched)
    return scaled(found, (2 / Interval.pi(at)).sqrt())


def _psi_terms(over: Interval, first: int, order: int) -> Terms:
    """ψ⁽ᶠ⁾, ψ⁽ᶠ⁺¹⁾, … each divided by k!."""
    n = over * 0 + first
    return [special.polygamma(n + k, over) / factorial(k) for k in range(order + 1)]


def _loggamma(value: Interval, order: int, u: Terms) -> Terms:
    psi = _psi_terms(u[0], 0, order - 1) if order else []
    return composed([value, *(t / (k + 1) for k, t in enumerate(psi))], u, order)


def _loggamma_of(u: Part, order: int) -> Terms:
    if isinstance(u, Interval):
        return [special.loggamma(u)]
    return _loggamma(special.loggamma(u[0]), order, u)


def _gamma(value: Interval, order: int, u: Terms) -> Terms:
    return exp(value, order, _loggamma_of(u, order))


def _digamma(value: Interval, order: int, u: Terms) -> Terms:
    return composed(_psi_terms(u[0], 0, order), u, order)


def _polygamma(value: Interval, order: int, n: Part, u: Part) -> Terms:
    return composed(_psi_terms(_one(u)[0], special.whole(_fixed(n)), order), _one(u), order)


def _fixed(part: Part) -> Interval:
    if isinstance(part, list):
        raise Undecided("a derivative in a parameter is not enclosed")
    return part


def _one(part: Part) -> Terms:
    return part if isinstance(part, list) else [part]


def _beta(value: Interval, order: int, a: Part, b: Part) -> Terms:
    both = added(_one(a), _one(b))
    inner = added(_loggamma_of(a, order), _loggamma_of(b, order))
    return exp(value, order, added(inner, scaled(_loggamma_of(both, order), -1)))


def _binomial(value: Interval, order: int, n: Part, k: Part) -> Terms:
    rest = added(_one(n), scaled(_one(k), -1))
    below = [_loggamma_of(moved(part, 1), order) for part in (_one(k), rest)]
    top = _loggamma_of(moved(_one(n), 1), order)
    return exp(value, order, added(top, scaled(added(*below), -1)))


def _gammap(sign: int) -> Rule:
    def rule(value: Interval, order: int, a: Part, t: Part) -> Terms:
        shape, u = _fixed(a), _one(t)
        logs = log(elementary.log(u[0]), order, u)
        inner = added(scaled(logs, shape - 1), scaled(u, -1))
        inner = [inner[0] - special.loggamma(shape), *inner[1:]]
        slope = exp(elementary.exp(inner[0]), order, inner)
        return integrated(value, scaled(slope, sign), u, order)

    return rule


def _betai(value: Interval, order: int, t: Part, a: Part, b: Part) -> Terms:
    p, q, u = _fixed(a), _fixed(b), _one(t)
    rest = moved(scaled(u, -1), 1)
    logs = log(elementary.log(u[0]), order, u)
    others = log(elementary.log(rest[0]), order, rest)
    inner = added(scaled(logs, p - 1), scaled(others, q - 1))
    inner = [inner[0] - families.log_beta(p, q), *inner[1:]]
    return integrated(value, exp(elementary.exp(inner[0]), order, inner), u, order)


def _quantile(value: Interval, order: int, u: Terms) -> Terms:
    """q′ = R u′ with R = 1/φ(q), R′ = q q′ R."""
    found, rate = [value], [1 / special.phi(value)]
    for k in range(1, order + 1):
        found.append(_chain(rate, u, k, value) / k)
        half = [term / 2 for term in squared(found, k)]
        rate.append(_chain(rate, half, k, value) / k)
    return found


def _lambertw(value: Interval, order: int, u: Terms) -> Terms:
    """w′ = G u′ with G = e^−w/(1+w)."""
    found: Terms = [value]
    for k in range(1, order + 1):
        falls = exp(elementary.exp(-value), k - 1, scaled(found, -1))
        slope = times(falls, inverse(moved(found, 1), k - 1), k - 1)
        found.append(_chain(slope, u, k, value) / k)
    return found


def _bessel(name: str) -> Rule:
    """F⁽ᵏ⁾ = 2^−k Σ C(k, i) F_{n−k+2i}, with the signs of J, I or K; n whole, or any for K."""

    def rule(value: Interval, order: int, n: Part, t: Part) -> Terms:
        nu, u, function = _fixed(n), _one(t), families.FUNCTIONS[name]
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


def _hypergeometric(name: str, above: int) -> Rule:
    """F⁽ᵏ⁾ = (a)_k …/(b)_k … F with all parameters moved by k; the first `above` are on top."""

    def rule(value: Interval, order: int, *parts: Part) -> Terms:
        *free, t = parts
        parameters, u = [_fixed(part) for part in free], _one(t)
        outer, factor = [], value * 0 + 1
        for k in range(order + 1):
            there = [p + k for p in parameters]
            outer.append(factor * families.FUNCTIONS[name](*there, u[0]) / factorial(k))
            for i, p in enumerate(there):
                factor = factor * p if i < above else factor / p
        return composed(outer, u, order)

    return rule


def _signed(value: Interval, order: int, u: Terms) -> Terms:
    if u[0].lo < 0 < u[0].hi:
        raise Undecided("an absolute value has a corner on the interval")
    return u if u[0].lo >= 0 else scaled(u, -1)


def _step(value: Interval, order: int, u: Terms) -> Terms:
    if value.lo != value.hi:
        raise Undecided("a step function jumps on the interval")
    return [value]


def _chosen(side: int) -> Rule:
    def rule(value: Interval, order: int, *parts: Part) -> Terms:
        rows = [_one(part) for part in parts]
        for row in rows:
            if all(other is row or (row[0] - other[0]) * side > 0 for other in rows):
                return row
        raise Undecided("a minimum or maximum changes sides on the interval")

    return rule


def _atan2(value: Interval, order: int, y: Part, x: Part) -> Terms:
    """θ′ = (x y′ − y x′)/(x² + y²)."""
    rows = _one(y), _one(x)
    if rows[0][0].lo <= 0 <= rows[0][0].hi and rows[1][0].lo <= 0:
        raise Undecided("an angle jumps on the interval")
    over = inverse(added(squared(rows[0], order), squared(rows[1], order)), order)
    first = integrated(value, times(rows[1], over, order), rows[0], order)
    second = integrated(value * 0, times(rows[0], over, order), rows[1], order)
    return added(first, scaled(second, -1))


def _root_slope(u: Terms, order: int, side: int) -> Terms:
    """1/√(side·u² + 1)."""
    return inverse_root(moved(scaled(squared(u, order), side), 1), order)


RULES: dict[str, Rule] = {
    "exp": exp,
    "expm1": lambda v, n, u: [v, *exp(elementary.exp(u[0]), n, u)[1:]],
    "log": log,
    "log1p": lambda v, n, u: log(v, n, moved(u, 1)),
    "cbrt": lambda v, n, u: power(v, n, u, gmpy2.mpq(1, 3)),
    "sin": lambda v, n, u: _sines(u, n)[0],
    "cos": lambda v, n, u: _sines(u, n)[1],
    "tan": _riccati(1),
    "asin": _by_slope(lambda u, n: _root_slope(u, n, -1)),
    "acos": _by_slope(lambda u, n: scaled(_root_slope(u, n, -1), -1)),
    "atan": _by_slope(lambda u, n: inverse(moved(squared(u, n), 1), n)),
    "atan2": _atan2,
    "sinh": lambda v, n, u: _hyperbolic(u, n)[0],
    "cosh": lambda v, n, u: _hyperbolic(u, n)[1],
    "tanh": _riccati(-1),
    "asinh": _by_slope(lambda u, n: _root_slope(u, n, 1)),
    "acosh": _by_slope(lambda u, n: inverse_root(moved(squared(u, n), -1), n)),
    "atanh": _by_slope(lambda u, n: inverse(moved(scaled(squared(u, n), -1), 1), n)),
    "erf": _by_slope(_erf_slope),
    "erfc": _by_slope(lambda u, n: scaled(_erf_slope(u, n), -1)),
    "erfcx": _erfcx,
    "phi": lambda v, n, u: density(u, n),
    "Phi": _by_slope(density),
    "mills": _mills,
    "quantile": _quantile,
    "lambertw": _lambertw,
    "gamma": _gamma,
    "loggamma": _loggamma,
    "digamma": _digamma,
    "polygamma": _polygamma,
    "beta": _beta,
    "binomial": _binomial,
    "gammap": _gammap(1),
    "gammaq": _gammap(-1),
    "betai": _betai,
    "besseli": _bessel("besseli"),
    "besselj": _bessel("besselj"),
    "besselk": _bessel("besselk"),
    "hyp1f1": _hypergeometric("hyp1f1", 1),
    "hyp2f1": _hypergeometric("hyp2f1", 2),
    "abs": _signed,
    "floor": _step,
    "sign": _step,
    "min": _chosen(-1),
    "max": _chosen(1),
}


# Expressions


def taylor(
    node: Node, name: str, place: Place, order: int, at: Precision, *, defined: bool = False
) -> Terms:
    """Enclosures of f⁽ᵏ⁾/k! in one variable for k = 0, …, order, over the box.

    Args:
        node: the expression.
        name: the variable in which it is differentiated.
        place: the range of every variable; of `name` a point or an interval.
        order: the last derivative.
        at: the precision.
        defined: see `enclose`.

    Raises:
        Undecided: a part, or a derivative, is not proved to be defined over the box.
    """
    program = compiled(node)
    parts: list[Part] = [*program.constants(at, defined)]
    program.spend(at, 1 + order * (order + 3) // 4)
    for step in program.steps[program.closed :]:
        parts.append(_step_part(step, parts, name, place, order, at, defined))
    found = _one(parts[program.roots[0]])
    return [*found, *[found[0] * 0] * (order + 1 - len(found))]


def _step_part(
    step: Step, parts: Sequence[Part], name: str, place: Place, order: int, at: Precision,
    defined: bool,
) -> Part:  # fmt: skip
    node = step.node
    heads = [_one(parts[k])[0] for k in step.of]
    if name not in node.free:
        return value_of(step, heads, place, at, defined)
    if node.head == "variable":
        return [place[name], *([place[name] * 0 + 1] if order else [])]
    args = [parts[k] for k in step.of]
    if node.head == "+":
        total = _one(args[0])
        for part in args[1:]:
            total = added(total, _one(part))
        return total
    if node.head == "*":
        result = _one(args[0])
        for part in args[1:]:
            result = times(result, _one(part), order)
        return result
    if node.head in BINDERS or (node.head not in RULES and node.head != "^"):
        return _by_symbols(node, name, place, order, at, defined)
    value = value_of(step, heads, place, at, defined)
    if not order:
        return [value]
    if node.head == "^" and len(args) == 1:
        return power(value, order, _one(args[0]), node.args[1].args[0])
    if node.head == "^":
        logs, exponent = _one(args[0]), args[1]
        if isinstance(exponent, Interval) and len(logs) == 2:
            return _real_power(value, order, logs, exponent)
        inner = times(_one(exponent), log(elementary.log(logs[0]), order, logs)
                      if len(logs) > 1 else [elementary.log(logs[0])], order)  # fmt: skip
        return exp(value, order, inner)
    found = RULES[node.head](value, order, *args)
    return [value, *found[1:]]


def _by_symbols(
    node: Node, name: str, place: Place, order: int, at: Precision, defined: bool
) -> Terms:
    """From derivatives as expressions, where there is no recurrence."""
    found = []
    for k in range(order + 1):
        found.append(compiled(node).run(place, at, defined)[0] / factorial(k))
        if k < order:
            node = slope_of(node, name)
    return found


def taylor_form(
    node: Node, name: str, place: Place, order: int, at: Precision, *, defined: bool = False
) -> Interval:
    """The range over the box by Taylor's formula in one variable.

    Σ_{k<n} c_k(m) (X − m)^k + c_n(X) (X − m)^n, where c_k(m) holds at the middle of the range of
    the variable, and c_n(X) over all of it.
    """
    over = place[name]
    middle = over.middle
    rest = over - middle
    last = taylor(node, name, place, order, at, defined=defined)[order]
    about = taylor(node, name, {**place, name: middle}, max(order - 1, 0), at, defined=defined)
    total = last * elementary.whole_power(rest, order) if order else last
    for k in range(order):
        total = total + (about[k] * elementary.whole_power(rest, k) if k else about[0])
    return total
