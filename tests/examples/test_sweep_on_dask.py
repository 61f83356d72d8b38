import subprocess
import sys
from pathlib import Path

import pytest

import bounds

EXAMPLE = Path(__file__).parents[2] / "examples" / "sweep_on_dask.py"


@pytest.mark.heavy
def test_a_dask_cluster_writes_the_same_table(tmp_path: Path) -> None:
    """A real scheduler and two worker processes on the loopback interface, without a warning."""
    spread, straight = tmp_path / "spread.csv", tmp_path / "straight.csv"
    done = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLE), "1.5:8:0.05", str(spread)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    assert "131 values of Delta on tcp://127.0.0.1:" in done.stdout
    bounds.sweep("1.5:8:0.05", output=straight)
    assert spread.read_bytes() == straight.read_bytes()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["spread.csv", "straight.csv"]
