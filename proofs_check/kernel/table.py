"""The tables of the claims that Coq's kernel has accepted, and which of their rows still count.

Each theory has its own, beside its sources, as one may be compiled where the other cannot be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, get_args

from bounds.certify.errors import InputError
from bounds.kernel.coq import verdict
from proofs_check.kernel.statements import (
    AXIOMS,
    PREFIX,
    Part,
    Theory,
    digest,
    files,
    place,
    sources,
    statements,
    theory_of,
)

VERSION = 1
TABLE = "table.json"


@dataclass(frozen=True, slots=True)
class Row:
    """What the kernel said about a claim's theorem, when the table was written.

    Attributes:
        claim: the claim's id.
        theorem: its name in Coq.
        file: its source, a path in the repository.
        lines: first and last line of statement and proof.
        seconds: what statement and proof took.
        sha256: of the file.
        needs: SHA-256 of the file with all files of the project that it needs.
        axioms: what the theorem rests on, by name.
        parts: what of the verdict it proves.
        proves: the same in words.
    """

    claim: str
    theorem: str
    file: str
    lines: tuple[int, int]
    seconds: float
    sha256: str
    needs: str
    axioms: tuple[str, ...]
    parts: tuple[Part, ...]
    proves: str


def rows() -> dict[str, Row]:
    """The rows that count, by claim.

    Nothing in the table is believed without the sources beside it: a row counts only if its file
    and all that the file needs are byte for byte what the kernel read, if the theorem still stands
    there and says of itself what the row says, and if its axioms are on the white list.

    Raises:
        InputError: the table is not of this version or shape.
    """
    stated = {
        one.theorem: one for theory in PREFIX for file in files(theory) for one in statements(file)
    }
    read = [_row(item) for theory in PREFIX for item in _items(theory)]
    counting = {}
    own, needed = cache(file_digest), cache(digest)  # of a file's many theorems, once
    for row in read:
        one = stated.get(row.theorem)
        if (
            one is not None
            and verdict(row.axioms, AXIOMS[theory_of(one.file)]).outcome == "accepted"
            and (one.claim, one.lines, one.proves) == (row.claim, row.lines, row.proves)
            and row.file == path(one.file)
            and row.sha256 == own(one.file)
            and row.needs == needed(one.file)
            and one.parts == row.parts
        ):
            counting[row.claim] = row
    return counting


def rows_of(parts: Iterable[Part]) -> dict[str, Row]:
    """The rows that count and prove at least these parts of a verdict."""
    wanted = set(parts)
    return {claim: row for claim, row in rows().items() if wanted <= set(row.parts)}


def path(file: str) -> str:
    """Where a file lies in the repository."""
    return f"kernel/{theory_of(file)}/{file}.v"


def environment(theory: Theory) -> dict[str, str]:
    """The versions of what compiled a theory when its table was written, by name.

    Raises:
        InputError: the table is not of this version or shape.
    """
    found = _table(theory).get("environment")
    if not (isinstance(found, dict) and all(isinstance(value, str) for value in found.values())):
        raise InputError(f"{theory}/{TABLE} does not say what compiled the theorems")
    return found


def file_digest(file: str) -> str:
    """SHA-256 of a file alone."""
    return sha256(place(file).read_bytes()).hexdigest()


def _table(theory: Theory) -> dict[str, Any]:
    try:
        table = json.loads((sources(theory) / TABLE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{TABLE} cannot be read: run python -m proofs_check.kernel") from error
    if not isinstance(table, dict) or table.get("version") != VERSION:
        raise InputError(f"{TABLE} is of another version: run python -m proofs_check.kernel")
    return table


def _items(theory: Theory) -> list[Any]:
    if theory == "measure" and "mathcomp-analysis" not in environment(theory):
        raise InputError(f"{theory}/{TABLE} does not say with what measure theory it was made")
    found = _table(theory).get("theorems")
    if not isinstance(found, list):
        raise InputError(f"{TABLE} has no list of theorems")
    return found


def _row(item: Any) -> Row:
    words = ("claim", "theorem", "file", "sha256", "needs", "proves")
    if not (
        isinstance(item, dict)
        and item.keys() == Row.__dataclass_fields__.keys()
        and all(isinstance(item[word], str) for word in words)
        and type(item["seconds"]) in (int, float)
        and _is_list(item["lines"], int)
        and len(item["lines"]) == 2
        and _is_list(item["axioms"], str)
        and _is_list(item["parts"], str)
        and set(item["parts"]) <= set(get_args(Part))
    ):
        raise InputError(f"{TABLE}: a row is not of the form that is read here")
    first, last = item["lines"]
    lists = {"lines": (first, last), "axioms": tuple(item["axioms"]), "parts": tuple(item["parts"])}
    return Row(**{**item, **lists})


def _is_list(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(type(entry) is kind for entry in value)
