"""Polynomial inequalities by sums of squares: f = Σ (g₁⋯g_k) bᵀMb + Σ p c, M semidefinite.

The g are what the domain says is at least 0, the c are what it says is 0, or what is 0 for square
roots and sines by themselves (Parrilo 2003; Lasserre 2001). M is found in floats, on the face of
the cone where it lies if f has zeros, rounded to rational numbers and corrected exactly; the
checker eliminates M and expands the sum. Where there is no such sum for f, f is multiplied by a
sum of positive terms first, as Motzkin's polynomial must be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
from flint import fmpq

from bounds.certify.language.expression import (
    Expr,
    add,
    multiply,
    number,
    raise_to,
    substitute,
)
from bounds.certify.language.text import to_text
from bounds.certify.rules.algebra import known_signs
from bounds.certify.rules.goal import Deadline, Goal, Node, Prover
from bounds.certify.rules.gram_search import Block, Known, Search, Zero, consistent, vanishing
from bounds.certify.rules.normal import TooLarge, normal, normal_expr
from bounds.certify.rules.obvious import obvious
from bounds.certify.rules.polynomials import (
    Poly,
    Powers,
    degree_of,
    half_newton,
    homogeneous,
    monomials_of,
    multiplied,
    plus,
    power_of,
)
from bounds.certify.rules.touch import contacts

_ERRORS = (TooLarge, ZeroDivisionError, OverflowError, ValueError, KeyError, np.linalg.LinAlgError)
_MOST_ATOMS, _MOST_DEGREE, _MOST_TERMS = 8, 16, 400
_MOST_BASES, _MOST_EQUATIONS, _MOST_ENTRIES = 700, 700, 8_000_000


_ENTRIES = {1: 60_000, 2: 400_000, 4: 2_000_000}
"""How large a search may be, by how many goals may be inside one another."""


class _Later(Exception):
    """The search is too large for the time given now."""


class _Problem:
    """A goal as polynomials in atoms: variables, roots and other functions."""

    def __init__(self, goal: Goal, deadline: Deadline) -> None:
        form = normal(goal.f)
        if form.den != 1:
            raise ValueError("f is no polynomial")
        self.goal, self.deadline = goal, deadline
        self.room = _MOST_ENTRIES
        self._contacts: list[list[Fraction]] | None = None
        said = [c for c in known_signs(goal) if c.relation in (">", ">=", "=")]
        forms = []
        for c in said:
            try:
                own = normal(c.left - c.right)
            except _ERRORS:
                continue
            if own.den == 1:
                forms.append((c, own))
        atoms = list(form.kernels)
        for _, own in forms:
            atoms += [k for k in own.kernels if k not in atoms]
        for k in list(atoms):
            if k.head == "^":
                inner = normal(k.args[0])
                atoms += [j for j in inner.kernels if j not in atoms]
        self.atoms = atoms
        if not 0 < len(atoms) <= _MOST_ATOMS:
            raise ValueError("too many atoms")
        self.f = self._poly(form)
        self.signs: list[Known] = []
        self.zeros: list[Zero] = []
        for c, own in forms:
            poly, text = self._poly(own), to_text(c.left - c.right)
            if c.relation == "=":
                if not any(_same(poly, z.poly) for z in self.zeros):
                    self.zeros.append(Zero(poly, text))
            elif degree_of(poly) > 0 and not any(s.poly == poly for s in self.signs):
                self.signs.append(Known(poly, text, c.relation == ">", "constraint"))
        for i, k in enumerate(atoms):
            self._known(i, k)
        if len(self.f) > _MOST_TERMS or degree_of(self.f) > _MOST_DEGREE:
            raise ValueError("too large")

    def _known(self, i: int, kernel: Expr) -> None:
        """What an atom that is no variable satisfies by itself."""
        if kernel.head == "variable":
            return
        seen = obvious(kernel, self.goal.domain)
        if seen in (">", ">="):
            poly = {self._unit(i): Fraction(1)}
            self.signs.append(Known(poly, to_text(kernel), seen == ">", "obvious"))
        if kernel.head == "^" and kernel.args[1].is_number:
            q = kernel.args[1].value
            inner = normal(kernel.args[0])
            if q > 0 and q.denominator > 1 and inner.den == 1:
                base = power_of(self._poly(inner), q.numerator)
                top = {tuple(q.denominator * u for u in self._unit(i)): Fraction(1)}
                self.zeros.append(Zero(plus(top, base, Fraction(-1)), None))
        if kernel.head == "sin":
            for j, other in enumerate(self.atoms):
                if other.head == "cos" and other.args == kernel.args:
                    squares = {tuple(2 * u for u in self._unit(n)): Fraction(1) for n in (i, j)}
                    squares[self._zero] = Fraction(-1)
                    self.zeros.append(Zero(squares, None))

    def _unit(self, i: int) -> Powers:
        return tuple(int(j == i) for j in range(len(self.atoms)))

    @property
    def _zero(self) -> Powers:
        return (0,) * len(self.atoms)

    def _poly(self, form: Any) -> Poly:
        where = [self.atoms.index(k) for k in form.kernels]
        result: Poly = {}
        for powers, c in form.num.to_dict().items():
            key = [0] * len(self.atoms)
            for i, p in zip(where, powers, strict=True):
                key[i] += int(p)
            q = fmpq(c)
            result[tuple(key)] = Fraction(int(q.p), int(q.q))
        return result

    def expr(self, poly: Poly) -> Expr:
        """A polynomial in the atoms as an expression."""
        parts = []
        for powers, c in poly.items():
            factors = []
            for k, p in zip(self.atoms, powers, strict=True):
                if not p:
                    continue
                if k.head == "^" and k.args[1].is_number:
                    factors.append(raise_to(k.args[0], number(k.args[1].value * p)))
                else:
                    factors.append(raise_to(k, number(p)))
            parts.append(multiply(number(c), *factors))
        return add(*parts) if parts else number(0)

    def contacts(self) -> list[list[Fraction]]:
        """Rational points at which f is 0, as values of the atoms."""
        if self._contacts is None:
            self._contacts = []
            weak = Goal(self.goal.f, ">=", self.goal.domain)
            for place in contacts(weak, self.deadline.within(1.0), 8):
                try:
                    values = [normal_expr(substitute(k, place)) for k in self.atoms]
                except _ERRORS:
                    continue
                if all(v.is_number for v in values):
                    self._contacts.append([v.value for v in values])
        return self._contacts

    def text(self, poly: Poly) -> str:
        """The text of a polynomial."""
        return to_text(self.expr(poly))


def _same(a: Poly, b: Poly) -> bool:
    return a == b or plus(a, b) == {}


def gram(goal: Goal, _prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Proofs by sums of squares, the small ones first.

    Args:
        goal: f > 0 or f >= 0.
        deadline: when to stop.
    """
    if goal.relation not in (">", ">=") or (len(goal.names) < 2 and not goal.domain.constraints):
        return
    if any(goal.domain.ranges[n].integer for n in goal.names):
        return
    try:
        problem = _Problem(goal, deadline)
    except _ERRORS:
        return
    most = deadline.most if deadline.most is not None else 8
    if most < 4 and any(k.free and k.head not in ("variable", "^") for k in problem.atoms):
        return
    problem.room = _ENTRIES.get(most, _MOST_ENTRIES)
    deadline = deadline.within(0.25 * deadline.left())
    for k, attempt in enumerate(_attempts(problem)):
        if deadline.over():
            return
        key = ("gram", goal, k)
        if key in deadline.memory.failed:
            continue
        try:
            node = attempt(problem, deadline)
        except _Later:
            continue
        except _ERRORS:
            node = None
        if node is not None:
            yield node
            continue
        if deadline.over():
            return
        deadline.memory.failed[key] = math.inf


