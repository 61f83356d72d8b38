"""Formulas on NumPy arrays against what a user of scipy.special writes, as ratios in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

The peer is vectorised and converges, but it subtracts distribution functions: it has no digits
left where masses are small. Ours keep their relative accuracy (`python -m benchmarks.accuracy`).
Read the bracketed ratios: goal 2, for each formula.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import special

import bounds.functions as functions

DELTA = 2.0
EPS = np.random.default_rng(1).uniform(0.001, 0.25, 100_000)


def density(t: Any) -> Any:
    return np.exp(-t * t / 2) / np.sqrt(2 * np.pi)


def window(x: Any) -> Any:
    return special.ndtr(x + DELTA) - special.ndtr(x - DELTA)


def deficit(x: Any) -> Any:
    return window(0.0) - window(x)


def radius(eps: Any) -> Any:
    """Newton on f(x) = ρ − ε, its steps cut."""
    goal, x = window(0.0) - eps, np.full_like(eps, DELTA)
    for _ in range(60):
        step = np.clip((window(x) - goal) / (density(x + DELTA) - density(x - DELTA)), -0.5, 0.5)
        x = np.maximum(x - step, 1e-9)
        if np.max(np.abs(step)) < 1e-14:
            break
    return x


def estimate(eps: Any) -> Any:
    return eps + density(DELTA) * radius(eps)


def shift(mass: Any) -> Any:
    held = special.ndtr(radius(mass) - DELTA) - special.ndtr(-DELTA)
    return special.ndtri((1 + held) / 2)


def loss(eps: Any) -> Any:
    square = shift(estimate(eps)) ** 2
    return square / (1 + square)


USERS: dict[str, Callable[[Any], Any]] = {
    "window_mass": window,
    "mass_deficit": deficit,
    "filter_radius": radius,
    "mass_estimate": estimate,
    "median_shift": shift,
    "loss": loss,
}


def group(name: str) -> Any:
    return pytest.param(name, marks=pytest.mark.benchmark(group=f"arrays: {name}"))


@pytest.mark.parametrize("name", [group(name) for name in USERS])
def test_a_numpy_user(benchmark: Any, name: str) -> None:
    found = benchmark(USERS[name], EPS)
    assert np.allclose(found, getattr(functions, name)(EPS, DELTA), rtol=1e-6)


@pytest.mark.parametrize("name", [group(name) for name in USERS])
def test_ours(benchmark: Any, name: str) -> None:
    assert np.all(np.isfinite(benchmark(getattr(functions, name), EPS, DELTA)))
