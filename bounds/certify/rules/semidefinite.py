"""Positive semidefinite matrices that satisfy linear equations, by a barrier method in floats.

    maximise t such that X_j − t·1 is positive semidefinite for all j, and Σ <A_ij, X_j> = b_i

Newton's method on −s·t − Σ log det(X_j − t·1) for growing s (Boyd and Vandenberghe 2004, chapter
11). All blocks are small, so that the equations of a step are solved densely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bounds.certify.rules.goal import Deadline

_STEPS = 12
_GROWTH = 8.0
_MOST = 1e9

_HUGE = 1e70


@dataclass
class Solution:
    """Matrices that satisfy the equations, and how far inside the cone they are.

    Attributes:
        matrices: X_j.
        margin: t, below 0 where they are not positive semidefinite.
        best: a bound above on the margin that any solution has, in floats.
    """

    matrices: list[Any]
    margin: float
    best: float


def inside(blocks: Sequence[Any], right: Any, deadline: Deadline) -> Solution | None:
    """A solution well inside the cone, or as far inside as there is one.

    Args:
        blocks: for each matrix an array (equations, n, n) of symmetric A_ij.
        right: b.
        deadline: when to stop.

    Returns:
        The solution; None where the equations have none, or the numbers fail.
    """
    from scipy.linalg import cho_factor, cho_solve  # slow to import, and rarely needed

    sizes = [block.shape[1] for block in blocks]
    flat = np.concatenate([block.reshape(len(right), -1) for block in blocks], axis=1)
    left, sigma, _ = np.linalg.svd(flat, full_matrices=False)
    keep = sigma > 1e-9 * sigma[0]
    rotated = left[:, keep].T  # equations without dependent ones
    flat, right_ = rotated @ flat, rotated @ right
    if np.linalg.norm(rotated.T @ right_ - right) > 1e-8 * (1 + np.linalg.norm(right)):
        return None
    start = np.linalg.lstsq(flat, right_, rcond=None)[0]
    cuts = np.cumsum([n * n for n in sizes])[:-1]

    def matrices(x: Any) -> list[Any]:
        return [
            (part.reshape(n, n) + part.reshape(n, n).T) / 2
            for part, n in zip(np.split(x, cuts), sizes, strict=True)
        ]

    ones = np.concatenate([np.eye(n).ravel() for n in sizes])
    drift = flat @ ones
    total = sum(sizes)
    t = min(float(np.linalg.eigvalsh(m)[0]) for m in matrices(start)) - 1.0
    z = matrices(start - t * ones)
    s = 1.0 / max(1.0, abs(t))
    best = np.inf
    parts = np.split(flat, cuts, axis=1)
    count = flat.shape[0]
    while s < _MOST and not deadline.over():
        for _ in range(_STEPS):
            hessian = np.zeros((count, count))
            for a, m, n in zip(parts, z, sizes, strict=True):
                turned = m @ a.reshape(count, n, n) @ m
                hessian += turned.reshape(count, -1) @ a.T
            value = flat @ np.concatenate([m.ravel() for m in z])
            try:
                factor = cho_factor(hessian + 1e-15 * np.trace(hessian) / count * np.eye(count))
            except (np.linalg.LinAlgError, ValueError):
                return Solution(matrices_of(z, t), t, best)
            y0, y1 = cho_solve(factor, value), cho_solve(factor, drift)
            bottom = float(drift @ y1)
            if not np.isfinite(bottom) or bottom <= 0:
                return Solution(matrices_of(z, t), t, best)
            dt = (s - float(drift @ y0)) / bottom
            y = y0 + dt * y1
            steps = []
            for a, m, n in zip(parts, z, sizes, strict=True):
                step = m - m @ (a.T @ y).reshape(n, n) @ m
                steps.append((step + step.T) / 2)
            size = _longest(z, steps)
            if size is None:
                return Solution(matrices_of(z, t), t, best)
            scale, decrement = size
            z = [m + scale * d for m, d in zip(z, steps, strict=True)]
            t += scale * dt
            if decrement < 0.3:
                break
        best = t + 2 * total / s
        if best < 0 or (t > 0 and (t > 1e-2 or total / s < 0.3 * t)):
            break
        s *= _GROWTH
    return Solution(matrices_of(z, t), t, best)


def matrices_of(z: Sequence[Any], t: float) -> list[Any]:
    """X_j = Z_j + t·1."""
    return [m + t * np.eye(len(m)) for m in z]


def _longest(z: Sequence[Any], steps: Sequence[Any]) -> tuple[float, float] | None:
    """How far a step may go, and the largest relative change that it makes."""
    most = 0.0
    down = 0.0
    for m, d in zip(z, steps, strict=True):
        if max(np.max(np.abs(m)), np.max(np.abs(d))) > _HUGE:
            return None  # it is unbounded
        try:
            root = np.linalg.cholesky(m)
        except np.linalg.LinAlgError:
            return None
        inner = np.linalg.solve(root, np.linalg.solve(root, d).T)
        if not np.all(np.isfinite(inner)):
            return None
        values = np.linalg.eigvalsh((inner + inner.T) / 2)
        down = max(down, float(-values[0]))
        most = max(most, float(np.max(np.abs(values))))
    return (1.0 if down < 0.5 else min(1.0, 0.9 / down)), most
