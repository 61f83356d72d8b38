"""What a table turns into."""

import sys
from types import SimpleNamespace

import pytest

import bounds


def test_a_data_frame_has_the_cells_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SimpleNamespace(DataFrame=lambda rows, columns: (rows, columns))
    monkeypatch.setitem(sys.modules, "pandas", made)
    table = bounds.sweep("2:3:0.5", columns="eps_cr,turns", digits=6)
    rows, columns = table.to_pandas()
    assert columns == ["delta", "status", "eps_cr_low", "eps_cr_high", "turns"]
    assert rows == table.rows
    assert rows[0][2] == "0.00397989"  # text: no digit is lost


def test_without_pandas_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(bounds.InputError, match="pip install pandas"):
        bounds.sweep("2", columns="eps_cr").to_pandas()


def test_an_arrow_table_has_text_whole_numbers_and_lists() -> None:
    table = bounds.sweep("0.5,2", columns="eps_cr,turns,shape", digits=6)
    arrow = table.to_arrow()
    assert [list(row.values()) for row in arrow.to_pylist()] == table.rows
    kinds = {field.name: str(field.type) for field in arrow.schema}
    assert kinds["eps_cr_low"] == "string"
    assert kinds["turns"] == "int64"
    assert kinds["shape"].startswith("list<")


def test_without_pyarrow_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(bounds.InputError, match="parquet"):
        bounds.sweep("2", columns="eps_cr").to_arrow()
