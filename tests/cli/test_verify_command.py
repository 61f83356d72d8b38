import pytest

import proofs_check
from bounds.cli import main
from proofs_check import INCONCLUSIVE, Decision


def test_verify_prints_printed_value_certified_value_and_verdict(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["verify"]) == 0
    out = capsys.readouterr().out
    assert "8.1·10⁻⁶" in out
    assert "0.0039798977009891629712482320938" in out
    assert "repaired" in out


def test_one_claim_comes_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "eps-cr-3"]) == 0
    out = capsys.readouterr().out
    assert "second route" in out
    assert "witness" in out
    assert "eps-cr-2" not in out


def test_an_unknown_claim_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "eps-cr-5"]) == 2
    assert "no claim is called 'eps-cr-5'" in capsys.readouterr().err


def test_a_changed_verdict_is_exit_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs_check, "recorded", lambda: {"eps-cr-2": "certified"})
    assert main(["verify", "eps-cr-2"]) == 1


def test_an_undecided_claim_is_exit_3(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs_check, "decide", lambda _: Decision(INCONCLUSIVE, "", ()))
    assert main(["verify", "eps-cr-2"]) == 3
