"""What made a file: the version of this package, a hash of its code, and the engines below it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import flint

_PACKAGE = Path(__file__).resolve().parents[2]
_READ_BY_CODE = (".py", ".json")


@cache
def stamp() -> dict[str, str]:
    """The names and versions on which the outcome of a computation may depend."""
    return {
        "version": _version("robust-mean-bounds"),
        "code": code_hash(_PACKAGE),
        "python-flint": flint.__version__,
        "FLINT": flint.__FLINT_VERSION__,
        "numpy": _version("numpy"),
    }


def code_hash(folder: Path) -> str:
    """The SHA-256 of the names and contents of a folder's code and of the data stored beside it."""
    listing = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts):
        if path.suffix in _READ_BY_CODE:
            name = path.relative_to(folder).as_posix()
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            listing.update(f"{name} {content}\n".encode())
    return listing.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # run from a folder that was never installed
        return "not installed"
