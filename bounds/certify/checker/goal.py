"""Goals: f > 0, f ≥ 0, f = 0 or f ≠ 0 at every point of a region, each proved by a rule.

A goal says, too, that f is defined on the region; that is proved first, at every goal. A rule
either proves its goal at once, or proves it from other goals. The rules that change the variables
or the region are in `moves`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from bounds.certify.checker.cells import check_cells
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import (
    MINUS_ONE,
    PI,
    TWO,
    Node,
    add,
    call,
    multiply,
    number,
    raise_to,
    sqrt,
    substitute,
    variable,
)
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.number import cut, shown
from bounds.certify.checker.pattern import MOST_DEPTH, Line, fields, parts, told_shortly
from bounds.certify.checker.region import Region, Span
from bounds.certify.checker.sums import DECREASING, INCREASING
from bounds.certify.checker.tighten import tightened
from bounds.certify.checker.touch import check_touch, rest_boxes
from bounds.certify.checker.verdict import Rejected, Undecided

RELATIONS = (">", ">=", "=", "!=")

_JUMPS = frozenset({"sign", "floor", "atan2"})
"""Functions that are not continuous wherever they are defined."""


class Goal:
    """f relation 0 on a region.

    Args:
        f: the expression.
        relation: one of > >= = !=.
        region: where.
        depth: how deep in the proof it is.
        lemmas: statements that may be used, by name.
    """

    __slots__ = ("depth", "f", "lemmas", "region", "relation")

    def __init__(
        self,
        f: Node,
        relation: str,
        region: Region,
        depth: int = 0,
        lemmas: dict[str, Any] | None = None,
    ) -> None:
        if depth > MOST_DEPTH:
            raise Rejected(f"a proof has more than {MOST_DEPTH} levels")
        self.f, self.relation, self.region, self.depth = f, relation, region, depth
        self.lemmas = lemmas or {}

    @property
    def constants(self) -> Constants:
        """Signs of constants."""
        return self.region.constants

    def of(self, f: Node, relation: str | None = None, region: Region | None = None) -> Goal:
        """A goal inside this one."""
        return Goal(
            f, relation or self.relation, region or self.region, self.depth + 1, self.lemmas
        )

    def read(self, text: object, *besides: str) -> Node:
        """An expression in the region's variables, and those named besides."""
        node = read_expression(text)
        if node.free - self.region.spans.keys() - set(besides):
            raise Rejected(f"{shown(text)} has a variable that is not in the region")
        return node

    def defined(self, text: object) -> Node:
        """An expression in the region's variables, proved to be defined there."""
        node = self.read(text)
        self.region.require(node)
        return node

    def constant(self, text: object) -> Node:
        """An expression without variables, proved to be defined."""
        node = read_expression(text)
        if node.free:
            raise Rejected(f"{shown(text)} is not a constant")
        self.constants.sign(node)
        return node

    def variable(self, name: object) -> str:
        """The name of a variable of the region."""
        if not isinstance(name, str) or name not in self.region.spans:
            raise Rejected(f"{shown(name)} is not a variable of the region")
        return name

    def need_equal(self, other: Node, what: str) -> None:
        """Reject unless f is this expression, by normal form."""
        # step: two expressions are equal by normal form [true 2/2]
        if not self.region.algebra.equal(self.f, other):
            raise Rejected(f"the expression is not {what}", told_shortly(self.f))

    def need(self, *relations: str) -> None:
        """Reject unless the goal has one of these relations."""
        # step: a rule proves the relations that it is for [false]
        if self.relation not in relations:
            raise Rejected(f"this rule does not prove {self.relation} 0")

    def prove(self, proof: object) -> None:
        """Prove it.

        Raises:
            Rejected: a step is not proved.
            BeyondLimit: a limit is reached.
        """
        if not isinstance(proof, dict) or not isinstance(proof.get("rule"), str):
            raise Rejected("a proof is an object with a rule")
        name = proof["rule"]
        if name not in RULES:
            raise Rejected(f"{shown(name)} is no rule")
        self.constants.work.spend(200)
        goal = self.of(self.f, region=tightened(self.region))
        goal = goal._with_conditions(proof.get("conditions", {}))
        rest = {key: value for key, value in proof.items() if key not in ("rule", "conditions")}
        try:
            if name not in ON_MORE:  # these prove it on a region that is no smaller
                # step: what is compared is defined on the whole region [drop]
                goal.region.require(goal.f)
            RULES[name](goal, rest)
        except Undecided as error:
            raise Rejected(f"{name}: {error}", cut(told_shortly(self.f), 200)) from None

    def _with_conditions(self, given: object) -> Goal:
        """The goal with comparisons that are proved on its region: {"text >= 0": proof}."""
        if not isinstance(given, dict) or len(given) > 64:
            raise Rejected('"conditions" are an object of texts and proofs')
        goal = self
        for text, proof in given.items():
            node, relation = _condition(goal, text)
            # step: a condition of a goal is proved [drop]
            goal.of(node, relation).prove(proof)
            # step: a condition that is not strict is no strict fact [true]
            if relation == ">":
                region = goal.region.with_facts({node: 1})
            else:
                region = goal.region.with_constraint((node, relation))
            goal = Goal(goal.f, goal.relation, region, goal.depth, goal.lemmas)
        return goal


