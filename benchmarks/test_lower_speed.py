"""E sech(tZ), on which every sharp lower bound rests, against two other ways, as ratios in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios in each group's table. The rule with residues, its proof included, is to
be 10 times faster than FLINT's adaptive integration at 100 digits, and 100 times faster than the
trapezoidal rule on a strip that is free of poles at 1,000. The best ratio of risk to mass, with its
proof, is to take no more than 12 evaluations.
"""

from __future__ import annotations

from typing import Any

import pytest
from flint import acb, arb

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.certify.roots.monotone import turning_point
from bounds.lower.quadrature import line_integral, strip_for
from bounds.lower.sech import sech_moments
from bounds.lower.two_point import ratio_turn

T = arb(0.9375)
DIGITS = [30, 100, 1_000]


@pytest.mark.parametrize("digits", DIGITS)
def test_with_residues(benchmark: Any, digits: int) -> None:
    benchmark.group = f"E sech(tZ), {digits:,} digits"
    with working_precision(bits_for(digits)):
        assert benchmark(sech_moments, T)[0].rel_accuracy_bits() > 3 * digits


@pytest.mark.parametrize("digits", DIGITS)
def test_without_residues(benchmark: Any, digits: int) -> None:
    benchmark.group = f"E sech(tZ), {digits:,} digits"
    bits = bits_for(digits)

    def at(x: arb) -> list[arb]:
        return [BALL.density(x) * (T * x).sech()]

    def rule() -> list[arb]:
        return line_integral(at, strip=strip_for(T, bits), spread=arb(0), height=arb(6))

    with working_precision(bits):
        (value,) = benchmark.pedantic(rule, rounds=2 if digits > 500 else 20)
        assert value.overlaps(sech_moments(T)[0])


@pytest.mark.parametrize("digits", DIGITS[:-1])
def test_adaptive_integration_of_flint(benchmark: Any, digits: int) -> None:
    benchmark.group = f"E sech(tZ), {digits:,} digits"
    bits = bits_for(digits)
    with working_precision(bits):
        end = int((2 * bits * 0.6932) ** 0.5) + 2
        root = (2 * arb.pi()).sqrt()

        def half() -> arb:
            found = acb.integral(lambda x, _: (-(x * x) / 2).exp() * (x * T).sech(), 0, end)
            return 2 * found.real / root

        value = benchmark(half)
        assert abs(value - sech_moments(T)[0]) < arb(2) ** (20 - bits)


@pytest.mark.parametrize("digits", [1_000])
def test_one_evaluation(benchmark: Any, digits: int) -> None:
    benchmark.group = f"best ratio, {digits:,} digits"
    with working_precision(bits_for(digits) + 56):
        benchmark(ratio_turn, T)


@pytest.mark.parametrize("digits", [1_000])
def test_the_best_ratio(benchmark: Any, digits: int) -> None:
    benchmark.group = f"best ratio, {digits:,} digits"
    found = benchmark(turning_point, ratio_turn, 0.93672070253, bits_for(digits) + 24)
    assert found.rel_accuracy_bits() > 3 * digits
