"""Ledgers made up for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from proofs_check.audit.ledger.abbreviations import Abbreviations
from proofs_check.audit.ledger.decide import decide_entry
from proofs_check.audit.ledger.entry import Entry, read_entry
from proofs_check.audit.ledger.source import Source, Table
from proofs_check.audit.verdict import Decision

HEAD = '[paper]\ntitle = "A paper"\nsections = { "1" = "One", "2" = "Two" }\n'
TRUE = 'statement = "x^2 >= 0"\nfor = "x real"\n'


def claim(name: str, text: str = TRUE, kind: str = "inequality") -> str:
    return f'[[claim]]\nid = "{name}"\nwhere = "1"\nkind = "{kind}"\n{text}'


def write(folder: Path, *claims: str, head: str = HEAD) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ledger.toml").write_text("".join([head, *claims]), encoding="utf-8")
    return folder


def entry(folder: Path = Path("/nowhere"), **data: Any) -> Entry:
    """One claim as data; `where_` stands for the key `for`."""
    data = {"id": "a", "where": "1", **data}
    if "where_" in data:
        data["for"] = data.pop("where_")
    table = Table(data, 1)
    source = Source(folder / "ledger.toml", table, table, table, (table,))
    return read_entry(source, table, Abbreviations({}))


def ask(folder: Path = Path("/nowhere"), **data: Any) -> Decision:
    return decide_entry(entry(folder, **{"time": 10, **data}))
