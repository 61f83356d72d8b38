"""A line of a shell, whose outputs may be closed or full."""

import subprocess
from pathlib import Path


def in_bash(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What it ends with, without a traceback; a pipe ends with the exit code of its first part."""
    ran = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ran.stderr + ran.stdout
    assert "Exception" not in ran.stderr
    return ran
