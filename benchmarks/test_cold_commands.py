"""Commands from cold against the import of their engines, as ratios in one run.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

Read the bracketed ratios in each group's table: commands that draw nothing are to take at most 3
times as long as a Python that imports python-flint and NumPy. A mean below 0.25 s is asked of them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
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
    "bracket 10 1/2 18",
    "bracket 100 5 18",
]
WITHOUT_NUMPY = [words for words in WORDS if words not in ("lower 10 1", "bracket 100 5 18")]
"""All but those that look for the best plan of an adversary, among thousands in NumPy."""


@pytest.mark.parametrize("words", WORDS)
def test_command(benchmark: Any, words: str) -> None:
    assert benchmark(run, "-m", "bounds", *words.split())


def test_sweep(benchmark: Any, tmp_path: Path) -> None:
    words = ("sweep", "--delta", "2:3:0.1", "-o", str(tmp_path / "table.csv"))
    assert benchmark(run, "-m", "bounds", *words)


@pytest.mark.parametrize("words", WITHOUT_NUMPY)
def test_no_numpy(words: str) -> None:
    script = "import sys; from bounds.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    assert "numpy" not in run("-c", script, *words.split()).split()


@pytest.mark.parametrize("words", WORDS)
def test_no_scipy(words: str) -> None:
    script = "import sys; from bounds.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    assert "scipy" not in run("-c", script, *words.split()).split()
