"""A new ledger: commented, with a claim of each kind, and decided as it is."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from bounds.certify.errors import InputError
from bounds.certify.io.files import write_whole
from proofs_check.audit.ledger.source import FILE


def write_new(folder: str | Path) -> Path:
    """Write a ledger to begin with.

    Args:
        folder: of the audit; it is made if it is not there.

    Returns:
        The file.

    Raises:
        InputError: there is a ledger already, or the folder cannot be made.
    """
    place = Path(folder)
    if "\0" in str(folder):
        raise InputError("a path has no zero byte")
    file = place / FILE
    if file.exists():
        raise InputError(f"{file!s:.200} is there already: name another folder")
    if place.exists() and not place.is_dir():
        raise InputError(f"{place!s:.200} is no folder: name another one")
    place.mkdir(parents=True, exist_ok=True)
    write_whole(file, template())
    return file


def template() -> str:
    """The ledger to begin with."""
    return files("proofs_check.audit.ledger").joinpath("new.toml").read_text(encoding="utf-8")
