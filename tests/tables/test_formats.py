import csv
import json
import math
import re
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet
import pytest

import bounds
from bounds.certify.errors import InputError
from bounds.tables import formats

NAMES = "eps_cr,turns,places,shape,inflections"


@pytest.fixture(scope="module")
def table() -> bounds.tables.Table:
    return bounds.sweep("0.5,1.2,8", digits=25, columns=NAMES)


def test_csv_reads_back(table: bounds.tables.Table, tmp_path: Path) -> None:
    table.write(tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == table.names
    types = [field.type for field in table.fields]
    for row, cells in zip(rows, table.rows, strict=True):
        for text, cell, kind in zip(row, cells, types, strict=True):
            read = {"text": str, "whole": int, "texts": str.split, "low": str, "high": str}[kind]
            assert (read(text) if text or kind == "texts" else None) == cell


def test_json_reads_back(table: bounds.tables.Table, tmp_path: Path) -> None:
    table.write(tmp_path / "t.json")
    entries = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert [list(entry) for entry in entries] == [table.names] * 3
    assert [list(entry.values()) for entry in entries] == table.rows


def test_parquet_reads_back(table: bounds.tables.Table, tmp_path: Path) -> None:
    table.write(tmp_path / "t.parquet")
    read = pyarrow.parquet.read_table(tmp_path / "t.parquet")
    entries = read.to_pylist()
    kept = ("status", "turns", "places_low", "shape", "inflections")
    assert all([entry[name] for entry in entries] == table[name] for name in kept)
    assert [entry["eps_cr_low_text"] for entry in entries] == table["eps_cr_low"]
    assert [entry["delta_text"] for entry in entries] == table["delta"]
    assert [entry["delta"] for entry in entries] == [0.5, 1.2, 8.0]
    assert read.schema.field("eps_cr_low").type == pyarrow.float64()
    assert read.schema.field("turns").type == pyarrow.int64()


def test_the_ends_of_an_enclosure_are_numbers_that_enclose_it(table: bounds.tables.Table) -> None:
    columns = formats.frame(table)
    for low, high, bottom, top in zip(
        *(columns[f"eps_cr_{end}"] for end in ("low", "high", "low_text", "high_text")),
        strict=True,
    ):
        if bottom is None:
            assert low is high is None
        else:
            assert Fraction(low) <= Fraction(bottom) < Fraction(top) <= Fraction(high)
            assert high - low <= 4 * math.ulp(high)


@pytest.mark.parametrize("decimal", ["0.1", "-0.1", "1e-400", "-1e-400", "1e400", "-1e400", "0.5"])
def test_a_decimal_becomes_a_float_on_its_side(decimal: str) -> None:
    low, high = (formats.outwards(decimal, kind) for kind in ("low", "high"))
    assert low == -math.inf or Fraction(low) <= Fraction(decimal)
    assert high == math.inf or Fraction(high) >= Fraction(decimal)
    assert low <= high
    assert (low == high) is (decimal == "0.5")


def test_latex_has_a_row_for_each_delta(table: bounds.tables.Table, tmp_path: Path) -> None:
    table.write(tmp_path / "t.tex")
    first, heads, *rows, last = (tmp_path / "t.tex").read_text("utf-8").splitlines()
    assert first.startswith(r"\begin{tabular}{rrr")
    assert last == r"\end{tabular}"
    assert len(rows) == 3
    assert r"\texttt{eps\_cr\_low}" in heads
    assert re.search(r"\$\d\.\d+ \\cdot 10\^\{-\d+\}\$", rows[2])


def test_the_suffix_or_the_name_says_the_format(table: bounds.tables.Table, tmp_path: Path) -> None:
    table.write(tmp_path / "t.JSON")
    table.write(tmp_path / "plain", "json")
    assert (tmp_path / "t.JSON").read_bytes() == (tmp_path / "plain").read_bytes()
    for name in ("t.txt", "t", "t.csv.gz"):
        with pytest.raises(InputError, match="csv, json, parquet, tex"):
            table.write(tmp_path / name)


def test_parquet_without_pyarrow_is_a_clear_error_before_any_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda _: None)
    monkeypatch.setattr("bounds.tables.run.completed", lambda *_: pytest.fail("it computes"))
    with pytest.raises(InputError, match="pip install"):
        bounds.sweep("2", output=tmp_path / "t.parquet")
    assert not list(tmp_path.iterdir())


def test_a_table_is_read_by_its_headings(table: bounds.tables.Table) -> None:
    assert len(table) == 3
    assert table["delta"] == ["0.5", "1.2", "8"]
    assert table["status"] == ["none", "certified", "certified"]
    assert table["turns"] == [0, 2, 1]
    assert table.tally() == {"certified": 2, "none": 1, "inconclusive": 0}


@pytest.mark.parametrize("wrong", [{"output": 3}, {"columns": 3}, {"columns": [3]}], ids=str)
def test_an_argument_of_another_type_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(bounds.InputError):
        bounds.sweep(2, **wrong)  # type: ignore[arg-type]