def _condition(goal: Goal, text: object) -> tuple[Node, str]:
    if not isinstance(text, str):
        raise Rejected(f"{shown(text)} is no condition")
    for ending, relation in ((">= 0", ">="), ("!= 0", "!="), ("> 0", ">"), ("= 0", "=")):
        if text.endswith(ending):
            return goal.read(text[: -len(ending)]), relation
    return goal.read(text), ">"


Rule: TypeAlias = Callable[[Goal, dict[str, Any]], None]


# Rules without parts


def _equal(goal: Goal, rest: dict[str, Any]) -> None:
    """The normal form of f is 0."""
    fields(rest)
    goal.need("=", ">=")
    # step: the normal form is 0 [true 2/2]
    if not goal.region.algebra.is_zero(goal.f):
        raise Rejected("the two sides are not equal by normal form", told_shortly(goal.f))


def _constraint(goal: Goal, rest: dict[str, Any]) -> None:
    """The region says it: f is a positive multiple of what is > 0, ≥ 0 or = 0 there."""
    fields(rest)
    goal.need(">", ">=")
    for node, relation in said(goal.region):
        # step: a constraint that is not strict proves no strict goal [true 5/5]
        # step: x != 0 does not say x >= 0 [true 4/5]
        if relation == ">" or (relation in (">=", "=") and goal.relation == ">="):
            scale = goal.region.multiple(goal.f, node)
            # step: a constraint of a goal is taken times a positive number [first condition 1/4]
            if scale and (scale > 0 or relation == "="):
                return
    raise Rejected("no constraint says this", told_shortly(goal.f))


def said(region: Region) -> list[tuple[Node, str]]:
    """The constraints, and the ends of the ranges as such."""
    found = list(region.constraints)
    for name, span in region.spans.items():
        if span.low is not None:
            # step: a lower end that belongs to the range is no strict bound [false]
            found.append((variable(name) - span.low, ">=" if span.low_closed else ">"))
        if span.high is not None:
            # step: an upper end that belongs to the range is no strict bound [false]
            found.append((span.high - variable(name), ">=" if span.high_closed else ">"))
    return found + [(node if sign > 0 else -node, ">") for node, sign in region.facts.items()]


