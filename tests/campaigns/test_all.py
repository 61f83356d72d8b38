"""All campaigns by one command."""

import pytest

from campaigns import __main__ as every
from campaigns import engines, fuzz


def test_the_named_run_in_turn_and_a_failure_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engines, "main", lambda _: 0)
    assert every.main(["engines"]) == 0
    monkeypatch.setattr(fuzz, "main", lambda _: 1)
    assert every.main(["fuzz", "engines"]) == 1
    assert capsys.readouterr().out.endswith("== fuzz\n== engines\nfailures in: fuzz\n")


def test_an_unknown_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        every.main(["engine"])
    assert "no campaign 'engine'" in capsys.readouterr().err
