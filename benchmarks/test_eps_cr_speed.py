"""ε_cr against what a skilled user would write instead, as ratios in one run.

python -m pytest benchmarks/test_eps_cr_speed.py -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios in each group's table: at 50 digits `eps_cr`, its proof included, is to
take no more than 1.2 times a skilled script with FLINT that proves nothing (`skilled.py`). At high
precision it is to take no more than 8 evaluations of erfc. `python -m benchmarks.growth` tells how
the time grows with the digits.
"""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from flint import arb

import bounds
from benchmarks.skilled import float_root, skilled_eps_cr
from bounds.certify.numbers.precision import bits_for, working_precision

DELTAS = (2, 3, 8)


@pytest.mark.parametrize("delta", DELTAS)
def test_eps_cr(benchmark: Any, delta: int) -> None:
    benchmark.group = f"50 digits, warm, Delta = {delta}"
    bounds.eps_cr(delta, 50)
    value = benchmark(lambda: bounds.eps_cr(delta, 50))
    assert value.turns == 1


@pytest.mark.parametrize("delta", DELTAS)
def test_a_skilled_script_with_flint(benchmark: Any, delta: int) -> None:
    benchmark.group = f"50 digits, warm, Delta = {delta}"
    found = benchmark(skilled_eps_cr, delta, 50)
    with working_precision(300):
        assert abs(found[0] / bounds.eps_cr(delta, 60).eps.ball() - 1) < arb(10) ** -50


@pytest.mark.parametrize("delta", DELTAS)
def test_a_skilled_script_with_float64(benchmark: Any, delta: int) -> None:
    benchmark.group = f"50 digits, warm, Delta = {delta}"
    x, _, _ = benchmark(float_root, float(delta))
    assert x == pytest.approx(float(bounds.eps_cr(delta).radius), rel=1e-13)


def test_findroot_of_mpmath(benchmark: Any) -> None:
    benchmark.group = "50 digits, warm, Delta = 3"
    with mpmath.workdps(50):
        delta = mpmath.mpf(3)

        def search() -> Any:
            return mpmath.findroot(
                lambda eps: bounds.functions.curvature_criterion(eps, delta), (2e-4, 3e-4)
            )

        root = benchmark.pedantic(search, rounds=3, iterations=1)
    assert float(root) == pytest.approx(float(bounds.eps_cr(3).eps), rel=1e-15)


@pytest.mark.parametrize("digits", [1_000, 10_000, 100_000])
@pytest.mark.parametrize("delta", ["3", "3.1"])
def test_many_digits(benchmark: Any, delta: str, digits: int) -> None:
    benchmark.group = f"{digits:,} digits"
    bounds.eps_cr(delta)  # warm
    benchmark.pedantic(lambda: bounds.eps_cr(delta, digits), rounds=1, iterations=1)


@pytest.mark.parametrize("digits", [1_000, 10_000, 100_000])
def test_one_erfc(benchmark: Any, digits: int) -> None:
    benchmark.group = f"{digits:,} digits"
    place = bounds.eps_cr(3, 20).radius_of_estimate.ball()
    with working_precision(bits_for(digits)):
        tail = (3 - place.mid()) / arb(2).sqrt()
        benchmark.pedantic(tail.erfc, rounds=1, iterations=1)
