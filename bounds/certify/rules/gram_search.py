"""The matrices of a sum of squares: in floats, on the face where they lie, and then exactly.

The equations are those of the coefficients. A polynomial with zeros has its matrices on a face of
the cone: bases that vanish at its zeros, and the null vectors of what is found, lead there. Floats
are rounded to rational numbers, and a square part of the equations corrects what was rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.polynomials import Poly, Powers, multiplied, plus, value_at
from bounds.certify.rules.semidefinite import inside

_ROUNDINGS = (4, 10, 20, 30, 40)


@dataclass(frozen=True)
class Known:
    """What is at least 0, or above it, and the proof of that."""

    poly: Poly
    text: str
    strict: bool
    rule: str


@dataclass(frozen=True)
class Zero:
    """What is 0; by a constraint, or by algebra (no text)."""

    poly: Poly
    text: str | None


@dataclass
class Block:
    """(g₁⋯g_k) bᵀMb: the factors, their product, and b as polynomials."""

    times: tuple[Known, ...]
    product: Poly
    basis: list[Poly]


class Search:
    """The matrices of the blocks in floats, and then exactly."""

    def __init__(self, f: Poly, blocks: list[Block], zeros: list[tuple[Zero, Powers]]) -> None:
        self.f, self.blocks, self.zeros = f, blocks, zeros
        self.columns: list[tuple[int, int, int]] = []
        polys: list[Poly] = []
        for z, m in zeros:
            polys.append(multiplied(z.poly, {m: Fraction(1)}))
        for n, block in enumerate(blocks):
            for i, p in enumerate(block.basis):
                own = multiplied(block.product, p)
                for j in range(i + 1):
                    self.columns.append((n, i, j))
                    polys.append(multiplied(own, block.basis[j]))
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
            [[_fmpq(self.polys[k].get(order[r], Fraction(0))) for k in pivots] for r in chosen]
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

    def face(self) -> list[Block] | None:
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


def _orthogonal(block: Block, null: list[list[Fraction]]) -> Block | None:
    """The block on the vectors that are orthogonal to these."""
    basis = []
    for row in _kernel(null, len(block.basis)):
        total: Poly = {}
        for c, p in zip(row, block.basis, strict=True):
            if c:
                total = plus(total, p, c)
        basis.append(total)
    return Block(block.times, block.product, basis) if basis else None


def consistent(f: Poly, blocks: list[Block]) -> list[Block]:
    """Without basis elements whose squares alone give a monomial that f has not."""
    while True:
        sources: dict[Powers, list[tuple[int, int]] | None] = {}
        for n, block in enumerate(blocks):
            for i, p in enumerate(block.basis):
                own = multiplied(block.product, p)
                for j in range(i + 1):
                    for m, c in multiplied(own, block.basis[j]).items():
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
            Block(b.times, b.product, [p for i, p in enumerate(b.basis) if (n, i) not in drop])
            for n, b in enumerate(blocks)
        ]
        blocks = [b for b in blocks if b.basis]


def vanishing(blocks: list[Block], points: Sequence[Sequence[Fraction]]) -> list[Block]:
    """The blocks with bases that vanish at zeros of f."""
    result = []
    for block in blocks:
        rows = [[value_at(p, x) for p in block.basis] for x in points if value_at(block.product, x)]
        rows = [row for row in rows if any(row)]
        smaller = _orthogonal(block, rows) if rows else block
        if smaller is not None:
            result.append(smaller)
    return result


def _pivots(columns: Any) -> tuple[list[int], list[int]]:
    """Columns and rows of a well-conditioned square part of full rank."""
    from scipy.linalg import qr  # slow to import, and rarely needed

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
    for done in range(len(rows)):
        best = np.abs(rows[done:, :])
        at = np.unravel_index(int(np.argmax(best)), best.shape)
        i, j = int(at[0]) + done, int(at[1])
        rows[[done, i]] = rows[[i, done]]
        rows[done] /= rows[done, j]
        for k in range(len(rows)):
            if k != done:
                rows[k] -= rows[k, j] * rows[done]
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
        for row, place in zip(rows, leads, strict=False):
            vector[place] = -row[j]
        result.append(vector)
    return result
