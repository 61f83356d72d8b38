"""bounds folds and bounds large-delta, at the command line."""

import json
from pathlib import Path

import pytest
from refusals import refusal

from bounds.cli import main


def test_folds_stand_between_ranges(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["folds", "--digits", "12"]) == 0
    text = capsys.readouterr().out
    assert text.count("fold at Delta in [") == 3
    assert "0.83397264830" in text
    assert main(["folds", "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert [entry["two_inflections"] for entry in entries] == ["appear", "appear", "vanish"]


def test_the_expansion_and_eps_cr_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["large-delta", "12", "--terms", "4", "--digits", "15"]) == 0
    text = capsys.readouterr().out
    assert "E_0 in [0.14952600481467" in text
    assert "Delta = 12\n  eps_cr in [" in text
    assert main(["large-delta", "12", "--terms", "4", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["coefficients"]) == 4
    assert float(document["remainder"]) > 0


@pytest.mark.heavy
def test_certificates_are_written_and_accepted(tmp_path: Path) -> None:
    assert main(["folds", "--certificates", str(tmp_path)]) == 0
    assert main(["large-delta", "--terms", "1", "--certificates", str(tmp_path)]) == 0
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [
        "critical-slices.json", "eps-cr-limit.json", "fold-1.json", "fold-2.json", "fold-3.json",
        "passage-1.json", "passage-2.json", "passage-3.json",
        "shape-from-10.json", "small-delta.json",
    ]  # fmt: skip
    assert main(["check", *map(str, files)]) == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["large-delta", "9"], "serves Delta of 10 or more"),
        (["large-delta", "--start", "3"], "4 or more"),
        (["large-delta", "--terms", "0"], "terms"),
        (["large-delta", "x"], "not a number"),
        (["folds", "--digits", "0"], "digits"),
    ],
)
def test_bad_input_is_one_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in refusal(words, capsys)
