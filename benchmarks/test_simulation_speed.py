"""Algorithms 1 and 2 against one `numpy.sort` of the same samples, as a ratio in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios: the algorithms, every client's estimate and the risk included, take
1.9 times as long as the sort where NumPy sorts with AVX-512, and 0.29 times where it does not
(`NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4 AVX512_ICL AVX512_SPR"`). Goal 0.7: reached without it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bounds.simulation import ADVERSARIES, ESTIMATORS, Clients, Problem, draw_clients

GROUP = "1,100,000 clients"


@pytest.fixture(scope="module")
def clients() -> Clients:
    rng = np.random.default_rng(1)
    return draw_clients(Problem.read(50, 5, 20_000, 2), ADVERSARIES["two-point"], rng, rng)


@pytest.mark.benchmark(group=GROUP)
def test_numpy_sort(benchmark: Any, clients: Clients) -> None:
    benchmark.pedantic(np.sort, (clients.reports,), rounds=30, warmup_rounds=3)


@pytest.mark.benchmark(group=GROUP)
def test_algorithms_1_and_2(benchmark: Any, clients: Clients) -> None:
    rng = np.random.default_rng(2)
    measured = benchmark.pedantic(
        ESTIMATORS["algorithm"], (clients, rng), rounds=30, warmup_rounds=3
    )
    assert 0 < measured < 1