def _signs(goal: Goal, rest: dict[str, Any]) -> None:
    """One variable: the pattern of f on the open interval, and its signs at closed ends."""
    name, proof = fields(rest, "variable", "pattern")
    goal.need(">", ">=", "!=")
    name = goal.variable(name)
    if goal.f.free - {name}:
        raise Rejected(f"the expression has other variables than {name}")
    span = goal.region.spans[name]
    if span.is_point:
        raise Rejected("the range is one point")
    facts = {node: sign for node, sign in goal.region.facts.items() if node.free <= {name}}
    # step: facts that were proved under constraints are not taken beyond them [false 1/3]
    if goal.region.constraints or span.integer:
        facts = {}  # they may hold for some values alone
    region = Region({name: span.opened}, constants=goal.constants, facts=facts)
    line = Line(name, region, goal.depth + 1)
    line.region.require(goal.f)
    signs = line.pattern(goal.f, proof)
    if goal.relation == ">=":
        # step: all signs of the table are + [true]
        fits = set(signs) == {1}
    else:
        # step: the table of a strict goal has one sign [true 2/5]
        # step: and it is + [true 3/5]
        fits = len(signs) == 1 and (signs[0] == 1 or goal.relation == "!=")
    if not fits:
        raise Rejected("the pattern does not prove the goal", _told_signs(signs))
    for end, closed in ((span.low, span.low_closed), (span.high, span.high_closed)):
        if closed and end is not None:
            # step: a closed end has its sign [drop]
            _at_end(goal, name, end)


def _at_end(goal: Goal, name: str, end: Node) -> None:
    value = substitute(goal.f, {name: end})
    try:
        sign = goal.constants.sign(value)
    except Undecided:
        # step: at an end whose sign is not found f is continuous [true 3/3]
        if goal.relation == ">=" and continuous(goal.f):
            return  # f ≥ 0 beside the end, and f is defined and continuous there
        raise
    # step: 0 at an end proves no strict goal [true 6/9]
    # step: a negative value at an end refutes the goal, where f jumps [true 9/9]
    if not (sign > 0 or (sign == 0 and goal.relation == ">=") or
            (sign != 0 and goal.relation == "!=")):  # fmt: skip
        raise Rejected("the goal is not proved at an end of the range")


def continuous(node: Node) -> bool:
    """Whether an expression is continuous wherever it is defined."""
    waiting, seen = [node], set()
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen.add(part)
        # step: sign, floor and atan2 may jump [false 2/3]
        if part.head in _JUMPS or part.head == "sum":
            return False
        if part.head not in ("number", "variable"):
            waiting.extend(part.args)
    return True


def _told_signs(signs: list[int]) -> str:
    return ", ".join("+" if sign > 0 else "-" for sign in signs)


def _point(goal: Goal, rest: dict[str, Any]) -> None:
    """All variables have one value: by enclosure, or 0 by normal form."""
    fields(rest)
    f, place = goal.f, {}
    if any(not goal.region.spans[name].is_point for name in f.free):
        f = _simple(goal, f)
    for name in f.free:
        span = goal.region.spans[name]
        # step: a point is the only one of the range [last condition 1/3]
        if not span.is_point or span.low is None:
            raise Rejected(f"the variable {name} has more than one value")
        place[name] = span.low
    sign = goal.constants.sign(substitute(f, place))
    proved = {">": sign > 0, ">=": sign >= 0, "=": sign == 0, "!=": sign != 0}
    # step: the goal holds at the point [true 2/2]
    if not proved[goal.relation]:
        raise Rejected("the goal is false at the point")


def _obvious(goal: Goal, rest: dict[str, Any]) -> None:
    """From the ranges of the parts, which may be infinite."""
    fields(rest)
    goal.need(">", ">=", "!=")
    sign = goal.region.sign(goal.f)
    # step: an obvious sign is the one of the goal [condition 1/5: sign]
    if sign == 1 or (sign and goal.relation == "!="):
        return
    # step: a weak sign proves no strict goal [true 2/3]
    if goal.relation == ">=" and goal.region.weak(goal.f) == 1:
        return
    raise Rejected("the sign is not obvious", told_shortly(goal.f))


def _cells(goal: Goal, rest: dict[str, Any]) -> None:
    """A box, halved until enclosures decide."""
    splits, order = fields(rest, "splits", "order")
    if not isinstance(splits, list) or type(order) is not int:
        raise Rejected("a subdivision is a list, and an order is a whole number")
    if goal.relation == "=":
        raise Rejected("cells do not prove an equality")
    region, box = goal.region, {}
    names = goal.f.free.union(*(c.free for c, _ in region.constraints))
    for name in names:
        own = region.closed_box(frozenset((name,)))
        if own is not None:
            box.update(own)
    constraints = [c for c in region.constraints if c[0].free <= box.keys()]
    if goal.relation == "!=":
        constraints = []
    work = goal.constants.work
    for _ in check_cells(
        goal.f, goal.relation, box, constraints, splits, order, work, defined=True
    ):
        pass


