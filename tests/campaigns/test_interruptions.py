"""A short round of kills, and that another ending is noticed."""

import random
from pathlib import Path

import pytest

from campaigns import interruptions

SHORT = "sweep --delta 1.5:8:0.05 -o out.csv"


@pytest.mark.heavy
def test_a_round(tmp_path: Path) -> None:
    kills, found = interruptions.round_of(SHORT, random.Random(1), tmp_path)
    assert found == ""
    assert kills <= 4
    assert (tmp_path / "broken" / "out.csv").read_bytes()


@pytest.mark.heavy
def test_another_ending_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruptions, "contents", lambda folder: {folder.name: b""})
    _, found = interruptions.round_of("folds --digits 1", random.Random(1), tmp_path)
    assert "differs" in found


def test_a_command_that_fails_is_noticed(tmp_path: Path) -> None:
    _, found = interruptions.round_of("folds --digits 0", random.Random(1), tmp_path)
    assert found == "the straight run failed"
