"""Statements in a test suite are proved: the marker and the fixture of the plugin."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from canned_prover import CannedProver, install

from proofs_check.audit.proved_plugin import ProvedPlugin, proved_or_failed


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
