"""Taylor coefficients of an expression in one variable, around a ball.

Sums, products and the functions that FLINT has for power series are FLINT's; the others are the
composition of the argument's series with the function's own Taylor polynomial, whose coefficients
come from its differential equation or from its derivatives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import comb, factorial

from flint import arb, arb_series, ctx

from bounds.certify.language.expression import BINDERS, CONSTANTS, Expr
from bounds.certify.numbers.precision import series_terms
from bounds.certify.rules.balls import BALLS, constant, nowhere, rational_power
from bounds.certify.rules.enclosures import bound_value
from bounds.certify.rules.program import compiled

Coefficients = Callable[[arb, int], list[arb]]
"""The Taylor coefficients of a function of one argument around a ball, up to an order."""


def series(expr: Expr, name: str, place: Mapping[str, arb], order: int) -> list[arb]:
    """Enclosures of the Taylor coefficients in one variable, at balls.

    Args:
        expr: an expression.
        name: the variable.
        place: a ball for every variable of the expression.
        order: the highest power wanted.

    Returns:
        order + 1 balls: the k-th one holds ∂ᵏ expr/k! at every point of the balls. Not finite
        where an enclosure is not known, or where the expression is not smooth on the balls.
    """
    program = compiled(expr)
    with series_terms(order + 2):
        values: list[arb_series | arb] = []
        for node, arguments in program.steps:
            x = [values[j] for j in arguments]
            values.append(_apply(node, x, name, place, order))
        result = values[-1]
    if isinstance(result, arb):
        return [result, *(arb(0) for _ in range(order))]
    return [_finite(result[k]) for k in range(order + 1)]


def _finite(x: arb) -> arb:
    return x if x.is_finite() else nowhere()


def _series(coefficients: list[arb], order: int) -> arb_series:
    return arb_series(coefficients, prec=order + 1)


def _apply(
    node: Expr, x: list[arb_series | arb], name: str, place: Mapping[str, arb], order: int
) -> arb_series | arb:
    head = node.head
    if head == "variable":
        ball = place[node.args[0]]
        return _series([ball, arb(1)], order) if node.args[0] == name else ball
    if head == "number":
        return constant("number", node.value, ctx.prec)
    if head in CONSTANTS:
        return constant(head, None, ctx.prec)
    if head in BINDERS:
        known = name not in node.free
        return bound_value(node, place) if known else _series([nowhere()] * (order + 1), order)
    if head in ("+", "*"):
        result = x[0]
        for part in x[1:]:
            result = result + part if head == "+" else result * part
        return result
    if head == "^":
        exponent = node.args[1]
        if exponent.is_number:
            if isinstance(x[0], arb):
                return rational_power(x[0], exponent.value)
            return _power(x[0], exponent.value, order)
        if all(isinstance(part, arb) for part in x):
            return BALLS["exp"](x[1] * BALLS["log"](x[0]))
        base = x[0]
        log = BALLS["log"](base) if isinstance(base, arb) else _compose(_log, base, order)
        exponent_series = x[1] * log
        if isinstance(exponent_series, arb):
            return BALLS["exp"](exponent_series)
        return _compose(_exp, exponent_series, order)
    if all(isinstance(part, arb) for part in x):
        f = BALLS.get(head)
        return nowhere() if f is None else f(*x)
    return _function(head, x, order)


def _function(head: str, x: list[arb_series | arb], order: int) -> arb_series | arb:
    if head in ("min", "max"):
        return _chosen(head, x, order)
    if head in ("beta", "binomial"):
        return _gamma_ratio(head, x, order)
    if head == "atan2":
        return _angle(x, order)
    last = 0 if head == "betai" else len(x) - 1
    inner = x[last]
    others = [part for i, part in enumerate(x) if i != last and isinstance(part, arb)]
    if not isinstance(inner, arb_series) or len(others) < len(x) - 1:
        return _series([nowhere()] * (order + 1), order)
    if head in UNARY and not others:
        return _compose(UNARY[head], inner, order)
    if head in WITH_PARAMETERS:
        make = WITH_PARAMETERS[head]
        return _compose(lambda c, n: make(others, c, n), inner, order)
    return _series([nowhere()] * (order + 1), order)


def _chosen(head: str, x: list[arb_series | arb], order: int) -> arb_series | arb:
    heads = [part if isinstance(part, arb) else part[0] for part in x]
    for i, own in enumerate(heads):
        others = [other for j, other in enumerate(heads) if j != i]
        if all(own < other if head == "min" else own > other for other in others):
            return x[i]
    return _series([BALLS[head](*heads), *([nowhere()] * order)], order)


def _gamma_ratio(head: str, x: list[arb_series | arb], order: int) -> arb_series:
    """B(a, b) and binomial(n, k), as the exponential of a sum of three log Γ."""
    a, b = (_series([part], order) if isinstance(part, arb) else part for part in x)
    signed = ((a, 1), (b, 1), (a + b, -1))
    if head == "binomial":
        signed = ((a + 1, 1), (b + 1, -1), (a - b + 1, -1))
    logs = _series([arb(0)], order)
    for part, sign in signed:
        logs = logs + sign * _compose(_loggamma, part, order)
    return _compose(_exp, logs, order)


def _angle(x: list[arb_series | arb], order: int) -> arb_series:
    """The angle of (x, y): its slope is (x y′ − y x′)/(x² + y²)."""
    y, x_ = (_series([part], order) if isinstance(part, arb) else part for part in x)
    value = BALLS["atan2"](y[0], x_[0])
    if order == 0:
        return _series([value], order)
    below = _power(_square(x_) + _square(y), Fraction(-1), order)
    rates = (x_ * y.derivative() - y * x_.derivative()) * below
    return _series([value, *(rates[k - 1] / k for k in range(1, order + 1))], order)


def _compose(f: Coefficients, inner: arb_series, order: int) -> arb_series:
    outer = f(inner[0], order)
    if not all(c.is_finite() for c in outer):
        return _series([c if c.is_finite() else nowhere() for c in outer], order)
    rest = _series([arb(0), *(inner[k] for k in range(1, order + 1))], order)
    result = _series([outer[order]], order)
    for c in reversed(outer[:order]):
        result = result * rest + c
    return result


def _power(x: arb_series, q: Fraction, order: int) -> arb_series:
    if q.denominator == 1 and 0 <= q <= order + 2 and q <= 12:
        if q == 0:
            return _series([arb(1)], order)
        result = x
        for _ in range(int(q) - 1):
            result = result * x
        result = _series([result[k] for k in range(order + 1)], order)
        return result + (rational_power(x[0], q) - result[0])
    return _compose(lambda c, n: _power_coefficients(c, q, n), x, order)


def _power_coefficients(c: arb, q: Fraction, order: int) -> list[arb]:
    result, choose = [], Fraction(1)
    for k in range(order + 1):
        scale = constant("number", choose, ctx.prec)
        result.append(arb(0) if not choose else rational_power(c, q - k) * scale)
        choose = choose * (q - k) / (k + 1)
    return result


def _exp(c: arb, order: int) -> list[arb]:
    value = BALLS["exp"](c)
    return [value / factorial(k) for k in range(order + 1)]


def _expm1(c: arb, order: int) -> list[arb]:
    return [BALLS["expm1"](c), *_exp(c, order)[1:]]


def _log(c: arb, order: int) -> list[arb]:
    inverse = rational_power(c, Fraction(-1))
    powers = [rational_power(inverse, Fraction(k)) for k in range(1, order + 1)]
    return [BALLS["log"](c), *((-1) ** k * p / (k + 1) for k, p in enumerate(powers))]


def _log1p(c: arb, order: int) -> list[arb]:
    return [BALLS["log1p"](c), *_log(1 + c, order)[1:]] if c > -1 else [nowhere()] * (order + 1)


def _turning(first: str, second: str, signs: tuple[int, ...]) -> Coefficients:
    """sin, cos, sinh, cosh: the derivatives go round."""

    def coefficients(c: arb, order: int) -> list[arb]:
        pair = (BALLS[first](c), BALLS[second](c))
        return [signs[k % 4] * pair[k % 2] / factorial(k) for k in range(order + 1)]

    return coefficients


def _by_slope(head: str, slope: Callable[[arb_series], arb_series]) -> Coefficients:
    """A function by its value and the series of its derivative in the argument."""

    def coefficients(c: arb, order: int) -> list[arb]:
        t = arb_series([c, arb(1)], prec=order + 1)
        value = BALLS[head](c)
        try:
            rates = slope(t)
        except (ValueError, ZeroDivisionError):
            return [value, *([nowhere()] * order)]
        return [value, *(rates[k - 1] / k for k in range(1, order + 1))]

    return coefficients


def _inverse(t: arb_series) -> arb_series:
    return _power(t, Fraction(-1), t.prec - 1)


def _inverse_root(t: arb_series) -> arb_series:
    return _power(t, Fraction(-1, 2), t.prec - 1)


def _square(t: arb_series) -> arb_series:
    return _power(t, Fraction(2), t.prec - 1)


def _gauss(t: arb_series) -> arb_series:
    return _compose(_exp, -_square(t), t.prec - 1)


def _density(c: arb, order: int) -> list[arb]:
    """φ: (k + 1) y_{k+1} = −c y_k − y_{k−1}."""
    y = [BALLS["phi"](c)]
    for k in range(order):
        y.append((-c * y[k] - (y[k - 1] if k else 0)) / (k + 1))
    return y


def _distribution(c: arb, order: int) -> list[arb]:
    rates = _density(c, order)
    return [BALLS["Phi"](c), *(rates[k - 1] / k for k in range(1, order + 1))]


def _mills(c: arb, order: int) -> list[arb]:
    """y′ = x y − 1."""
    y = [BALLS["mills"](c)]
    for k in range(order):
        y.append((c * y[k] + (y[k - 1] if k else -1)) / (k + 1))
    return y


def _erfcx(c: arb, order: int) -> list[arb]:
    """y′ = 2 x y − 2/√π."""
    y = [BALLS["erfcx"](c)]
    for k in range(order):
        before = 2 * y[k - 1] if k else -2 / arb.pi().sqrt()
        y.append((2 * c * y[k] + before) / (k + 1))
    return y


def _quantile(c: arb, order: int) -> list[arb]:
    """The inverse of Φ, by reversion of its series."""
    value = BALLS["quantile"](c)
    if not value.is_finite() or order == 0:
        return [value] * (order + 1)
    outer = _distribution(value, order)
    turned = _series([arb(0), *outer[1:]], order).reversion()
    return [value, *(turned[k] for k in range(1, order + 1))]


def _lambertw(c: arb, order: int) -> list[arb]:
    value = BALLS["lambertw"](c)
    if not value.is_finite() or order == 0:
        return [value] * (order + 1)
    grown = _exp(value, order)
    product = [grown[k] * value + (grown[k - 1] if k else 0) for k in range(order + 1)]
    if product[1].contains(0):
        return [value, *([nowhere()] * order)]
    turned = _series([arb(0), *product[1:]], order).reversion()
    return [value, *(turned[k] for k in range(1, order + 1))]


def _polygammas(first: int) -> Coefficients:
    def coefficients(c: arb, order: int) -> list[arb]:
        f = BALLS["polygamma"]
        return [f(arb(first + k), c) / factorial(k) for k in range(order + 1)]

    return coefficients


def _loggamma(c: arb, order: int) -> list[arb]:
    rates = _polygammas(0)(c, max(order - 1, 0))
    return [BALLS["loggamma"](c), *(rates[k - 1] / k for k in range(1, order + 1))]


def _gamma(c: arb, order: int) -> list[arb]:
    logs = _loggamma(c, order)
    if not all(value.is_finite() for value in logs):
        return [nowhere()] * (order + 1)
    grown = _compose(_exp, _series(logs, order), order)
    return [BALLS["gamma"](c), *(grown[k] for k in range(1, order + 1))]


def _zeta(c: arb, order: int) -> list[arb]:
    if not c > 1:
        return [nowhere()] * (order + 1)
    found = arb_series([c, arb(1)], prec=order + 1).zeta()
    return [BALLS["zeta"](c), *(found[k] for k in range(1, order + 1))]


def _absolute(c: arb, order: int) -> list[arb]:
    slope = arb(1) if c > 0 else arb(-1) if c < 0 else nowhere()
    return [BALLS["abs"](c), *([slope, *([arb(0)] * (order - 1))] if order else [])]


def _flat(head: str) -> Coefficients:
    def coefficients(c: arb, order: int) -> list[arb]:
        value = BALLS[head](c)
        smooth = not c.contains(0) if head == "sign" else not c.contains_integer()
        return [value, *([arb(0) if smooth else nowhere()] * order)]

    return coefficients


def _tan(c: arb, order: int) -> list[arb]:
    """y′ = 1 + y²."""
    return _riccati(BALLS["tan"](c), 1, order)


def _tanh(c: arb, order: int) -> list[arb]:
    """y′ = 1 − y²."""
    return _riccati(BALLS["tanh"](c), -1, order)


def _riccati(value: arb, sign: int, order: int) -> list[arb]:
    y = [value]
    for k in range(order):
        square = arb(0)
        for i in range(k + 1):
            square = square + y[i] * y[k - i]
        if k == 0:
            square = 1 + sign * rational_power(value, Fraction(2))
            y.append(square)
        else:
            y.append(sign * square / (k + 1))
    return y


UNARY: dict[str, Coefficients] = {
    "exp": _exp,
    "expm1": _expm1,
    "log": _log,
    "log1p": _log1p,
    "cbrt": lambda c, n: (
        _power_coefficients(c, Fraction(1, 3), n)
        if c > 0
        else [(-1) ** (k + 1) * v for k, v in enumerate(_power_coefficients(-c, Fraction(1, 3), n))]
        if c < 0
        else [BALLS["cbrt"](c), *([nowhere()] * n)]
    ),
    "sin": _turning("sin", "cos", (1, 1, -1, -1)),
    "cos": _turning("cos", "sin", (1, -1, -1, 1)),
    "sinh": _turning("sinh", "cosh", (1, 1, 1, 1)),
    "cosh": _turning("cosh", "sinh", (1, 1, 1, 1)),
    "tan": _tan,
    "tanh": _tanh,
    "asin": _by_slope("asin", lambda t: _inverse_root(1 - _square(t))),
    "acos": _by_slope("acos", lambda t: -_inverse_root(1 - _square(t))),
    "atan": _by_slope("atan", lambda t: _inverse(1 + _square(t))),
    "asinh": _by_slope("asinh", lambda t: _inverse_root(1 + _square(t))),
    "acosh": _by_slope("acosh", lambda t: _inverse_root(_square(t) - 1)),
    "atanh": _by_slope("atanh", lambda t: _inverse(1 - _square(t))),
    "erf": _by_slope("erf", lambda t: _gauss(t) * (2 / arb.pi().sqrt())),
    "erfc": _by_slope("erfc", lambda t: _gauss(t) * (-2 / arb.pi().sqrt())),
    "erfcx": _erfcx,
    "phi": _density,
    "Phi": _distribution,
    "quantile": _quantile,
    "mills": _mills,
    "gamma": _gamma,
    "loggamma": _loggamma,
    "digamma": _polygammas(0),
    "lambertw": _lambertw,
    "zeta": _zeta,
    "abs": _absolute,
    "sign": _flat("sign"),
    "floor": _flat("floor"),
}


def _bessel(head: str) -> Callable[[list[arb], arb, int], list[arb]]:
    """Derivatives by neighbouring orders: 2 I′ₙ = Iₙ₋₁ + Iₙ₊₁, and so for J and K with signs."""

    def coefficients(others: list[arb], c: arb, order: int) -> list[arb]:
        n, f = others[0], BALLS[head]
        near = {j: f(n + j, c) for j in range(-order, order + 1)}
        result = []
        for k in range(order + 1):
            total = arb(0)
            for j in range(k + 1):
                sign = (-1) ** j if head == "besselj" else 1
                total += sign * comb(k, j) * near[2 * j - k]
            total *= (-1) ** k if head == "besselk" else 1
            result.append(total / (2**k * factorial(k)))
        return result

    return coefficients


def _hypergeometric(head: str) -> Callable[[list[arb], arb, int], list[arb]]:
    def coefficients(others: list[arb], c: arb, order: int) -> list[arb]:
        f, result, scale = BALLS[head], [], arb(1)
        for k in range(order + 1):
            result.append(scale * f(*(p + k for p in others), c))
            above = [p + k for p in others]
            top = above[0] if head == "hyp1f1" else above[0] * above[1]
            scale = scale * top / (above[-1] * (k + 1))
        return result

    return coefficients


def _polygamma(others: list[arb], c: arb, order: int) -> list[arb]:
    n = others[0].unique_fmpz()
    if n is None or not others[0].is_exact() or n < 0:
        return [nowhere()] * (order + 1)
    return _polygammas(int(n))(c, order)


def _by_density(head: str) -> Callable[[list[arb], arb, int], list[arb]]:
    """The regularised incomplete functions, by the series of their densities."""

    def coefficients(others: list[arb], c: arb, order: int) -> list[arb]:
        a = others[0]
        value = BALLS[head](c, *others) if head == "betai" else BALLS[head](a, c)
        if order == 0 or not c > 0 or (head == "betai" and not c < 1):
            return [value, *([nowhere()] * order)]
        t = arb_series([c, arb(1)], prec=order + 1)
        logs = (a - 1) * _compose(_log, t, order)
        if head == "betai":
            b = others[1]
            logs += (b - 1) * _compose(_log, 1 - t, order) - BALLS["log"](BALLS["beta"](a, b))
        else:
            logs += -t - BALLS["loggamma"](a)
        rates = _compose(_exp, logs, order)
        sign = -1 if head == "gammaq" else 1
        return [value, *(sign * rates[k - 1] / k for k in range(1, order + 1))]

    return coefficients


WITH_PARAMETERS: dict[str, Callable[[list[arb], arb, int], list[arb]]] = {
    "polygamma": _polygamma,
    "besseli": _bessel("besseli"),
    "besselj": _bessel("besselj"),
    "besselk": _bessel("besselk"),
    "hyp1f1": _hypergeometric("hyp1f1"),
    "hyp2f1": _hypergeometric("hyp2f1"),
    "gammap": _by_density("gammap"),
    "gammaq": _by_density("gammaq"),
    "betai": _by_density("betai"),
}
