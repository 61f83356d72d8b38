"""Kept proofs: what reading costs against proving from scratch; the audit with one worker and two.

python -m pytest benchmarks -n 0 --benchmark-enable --benchmark-only

The peer of a kept proof is the same proof. Times are of the processor, children included.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from bounds.certify.certificates.kept import FROM_SCRATCH

PROOFS = {
    "support_lines": "from bounds.lower import support_lines as m; [*map(m.prove_line, m.LINES)]",
}


def processor() -> float:
    """Seconds of this process and its children."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@pytest.mark.parametrize("scratch", ["", "1"], ids=["kept", "from scratch"])
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.benchmark(group=name, timer=processor))
        for name in PROOFS
    ],
)
def test_proof(benchmark: Any, name: str, scratch: str) -> None:
    words, environment = [sys.executable, "-c", PROOFS[name]], {**os.environ, FROM_SCRATCH: scratch}
    benchmark.pedantic(subprocess.run, (words,), {"env": environment, "check": True}, rounds=3)


@pytest.mark.benchmark(group="bounds verify", timer=processor)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_verify(benchmark: Any, jobs: str) -> None:
    words = [sys.executable, "-m", "bounds", "verify", "--jobs", jobs]
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    benchmark.pedantic(subprocess.run, (words,), quiet, rounds=3)
