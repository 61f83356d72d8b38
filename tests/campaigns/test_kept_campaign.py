"""The campaign over kept proofs notices one that differs."""

from pathlib import Path

import pytest

from bounds.certify.certificates.kept import Kept
from campaigns import kept


def test_one_that_differs_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = tmp_path / "stored.json"
    stored.write_text("as made")
    monkeypatch.setattr(Kept, "path", property(lambda _: stored))
    monkeypatch.setattr(Kept, "text", lambda _: "as made")
    assert kept.main([]) == 0
    monkeypatch.setattr(Kept, "text", lambda _: "other")
    assert kept.main([]) == 1
    told = capsys.readouterr().out
    assert told.count("is not what its command writes") == 1
    assert told.endswith("0 of 1 kept proofs are as their command writes\n")
