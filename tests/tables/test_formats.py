import csv
import json
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
            read = {"text": str, "whole": int, "texts": str.split}[kind]
            assert (read(text) if text or kind == "texts" else None) == cell


def test_json_reads_back(table: bounds.tables.Table, tmp_path: Path) -> None:
    table.write(tmp_path / "t.json")
    entries = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert [list(entry) for entry in entries] == [table.names] * 3
    assert [list(entry.values()) for entry in entries] == table.rows


def test_parquet_reads_back(table: bounds.tables.Table, tmp_path: Path) -> None:
    table.write(tmp_path / "t.parquet")
    read = pyarrow.parquet.read_table(tmp_path / "t.parquet")
    assert read.column_names == table.names
    assert [list(entry.values()) for entry in read.to_pylist()] == table.rows
    assert read.schema.field("eps_cr_low").type == pyarrow.string()
    assert read.schema.field("turns").type == pyarrow.int64()


def test_the_suffix_or_the_name_says_the_format(table: bounds.tables.Table, tmp_path: Path) -> None:
    table.write(tmp_path / "t.JSON")
    table.write(tmp_path / "plain", "json")
    assert (tmp_path / "t.JSON").read_bytes() == (tmp_path / "plain").read_bytes()
    for name in ("t.txt", "t", "t.csv.gz"):
        with pytest.raises(InputError, match="csv, json, parquet"):
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