_Attempt = Callable[[_Problem, Deadline], "Node | None"]


def _attempts(problem: _Problem) -> Iterator[_Attempt]:
    degree = degree_of(problem.f)
    free = not problem.signs and not problem.zeros
    if degree % 2 == 0:
        yield partial(_with_products, size=0, degree=degree)
    if not free:
        even = max([degree, *(degree_of(s.poly) for s in problem.signs)])
        even += even % 2
        graded = _graded(problem)
        low = degree if graded else even
        for size in (1, 2, 3):
            if size == 1 or len(problem.signs) >= size:
                yield partial(_with_products, size=size, degree=low)
    yield partial(_by_multiplier, power=1)
    if not free and not graded:
        yield partial(_with_products, size=2, degree=low + 2)
    yield partial(_by_multiplier, power=2)


def _with_products(problem: _Problem, deadline: Deadline, size: int, degree: int) -> Node | None:
    """A sum of this degree, with products of so many known signs."""
    return _found(problem, problem.f, _products(problem, size), degree, deadline)


def _graded(problem: _Problem) -> bool:
    """Whether f and all that is known are homogeneous."""
    known = [*(s.poly for s in problem.signs), *(z.poly for z in problem.zeros)]
    return all(map(homogeneous, [problem.f, *known]))


def _products(problem: _Problem, size: int) -> list[tuple[Known, ...]]:
    """The known signs, and products of so many of them."""
    signs = problem.signs
    return [chosen for n in range(1, size + 1) for chosen in combinations(signs, n)]