def _touch(goal: Goal, rest: dict[str, Any]) -> None:
    """Where f and its gradient vanish: a box by second derivatives, and the rest."""
    at, box, others = fields(rest, "at", "box", "rest")
    goal.need(">=")
    names = [name for name in goal.region.spans if name in goal.f.free]
    if not isinstance(at, dict) or not isinstance(box, dict) or not isinstance(others, list):
        raise Rejected("a touching point is an object of names and texts")
    if at.keys() != set(names) or box.keys() != set(names):
        raise Rejected("a touching point has exactly the variables of the expression")
    place = {name: goal.constant(at[name]) for name in names}
    ends = {name: _pair(goal, box[name]) for name in names}
    near = {name: _near(goal, name, place[name], *ends[name]) for name in names}
    # step: f is analytic on the region's part of the box [drop]
    Region(near, constants=goal.constants).require(goal.f, analytic=True)
    spans = {name: (goal.region.spans[name].low, goal.region.spans[name].high) for name in names}
    work = goal.constants.work
    check_touch(goal.f, place, ends, spans, goal.constants.algebra.is_zero, work)
    pieces = rest_boxes(spans, ends, names, work)
    if len(pieces) != len(others):
        raise Rejected(f"there are {len(pieces)} pieces beside the box")
    for piece, proof in zip(pieces, others, strict=True):
        changed: dict[str, Span | None] = {}
        for name, (low, high) in piece.items():
            own = goal.region.spans[name]
            changed[name] = Span(
                low, high, low is not None and (own.low_closed or low is not own.low),
                high is not None and (own.high_closed or high is not own.high), own.integer,
            )  # fmt: skip
        goal.of(goal.f, region=goal.region.with_spans(changed)).prove(proof)


def _near(goal: Goal, name: str, point: Node, first: Any, last: Any) -> Span:
    """The closure of what the region has of a box, the touching point being in it.

    So the segments from that point to the others are in it, too, and f is analytic on them.
    """
    compare, own = goal.constants.compare, goal.region.spans[name]
    low, high = number(first), number(last)
    if own.low is not None and compare(own.low, low) > 0:
        low = own.low
    if own.high is not None and compare(own.high, high) < 0:
        high = own.high
    # step: the touching point lies in the region [false 1/3]
    if compare(point, low) < 0 or compare(point, high) > 0:
        raise Rejected(f"the coordinate {name} of a touching point is outside of the region")
    return Span(low, high, True, True)


def _pair(goal: Goal, value: object) -> tuple[Any, Any]:
    if not isinstance(value, list) or len(value) != 2:
        raise Rejected("the ends of a box are pairs of numbers")
    low, high = (goal.constant(end) for end in value)
    if low.head != "number" or high.head != "number" or not low.args[0] < high.args[0]:
        raise Rejected("the ends of a box are rational numbers in order")
    return low.args[0], high.args[0]


# Rules with parts on the same region


def _rewrite(goal: Goal, rest: dict[str, Any]) -> None:
    """Another way to write f."""
    text, proof = fields(rest, "as", "proof")
    node = goal.read(text)
    inner = goal.of(node)
    inner.prove(proof)  # this proves that the text is defined, too
    goal.need_equal(node, "what it is rewritten as")


