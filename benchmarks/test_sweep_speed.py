"""A sweep against the bare calls for each Δ, as ratios in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios in each group's table: the sweep of the columns at ε_cr, with its seven
numbers printed, is to take at most 1.4 times the calls of `eps_cr` alone; the end of the domain
needs no survey, and takes less than twice as long.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import bounds
from bounds.tables.grid import read_grid

GRID = "1.5:8:0.0325"  # 201 values: a mean below 0.2 s is a thousand a second
DELTAS = read_grid(GRID)

pytestmark = pytest.mark.benchmark(group="201 values, 30 digits", warmup=True, min_rounds=5)


def test_bare_calls(benchmark: Any) -> None:
    values = benchmark(lambda: [bounds.eps_cr(delta, 30) for delta in DELTAS])
    assert len(values) == 201


def test_sweep_of_one_column(benchmark: Any) -> None:
    table = benchmark(lambda: bounds.sweep(GRID, columns="eps_cr"))
    assert table.tally()["certified"] == 201


def test_sweep_of_all_columns_at_eps_cr(benchmark: Any, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    benchmark(lambda: bounds.sweep(GRID, output=path))
    assert path.read_bytes().count(b"\n") == 202


def test_sweep_of_the_end_of_the_domain(benchmark: Any) -> None:
    table = benchmark(lambda: bounds.sweep(GRID, columns="eps_max"))
    assert table.tally()["certified"] == 201
