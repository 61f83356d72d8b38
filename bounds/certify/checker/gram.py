"""Sums of squares with the region's own signs as factors, and factors that f may be multiplied by.

    f = Σ (g₁⋯g_k) bᵀMb + Σ p c + a

with every gᵢ ≥ 0 and every c = 0 on the region, every M symmetric and positive semidefinite over
the rationals, and a ≥ 0, shows f ≥ 0 (Putinar 1993; the sum is expanded, and M is eliminated
exactly).
"""

from __future__ import annotations

from typing import Any

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import Node, add, multiply, number
from bounds.certify.checker.goal import RULES, Goal, continuous, said, signed
from bounds.certify.checker.number import shown
from bounds.certify.checker.pattern import fields, parts
from bounds.certify.checker.region import Span
from bounds.certify.checker.verdict import Rejected

MOST_ROWS = 100
Matrix = list[list[Any]]


def _gram(goal: Goal, rest: dict[str, Any]) -> None:
    """Products of what is at least 0 with squares, multiples of what is 0, and a number."""
    given, zeros, constant = fields(rest, "parts", "zero", "constant")
    goal.need(">", ">=")
    known = said(goal.region)
    strict, terms = False, []
    for part in parts(given, "parts"):
        if not isinstance(part, dict):
            raise Rejected("a part is an object")
        times, basis, rows = fields(part, "times", "basis", "matrix")
        if not isinstance(times, list) or len(times) > MOST_ROWS:
            raise Rejected("the factors of a part are a list")
        factors, open_ = [], True
        for entry in times:
            node, positive = signed(goal, entry, "factor")
            factors.append(node)
            open_ = open_ and positive
        nodes = [goal.defined(text) for text in parts(basis, "a basis")]
        matrix = _matrix(goal, rows, len(nodes))
        rank = _semidefinite(matrix)
        # step: nor a basis that may be 0 [true 1/2]
        one = any(goal.region.sign(node) for node in nodes)
        # step: nor does a matrix that is not of full rank [true 6/6]
        # step: nor a factor that may be 0 [true 4/6]
        strict = strict or (open_ and one and rank == len(nodes))
        terms.append(multiply(*factors, _form(matrix, nodes)))
    if not isinstance(zeros, list) or len(zeros) > MOST_ROWS:
        raise Rejected("what is 0 is a list")
    for entry in zeros:
        if not isinstance(entry, dict):
            raise Rejected("what is 0 is an object")
        text, by = fields(entry, "of", "times")
        node = goal.defined(text)
        # step: a constraint says what is 0 [true 2/5]
        # step: by an equality [true 4/5]
        if not any(kind == "=" and goal.region.multiple(node, c) for c, kind in known):
            raise Rejected(f"no constraint says that {shown(text)} is 0")
        terms.append(multiply(node, goal.defined(by)))
    more = goal.constant(constant)
    sign = goal.constants.sign(more)
    # step: the number beside the squares is at least 0 [false]
    if sign < 0:
        raise Rejected("the number beside the squares is negative")
    # step: squares that may all be 0 prove no strict goal [false 1/6]
    if goal.relation == ">" and not (strict or sign > 0):
        raise Rejected("the squares may all be 0, and the goal is strict")
    # step: f is the sum [drop]
    goal.need_equal(add(*terms, more), "the sum of the squares")


def _matrix(goal: Goal, rows: object, size: int) -> Matrix:
    """The rows of a symmetric matrix, up to the diagonal."""
    if size > MOST_ROWS:
        raise Rejected(f"a matrix has at most {MOST_ROWS} rows")
    if not isinstance(rows, list) or len(rows) != size:
        raise Rejected("a matrix has a row for each element of the basis")
    matrix: Matrix = [[None] * size for _ in range(size)]
    for i, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != i + 1:
            raise Rejected("the rows of a matrix go up to the diagonal")
        for j, text in enumerate(row):
            entry = goal.read(text)
            if entry.head != "number":
                raise Rejected(f"{shown(text)} is no rational number")
            matrix[i][j] = matrix[j][i] = gmpy2.mpq(entry.args[0])
    return matrix


def _semidefinite(matrix: Matrix) -> int:
    """The rank of a positive semidefinite matrix, by exact elimination.

    Raises:
        Rejected: it is not positive semidefinite.
    """
    left = [row[:] for row in matrix]
    rank = 0
    for i in range(len(left)):
        pivot = left[i][i]
        # step: a pivot is at least 0 [false]
        if pivot < 0:
            raise Rejected("a matrix is not positive semidefinite")
        if pivot == 0:
            # step: a row of a pivot that is 0 is 0 [false 1/2]
            if any(left[i][j] != 0 for j in range(i + 1, len(left))):
                raise Rejected("a matrix is not positive semidefinite")
            continue
        rank += 1
        for j in range(i + 1, len(left)):
            if left[j][i] == 0:
                continue
            scale = left[j][i] / pivot
            for k in range(i + 1, len(left)):
                # step: the rest is what elimination leaves [zero product]
                left[j][k] -= scale * left[i][k]
    return rank


def _form(matrix: Matrix, nodes: list[Node]) -> Node:
    """The quadratic form bᵀMb."""
    terms = []
    for i, row in enumerate(matrix):
        for j in range(i + 1):
            if row[j] != 0:
                scale = row[j] if i == j else 2 * row[j]
                terms.append(multiply(number(scale), nodes[i], nodes[j]))
    return add(*terms) if terms else number(0)


def _multiplied(goal: Goal, rest: dict[str, Any]) -> None:
    """F ≥ 0 from q·f ≥ 0 with a polynomial q ≥ 0 in variables that range over intervals freely.

    A polynomial other than 0 vanishes on no open set: every point of the region is a limit of
    points with q > 0, at which f ≥ 0, and f is continuous.
    """
    text, positive, proof = fields(rest, "by", "positive", "proof")
    goal.need(">=")
    q = goal.defined(text)
    # step: f is continuous [true 2/2]
    if not continuous(goal.f):
        raise Rejected("the expression may jump")
    for name in q.free:
        span = goal.region.spans[name]
        # step: its variables are real [last condition 1/2]
        # step: they range over intervals [first condition 1/2]
        if span.integer or _is_thin(goal, span):
            raise Rejected(f"the variable {name} does not range over an interval")
    # step: no constraint holds them on a thin set [false 1/2]
    if any(c.free & q.free for c, _ in goal.region.constraints):
        raise Rejected("a constraint has a variable of the factor")
    # step: it is not 0 everywhere [first condition 1/3]
    # step: it is a polynomial [last condition 1/3]
    if not _polynomial(q) or goal.region.plain.form(q).is_zero:
        raise Rejected("the factor is not a polynomial other than 0")
    # step: the polynomial that f is multiplied by is at least 0 [drop]
    goal.of(q, ">=").prove(positive)
    goal.of(multiply(q, goal.f)).prove(proof)


def _is_thin(goal: Goal, span: Span) -> bool:
    """Whether a range has no interior."""
    if span.low is None or span.high is None:
        return False
    return goal.constants.compare(span.low, span.high) >= 0


def _polynomial(node: Node) -> bool:
    if node.head in ("number", "variable"):
        return True
    if node.head == "^":
        base, power = node.args
        whole = power.head == "number" and power.args[0].denominator == 1 and power.args[0] >= 0
        return whole and _polynomial(base)
    return node.head in ("+", "*") and all(map(_polynomial, node.args))


RULES.update({"gram": _gram, "multiplied": _multiplied})
