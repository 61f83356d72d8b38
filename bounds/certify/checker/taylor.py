"""Taylor coefficients of an expression in one variable, over an interval or at a point.

Coefficient k encloses f⁽ᵏ⁾/k! at every point of the interval, the other variables being anywhere in
theirs.
"""

# ruff: noqa: ARG005 - all rules take the same arguments, needed or not
from __future__ import annotations

from collections.abc import Sequence
from math import factorial

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import coefficients, coefficients_special, elementary
from bounds.certify.checker.coefficients import (
    Part,
    Rule,
    Terms,
    added,
    exp,
    log,
    one,
    power,
    real_power,
    times,
)
from bounds.certify.checker.expression import BINDERS, Node
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.program import Place, Step, compiled, slope_of, value_of

RULES: dict[str, Rule] = {
    "exp": coefficients.exp,
    "expm1": lambda v, n, u: [v, *coefficients.exp(elementary.exp(u[0]), n, u)[1:]],
    "log": coefficients.log,
    "log1p": lambda v, n, u: coefficients.log(v, n, coefficients.moved(u, 1)),
    "cbrt": lambda v, n, u: coefficients.power(v, n, u, gmpy2.mpq(1, 3)),
    "sin": lambda v, n, u: coefficients.sines(u, n)[0],
    "cos": lambda v, n, u: coefficients.sines(u, n)[1],
    "tan": coefficients.riccati(1),
    "asin": coefficients.by_slope(lambda u, n: coefficients.root_slope(u, n, -1)),
    "acos": coefficients.by_slope(
        lambda u, n: coefficients.scaled(coefficients.root_slope(u, n, -1), -1)
    ),
    "atan": coefficients.by_slope(
        lambda u, n: coefficients.inverse(coefficients.moved(coefficients.squared(u, n), 1), n)
    ),
    "atan2": coefficients.atan2,
    "sinh": lambda v, n, u: coefficients.hyperbolic(u, n)[0],
    "cosh": lambda v, n, u: coefficients.hyperbolic(u, n)[1],
    "tanh": coefficients.riccati(-1),
    "asinh": coefficients.by_slope(lambda u, n: coefficients.root_slope(u, n, 1)),
    "acosh": coefficients.by_slope(
        lambda u, n: coefficients.inverse_root(
            coefficients.moved(coefficients.squared(u, n), -1), n
        )
    ),
    "atanh": coefficients.by_slope(
        lambda u, n: coefficients.inverse(
            coefficients.moved(coefficients.scaled(coefficients.squared(u, n), -1), 1), n
        )
    ),
    "erf": coefficients.by_slope(coefficients_special.erf_slope),
    "erfc": coefficients.by_slope(
        lambda u, n: coefficients.scaled(coefficients_special.erf_slope(u, n), -1)
    ),
    "erfcx": coefficients_special.erfcx,
    "phi": lambda v, n, u: coefficients_special.density(u, n),
    "Phi": coefficients.by_slope(coefficients_special.density),
    "mills": coefficients_special.mills,
    "quantile": coefficients_special.quantile,
    "lambertw": coefficients_special.lambertw,
    "gamma": coefficients_special.gamma,
    "loggamma": coefficients_special.loggamma,
    "digamma": coefficients_special.digamma,
    "polygamma": coefficients_special.polygamma,
    "beta": coefficients_special.beta,
    "binomial": coefficients_special.binomial,
    "gammap": coefficients_special.gammap(1),
    "gammaq": coefficients_special.gammap(-1),
    "betai": coefficients_special.betai,
    "besseli": coefficients_special.bessel("besseli"),
    "besselj": coefficients_special.bessel("besselj"),
    "besselk": coefficients_special.bessel("besselk"),
    "hyp1f1": coefficients_special.hypergeometric("hyp1f1", 1),
    "hyp2f1": coefficients_special.hypergeometric("hyp2f1", 2),
    "zeta": coefficients_special.zeta,
    "abs": coefficients.signed,
    "floor": coefficients.step,
    "sign": coefficients.step,
    "min": coefficients.chosen(-1),
    "max": coefficients.chosen(1),
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
    found = one(parts[program.roots[0]])
    return [*found, *[found[0] * 0] * (order + 1 - len(found))]


def _step_part(
    step: Step, parts: Sequence[Part], name: str, place: Place, order: int, at: Precision,
    defined: bool,
) -> Part:  # fmt: skip
    node = step.node
    heads = [one(parts[k])[0] for k in step.of]
    if name not in node.free:
        return value_of(step, heads, place, at, defined)
    if node.head == "variable":
        return [place[name], *([place[name] * 0 + 1] if order else [])]
    args = [parts[k] for k in step.of]
    if node.head == "+":
        total = one(args[0])
        for part in args[1:]:
            total = added(total, one(part))
        return total
    if node.head == "*":
        result = one(args[0])
        for part in args[1:]:
            result = times(result, one(part), order)
        return result
    if node.head in BINDERS or (node.head not in RULES and node.head != "^"):
        return _by_symbols(node, name, place, order, at, defined)
    value = value_of(step, heads, place, at, defined)
    if not order:
        return [value]
    if node.head == "^" and len(args) == 1:
        return power(value, order, one(args[0]), node.args[1].args[0])
    if node.head == "^":
        logs, exponent = one(args[0]), args[1]
        if isinstance(exponent, Interval) and len(logs) == 2:
            return real_power(value, order, logs, exponent)
        inner = times(one(exponent), log(elementary.log(logs[0]), order, logs)
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
