"""Polynomial inequalities by sums of squares: f = Σ (g₁⋯g_k) bᵀMb + Σ p c, M semidefinite.

The g are what the domain says is at least 0, the c are what it says is 0, or what is 0 for square
roots and sines by themselves (Parrilo 2003; Lasserre 2001). M is found in floats, on the face of
the cone where it lies if f has zeros, rounded to rational numbers and corrected exactly; the
checker eliminates M and expands the sum. Where there is no such sum for f, f is multiplied by a
sum of positive terms first, as Motzkin's polynomial must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat
from scipy.linalg import qr
from scipy.optimize import linprog

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
from bounds.certify.rules.normal import TooLarge, normal, normal_expr
from bounds.certify.rules.obvious import obvious
from bounds.certify.rules.semidefinite import inside
from bounds.certify.rules.touch import contacts

Powers = tuple[int, ...]
Poly = dict[Powers, Fraction]

_ERRORS = (TooLarge, ZeroDivisionError, OverflowError, ValueError, KeyError, np.linalg.LinAlgError)
_MOST_ATOMS, _MOST_DEGREE, _MOST_TERMS = 8, 16, 400
_MOST_BASES, _MOST_EQUATIONS, _MOST_ENTRIES = 700, 700, 8_000_000
_ROUNDINGS = (4, 10, 20, 30, 40)
_FAILED: set[tuple[Goal, int]] = set()
_MOST_REMEMBERED = 4096


_ENTRIES = {1: 60_000, 2: 400_000, 4: 2_000_000}
"""How large a search may be, by how many goals may be inside one another."""


class _Later(Exception):
    """The search is too large for the time given now."""


@dataclass(frozen=True)
class _Sign:
    """What is at least 0, or above it, and the proof of that."""

    poly: Poly
    text: str
    strict: bool
    rule: str


@dataclass(frozen=True)
class _Zero:
    """What is 0; by a constraint, or by algebra (no text)."""

    poly: Poly
    text: str | None


@dataclass
class _Block:
    """(g₁⋯g_k) bᵀMb: the factors, their product, and b as polynomials."""

    times: tuple[_Sign, ...]
    product: Poly
    basis: list[Poly]


class _Problem:
    """A goal as polynomials in atoms: variables, roots and other functions."""

    def __init__(self, goal: Goal) -> None:
        form = normal(goal.f)
        if form.den != 1:
            raise ValueError("f is no polynomial")
        self.goal = goal
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
        self.signs: list[_Sign] = []
        self.zeros: list[_Zero] = []
        for c, own in forms:
            poly, text = self._poly(own), to_text(c.left - c.right)
            if c.relation == "=":
                if not any(_same(poly, z.poly) for z in self.zeros):
                    self.zeros.append(_Zero(poly, text))
            elif _degree(poly) > 0 and not any(s.poly == poly for s in self.signs):
                self.signs.append(_Sign(poly, text, c.relation == ">", "constraint"))
        for i, k in enumerate(atoms):
            self._known(i, k)
        if len(self.f) > _MOST_TERMS or _degree(self.f) > _MOST_DEGREE:
            raise ValueError("too large")

    def _known(self, i: int, kernel: Expr) -> None:
        """What an atom that is no variable satisfies by itself."""
        if kernel.head == "variable":
            return
        seen = obvious(kernel, self.goal.domain)
        if seen in (">", ">="):
            poly = {self._unit(i): Fraction(1)}
            self.signs.append(_Sign(poly, to_text(kernel), seen == ">", "obvious"))
        if kernel.head == "^" and kernel.args[1].is_number:
            q = kernel.args[1].value
            inner = normal(kernel.args[0])
            if q > 0 and q.denominator > 1 and inner.den == 1:
                base = _power(self._poly(inner), q.numerator)
                top = {tuple(q.denominator * u for u in self._unit(i)): Fraction(1)}
                self.zeros.append(_Zero(_plus(top, base, Fraction(-1)), None))
        if kernel.head == "sin":
            for j, other in enumerate(self.atoms):
                if other.head == "cos" and other.args == kernel.args:
                    squares = {
                        tuple(2 * u for u in self._unit(n)): Fraction(1) for n in (i, j)
                    }
                    squares[self._zero] = Fraction(-1)
                    self.zeros.append(_Zero(squares, None))

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
            for place in contacts(weak, Deadline(1.0), 8):
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


def _degree(poly: Poly) -> int:
    return max((sum(powers) for powers in poly), default=0)


def _homogeneous(poly: Poly) -> bool:
    return len({sum(powers) for powers in poly}) <= 1


def _plus(a: Poly, b: Poly, scale: Fraction = Fraction(1)) -> Poly:
    result = dict(a)
    for k, c in b.items():
        value = result.get(k, Fraction(0)) + scale * c
        if value:
            result[k] = value
        else:
            result.pop(k, None)
    return result


def _times(a: Poly, b: Poly) -> Poly:
    result: Poly = {}
    for p, x in a.items():
        for q, y in b.items():
            key = tuple(u + v for u, v in zip(p, q, strict=True))
            result[key] = result.get(key, Fraction(0)) + x * y
    return {k: c for k, c in result.items() if c}


def _power(a: Poly, n: int) -> Poly:
    result = a
    for _ in range(n - 1):
        result = _times(result, a)
    return result


def _same(a: Poly, b: Poly) -> bool:
    return a == b or _plus(a, b) == {}


def _monomials(count: int, low: int, high: int) -> list[Powers]:
    result = []
    for d in range(low, high + 1):
        for chosen in combinations_with_replacement(range(count), d):
            powers = [0] * count
            for i in chosen:
                powers[i] += 1
            result.append(tuple(powers))
    return result


def gram(goal: Goal, prove: Prover, deadline: Deadline) -> Iterator[Node]:
    """Proofs by sums of squares, the small ones first.

    Args:
        goal: f > 0 or f >= 0.
        prove: proves that a multiplier is positive.
        deadline: when to stop.
    """
    if goal.relation not in (">", ">=") or (len(goal.names) < 2 and not goal.domain.constraints):
        return
    if any(goal.domain.ranges[n].integer for n in goal.names):
        return
    try:
        problem = _Problem(goal)
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
        key = (goal, k)
        if key in _FAILED:
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
        if len(_FAILED) >= _MOST_REMEMBERED:
            _FAILED.clear()
        _FAILED.add(key)


_Attempt = Callable[[_Problem, Deadline], "Node | None"]


def _attempts(problem: _Problem) -> Iterator[_Attempt]:
    degree = _degree(problem.f)
    free = not problem.signs and not problem.zeros
    if degree % 2 == 0:
        yield lambda p, d: _found(p, p.f, [], degree, d)
    if not free:
        even = max([degree, *(_degree(s.poly) for s in problem.signs)])
        even += even % 2
        graded = _graded(problem)
        low = degree if graded else even
        for size in (1, 2, 3):
            if size == 1 or len(problem.signs) >= size:
                yield lambda p, d, size=size: _found(p, p.f, _products(p, size), low, d)
    yield lambda p, d: _by_multiplier(p, 1, d)
    if not free and not graded:
        yield lambda p, d: _found(p, p.f, _products(p, 2), low + 2, d)
    yield lambda p, d: _by_multiplier(p, 2, d)


def _graded(problem: _Problem) -> bool:
    """Whether f and all that is known are homogeneous."""
    known = [*(s.poly for s in problem.signs), *(z.poly for z in problem.zeros)]
    return all(map(_homogeneous, [problem.f, *known]))


def _products(problem: _Problem, size: int) -> list[tuple[_Sign, ...]]:
    """The known signs, and products of so many of them."""
    signs = problem.signs
    return [chosen for n in range(1, size + 1) for chosen in combinations(signs, n)]


def _by_multiplier(problem: _Problem, power: int, deadline: Deadline) -> Node | None:
    """Q f instead of f, q a power of the sum of the variables or of their squares."""
    goal = problem.goal
    lines = [i for i, k in enumerate(problem.atoms) if k.head == "variable"]
    if len(lines) < len(problem.atoms) or problem.zeros:
        return None
    positive = all(
        any(s.poly == {problem._unit(i): Fraction(1)} for s in problem.signs) for i in lines
    )
    strictly = positive and any(
        s.strict and s.poly == {problem._unit(i): Fraction(1)}
        for s in problem.signs
        for i in lines
    )
    graded = _homogeneous(problem.f)
    q: Poly = {problem._unit(i) if positive else tuple(2 * u for u in problem._unit(i)): Fraction(1)
               for i in lines}  # fmt: skip
    isolated = graded and not strictly
    if isolated and (goal.strict or goal.domain.constraints):
        return None
    if not graded:
        q[problem._zero] = Fraction(1)
    q = _power(q, power)
    f = _times(q, problem.f)
    degree = _degree(f)
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
    products: Sequence[tuple[_Sign, ...]],
    degree: int,
    deadline: Deadline,
) -> Node | None:
    """The node of a sum of squares with these products of known signs as factors."""
    count = len(problem.atoms)
    graded = _homogeneous(f) and all(map(_homogeneous, (z.poly for z in problem.zeros)))
    graded = graded and all(_homogeneous(s.poly) for chosen in products for s in chosen)
    blocks = []
    for chosen in [(), *products]:
        product: Poly = {(0,) * count: Fraction(1)}
        for s in chosen:
            product = _times(product, s.poly)
        rest = degree - _degree(product)
        if rest < 0 or (graded and rest % 2):
            continue
        half = rest // 2
        monomials = _monomials(count, half if graded else 0, half)
        if not products and not problem.zeros:
            monomials = _half_newton(f, monomials)
        if monomials:
            blocks.append(_Block(chosen, product, [{m: Fraction(1)} for m in monomials]))
    zeros = []
    for z in problem.zeros:
        rest = degree - _degree(z.poly)
        if rest >= 0:
            zeros += [(z, m) for m in _monomials(count, rest if graded else 0, rest)]
    if not blocks or sum(len(b.basis) for b in blocks) > _MOST_BASES:
        return None
    if sum(len(b.basis) ** 2 for b in blocks) > problem.room // 10:
        raise _Later
    at_zeros = False
    for _ in range(5):
        if not problem.zeros:
            blocks = _consistent(f, blocks)
        if not blocks:
            return None
        search = _Search(f, blocks, zeros)
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
            smaller = _vanishing(blocks, problem.contacts())
            if sum(len(b.basis) for b in smaller) < sum(len(b.basis) for b in blocks):
                blocks = smaller
                continue
        faced = search.face()
        if faced is None:
            return None
        blocks = faced
    return None


def _half_newton(f: Poly, monomials: list[Powers]) -> list[Powers]:
    """Those whose squares lie in the Newton polytope of f."""
    points = np.array(list(f), dtype=float).T
    equal = np.vstack([points, np.ones(points.shape[1])])
    high, low = points.max(axis=1), points.min(axis=1)
    kept = []
    for m in monomials:
        double = 2 * np.array(m, dtype=float)
        if np.any(double > high) or np.any(double < low):
            continue
        if tuple(2 * p for p in m) in f:
            kept.append(m)
            continue
        found = linprog(
            np.zeros(points.shape[1]), A_eq=equal, b_eq=np.append(double, 1.0), method="highs"
        )
        if found.status == 0:
            kept.append(m)
    return kept


class _Search:
    """The matrices of the blocks in floats, and then exactly."""

    def __init__(
        self, f: Poly, blocks: list[_Block], zeros: list[tuple[_Zero, Powers]]
    ) -> None:
        self.f, self.blocks, self.zeros = f, blocks, zeros
        self.columns: list[tuple[int, int, int]] = []
        polys: list[Poly] = []
        for z, m in zeros:
            polys.append(_times(z.poly, {m: Fraction(1)}))
        for n, block in enumerate(blocks):
            for i, p in enumerate(block.basis):
                own = _times(block.product, p)
                for j in range(i + 1):
                    self.columns.append((n, i, j))
                    polys.append(_times(own, block.basis[j]))
        self.polys = polys
        self.rows = {m: k for k, m in enumerate(dict.fromkeys(m for p in (*polys, f) for m in p))}
        self.entries = len(self.rows) * sum(len(b.basis) ** 2 for b in blocks)
        self.matrices: list[Any] | None = None
        self.margin = self.best = 0.0

    def _dense(self) -> tuple[Any, Any]:
        columns = np.zeros((len(self.rows), len(self.polys)))
        for k, poly in enumerate(self.polys):
            for m, c in poly.items():
                columns[self.rows[m], k] = float(c)
        right = np.zeros(len(self.rows))
        for m, c in self.f.items():
            right[self.rows[m]] = float(c)
        return columns, right

    def run(self, deadline: Deadline) -> tuple[list[list[list[Fraction]]], list[Fraction]] | None:
        """Exact matrices that are positive semidefinite, and the multiples of what is 0."""
        columns, right = self._dense()
        count = len(self.zeros)
        scale = float(np.max(np.abs(right)))
        if not scale:
            return None
        free, squares = columns[:, :count], columns[:, count:]
        rotate = np.eye(len(right))
        if count:
            left, sigma, _ = np.linalg.svd(free, full_matrices=True)
            rank = int(np.count_nonzero(sigma > 1e-9 * sigma[0]))
            rotate = left[:, rank:].T
        arrays = [np.zeros((len(right), len(b.basis), len(b.basis))) for b in self.blocks]
        for k, (n, i, j) in enumerate(self.columns):
            arrays[n][:, i, j] = arrays[n][:, j, i] = squares[:, k]
        arrays = [np.tensordot(rotate, a, axes=1) for a in arrays]
        found = inside(arrays, rotate @ right / scale, deadline)
        if found is None:
            return None
        self.matrices = [m * scale for m in found.matrices]
        self.margin, self.best = found.margin, found.best
        if found.margin <= 1e-8:
            return None
        start = [float(self.matrices[n][i, j]) * (1 if i == j else 2) for n, i, j in self.columns]
        guess = np.concatenate([np.zeros(count), start])
        if count:
            guess[:count] = np.linalg.lstsq(free, right - squares @ np.array(start), rcond=None)[0]
        guess += np.linalg.lstsq(columns, right - columns @ guess, rcond=None)[0]
        pivots, chosen = _pivots(columns)
        for bits in _ROUNDINGS:
            if 2.0**-bits > 4 * found.margin * scale:
                continue
            exact = [Fraction(round(v * 2**bits), 2**bits) for v in guess]
            if not self._corrected(exact, pivots, chosen):
                return None
            matrices = self._matrices(exact[count:])
            if all(map(_semidefinite, matrices)):
                return matrices, exact[:count]
        return None

    def _corrected(self, exact: list[Fraction], pivots: list[int], chosen: list[int]) -> bool:
        """Change the entries at the pivots so that the sum is exactly f."""
        rest = self._rest(exact)
        order = list(self.rows)
        system = fmpq_mat(
            [
                [_fmpq(self.polys[k].get(order[r], Fraction(0))) for k in pivots]
                for r in chosen
            ]
        )
        side = fmpq_mat([[_fmpq(rest.get(order[r], Fraction(0)))] for r in chosen])
        change = system.solve(side)
        for n, k in enumerate(pivots):
            q = change[n, 0]
            exact[k] += Fraction(int(q.p), int(q.q))
        return not self._rest(exact)

    def _rest(self, exact: list[Fraction]) -> Poly:
        rest = dict(self.f)
        for c, poly in zip(exact, self.polys, strict=True):
            if c:
                for m, a in poly.items():
                    rest[m] = rest.get(m, Fraction(0)) - c * a
        return {m: c for m, c in rest.items() if c}

    def _matrices(self, entries: Sequence[Fraction]) -> list[list[list[Fraction]]]:
        result = [[[Fraction(0)] * len(b.basis) for _ in b.basis] for b in self.blocks]
        for c, (n, i, j) in zip(entries, self.columns, strict=True):
            value = c if i == j else c / 2
            result[n][i][j] = result[n][j][i] = value
        return result

    def face(self) -> list[_Block] | None:
        """The blocks on the face on which all solutions lie, as their null vectors show."""
        assert self.matrices is not None
        changed, result = False, []
        whole = max(float(np.max(np.abs(m))) for m in self.matrices)
        for block, matrix in zip(self.blocks, self.matrices, strict=True):
            values, vectors = np.linalg.eigh(matrix - self.margin * np.eye(len(matrix)))
            small = _small(values, whole)
            if not small:
                result.append(block)
                continue
            changed = True
            if small == len(values):
                continue
            null = _rational(vectors[:, :small].T)
            if null is None:
                return None
            if (smaller := _orthogonal(block, null)) is not None:
                result.append(smaller)
        return result if changed else None


def _small(values: Any, whole: float) -> int:
    """How many eigenvalues are 0 but for the accuracy of the search: up to the widest gap."""
    values = np.maximum(values, 1e-14 * whole)
    best, count = 30.0, 0
    for i in range(len(values)):
        if values[i] > 1e-4 * whole:
            break
        after = values[i + 1] if i + 1 < len(values) else whole
        if after / values[i] > best:
            best, count = after / values[i], i + 1
    return count


def _orthogonal(block: _Block, null: list[list[Fraction]]) -> _Block | None:
    """The block on the vectors that are orthogonal to these."""
    basis = []
    for row in _kernel(null, len(block.basis)):
        total: Poly = {}
        for c, p in zip(row, block.basis, strict=True):
            if c:
                total = _plus(total, p, c)
        basis.append(total)
    return _Block(block.times, block.product, basis) if basis else None


def _consistent(f: Poly, blocks: list[_Block]) -> list[_Block]:
    """Without basis elements whose squares alone give a monomial that f has not."""
    while True:
        sources: dict[Powers, list[tuple[int, int]] | None] = {}
        for n, block in enumerate(blocks):
            for i, p in enumerate(block.basis):
                own = _times(block.product, p)
                for j in range(i + 1):
                    for m, c in _times(own, block.basis[j]).items():
                        if m in f:
                            continue
                        if i != j or c < 0:
                            sources[m] = None
                        elif (found := sources.setdefault(m, [])) is not None:
                            found.append((n, i))
        drop = {place for found in sources.values() if found for place in found}
        if not drop:
            return blocks
        blocks = [
            _Block(b.times, b.product, [p for i, p in enumerate(b.basis) if (n, i) not in drop])
            for n, b in enumerate(blocks)
        ]
        blocks = [b for b in blocks if b.basis]


def _value(poly: Poly, point: Sequence[Fraction]) -> Fraction:
    total = Fraction(0)
    for powers, c in poly.items():
        for x, p in zip(point, powers, strict=True):
            c *= x**p
        total += c
    return total


def _vanishing(blocks: list[_Block], points: Sequence[Sequence[Fraction]]) -> list[_Block]:
    """The blocks with bases that vanish at zeros of f."""
    result = []
    for block in blocks:
        rows = [[_value(p, x) for p in block.basis] for x in points if _value(block.product, x)]
        rows = [row for row in rows if any(row)]
        smaller = _orthogonal(block, rows) if rows else block
        if smaller is not None:
            result.append(smaller)
    return result


def _pivots(columns: Any) -> tuple[list[int], list[int]]:
    """Columns and rows of a well-conditioned square part of full rank."""
    scale = np.linalg.norm(columns, axis=0)
    _, r, order = qr(columns / np.where(scale > 0, scale, 1.0), mode="economic", pivoting=True)
    diagonal = np.abs(np.diag(r))
    rank = int(np.count_nonzero(diagonal > 1e-9 * diagonal[0]))
    chosen = [int(k) for k in order[:rank]]
    _, _, rows = qr(columns[:, chosen].T, mode="economic", pivoting=True)
    return chosen, [int(k) for k in rows[:rank]]


def _fmpq(q: Fraction) -> fmpq:
    return fmpq(q.numerator, q.denominator)


def _semidefinite(matrix: Sequence[Sequence[Fraction]]) -> bool:
    """Whether a matrix is positive semidefinite, by exact elimination."""
    left = [[_fmpq(c) for c in row] for row in matrix]
    for i in range(len(left)):
        pivot = left[i][i]
        if pivot < 0 or (pivot == 0 and any(left[i][j] != 0 for j in range(i + 1, len(left)))):
            return False
        if pivot == 0:
            continue
        for j in range(i + 1, len(left)):
            scale = left[j][i] / pivot
            if scale != 0:
                for k in range(i + 1, len(left)):
                    left[j][k] -= scale * left[i][k]
    return True


def _rational(rows: Any) -> list[list[Fraction]] | None:
    """A basis of the row space with small rational numbers; None where it is not seen."""
    rows = np.array(rows, dtype=float)
    count, width = rows.shape
    done, where = 0, []
    for _ in range(count):
        best = np.abs(rows[done:, :])
        at = np.unravel_index(int(np.argmax(best)), best.shape)
        i, j = int(at[0]) + done, int(at[1])
        rows[[done, i]] = rows[[i, done]]
        rows[done] /= rows[done, j]
        for k in range(count):
            if k != done:
                rows[k] -= rows[k, j] * rows[done]
        where.append(j)
        done += 1
    result = []
    for row in rows:
        exact = [Fraction(float(v)).limit_denominator(120) for v in row]
        if max(abs(float(q) - v) for q, v in zip(exact, row, strict=True)) > 2e-3:
            return None
        result.append(exact)
    return result


def _kernel(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """A basis of the vectors that are orthogonal to the rows."""
    rows = [row[:] for row in rows]
    leads: list[int] = []
    done = 0
    for j in range(width):
        pick = next((i for i in range(done, len(rows)) if rows[i][j]), None)
        if pick is None:
            continue
        rows[done], rows[pick] = rows[pick], rows[done]
        lead = rows[done][j]
        rows[done] = [c / lead for c in rows[done]]
        for i in range(len(rows)):
            if i != done and rows[i][j]:
                scale = rows[i][j]
                rows[i] = [a - scale * b for a, b in zip(rows[i], rows[done], strict=True)]
        leads.append(j)
        done += 1
    result = []
    for j in range(width):
        if j in leads:
            continue
        vector = [Fraction(0)] * width
        vector[j] = Fraction(1)
        for i, lead in enumerate(leads):
            vector[lead] = -rows[i][j]
        result.append(vector)
    return result


def _node(
    problem: _Problem,
    blocks: Sequence[_Block],
    zeros: Sequence[tuple[_Zero, Powers]],
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
            by[z.text] = _plus(by.get(z.text, {}), {m: c})
    zero = [{"of": text, "times": problem.text(p)} for text, p in by.items()]
    return {"rule": "gram", "parts": parts, "zero": zero, "constant": "0"}

