import csv
import json
from pathlib import Path

import pytest
from refusals import refusal

import bounds
from bounds.certify.errors import Inconclusive
from bounds.cli import main


def test_a_table_is_written_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.csv"
    words = ["--delta", "2:3:0.5", "--digits", "12", "--columns", "eps_cr", "-o", str(path)]
    assert main(["sweep", *words]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"3 values of Delta: 3 certified; written to {path}\n"
    assert captured.err == ""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["delta"] for row in rows] == ["2", "2.5", "3"]
    assert (rows[2]["eps_cr_low"], rows[2]["eps_cr_high"]) == (
        "0.000218600729793",
        "0.000218600729794",
    )


def test_values_may_be_repeated_and_mixed(tmp_path: Path) -> None:
    path = tmp_path / "t"
    words = ["--delta", "2,3", "0.5", "--delta", "1:1.2:0.1", "--columns", "turns"]
    assert main(["sweep", *words, "-o", str(path), "--format", "json", "--digits", "5"]) == 0
    entries = json.loads(path.read_text())
    assert [(entry["delta"], entry["turns"]) for entry in entries] == [
        *(("2", 1), ("3", 1), ("0.5", 0)),
        *(("1", 1), ("1.1", 2), ("1.2", 2)),
    ]


@pytest.mark.heavy
def test_jobs_make_no_difference(tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        words = ["--delta", "1.5:8:0.05", "-o", str(tmp_path / f"{jobs}.csv"), "--jobs", jobs]
        assert main(["sweep", *words]) == 0
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_an_undecided_row_is_exit_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def undecided(*_: object) -> None:
        raise Inconclusive("not even for a test")

    (column,) = bounds.tables.columns.read_columns("eps_cr")
    monkeypatch.setattr(
        "bounds.tables.columns.all_columns",
        lambda: {"eps_cr": type(column)("eps_cr", "", undecided, column.read)},
    )
    words = ["--delta", "2,3", "--columns", "eps_cr", "-o", str(tmp_path / "t.csv")]
    assert main(["sweep", *words]) == 3
    assert "2 values of Delta: 2 inconclusive" in capsys.readouterr().out
    assert (tmp_path / "t.csv").read_text().endswith("3,inconclusive,,\n")


@pytest.mark.parametrize(
    "words",
    [
        ["--delta", "2"],
        ["-o", "t.csv"],
        ["--delta", "2:3", "-o", "t.csv"],
        ["--delta", "3:2:1", "-o", "t.csv"],
        ["--delta", "2", "x", "-o", "t.csv"],
        ["--delta", "1:2:1e-9", "-o", "t.csv"],
        ["--delta", "2", "-o", "t.xls"],
        ["--delta", "2", "-o", "t"],
        ["--delta", "2", "-o", "nope/t.csv"],
        ["--delta", "2", "-o", ".", "--format", "csv"],
        ["--delta", "2", "-o", "t.csv", "--format", "xls"],
        ["--delta", "2", "-o", "t.csv", "--columns", "nonsense"],
        ["--delta", "2", "-o", "t.csv", "--columns", ""],
        ["--delta", "2", "-o", "t.csv", "--digits", "0"],
        ["--delta", "2", "-o", "t.csv", "--digits", "x"],
        ["--delta", "2", "-o", "t.csv", "--jobs", "0"],
        ["--delta", "2", "-o", "t.csv", "--jobs", "-1"],
        ["--delta", "2", "-o", "t.csv", "--jobs", "1000"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_and_exit_2(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    refusal(["sweep", *words], capsys)
    assert not list(tmp_path.iterdir())


def test_help_lists_the_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "--help"]) == 0
    out = capsys.readouterr().out
    for name in ("eps_cr", "eps_max", "places", "shape", "example"):
        assert name in out