def _by_multiplier(problem: _Problem, deadline: Deadline, power: int) -> Node | None:
    """Q f instead of f, q a power of the sum of the variables or of their squares."""
    goal = problem.goal
    lines = [i for i, k in enumerate(problem.atoms) if k.head == "variable"]
    if len(lines) < len(problem.atoms) or problem.zeros:
        return None
    positive = all(
        any(s.poly == {problem._unit(i): Fraction(1)} for s in problem.signs) for i in lines
    )
    strictly = positive and any(
        s.strict and s.poly == {problem._unit(i): Fraction(1)} for s in problem.signs for i in lines
    )
    graded = homogeneous(problem.f)
    q: Poly = {problem._unit(i) if positive else tuple(2 * u for u in problem._unit(i)): Fraction(1)
               for i in lines}  # fmt: skip
    isolated = graded and not strictly
    if isolated and (goal.strict or goal.domain.constraints):
        return None
    if not graded:
        q[problem._zero] = Fraction(1)
    q = power_of(q, power)
    f = multiplied(q, problem.f)
    degree = degree_of(f)
    size = min(len(problem.signs), 3)
    products = _products(problem, size) if problem.signs else []
    node = _found(problem, f, products, degree + (0 if _graded(problem) else degree % 2), deadline)
    if node is None:
        return None
    if isolated:
        seen: Node = {"rule": "obvious"}
        return {"rule": "multiplied", "by": problem.text(q), "positive": seen, "proof": node}
    sign = goal.relation
    return {
        "rule": "factor",
        "factors": [
            {"of": problem.text(f), "power": 1, "sign": sign, "proof": node},
            {"of": problem.text(q), "power": -1, "sign": ">", "proof": {"rule": "obvious"}},
        ],
    }


def _found(
    problem: _Problem,
    f: Poly,
    products: Sequence[tuple[Known, ...]],
    degree: int,
    deadline: Deadline,
) -> Node | None:
    """The node of a sum of squares with these products of known signs as factors."""
    count = len(problem.atoms)
    graded = homogeneous(f) and all(map(homogeneous, (z.poly for z in problem.zeros)))
    graded = graded and all(homogeneous(s.poly) for chosen in products for s in chosen)
    blocks = []
    for chosen in [(), *products]:
        product: Poly = {(0,) * count: Fraction(1)}
        for s in chosen:
            product = multiplied(product, s.poly)
        rest = degree - degree_of(product)
        if rest < 0 or (graded and rest % 2):
            continue
        half = rest // 2
        monomials = monomials_of(count, half if graded else 0, half)
        if not products and not problem.zeros:
            monomials = half_newton(f, monomials)
        if monomials:
            blocks.append(Block(chosen, product, [{m: Fraction(1)} for m in monomials]))
    zeros = []
    for z in problem.zeros:
        rest = degree - degree_of(z.poly)
        if rest >= 0:
            zeros += [(z, m) for m in monomials_of(count, rest if graded else 0, rest)]
    if not blocks or sum(len(b.basis) for b in blocks) > _MOST_BASES:
        return None
    if sum(len(b.basis) ** 2 for b in blocks) > problem.room // 10:
        raise _Later
    at_zeros = False
    for _ in range(5):
        if not problem.zeros:
            blocks = consistent(f, blocks)
        if not blocks:
            return None
        search = Search(f, blocks, zeros)
        if len(search.rows) > _MOST_EQUATIONS or search.entries > _MOST_ENTRIES:
            return None
        if search.entries > problem.room:
            raise _Later
        found = search.run(deadline)
        if found is not None:
            return _node(problem, blocks, zeros, *found)
        if search.matrices is None or search.margin > 1e-3 or search.best < -1e-6:
            return None
        if not at_zeros:
            at_zeros = True
            smaller = vanishing(blocks, problem.contacts())
            if sum(len(b.basis) for b in smaller) < sum(len(b.basis) for b in blocks):
                blocks = smaller
                continue
        faced = search.face()
        if faced is None:
            return None
        blocks = faced
    return None


def _node(
    problem: _Problem,
    blocks: Sequence[Block],
    zeros: Sequence[tuple[Zero, Powers]],
    matrices: Sequence[Sequence[Sequence[Fraction]]],
    multiples: Sequence[Fraction],
) -> Node:
    parts = []
    for block, matrix in zip(blocks, matrices, strict=True):
        if not any(c for row in matrix for c in row):
            continue
        times = [
            {"of": s.text, "sign": ">" if s.strict else ">=", "proof": {"rule": s.rule}}
            for s in block.times
        ]
        rows = [[str(c) for c in row[: i + 1]] for i, row in enumerate(matrix)]
        parts.append(
            {"times": times, "basis": [problem.text(p) for p in block.basis], "matrix": rows}
        )
    by: dict[str, Poly] = {}
    for (z, m), c in zip(zeros, multiples, strict=True):
        if z.text is not None and c:
            by[z.text] = plus(by.get(z.text, {}), {m: c})
    zero = [{"of": text, "times": problem.text(p)} for text, p in by.items()]
    return {"rule": "gram", "parts": parts, "zero": zero, "constant": "0"}
