import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "estimate_on_dask.py"


@pytest.mark.heavy
def test_a_dask_cluster_makes_the_same_lists() -> None:
    """A real scheduler and two worker processes on the loopback interface, without a warning."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLE), "4", "12000"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    assert "50400 reports on tcp://127.0.0.1:" in done.stdout
    assert "with seeds, the same as on one machine: yes" in done.stdout
    sizes = re.search(r"lists of \[(\d+), (\d+)\] means", done.stdout)
    assert sizes is not None
    assert all(int(size) >= 4 for size in sizes.groups())
    bound = re.search(r"bound on the error: ([\d.]+)", done.stdout)
    assert bound is not None
    assert float(bound[1]) < 1 / 4  # the error of a sample, in the square of the unit
    errors = re.search(
        r"error of 72000 new clients: (\S+), of their own samples: (\S+)\n", done.stdout
    )
    assert errors is not None
    assert float(errors[1]) < float(bound[1])
    assert float(errors[2]) == pytest.approx(1 / 4, rel=0.1)
    levels = re.search(r"intervals hold (\S+)% of their means; proved: (\S+)%", done.stdout)
    assert levels is not None
    assert float(levels[1]) >= float(levels[2]) > 50
