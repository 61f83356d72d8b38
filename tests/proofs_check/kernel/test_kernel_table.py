"""The table of the claims' theorems is believed only beside the sources that it was made from."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bounds.certify.errors import InputError
from proofs_check.kernel import page, rows, rows_of, statements, table
from proofs_check.kernel.page import PAGE
from proofs_check.kernel.statements import files, sources

_COUNT = sum(len(statements.statements(file)) for file in files())


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the claims' folder, which is read in its place."""
    here = tmp_path / "claims"
    shutil.copytree(sources(), here, ignore=shutil.ignore_patterns("*.vo*"))
    monkeypatch.setattr(statements, "sources", lambda: here)
    monkeypatch.setattr(table, "sources", lambda: here)
    return here


def test_every_row_counts() -> None:
    assert len(rows()) == _COUNT


@pytest.mark.parametrize("place", ["0", "~"])
def test_every_row_counts_wherever_the_folders_lie(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims, library = tmp_path / place / "claims", tmp_path / "1" / "lib"
    ignored = shutil.ignore_patterns("*.vo*")
    shutil.copytree(sources(), claims, ignore=ignored)
    shutil.copytree(statements.library_sources(), library, ignore=ignored)
    monkeypatch.setattr(statements, "sources", lambda: claims)
    monkeypatch.setattr(table, "sources", lambda: claims)
    monkeypatch.setattr(statements, "library_sources", lambda: library)
    assert len(rows()) == _COUNT


def test_the_page_is_the_tables() -> None:
    assert PAGE.read_text() == page.page(rows().values())


def test_rows_by_what_they_prove() -> None:
    both = rows_of(["printed refuted", "repaired statement"])
    assert "hessian-formula" in both
    assert "hessian-sign" not in both
    assert all("printed refuted" in row.parts for row in both.values())


def test_a_file_that_changed_has_no_rows(copy: Path) -> None:
    changed = copy / "Estimate.v"
    changed.write_text(changed.read_text() + "\n")
    counting = rows()
    assert "lemma-3" not in counting
    assert "lemma-2" not in counting, "Median.v needs Estimate.v"
    assert "h-derivative" in counting


def test_a_file_that_is_required_but_not_imported_counts(copy: Path) -> None:
    changed = copy / "Turn3.v"
    changed.write_text(changed.read_text() + "\n")
    assert "eps-cr-3" not in rows()
    assert "lemma-5-criterion" in rows()


def _first(change: Callable[[dict[str, Any]], None], copy: Path) -> str:
    whole = json.loads((copy / "table.json").read_text())
    row = whole["theorems"][0]
    claim: str = row["claim"]
    change(row)
    (copy / "table.json").write_text(json.dumps(whole))
    return claim


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theorem", "h_inflection"),
        ("claim", "theorem-2"),
        ("file", "kernel/claims/Median.v"),
        ("lines", [1, 2]),
        ("sha256", "0" * 64),
        ("needs", "0" * 64),
        ("axioms", ["Classical_Prop.classic", "Claims.Tools.wish"]),
        ("parts", ["repaired statement"]),
        ("proves", "repaired statement"),
    ],
)
def test_a_row_that_was_altered_does_not_count(key: str, value: Any, copy: Path) -> None:
    claim = _first(lambda row: row.update({key: value}), copy)
    counting = rows()
    assert claim not in counting
    assert len(counting) == _COUNT - 1


@pytest.mark.parametrize(
    ("key", "value"),
    [("seconds", "0"), ("axioms", "none"), ("lines", [1]), ("parts", ["all"]), ("more", 1)],
)
def test_a_row_of_another_form_is_an_error(key: str, value: Any, copy: Path) -> None:
    _first(lambda row: row.update({key: value}), copy)
    with pytest.raises(InputError, match="not of the form"):
        rows()


@pytest.mark.parametrize("text", ["", "[]", '{"version": 0, "theorems": []}', '{"version": 1}'])
def test_a_table_of_another_form_is_an_error(text: str, copy: Path) -> None:
    (copy / "table.json").write_text(text)
    with pytest.raises(InputError, match=r"table\.json"):
        rows()
