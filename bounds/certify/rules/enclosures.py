"""Values and derivatives of expressions at balls, at the process's working precision.

An expression is compiled once, into the list of its nodes. The gradient goes backwards through it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx

from bounds.certify.language.expression import BINDERS, CONSTANTS, Expr
from bounds.certify.rules.balls import BALLS, constant, nowhere, power, rational_power
from bounds.certify.rules.complex import at_complex
from bounds.certify.rules.goal import late, tick
from bounds.certify.rules.program import Program, compiled
from bounds.certify.rules.slopes import partials

_MOST_TERMS = 20_000


def _constants(program: Program) -> list[arb | None]:
    """The values of the nodes without a variable, once for each precision."""
    known = program.fixed.get(ctx.prec)
    if known is None:
        known = [None] * len(program.nodes)
        for i, (node, arguments) in enumerate(program.steps):
            if not node.free:
                known[i] = _apply(node, [known[j] for j in arguments])
        if len(program.fixed) > 8:
            program.fixed.clear()
        program.fixed[ctx.prec] = known
    return known


def _values(program: Program, place: Mapping[str, arb]) -> list[arb]:
    """The enclosure of every node."""
    values: list[Any] = list(_constants(program))
    for i, (node, arguments) in enumerate(program.steps):
        if values[i] is None:
            if node.head == "variable":
                values[i] = place[node.args[0]]
            elif node.head in BINDERS:
                values[i] = bound_value(node, place)
            else:
                values[i] = _apply(node, [values[j] for j in arguments])
    return values


def _apply(node: Expr, values: list[arb]) -> arb:
    head = node.head
    if head == "+":
        result = values[0]
        for value in values[1:]:
            result = result + value
        return result
    if head == "*":
        result = values[0]
        for value in values[1:]:
            result = result * value
        return result
    if head == "^":
        exponent = node.args[1]
        if exponent.is_number:
            return rational_power(values[0], exponent.value)
        return power(values[0], values[1])
    if head == "number":
        return constant("number", node.value, ctx.prec)
    if head in CONSTANTS:
        return constant(head, None, ctx.prec)
    if head in BINDERS:
        return bound_value(node, {})
    f = BALLS.get(head)
    if f is None:
        return nowhere()
    value = f(*values)
    return nowhere() if value.is_nan() else value


def evaluate(expr: Expr, place: Mapping[str, arb]) -> arb:
    """An enclosure of the values that the expression takes on balls, at the process's precision.

    Args:
        expr: an expression.
        place: a ball for each of its variables.

    Returns:
        A ball around all its values. Where it is not defined on all of the balls, or where no
        enclosure is known, the ball is not finite, except that square roots and other powers cut
        off the part of their argument that is below 0.
    """
    tick()
    value = _values(compiled(expr), place)[-1]
    return value if value.is_finite() else nowhere()


def gradient(expr: Expr, names: Sequence[str], place: Mapping[str, arb]) -> list[arb]:
    """Enclosures of the derivatives by each of the names, on the same balls."""
    return value_and_gradient(expr, names, place)[1]


def value_and_gradient(
    expr: Expr, names: Sequence[str], place: Mapping[str, arb]
) -> tuple[arb, list[arb]]:
    """The enclosure and those of the derivatives; not finite where one is not known."""
    tick()
    program = compiled(expr)
    values = _values(program, place)
    wanted = set(names)
    slopes: list[arb | None] = [None] * len(values)
    slopes[-1] = arb(1)
    found = dict.fromkeys(names, arb(0))
    for i in range(len(values) - 1, -1, -1):
        node, arguments = program.steps[i]
        slope = slopes[i]
        if slope is None or wanted.isdisjoint(node.free):
            continue
        if node.head == "variable":
            found[node.args[0]] = slope
            continue
        if node.head in BINDERS:
            for name in wanted & node.free:
                found[name] += nowhere()
            continue
        needed = [not wanted.isdisjoint(program.nodes[j].free) for j in arguments]
        each = partials(node, [values[j] for j in arguments], values[i], needed)
        for j, partial in zip(arguments, each, strict=True):
            if partial is not None:
                step = slope * partial
                before = slopes[j]
                slopes[j] = step if before is None else before + step
    return values[-1], [found[name] for name in names]


_MOST_VALUES = 3_000  # of an integrand: without a limit FLINT takes prec² of them


def bound_value(node: Expr, place: Mapping[str, arb]) -> arb:
    """An integral by FLINT's quadrature, or a finite sum term by term."""
    body, bound, low, high = node.args
    start, end = evaluate(low, place), evaluate(high, place)
    if not (start.is_finite() and end.is_finite()):
        return nowhere()
    name = bound.args[0]
    if node.head == "sum":
        first, last = start.unique_fmpz(), end.unique_fmpz()
        if first is None or last is None or last - first > _MOST_TERMS:
            return nowhere()
        inner = dict(place)
        total = arb(0)
        for n in range(int(first), int(last) + 1):
            inner[name] = arb(n)
            total += evaluate(body, inner)
        return total
    outer = {k: acb(v) for k, v in place.items()}

    def integrand(z: acb, analytic: bool) -> acb:
        if late():  # FLINT's callback raises nothing
            return acb("nan")
        return at_complex(body, {**outer, name: z}, analytic)

    try:
        tick()
        return acb.integral(
            integrand, acb(start), acb(end), eval_limit=_MOST_VALUES + 10 * ctx.prec
        ).real
    except (ValueError, ZeroDivisionError, OverflowError):
        return nowhere()


def rational_place(point: Mapping[str, Fraction]) -> dict[str, arb]:
    """The balls of a rational point."""
    return {name: constant("number", value, ctx.prec) for name, value in point.items()}
