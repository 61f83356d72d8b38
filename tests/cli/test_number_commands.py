"""The commands for numbers: exit codes, certificates, and mistakes told with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bounds.cli import main


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["evaluate", "exp(1)"], 0, "[2.71828182845904, 2.71828182845905]"),
        (["integrate", "x", "x", "0", "1"], 0, "0.5"),
        (["maximum", "x*(1 - x)", "--for", "0 <= x <= 1"], 0, "1/4"),
        (["minimum", "x^2", "--for", "-1 <= x <= 1"], 0, "at x = 0"),
        (["solve", "x^2 = 2", "--for", "0 <= x <= 2"], 0, "sqrt(2)"),
        (["sharpen", "x <= ?C", "--for", "0 <= x <= 1", "--printed", "0.9"], 1, "fails"),
        (["table", "Phi(x)", "--for", "x = 0..1", "--csv"], 0, "1,0.84134"),
        (["evaluate", "exp(1"], 2, ""),
        (["table", "Phi(x)"], 2, ""),
        (["table", "--check", "nofile.csv"], 2, ""),
    ],
)
def test_exit_codes(
    words: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == code
    assert told in capsys.readouterr().out


def test_a_wrong_table_has_the_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("x,Phi(x)\n2,0.97724\n", encoding="utf-8")
    assert main(["table", "--check", str(path)]) == 1
    assert "rounded down" in capsys.readouterr().out


def test_certificates_are_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for i, words in enumerate((["evaluate", "Phi(1)"], ["maximum", "x*(1-x)", "--for", "0<=x<=1"])):
        path = tmp_path / f"{i}.json"
        assert main([*words, "--certificate", str(path)]) == 0
        assert main(["check", str(path)]) == 0
    assert "accepted" in capsys.readouterr().out
