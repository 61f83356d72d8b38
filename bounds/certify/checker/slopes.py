"""Values and gradients over a box: automatic differentiation in reverse, with interval rules.

The slope of |t| at 0 is taken to be anything in [−1, 1], and likewise for a minimum or a maximum:
these are Clarke's generalised gradients, for which the mean value theorem holds (Lebourg).
"""

# ruff: noqa: ARG001, ARG005 - all rules take the value and the arguments, needed or not
from __future__ import annotations

from collections.abc import Callable, Sequence

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import bessel, elementary, families, special
from bounds.certify.checker.coefficients_special import zeta_terms
from bounds.certify.checker.expression import BINDERS, Node
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.program import Missing, Place, Step, compiled, product, slope_of
from bounds.certify.checker.special import digamma, increasing, phi
from bounds.certify.checker.verdict import Undecided

Rule = Callable[..., Interval]
"""The value of a function and its arguments ↦ a partial derivative."""


def whole_hull(at: Precision, low: int, high: int) -> Interval:
    """All numbers between two whole ones."""
    return Interval(at, at.integer(low), at.integer(high))


def _bell(t: Interval) -> Interval:
    """(2/√π) e^(−t²), the slope of erf."""
    return 2 / Interval.pi(t.at).sqrt() * elementary.exp(-t.squared())


def _one_minus_square(t: Interval) -> Interval:
    return (1 - t) * (1 + t)


def mills_slope(t: Interval) -> Interval:
    """The slope t mills(t) − 1, which increases, as mills is convex."""

    def value(end: Interval) -> Interval:
        fine = end.at.finer(32)  # for large t it is near −1/t²
        x = end.to(fine)
        return (x * special.mills(x) - 1).to(end.at)

    return increasing(value)(t)


def erfcx_slope(t: Interval) -> Interval:
    """2t erfcx(t) − 2/√π = (2/√π) mills′(t√2)."""
    at = t.at
    root = Interval.power_of_two(at, 1).sqrt()
    return 2 / Interval.pi(at).sqrt() * mills_slope(t * root)


def _abs_slope(value: Interval, t: Interval) -> Interval:
    if t.lo <= 0 <= t.hi:
        return whole_hull(t.at, -1, 1)
    return elementary.sign(t)


def _flat(value: Interval, t: Interval) -> Interval:
    if value.lo != value.hi:
        raise Undecided("a step function jumps on the box")
    return t * 0


def _angle_slopes(side: int) -> Rule:
    def rule(value: Interval, y: Interval, x: Interval) -> Interval:
        if y.lo <= 0 <= y.hi and x.lo <= 0:
            raise Undecided("an angle jumps on the box")
        square = y.squared() + x.squared()
        return x / square if side == 0 else -y / square

    return rule


def _no_rule(*_: Interval) -> Interval:
    raise Undecided("a derivative in a parameter is not enclosed")


def _gamma_density(value: Interval, a: Interval, t: Interval) -> Interval:
    return elementary.exp((a - 1) * elementary.log(t) - t - special.loggamma(a))


def _beta_density(value: Interval, t: Interval, a: Interval, b: Interval) -> Interval:
    ahead = (a - 1) * elementary.log(t) + (b - 1) * elementary.log(1 - t)
    return elementary.exp(ahead - families.log_beta(a, b))


def _bessel(rise: int, fall: int) -> Rule:
    """(rise·F_{ν−1} + fall·F_{ν+1})/2, the slopes of Bessel's functions."""
    names = {(1, 1): "besseli", (1, -1): "besselj", (-1, -1): "besselk"}
    function = bessel.FUNCTIONS[names[rise, fall]]

    def rule(value: Interval, order: Interval, t: Interval) -> Interval:
        if rise > 0 and order.lo < 1 and not gmpy2.is_integer(order.lo):
            return order / t * value + fall * function(order + 1, t)
        return (rise * function(order - 1, t) + fall * function(order + 1, t)) / 2

    return rule


RULES: dict[str, tuple[Rule, ...]] = {
    "exp": (lambda v, t: v,),
    "expm1": (lambda v, t: elementary.exp(t),),
    "log": (lambda v, t: 1 / t,),
    "log1p": (lambda v, t: 1 / (1 + t),),
    "cbrt": (lambda v, t: 1 / (3 * v.squared()),),
    "sin": (lambda v, t: elementary.cos(t),),
    "cos": (lambda v, t: -elementary.sin(t),),
    "tan": (lambda v, t: 1 + v.squared(),),
    "asin": (lambda v, t: 1 / _one_minus_square(t).sqrt(),),
    "acos": (lambda v, t: -1 / _one_minus_square(t).sqrt(),),
    "atan": (lambda v, t: 1 / (1 + t.squared()),),
    "atan2": (_angle_slopes(0), _angle_slopes(1)),
    "sinh": (lambda v, t: elementary.cosh(t),),
    "cosh": (lambda v, t: elementary.sinh(t),),
    "tanh": (lambda v, t: 1 / elementary.cosh(t).squared(),),
    "asinh": (lambda v, t: 1 / (1 + t.squared()).sqrt(),),
    "acosh": (lambda v, t: 1 / ((t - 1) * (t + 1)).sqrt(),),
    "atanh": (lambda v, t: 1 / _one_minus_square(t),),
    "erf": (lambda v, t: _bell(t),),
    "erfc": (lambda v, t: -_bell(t),),
    "erfcx": (lambda v, t: erfcx_slope(t),),
    "phi": (lambda v, t: -t * v,),
    "Phi": (lambda v, t: phi(t),),
    "mills": (lambda v, t: mills_slope(t),),
    "quantile": (lambda v, p: 1 / phi(v),),
    "lambertw": (lambda v, t: elementary.exp(-v) / (1 + v),),
    "gamma": (lambda v, t: v * digamma(t),),
    "loggamma": (lambda v, t: digamma(t),),
    "digamma": (lambda v, t: special.polygamma(t * 0 + 1, t),),
    "polygamma": (_no_rule, lambda v, n, t: special.polygamma(n + 1, t)),
    "zeta": (lambda v, t: zeta_terms(t, 1)[1],),
    "abs": (_abs_slope,),
    "floor": (_flat,),
    "sign": (_flat,),
    "beta": (
        lambda v, a, b: v * (digamma(a) - digamma(a + b)),
        lambda v, a, b: v * (digamma(b) - digamma(a + b)),
    ),
    "binomial": (
        lambda v, n, k: v * (digamma(n + 1) - digamma(n - k + 1)),
        lambda v, n, k: v * (digamma(n - k + 1) - digamma(k + 1)),
    ),
    "gammap": (_no_rule, _gamma_density),
    "gammaq": (_no_rule, lambda v, a, t: -_gamma_density(v, a, t)),
    "betai": (_beta_density, _no_rule, _no_rule),
    "besseli": (_no_rule, _bessel(1, 1)),
    "besselj": (_no_rule, _bessel(1, -1)),
    "besselk": (_no_rule, _bessel(-1, -1)),
    "hyp1f1": (
        _no_rule,
        _no_rule,
        lambda v, a, b, t: a / b * families.hyp1f1(a + 1, b + 1, t),
    ),
    "hyp2f1": (
        _no_rule,
        _no_rule,
        _no_rule,
        lambda v, a, b, c, t: a * b / c * families.hyp2f1(a + 1, b + 1, c + 1, t),
    ),
}
"""The partial derivatives of each function, one for each argument."""


