"""The table of the claims' theorems is believed only beside the sources that it was made from."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bounds.certify.errors import InputError, Notice
from proofs_check import kernel
from proofs_check.kernel import page, rows, rows_of, statements, table
from proofs_check.kernel.compiled import Compiled
from proofs_check.kernel.page import PAGE
from proofs_check.kernel.statements import PREFIX, Theory, files, sources
from proofs_check.kernel.table import environment

_COUNT = sum(len(statements.statements(file)) for theory in PREFIX for file in files(theory))


def _copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of the theories' folders, which are read in their place; that of the claims."""
    for theory in PREFIX:
        ignored = shutil.ignore_patterns("*.vo*")
        shutil.copytree(sources(theory), folder / theory, ignore=ignored)

    def there(theory: Theory = "claims") -> Path:
        return folder / theory

    monkeypatch.setattr(statements, "sources", there)
    monkeypatch.setattr(table, "sources", there)
    return folder / "claims"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the claims' folder, which is read in its place, with one of kernel/measure."""
    return _copied(tmp_path, monkeypatch)


def test_every_row_counts() -> None:
    assert len(rows()) == _COUNT


@pytest.mark.parametrize("place", ["0", "~"])
def test_every_row_counts_wherever_the_folders_lie(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, ignored = tmp_path / "1" / "lib", shutil.ignore_patterns("*.vo*")
    shutil.copytree(statements.library_sources(), library, ignore=ignored)
    _copied(tmp_path / place, monkeypatch)
    monkeypatch.setattr(statements, "library_sources", lambda: library)
    assert len(rows()) == _COUNT


def test_the_page_is_the_tables() -> None:
    assert PAGE.read_text() == page.page(rows().values(), environment("measure"))


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


@pytest.mark.heavy
def test_a_file_that_is_required_but_not_imported_counts(copy: Path) -> None:
    changed = copy / "Turn3.v"
    changed.write_text(changed.read_text() + "\n")
    assert "eps-cr-3" not in rows()
    assert "lemma-5-criterion" in rows()


@pytest.mark.heavy
def test_a_theorem_on_measure_theory_counts_while_all_it_needs_is_as_it_was(copy: Path) -> None:
    assert "two-sided-limit" in rows()
    changed = copy.with_name("measure") / "Risk.v"
    changed.write_text(changed.read_text() + "\n")
    assert "two-sided-limit" not in rows()


@pytest.mark.heavy
def test_its_axioms_are_its_own_alone(copy: Path) -> None:
    """What kernel/measure may rest on, no theorem of kernel/claims may."""
    (name, *_) = statements.AXIOMS["measure"]
    claim = _first(lambda row: row["axioms"].append(name), copy)
    assert claim not in rows()
    measured = _first(lambda row: row["axioms"].append(name), copy.with_name("measure"))
    assert measured in rows()


def test_a_table_on_measure_theory_says_with_what_it_was_made(copy: Path) -> None:
    path = copy.with_name("measure") / "table.json"
    whole = json.loads(path.read_text())
    assert {"coq", "mathcomp-analysis"} <= whole["environment"].keys()
    for made_by in ({"coq": "8.20.1"}, None, {"coq": 8, "mathcomp-analysis": 1}):
        path.write_text(json.dumps({**whole, "environment": made_by}))
        with pytest.raises(InputError, match="does not say"):
            rows()


def _first(change: Callable[[dict[str, Any]], None], copy: Path) -> str:
    whole = json.loads((copy / "table.json").read_text())
    row = whole["theorems"][0]
    claim: str = row["claim"]
    change(row)
    (copy / "table.json").write_text(json.dumps(whole))
    return claim


@pytest.mark.heavy
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


def test_a_toplevel_that_says_nothing_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Coq's answer is looked for, not the absence of an error."""
    compiled = Compiled.__new__(Compiled)
    compiled._coqc, compiled._prefix = "coqc", "Claims"
    monkeypatch.setattr("proofs_check.kernel.compiled.preamble", lambda _: "")
    texts = [("first", "Theorem a : True.\nProof. exact I. Qed."), ("second", "Theorem b : False.")]
    answers = {
        "": set(),
        "first\n     : True\n": {"first"},
        "Error: The reference second was not found\n": set(),
        "first\n     : True\nsecond\n     : False\n": {"first", "second"},
    }
    for told, proved in answers.items():
        done = SimpleNamespace(stdout=told, stderr="killed")
        monkeypatch.setattr(compiled, "_run", lambda *_, done=done, **__: done)
        assert compiled.proved_again("File", texts) == proved


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "ORDER").unlink(),
        lambda folder: (folder / "ORDER").write_text("Nothing\n"),
        lambda folder: (folder / "ORDER").write_bytes(b"\xff"),
        lambda folder: (folder / "Estimate.v").write_bytes(b"\xff"),
        lambda folder: (folder / "table.json").unlink(),
        lambda folder: (folder / "table.json").write_text("[" * 5000),
    ],
)
def test_without_the_sources_no_theorem_counts_and_a_notice_says_so(
    damage: Callable[[Path], Any], copy: Path
) -> None:
    damage(copy)
    kernel._counting.cache_clear()
    try:
        with pytest.warns(Notice, match="no theorem of Coq counts here"):
            assert kernel.theorems_of("kkt") == ()
    finally:
        kernel._counting.cache_clear()