def _factor(goal: Goal, rest: dict[str, Any]) -> None:
    """A product: f = ∏ gᵢ^nᵢ, the sign of each factor proved."""
    (given,) = fields(rest, "factors")
    goal.need(">", ">=", "!=")
    factors, sign, strict = [], 1, True
    for factor in parts(given, "factors"):
        if not isinstance(factor, dict) or not {"of", "power", "sign"} <= factor.keys() <= {
            "of", "power", "sign", "proof",
        }:  # fmt: skip
            raise Rejected("a factor has the fields of, power, sign and proof")
        # step: a factor is defined [function: .read]
        node, power, own = goal.defined(factor["of"]), factor["power"], factor["sign"]
        if type(power) is not int or not 0 < abs(power) <= 1_000:
            raise Rejected("the power of a factor is a whole number other than 0")
        if own not in (">", ">=", "<", "<=", "!="):
            raise Rejected(f"{shown(own)} is no sign")
        even = power % 2 == 0
        if power < 0 and own in (">=", "<="):
            raise Rejected("a factor in a denominator needs a strict sign")
        # step: an odd power of a factor other than 0 has no known sign [false 1/5]
        if own == "!=" and not even and goal.relation != "!=":
            raise Rejected("the sign of a factor is not known")
        if "proof" in factor:
            down = own in ("<", "<=")
            relation = {"<": ">", "<=": ">="}.get(own, own)
            goal.of(-node if down else node, relation).prove(factor["proof"])
            # step: a negative factor turns the sign [last choice]
            sign = -sign if down and not even else sign
        # step: only a square needs no proof [last condition 2/4]
        elif not (even and power > 0 and own == ">="):
            raise Rejected("only the square of a factor needs no proof")
        strict = strict and own not in (">=", "<=")
        factors.append(raise_to(node, number(power)))
    goal.need_equal(multiply(*factors), "the product of the factors")
    # step: a factor that may be 0 proves no strict goal [false 1/4]
    if goal.relation != ">=" and not strict:
        raise Rejected("a factor may be 0, and the goal is strict")
    # step: the product has the sign of the goal [false 1/3]
    if goal.relation != "!=" and sign < 0:
        raise Rejected("the product has the wrong sign")


def signed(goal: Goal, given: object, word: str) -> tuple[Node, bool]:
    """An expression that is proved to be at least 0; and whether it is proved to be positive."""
    if not isinstance(given, dict):
        raise Rejected(f"a {word} is an object")
    text, own, proof = fields(given, "of", "sign", "proof")
    if own not in (">", ">="):
        raise Rejected(f"the sign of a {word} is > or >=")
    node = goal.read(text)
    # step: what is said to be positive is proved, each part of a sum and each factor beside squares
    #   [drop]
    goal.of(node, own).prove(proof)
    return node, own == ">"


def _sum(goal: Goal, rest: dict[str, Any]) -> None:
    """A sum: f = Σ gᵢ, each of them positive or at least 0."""
    (given,) = fields(rest, "parts")
    goal.need(">", ">=")
    terms, strict = [], False
    for part in parts(given, "parts"):
        node, positive = signed(goal, part, "part")
        strict = strict or positive
        terms.append(node)
    # step: one part of a sum is strictly positive [false 1/4]
    if goal.relation == ">" and not strict:
        raise Rejected("no part is strictly positive")
    goal.need_equal(add(*terms), "the sum of the parts")


def _squares(goal: Goal, rest: dict[str, Any]) -> None:
    """Squares: f = Σ cᵢ pᵢ² + a rest, cᵢ > 0."""
    if "plus" not in rest:
        rest = {**rest, "plus": None}
    given, plus = fields(rest, "terms", "plus")
    goal.need(">", ">=")
    terms = []
    for term in parts(given, "terms"):
        if not isinstance(term, list) or len(term) != 2:
            raise Rejected("a term is a pair of a number and a text")
        # step: the base of a square is defined [function 2/2: .read]
        scale, base = goal.constant(term[0]), goal.defined(term[1])
        # step: the coefficient of a square is positive [false]
        if goal.constants.sign(scale) != 1:
            raise Rejected("the coefficient of a square is positive")
        terms.append(multiply(scale, base**2))
    total = add(*terms)
    if plus is not None:
        goal.of(_simple(goal, add(goal.f, multiply(MINUS_ONE, total)))).prove(plus)
        return
    # step: a sum of squares may be 0 [drop]
    goal.need(">=")
    goal.need_equal(total, "the sum of the squares")


