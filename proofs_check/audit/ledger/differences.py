"""Two ledgers compared: what a new version of a paper, or of its audit, changes.

A claim whose meaning differs is decided in both; what an unchanged one says has the same verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.results import NoTruthValue
from proofs_check.audit.claim import decide
from proofs_check.audit.ledger.entry import Entry
from proofs_check.audit.ledger.paper import LedgerAudit, claim_of
from proofs_check.audit.paper import load_folder
from proofs_check.audit.runner import stopped
from proofs_check.audit.verdict import Decision

_DESCRIBING = frozenset({"where", "title", "latex", "note", "rests_on", "difficulty", "time"})
"""Keys that say nothing about whether a claim is true."""

_SHOWN = 100


@dataclass(frozen=True)
class Change:
    """A claim that is in both ledgers and differs.

    Attributes:
        id: its name.
        fields: each key that differs, with both values.
        verdicts: how it was and is decided, where its meaning differs; else None.
    """

    id: str
    fields: tuple[tuple[str, Any, Any], ...]
    verdicts: tuple[Decision, Decision] | None

    def lines(self) -> Iterator[str]:
        """The change for people."""
        yield f"changed: {self.id}"
        for key, old, new in self.fields:
            yield f"  {key}: {_shown(old)} -> {_shown(new)}"
        if self.verdicts is None:
            return
        old, new = self.verdicts
        if old.verdict is new.verdict:
            yield f"  verdict as before: {new.told}: {new.finding}"
        else:
            yield f"  verdict: {old.told} -> {new.told}: {new.finding}"


@dataclass(frozen=True)
class Differences(NoTruthValue):
    """What differs between two ledgers.

    Attributes:
        added: claims that are new, each decided.
        removed: ids that are gone.
        changed: claims that differ.
        same: how many do not.
    """

    added: tuple[tuple[str, Decision], ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]
    same: int
    ask = "read .any"

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed)

    def __str__(self) -> str:
        lines = [f"added: {name}: {found.told}: {found.finding}" for name, found in self.added]
        lines += [f"removed: {name}" for name in self.removed]
        lines += [line for change in self.changed for line in change.lines()]
        moved = sum(
            one.verdicts is not None and one.verdicts[0].verdict is not one.verdicts[1].verdict
            for one in self.changed
        )
        counts = (
            f"{len(self.added)} added, {len(self.removed)} removed, {len(self.changed)} changed"
        )
        lines.append(f"{counts} ({moved} with another verdict), {self.same} the same")
        return "\n".join(lines)


def _shown(value: Any) -> str:
    if value is None:
        return "(not there)"
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def compare(old: str | Path, new: str | Path) -> Differences:
    """What differs between two ledgers.

    Args:
        old: a folder with a ledger, or the file.
        new: another one.

    Raises:
        InputError: one is no ledger.
    """
    before, after = _entries(old), _entries(new)
    added = [(name, _decided(entry)) for name, entry in after.items() if name not in before]
    removed = [name for name in before if name not in after]
    changed = []
    for name, entry in after.items():
        if name in before and (change := _change(before[name], entry)) is not None:
            changed.append(change)
    same = len(after) - len(added) - len(changed)
    return Differences(tuple(added), tuple(removed), tuple(changed), same)


def _entries(place: str | Path) -> dict[str, Entry]:
    paper = load_folder(place)
    if not isinstance(paper, LedgerAudit) or paper.entries is None:
        raise InputError(f"{place!s:.200} has no ledger: only ledgers are compared")
    return dict(paper.entries)


def _decided(entry: Entry) -> Decision:
    try:
        return decide(claim_of(entry))
    except Exception as reason:  # the other claims are to be compared
        return stopped(reason)


def _change(old: Entry, new: Entry) -> Change | None:
    """What differs between two claims of one id; None where nothing does."""
    fields = [
        (key, old.get(key), new.get(key))
        for key in dict.fromkeys((*old.data, *new.data))
        if old.get(key) != new.get(key)
    ]
    keys = {key for key, *_ in fields}
    for key, one, other in _meanings(old, new):
        if one != other and key not in keys:
            fields.append((f"{key}, with what it abbreviates or names", one, other))
    is_python = "check" in (old.kind, new.kind)
    if not fields and not is_python:
        return None
    if not is_python and all(key in _DESCRIBING for key, *_ in fields):
        return Change(new.id, tuple(fields), None)
    verdicts = _decided(old), _decided(new)
    if not fields and verdicts[0] == verdicts[1]:
        return None
    return Change(new.id, tuple(fields), verdicts)


def _meanings(old: Entry, new: Entry) -> Iterator[tuple[str, str, str]]:
    """Texts of two claims with their abbreviations and files put in."""
    for key in ("statement", "for", "expression", "equation", "value", "sharpen", "columns"):
        if key in old.data and key in new.data and old.kind != "words":
            one, other = (
                ", ".join(entry.words.expanded(text) for text in _texts(entry[key]))
                for entry in (old, new)
            )
            yield key, one, other
    if "file" in old.data and "file" in new.data:
        one, other = (
            (entry.source.folder / entry["file"]).read_text(encoding="utf-8")
            for entry in (old, new)
        )
        yield "file", one, other


def _texts(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
