"""What a table turns into."""

import sys
from types import SimpleNamespace

import pytest

import bounds


def test_a_data_frame_has_numbers_and_their_text(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SimpleNamespace(DataFrame=dict)
    monkeypatch.setitem(sys.modules, "pandas", made)
    table = bounds.sweep("2:3:0.5", columns="eps_cr,turns", digits=6)
    columns = table.to_pandas()
    texts = ["delta_text", "eps_cr_low_text", "eps_cr_high_text"]
    assert list(columns) == [*table.names, *texts]
    assert columns["delta"] == [2.0, 2.5, 3.0]
    assert columns["eps_cr_low_text"][0] == "0.00397989"  # no digit is lost
    assert columns["eps_cr_low"][0] == pytest.approx(0.00397989, rel=1e-15)


def test_without_pandas_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(bounds.InputError, match="pip install pandas"):
        bounds.sweep("2", columns="eps_cr").to_pandas()


def test_an_arrow_table_has_text_whole_numbers_and_lists() -> None:
    table = bounds.sweep("0.5,2", columns="eps_cr,turns,shape", digits=6)
    arrow = table.to_arrow()
    assert arrow.column("status").to_pylist() == table["status"]
    assert arrow.column("eps_cr_low_text").to_pylist() == table["eps_cr_low"]
    kinds = {field.name: str(field.type) for field in arrow.schema}
    assert kinds["eps_cr_low"] == kinds["delta"] == "double"
    assert kinds["turns"] == "int64"
    assert kinds["shape"].startswith("list<")


def test_without_pyarrow_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(bounds.InputError, match="parquet"):
        bounds.sweep("2", columns="eps_cr").to_arrow()
