"""All inflections, proved complete, against a look at samples, as ratios in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios in each group's table: `inflections` with its proof, of the signs on the
whole domain (`anew`) or of the roots where the shape is a theorem, against the criterion at 20
points of the domain in mpmath at as many digits, which prove nothing.
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
def test_inflections_anew(benchmark: Any, delta: str) -> None:
    benchmark.group = f"Delta = {delta}, {DIGITS} digits, warm"
    found = benchmark(lambda: bounds.inflections(delta, DIGITS, anew=True))
    assert found.pieces > 0


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


@pytest.mark.benchmark(group="201 values, 30 digits, all columns but the optimum and the bracket")
def test_sweep_of_the_whole_domain_and_the_constants(benchmark: Any) -> None:
    """201 values: a mean below 0.67 s is 300 a second."""
    names = "eps_cr,turns,eps_max,l_max,C0,C1,C2,C3,far,eps_full,eps_1,inflections,places,shape"
    table = benchmark(lambda: bounds.sweep("1.5:8:0.0325", columns=f"{names},distances"))
    assert table.tally()["certified"] == 201
