"""Where an expression is defined: the comparisons that its parts need."""

from __future__ import annotations

from bounds.certify.language.expression import BINDERS, ONE, Expr, call
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Relation
from bounds.certify.rules.program import compiled

Condition = tuple[Expr, Expr, Relation]
"""The part that needs it, and g rel 0."""


def conditions(e: Expr) -> list[Condition]:
    """What must hold for all parts of an expression to have a value.

    Those without a variable are left out where they are numbers. The body of an integral or a sum
    is not looked at. A power whose exponent has variables is asked for a positive base; where
    the exponent is positive, `real_powers` has what is enough.
    """
    found: dict[tuple[Expr, Relation], Expr] = {}
    for node in compiled(e).nodes:
        for argument, relation in _of(node):
            if argument.is_number and _holds(argument, relation):
                continue
            found.setdefault((argument, relation), node)
    return [(node, argument, relation) for (argument, relation), node in found.items()]


def real_powers(e: Expr) -> list[tuple[Expr, Expr, Expr]]:
    """The powers whose exponent has variables, each with its base and its exponent.

    A power is defined where the base is positive, and where it is 0 and the exponent is positive.
    """
    nodes = (node for node in compiled(e).nodes if node.head == "^" and node.args[1].free)
    return [(node, *node.args) for node in nodes]


def _holds(argument: Expr, relation: Relation) -> bool:
    value = argument.value
    return {">": value > 0, ">=": value >= 0, "!=": value != 0, "=": value == 0}[relation]


def _of(node: Expr) -> list[tuple[Expr, Relation]]:
    head = node.head
    if head in BINDERS or not node.args or head in ("number", "variable"):
        return []
    x = node.args
    if head == "^":
        return _of_power(*x)
    last = x[-1]
    if head in ("log", "gamma", "loggamma", "digamma", "polygamma", "besselk"):
        return [(last, ">")]
    if head in ("besseli", "besselj"):
        whole = x[0].is_number and x[0].value.denominator == 1
        return [] if whole else [(last, ">")]
    if head == "log1p":
        return [(1 + x[0], ">")]
    if head == "quantile":
        return [(x[0], ">"), (1 - x[0], ">")]
    if head in ("asin", "acos"):
        return [(1 + x[0], ">="), (1 - x[0], ">=")]
    if head == "atanh":
        return [(1 + x[0], ">"), (1 - x[0], ">")]
    if head == "acosh":
        return [(x[0] - 1, ">=")]
    if head == "tan":
        return [(call("cos", x[0]), "!=")]
    if head == "lambertw":
        return [(x[0] + call("exp", -ONE), ">=")]
    if head in ("gammap", "gammaq"):
        return [(x[0], ">"), (x[1], ">=")]
    if head == "betai":
        return [(x[1], ">"), (x[2], ">"), (x[0], ">="), (1 - x[0], ">=")]
    if head == "zeta":
        return [(x[0] - 1, ">")]
    if head == "beta":
        return [(x[0], ">"), (x[1], ">")]
    if head == "binomial":
        n, k = x
        return [(n + 1, ">"), (k + 1, ">"), (n - k + 1, ">")]
    return []


def _of_power(base: Expr, exponent: Expr) -> list[tuple[Expr, Relation]]:
    if not exponent.is_number:
        positive = not exponent.free and evaluate(exponent, {}) > 0
        return [(base, ">=" if positive else ">")]
    q = exponent.value
    if q.denominator == 1:
        return [(base, "!=")] if q < 0 else []
    return [(base, ">=" if q > 0 else ">")]
