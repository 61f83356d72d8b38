"""A theorem counts only while its source is the one that was compiled."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from proofs_check import PAPER, find_claims
from proofs_check.audit.paper import Theorem
from proofs_check.audit.runner import audit
from proofs_check.kernel import _rows

ROW = {"claim": "kkt", "theorem": "kkt", "file": "kkt.v", "part": "whole claim", "axioms": []}


def write(folder: Path, *rows: object, source: str = "Theorem kkt.") -> Path:
    place = folder / "kernel" / "claims"
    place.mkdir(parents=True)
    (place / "kkt.v").write_text(source)
    (place / "table.json").write_text(json.dumps({"theorems": rows}))
    return place


def test_a_row_with_the_hash_of_its_file_counts(tmp_path: Path) -> None:
    row = {**ROW, "sha256": sha256(b"Theorem kkt.").hexdigest()}
    assert _rows(write(tmp_path, row)) == {"kkt": (Theorem("kkt", "kkt.v", "whole claim"),)}


@pytest.mark.parametrize(
    "row",
    [
        {**ROW, "sha256": "0" * 64},
        {**ROW, "file": "other.v", "sha256": "0" * 64},
        {**ROW, "file": "../../../../etc/hostname", "sha256": "0" * 64},
        {key: value for key, value in ROW.items() if key != "file"},
        "kkt",
        None,
    ],
)
def test_any_other_row_does_not(row: object, tmp_path: Path) -> None:
    assert _rows(write(tmp_path, row)) == {}


def test_without_a_table_there_is_no_theorem(tmp_path: Path) -> None:
    assert _rows(tmp_path / "kernel" / "claims") == {}
    (tmp_path / "table.json").write_text("{")
    assert _rows(tmp_path) == {}


def test_it_is_shown_beside_what_decided() -> None:
    theorem = Theorem("kkt", "kkt.v", "whole claim")
    paper = replace(PAPER, kernel=lambda _: (theorem,))
    (outcome,) = audit(paper, find_claims(["kkt"]), jobs=1)
    assert outcome.theorems == (theorem,)
    assert outcome.basis == "kernel, machine"
