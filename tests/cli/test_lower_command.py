import json
from pathlib import Path

import pytest

from bounds.cli import main


def test_all_methods_are_shown_with_their_attacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lower", "10", "1", "--digits", "10"]) == 0
    out = capsys.readouterr().out
    assert "printed: error at least [0.01994711402, 0.01994711403]" in out
    assert "warning" in out
    assert "corrected: error at least [0.01373025616, 0.01373025617]" in out
    assert "sharp: error at least [0.06125701248, 0.06125701249]" in out
    assert "two points, mass 1/2" in out


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lower", "3", "10", "--json", "--digits", "12"]) == 0
    corrected, sharp = json.loads(capsys.readouterr().out)  # c/k is beyond Theorem 1
    assert corrected["method"] == "corrected"
    on_paper = "proved on paper (constants checked by machine)"
    assert corrected["status"] == sharp["status"] == on_paper
    assert float(sharp["bound"][0]) > float(corrected["bound"][1])


def test_the_local_maxima_and_the_factor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lower", "3", "10", "--json", "--digits", "12"]) == 0
    corrected, sharp = json.loads(capsys.readouterr().out)
    assert corrected["local_maxima"] == [1, 3]
    assert sharp["local_maxima"] is None
    assert float(sharp["factor"][0]) * float(sharp["bound"][0]) <= 1
    assert float(sharp["factor"][1]) * float(sharp["bound"][1]) >= 1


def test_a_tiny_budget_is_shown_short_and_not_as_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lower", "1", "1e-900", "--digits", "6"]) == 0
    out = capsys.readouterr().out
    assert "mass about 9.99999e-901" in out
    assert "the minimax error itself" in out
    assert max(map(len, out.splitlines())) < 300


@pytest.mark.heavy
@pytest.mark.parametrize("words", [["--method", "printed"], ["--m", "10"]])
def test_no_certificates_no_folder(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lower", "1", "1", *words, "--certificates", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["0", "1"],
        ["3", "x"],
        ["3", "-1"],
        ["3", "0"],
        ["x", "1"],
        ["1", "3", "--method", "printed"],
        ["1", "1", "--method", "best"],
        ["1", "1", "--digits", "0"],
        ["1"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lower", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_only_what_is_proved_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lower", "10", "1", "--method", "printed"]) == 0
    assert "proved on paper" not in capsys.readouterr().out
    assert main(["lower", "10", "1", "--method", "sharp", "--m", "100"]) == 0
    assert "proved on paper (bounds.lower.finite), constants checked by machine\n" in (
        capsys.readouterr().out
    )
    assert main(["lower", "10", "1"]) == 0
    assert "(bounds.lower.limit), constants checked by machine, but for the printed one\n" in (
        capsys.readouterr().out
    )


def test_a_scale_that_does_not_divide_is_told_which_would(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["lower", "10", "1/3", "--m", "100"]) == 2
    assert "pass an m that is a multiple of 3/31\n" in capsys.readouterr().err