def slopes(
    node: Node, names: Sequence[str], place: Place, at: Precision, *, defined: bool = False
) -> tuple[Interval, list[Interval]]:
    """The range of an expression over a box, and of its partial derivatives there.

    Args:
        node: the expression.
        names: the variables in which it is differentiated; the others are parameters.
        place: the range of every variable.
        at: the precision.
        defined: see `enclose`.

    Raises:
        Undecided: a part, or its derivative, is not proved to be defined over the box.
    """
    program = compiled(node)
    values = program.values(place, at, defined)
    program.spend(at, 2)
    root = program.roots[0]
    zero, wanted = values[root] * 0, frozenset(names)
    gradient = dict.fromkeys(names, zero)
    upstream: list[Interval | None] = [None] * len(values)
    upstream[root] = zero + 1
    for k in range(root, -1, -1):
        weight, step = upstream[k], program.steps[k]
        if weight is None or wanted.isdisjoint(step.node.free):
            continue
        if step.node.head == "variable":
            name = step.node.args[0]
            gradient[name] = gradient[name] + weight
            continue
        if step.node.head in BINDERS:
            for name in wanted & step.node.free:
                slope = compiled(slope_of(step.node, name)).run(place, at, defined)[0]
                gradient[name] = gradient[name] + weight * slope
            continue
        for i, (number, part) in enumerate(zip(step.of, _arguments(step), strict=True)):
            if wanted.isdisjoint(part.free):
                continue
            slope = weight * partial(step, i, values[k], [values[j] for j in step.of])
            before = upstream[number]
            upstream[number] = slope if before is None else before + slope
    return values[root], [gradient[name] for name in names]


def _arguments(step: Step) -> Sequence[Node]:
    return step.node.args[: len(step.of)]


def partial(step: Step, i: int, value: Interval, args: Sequence[Interval]) -> Interval:
    """The partial derivative of one step in its i-th argument."""
    head = step.node.head
    if head == "+":
        return value * 0 + 1
    if head == "*":
        return product(*args[:i], *args[i + 1 :])
    if head == "^" and len(args) == 1:
        q = step.node.args[1].args[0]
        return Interval.enclosing(value.at, q, q) * elementary.power(args[0], q - 1)
    if head == "^" and i == 0:
        return args[1] * elementary.real_power(args[0], args[1] - 1)
    if head == "^":
        return value * elementary.log(args[0])
    if head in ("min", "max"):
        return _chosen(head, i, args)
    if head not in RULES:
        raise Missing(head)
    return RULES[head][i](value, *args)


def _chosen(head: str, i: int, args: Sequence[Interval]) -> Interval:
    """The slope of a minimum or maximum in one argument: 1 where it is chosen, else 0."""
    own, others = args[i], [*args[:i], *args[i + 1 :]]
    if head == "max":
        own, others = -own, [-other for other in others]
    if all(own < other for other in others):
        return whole_hull(own.at, 1, 1)
    if any(other < own for other in others):
        return whole_hull(own.at, 0, 0)
    return whole_hull(own.at, 0, 1)


def mean_value(
    node: Node, names: Sequence[str], place: Place, at: Precision, *, defined: bool = False
) -> Interval:
    """The range over a box, by f(m) + Σ ∂f(box)·(box − m), met with the natural one."""
    value, gradient = slopes(node, names, place, at, defined=defined)
    return value.meet(around_middle(node, names, gradient, place, at, defined=defined))


def around_middle(
    node: Node, names: Sequence[str], gradient: Sequence[Interval], place: Place, at: Precision,
    *, defined: bool = False,
) -> Interval:  # fmt: skip
    """f(m) + Σ gradient·(box − m), with a gradient that is known over the box."""
    middle = {**place, **{name: place[name].middle for name in names}}
    value = compiled(node).run(middle, at, defined)[0]
    for name, slope in zip(names, gradient, strict=True):
        # step: a mean value counts how far it is from the middle [first sum 1/2]
        value = value + slope * (place[name] - middle[name])
    return value
