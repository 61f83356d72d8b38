"""The score of the seeded errors at the end of a run."""

from pathlib import Path
from types import SimpleNamespace

import pytest


def test_the_score_counts_seeded_errors_alone(pytestconfig: pytest.Config) -> None:
    conftest = pytestconfig.pluginmanager.get_plugin(str(Path(__file__).with_name("conftest.py")))

    def reports(*names: str) -> list[SimpleNamespace]:
        return [SimpleNamespace(nodeid=f"tests/x.py::{name}") for name in names]

    said: list[str] = []
    seeded = "test_a_seeded_error_changes_the_verdict"
    stats = {"passed": reports(f"{seeded}[a]", f"{seeded}[b]", "other"), "failed": []}
    reporter = SimpleNamespace(stats=stats, section=said.append, line=said.append)
    conftest.pytest_terminal_summary(reporter)
    stats["failed"] = reports(f"{seeded}[c]")
    conftest.pytest_terminal_summary(reporter)
    stats.clear()
    conftest.pytest_terminal_summary(reporter)
    assert said[1::2] == [
        "2 of 2 seeded errors change the verdict",
        "2 of 3 seeded errors change the verdict",
    ]
