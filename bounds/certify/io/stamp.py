"""What made a file: the version of this package, a hash of its code, and the engines below it."""

from __future__ import annotations

import hashlib
import os
from functools import cache
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
    found: list[tuple[str, ...]] = []
    for place, _, names in os.walk(folder):
        parts = Path(place).relative_to(folder).parts
        found += [(*parts, name) for name in names if name.endswith(_READ_BY_CODE)]
    listing = hashlib.sha256()
    for path in sorted(found):
        content = hashlib.sha256(folder.joinpath(*path).read_bytes()).hexdigest()
        listing.update(f"{'/'.join(path)} {content}\n".encode())
    return listing.hexdigest()


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # with much that few runs need

    try:
        return version(name)
    except PackageNotFoundError:  # run from a folder that was never installed
        return "not installed"
