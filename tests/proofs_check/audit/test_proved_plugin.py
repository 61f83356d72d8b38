"""Statements in a test suite are proved: the marker and the fixture of the plugin."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from canned_prover import CannedProver, install

from proofs_check.audit.proved_plugin import ProvedPlugin, proved_or_failed

ROOT = Path(__file__).parents[3]


@pytest.fixture
def prover(monkeypatch: pytest.MonkeyPatch) -> CannedProver:
    return install(monkeypatch)


def marked(*claims: str) -> SimpleNamespace:
    marks = [pytest.mark.proved(claim, "x > 0", seconds=3).mark for claim in claims]
    return SimpleNamespace(iter_markers=lambda name: [m for m in marks if m.name == name])


def test_what_is_proved_passes(prover: CannedProver) -> None:
    ProvedPlugin().pytest_runtest_call(marked("x < 1", "x < 9"))
    assert [asked[:2] for asked in prover.asked] == [
        ("x < 1 for x in (0, inf)", 3),
        ("x < 9 for x in (0, inf)", 3),
    ]
    assert proved_or_failed("x < 1 for x > 0").outcome == "proved"


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("x < 2", "refuted: .*is false at x = 5"),
        ("x < oo_ for x > 0, oo_ > 0", "undecided"),
        ("2x < 1 for x > 0", r"did you mean 2\*x"),
        ("x < 1", "where x lies"),
    ],
)
def test_all_else_fails(claim: str, told: str, prover: CannedProver) -> None:
    assert prover
    domain = "x > 0" if claim == "x < 2" else None
    with pytest.raises(pytest.fail.Exception, match=f"(?s){told}"):
        proved_or_failed(claim, domain)


MINE = """
import pytest


@pytest.mark.proved("1 + x <= e^x", "x real")
def test_true():
    pass


@pytest.mark.proved("x < sin(x)", "0 < x < 1")
def test_false():
    pass


def test_with_the_fixture(prove):
    assert prove("x^2 >= 0", "x real").outcome == "proved"
"""


@pytest.mark.heavy
def test_it_runs_as_a_user_runs_it(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(MINE)
    plugins = ("-p", "proofs_check.pytest_plugin", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-q", "--strict-markers", "test_mine.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "1 failed, 2 passed" in done.stdout
    assert "refuted: x < sin(x) for x in (0, 1)" in done.stdout
