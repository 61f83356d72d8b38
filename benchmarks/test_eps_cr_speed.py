"""ε_cr against what one would otherwise do, as ratios in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios in each group's table: at 50 digits `eps_cr` is to be no slower than
`brentq` (on float64, to double accuracy) and 100 times faster than `findroot`; at high precision at
most 3 times one evaluation of the criterion.
"""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from flint import arb
from scipy.optimize import brentq

import bounds
from bounds.certify.numbers.precision import bits_for, working_precision

DELTA = 3
LOW, HIGH = 1e-5, 1e-3


@pytest.mark.benchmark(group="50 digits, warm")
def test_eps_cr(benchmark: Any) -> None:
    value = benchmark(lambda: bounds.eps_cr(DELTA, 50))
    assert LOW < float(value.eps) < HIGH


@pytest.mark.benchmark(group="50 digits, warm")
def test_brentq_on_float64(benchmark: Any) -> None:
    def criterion(eps: float) -> float:
        return float(bounds.functions.curvature_criterion(eps, float(DELTA)))

    root = benchmark(lambda: brentq(criterion, LOW, HIGH, xtol=1e-300, rtol=1e-15))
    assert root == pytest.approx(float(bounds.eps_cr(DELTA).eps), rel=1e-13)


@pytest.mark.benchmark(group="50 digits, warm")
def test_findroot_of_mpmath(benchmark: Any) -> None:
    with mpmath.workdps(50):
        delta = mpmath.mpf(DELTA)

        def search() -> Any:
            return mpmath.findroot(
                lambda eps: bounds.functions.curvature_criterion(eps, delta), (2e-4, 3e-4)
            )

        root = benchmark.pedantic(search, rounds=3, iterations=1)
    assert float(root) == pytest.approx(float(bounds.eps_cr(DELTA).eps), rel=1e-15)


@pytest.mark.parametrize("digits", [1_000, 10_000, 100_000])
def test_many_digits(benchmark: Any, digits: int) -> None:
    benchmark.group = f"{digits:,} digits"
    bounds.eps_cr(DELTA)  # warm
    benchmark.pedantic(lambda: bounds.eps_cr(DELTA, digits), rounds=1, iterations=1)


@pytest.mark.parametrize("digits", [1_000, 10_000, 100_000])
def test_one_evaluation_of_the_criterion(benchmark: Any, digits: int) -> None:
    benchmark.group = f"{digits:,} digits"
    low, _ = bounds.eps_cr(DELTA, 20).eps.decimals()

    def evaluate() -> Any:
        with working_precision(bits_for(digits)):
            return bounds.functions.curvature_criterion(arb(low), arb(DELTA))

    benchmark.pedantic(evaluate, rounds=1, iterations=1)
