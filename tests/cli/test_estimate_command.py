"""`bounds estimate`: rows in and out, block by block, with a bound where one is proved."""

import csv
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bounds.cli import main, tables

MEANS = np.repeat([0.0, 60.0, 120.0], 4000)
REPORTS = MEANS + 3 * np.random.default_rng(1).standard_normal(MEANS.size)
WORDS = ["--column", "report", "--groups", "3", "--corrupted", "5%", "--distance", "60"]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "reports.csv"
    lines = [f"{i},{x}" for i, x in enumerate(REPORTS)]
    path.write_text("\n".join(["id,report", *lines, "a,", "b,nan", ""]), encoding="utf-8")
    return path


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_row_has_an_estimate_and_an_interval(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(tables, "BLOCK", 1000)  # thirteen blocks
    out = tmp_path / "out.csv"
    assert main(["estimate", str(reports), *WORDS, "--sd", "3", "-o", str(out)]) == 0
    told = capsys.readouterr().out
    assert "12,002 reports; 3 groups found" in told
    assert "is at most 1.52" in told
    assert "A client that uses only its own report has 9." in told
    rows = read(out.read_text())
    assert len(rows) == MEANS.size + 2
    assert [*rows[0]] == ["report", "estimate", "low", "high", "flag"]
    assert [float(row["report"]) for row in rows[:-2]] == REPORTS.tolist()
    estimates = np.array([float(row["estimate"]) for row in rows[:-2]])
    assert np.mean((estimates - MEANS) ** 2) < 0.1
    held = [
        float(row["low"]) <= mean <= float(row["high"])
        for row, mean in zip(rows, MEANS, strict=False)
        if row["low"]
    ]
    assert all(held)
    assert len(held) > 0.99 * MEANS.size
    assert rows[-1] == {"report": "", "estimate": "", "low": "", "high": "", "flag": "true"}


def test_an_estimated_spread_has_no_bound(reports: Path, capsys: Any) -> None:
    assert main(["estimate", str(reports), *WORDS, "--sd", "estimate", "--json"]) == 0
    shown = capsys.readouterr()
    entry = json.loads(shown.out)
    assert entry["sd"] == pytest.approx(3, rel=0.05)
    assert entry["sd_status"] == "estimated, not certified"
    assert entry["risk_bound"] is None
    assert entry["interval_level"] is None
    assert "the standard deviation is estimated" in shown.err
    assert [round(cluster["centre"]) for cluster in entry["clusters"]] == [0, 60, 120]


def test_a_wrong_spread_is_told(reports: Path, capsys: Any) -> None:
    assert main(["estimate", str(reports), *WORDS, "--json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["risk_bound"] is None
    assert "no cluster was found" in shown.err
    assert "not by sd = 1" in shown.err


def test_standard_input_and_standard_output(
    reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(reports.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    words = ["--column", "report", "--min-group", "3000", "--distance", "60", "--sd", "3"]
    assert main(["estimate", "-", *words]) == 0
    shown = capsys.readouterr()
    assert len(read(shown.out)) == MEANS.size + 2
    assert "groups may be of unequal size" in shown.err


def test_parquet(tmp_path: Path, capsys: Any) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pyarrow = pytest.importorskip("pyarrow")
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    parquet.write_table(pyarrow.table({"id": [1] * MEANS.size, "report": REPORTS}), path)
    assert main(["estimate", str(path), *WORDS, "--sd", "3", "-o", str(out)]) == 0
    table = parquet.read_table(out)
    assert table.column_names == ["report", "estimate", "low", "high", "flag"]
    assert np.mean((table["estimate"].to_numpy() - MEANS) ** 2) < 0.1
    assert main(["estimate", str(path), *WORDS[2:]]) == 2
    assert "name the column" in capsys.readouterr().err
    path.write_bytes(b"no parquet")
    assert main(["estimate", str(path), *WORDS]) == 2


def test_unequal_numbers_of_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(tables, "BLOCK", 1000)
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    numbers = np.random.default_rng(2).choice([1, 4, 16, 64], MEANS.size)
    lines = [f"{m + (x - m) / n**0.5},{n}" for m, x, n in zip(MEANS, REPORTS, numbers, strict=True)]
    path.write_text("\n".join(["report,n", *lines, "nan,1"]), encoding="utf-8")
    words = [*WORDS, "--sd", "3", "--samples", "n"]
    assert main(["estimate", str(path), *words, "-o", str(out)]) == 0
    told = capsys.readouterr().out
    assert "is at most 1.52" in told
    assert "its own fewest samples has 9." in told
    rows = read(out.read_text())
    estimates = np.array([float(row["estimate"]) for row in rows[:-1]])
    assert np.mean((estimates - MEANS) ** 2) < 0.001  # the average client alone has 3
    assert main(["estimate", str(path), *WORDS, "--samples", "n", "--sd", "estimate"]) == 2
    for wrong in ("nan", "1.5", "0", ""):
        path.write_text(f"report,n\n1,2\n1,{wrong}", encoding="utf-8")
        assert main(["estimate", str(path), *words]) == 2
    assert "whole number" in capsys.readouterr().err


@pytest.mark.heavy
def test_a_picture(reports: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / "reports.png"
    words = [*WORDS, "--sd", "3", "--json", "--plot", str(picture)]
    assert main(["estimate", str(reports), *words]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("", WORDS, "the file is empty"),
        ("report\n", WORDS, "the file has no report"),
        ("report\n1\nfive\n", WORDS, "line 3: 'five' is no number"),
        ("x,y\n1,2\n", WORDS, "no column is called 'report'"),
        ("report,report\n1,2\n", WORDS, "2 columns are called 'report'"),
        ("x,y\n1,2\n", WORDS[2:], "name the column of the reports"),
        ("report\n1\n", [*WORDS, "--min-group", "2"], "say how many --groups"),
        ("report\n1\n", ["--min-group", "2", "--distance", "9"], "must be at most 1"),
        ("report\n1\n", [*WORDS, "--sd", "wide"], "sd"),
        ("report\n1\n1\n", [*WORDS, "--sd", "estimate"], "no spread that could be estimated"),
        ("report\n1\n", [*WORDS, "--plot", "a.jpg"], "must end in .svg"),
        ("report\n1\n", [*WORDS[:4], "--corrupted", "5", "--distance", "9"], "did you mean 5%"),
    ],
)
def test_mistakes_are_told(
    text: str, words: list[str], told: str, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "reports.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["estimate", str(path), *words]) == 2
    assert told in capsys.readouterr().err


def test_files_that_are_not_there(tmp_path: Path, capsys: Any) -> None:
    assert main(["estimate", str(tmp_path / "none.csv"), *WORDS]) == 2
    assert "there is no file" in capsys.readouterr().err
    path = tmp_path / "reports.csv"
    path.write_bytes(b"report\n\xff\n")
    assert main(["estimate", str(path), *WORDS]) == 2
    assert "no text in UTF-8" in capsys.readouterr().err
    path.write_text("report\n1\n")
    assert main(["estimate", str(path), *WORDS, "-o", str(tmp_path / "none" / "out.csv")]) == 2
