"""Combinations of two Bessel functions of one argument, by the derivative of e^(±t) times them.

By the recurrences each combination of I, or of K, of several orders is one of two neighbours. The
derivative of e^t (I_m − I_n), or of e^(−t) (K_n − K_m), often has coefficients of one sign, in one
pair of neighbours or another. For J, the sum of two squares falls: its derivative is a square.
"""

from __future__ import annotations

from collections.abc import Iterator

from bounds.certify.language.derivative import derivative
from bounds.certify.language.expression import (
    ONE,
    ZERO,
    Expr,
    call,
    mapped,
    multiply,
    number,
    substitute,
    variable,
)
from bounds.certify.language.text import to_text
from bounds.certify.rules.goal import Goal, Node
from bounds.certify.rules.normal import is_zero, normal, normal_expr
from bounds.certify.rules.numeric import Span, end_sign
from bounds.certify.rules.program import compiled
from bounds.certify.rules.structure import one_sign

_MOST_SHIFTS = 6


def bessel(goal: Goal, name: str, span: Span) -> Iterator[Node]:
    """Proofs that a combination of I or of K is positive on a range.

    Args:
        goal: f rel 0 with rel one of > >= !=.
        name: its variable.
        span: the range.
    """
    heads = {part.head for part in compiled(goal.f).nodes} & {"besseli", "besselk"}
    if len(heads) != 1:
        return
    head, f = heads.pop(), normal_expr(goal.f)
    arguments = {part.args[1] for part in normal(f).kernels if part.head == head}
    if len(arguments) != 1:
        return
    t = arguments.pop()
    for grown in (call("exp", t if head == "besseli" else -t), ONE):
        h = normal_expr(grown * f)
        if any(end_sign(h, name, span, high) != 1 for high in (False, True)):
            return
        for shown in by_neighbours(normal_expr(derivative(h, name)), head, t):
            if one_sign(shown, name, span):
                yield {"rule": "signs", "variable": name, "pattern": _step(grown, h, shown)}


def _step(grown: Expr, h: Expr, slope: Expr) -> Node:
    obvious = {"rule": "obvious"}
    return {
        "rule": "step",
        "divide": to_text(normal_expr(ONE / grown)),
        "by": {"rule": "constant"} if grown is ONE else obvious,
        "of": to_text(h),
        "derivative": {"rule": "rewrite", "as": to_text(slope), "pattern": obvious},
        "cuts": [],
    }


def by_neighbours(f: Expr, head: str, t: Expr) -> Iterator[Expr]:
    """The same combination by one pair of neighbours after another, as sums of two terms."""
    own = [part for part in normal(f).kernels if part.head == head and part.args[1] is t]
    if not all(part.args[0].is_number for part in own):
        return
    orders = sorted({part.args[0].value for part in own})
    if not orders or orders[-1] - orders[0] > 1:
        return
    low = orders[0] if len(orders) == 2 or orders[0] < 1 else orders[0] - 1
    marks = (variable("u'"), variable("v'"))
    places = {low: marks[0], low + 1: marks[1]}

    def go(e: Expr) -> Expr:
        if e.head == head and e.args[1] is t:
            return places[e.args[0].value]
        return e if e.head in ("number", "variable") else mapped(e, go)

    linear = go(f)
    first, second = (normal_expr(derivative(linear, mark.args[0])) for mark in marks)
    if any(mark.args[0] in (first + second).free for mark in marks):
        return
    if not is_zero(substitute(linear, {mark.args[0]: ZERO for mark in marks})):
        return  # there is a term without a Bessel function
    for shift in range(_MOST_SHIFTS if head == "besseli" else 1):
        order = low + shift
        terms = (
            multiply(part, call(head, number(order + k), t))
            for k, part in enumerate((_factored(first), _factored(second)))
        )
        yield sum(terms, ZERO)
        # I_m = I_(m+2) + (2(m + 1)/t) I_(m+1)
        first, second = normal_expr(second + first * 2 * number(order + 1) / t), first


def _factored(f: Expr) -> Expr:
    """A coefficient, as a product of its factors."""
    constant, factors = normal(f).factored()
    return multiply(number(constant), *(part**power for part, power in factors))
