"""Commands from cold against the import of their engines, as ratios in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios in each group's table: commands that draw nothing are to take at most 3
times as long as a Python that imports python-flint and NumPy. A mean below 0.25 s is asked of them.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.benchmark(group="cold", warmup=True)


def run(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True)
    return done.stdout


def test_engines(benchmark: Any) -> None:
    benchmark(run, "-c", "import flint, numpy")


WORDS = [
    "eps-cr 3",
    "inflections 3",
    "lower 10 1",
    "upper 3 0.1",
    "constants 3",
    "bracket 100 5 18",
]


@pytest.mark.parametrize("words", WORDS)
def test_command(benchmark: Any, words: str) -> None:
    assert benchmark(run, "-m", "bounds", *words.split())


@pytest.mark.parametrize("words", WORDS)
def test_no_scipy(words: str) -> None:
    script = "import sys; from bounds.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    assert "scipy" not in run("-c", script, *words.split()).split()
