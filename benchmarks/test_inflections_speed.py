"""All inflections, proved complete, against a look at samples, as ratios in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios in each group's table: `inflections` with its proof is to take no longer
than the criterion at 20 points of the domain in mpmath at as many digits, which prove nothing. A
mean below 0.2 s is what is asked of it.
"""

from __future__ import annotations

from typing import Any

import mpmath
import pytest

import bounds

DIGITS, POINTS = 30, 20
DELTAS = ("1.5", "3", "8")


@pytest.mark.parametrize("delta", DELTAS)
def test_inflections(benchmark: Any, delta: str) -> None:
    benchmark.group = f"Delta = {delta}, {DIGITS} digits, warm"
    found = benchmark(lambda: bounds.inflections(delta, DIGITS))
    assert found.shape == ("concave", "convex", "concave")


@pytest.mark.parametrize("delta", DELTAS)
def test_the_criterion_at_points(benchmark: Any, delta: str) -> None:
    benchmark.group = f"Delta = {delta}, {DIGITS} digits, warm"
    end = bounds.inflections(delta, DIGITS).eps_max.decimals()[0]
    with mpmath.workdps(DIGITS):
        wide, top = mpmath.mpf(delta), mpmath.mpf(end)

        def look() -> list[bool]:
            places = (top * k / (POINTS + 1) for k in range(1, POINTS + 1))
            return [bounds.functions.curvature_criterion(eps, wide) > 0 for eps in places]

        signs = benchmark.pedantic(look, rounds=1, iterations=1)
    assert len(signs) == POINTS
