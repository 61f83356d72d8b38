"""Who may import whom: the contracts of import-linter in pyproject.toml hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from marks import heavy

ROOT = Path(__file__).parents[1]
LINT = "import sys, importlinter.cli as c; sys.exit(c.lint_imports(no_cache=True))"


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of the tree at `root`."""
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
    )


@pytest.mark.heavy
def test_the_contracts_hold() -> None:
    run = lint(ROOT)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        heavy("bounds/certify/exact.py", "import bounds.functions"),
        ("bounds/certify/checker/sign.py", "import bounds.certify.numbers"),
        heavy("bounds/lower/bound.py", "import bounds.upper"),
        heavy("bounds/upper/far.py", "import proofs_check"),
        heavy("bounds/tables/formats.py", "import bounds.tables.table"),
        heavy("proofs_check/audit/claim.py", "import bounds.critical"),
        heavy("proofs_check/audit/claim.py", "import proofs_check.paper"),
    ],
)
def test_each_contract_can_break(file: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").symlink_to(ROOT / "pyproject.toml")
    rooms = (path for name in ("bounds", "proofs_check") for path in (ROOT / name).rglob("*.py"))
    for path in rooms:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    changed = tmp_path / file
    changed.write_text(changed.read_text() + f"\n{line}\n")
    assert lint(tmp_path).returncode == 1
