"""Theorems that a proof assistant's kernel accepts, from the table that lies beside their sources.

`kernel/claims/table.json`, in a clone of the repository, has a row for each theorem: claim,
theorem, file, sha256 of the file, axioms, and which part of the verdict it proves. A row counts
only while the file has that hash.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from proofs_check.audit.paper import Theorem

_FOLDER = Path(__file__).parents[1] / "kernel" / "claims"


@cache
def _rows(folder: Path) -> dict[str, tuple[Theorem, ...]]:
    try:
        table = json.loads((folder / "table.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    rows = table.get("theorems", []) if isinstance(table, dict) else table
    found: dict[str, tuple[Theorem, ...]] = {}
    for row in rows if isinstance(rows, list) else []:
        if _counts(row, folder):
            theorem = Theorem(row["theorem"], row["file"], row["part"])
            found[row["claim"]] = (*found.get(row["claim"], ()), theorem)
    return found


def _counts(row: Any, folder: Path) -> bool:
    """Whether the row is whole, and its file is the one that was compiled."""
    keys = ("claim", "theorem", "file", "sha256", "part")
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in keys):
        return False
    for path in (
        folder / row["file"],
        folder.parents[1] / row["file"],
        folder.parent / row["file"],
    ):
        if path.is_file() and path.resolve().is_relative_to(folder.parents[1]):
            return bool(sha256(path.read_bytes()).hexdigest() == row["sha256"])
    return False


def theorems_of(claim: str) -> tuple[Theorem, ...]:
    """The theorems for a claim whose sources are unchanged; none without the table."""
    return _rows(_FOLDER).get(claim, ())