def _simple(goal: Goal, node: Node) -> Node:
    """The normal form as an expression, which has the same value where both are defined."""
    algebra = goal.region.algebra
    simple = algebra.node(algebra.reduced(algebra.form(node)))
    return node if simple is None else simple


# Monotone maps of both sides


def _map(goal: Goal, rest: dict[str, Any]) -> None:
    """Both sides mapped: f = B − A, and m(A) is compared with m(B) for a monotone m."""
    kind = rest.get("map")
    positive = rest.get("positive")
    names = ("map", "left", "right", "proof", *(("positive",) if "positive" in rest else ()))
    fields(rest, *names)
    goal.need(">", ">=", "=")
    left, right = goal.defined(rest["left"]), goal.defined(rest["right"])
    goal.need_equal(add(right, multiply(MINUS_ONE, left)), "the difference of the two sides")
    if kind == "log":
        if positive is not None:
            goal = goal._with_conditions(positive)
        inner = add(logarithm(right), multiply(MINUS_ONE, logarithm(left)))
    elif kind == "exp":
        inner = call("exp", right) - call("exp", left)
    elif kind == "square":
        # step: equal squares do not make equal sides [drop]
        goal.need(">", ">=")
        if positive is not None:
            goal.of(right, ">=").prove(positive)
        # step: the greater side of a square is at least 0 [false]
        elif goal.region.weak(right) != 1:
            raise Rejected("the greater side of a square is not proved to be at least 0")
        inner = right**2 - left**2
    elif kind == "sqrt":
        inner = sqrt(right) - sqrt(left)
    elif kind == "reciprocal":
        if positive is not None:
            goal.of(left, ">").prove(positive)
        elif goal.region.sign(left) != 1:
            raise Rejected("the lesser side of a reciprocal is not proved to be positive")
        # step: the greater side of a reciprocal is positive [false]
        if goal.region.sign(right) != 1:
            raise Rejected("the greater side of a reciprocal is not proved to be positive")
        inner = 1 / left - 1 / right
    elif kind == "inverse":
        # step: both sides are values of one monotone function [false 1/3]
        if left.head != right.head or left.head not in (*INCREASING, *DECREASING):
            raise Rejected("the two sides are not values of one monotone function")
        a, b = left.args[0], right.args[0]
        # step: a decreasing function turns the order of its arguments [first choice]
        inner = b - a if left.head in INCREASING else a - b
    else:
        raise Rejected(f"{shown(kind)} is no monotone map that is known")
    goal.of(inner).prove(rest["proof"])


def logarithm(node: Node) -> Node:
    """The logarithm of a product of powers, factor by factor.

    Where it is defined, every factor is positive, and it is the logarithm of the node.
    """
    head, args = node.head, node.args
    if head == "*":
        return add(*map(logarithm, args))
    if head == "^":
        return multiply(args[1], logarithm(args[0]))
    if head == "exp":
        return args[0]
    if head == "e":
        return number(1)
    if head == "number" and args[0] == 1:
        return number(0)
    if head == "gamma":
        return call("loggamma", args[0])
    if head == "beta":
        p, q = args
        return call("loggamma", p) + call("loggamma", q) - call("loggamma", p + q)
    if head == "binomial":
        n, k = args
        return call("loggamma", n + 1) - call("loggamma", k + 1) - call("loggamma", n - k + 1)
    if head == "phi":
        return -(args[0] * args[0]) / 2 - call("log", TWO * PI) / 2
    return call("log", node)


ON_MORE = frozenset(("forget",))
"""Rules that prove the same goal on a region that holds this one."""

RULES: dict[str, Rule] = {
    "equal": _equal,
    "constraint": _constraint,
    "signs": _signs,
    "point": _point,
    "obvious": _obvious,
    "far": _obvious,
    "cells": _cells,
    "touch": _touch,
    "rewrite": _rewrite,
    "factor": _factor,
    "sum": _sum,
    "sos": _squares,
    "map": _map,
}
"""The rules, by name; those of `moves` are added to them."""
