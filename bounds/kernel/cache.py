"""The compiled library, kept in the user's cache folder under the hash of what it was made from."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bounds.certify.errors import Inconclusive
from bounds.kernel.coq import compile_files, coq_version, library_files

_IMPORT = re.compile(r"^From Bounds Require (?:Import |Export )?([\w ]+)\.", re.MULTILINE)
_MANIFEST = "compiled.json"


def needed(text: str) -> list[Path]:
    """The library's files that a text needs, each after those that it needs itself."""
    sources = {path.stem: path for path in library_files()}
    found: set[str] = set()

    def add(source: str) -> None:
        for names in _IMPORT.findall(source):
            for name in names.split():
                if name in sources and name not in found:
                    found.add(name)
                    add(sources[name].read_text(encoding="utf-8"))

    add(text)
    return [path for name, path in sources.items() if name in found]


def cache_folder() -> Path:
    """Where compiled libraries are kept: BOUNDS_CACHE, XDG_CACHE_HOME/bounds or ~/.cache/bounds."""
    own = os.environ.get("BOUNDS_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "bounds"


def key(files: Sequence[Path]) -> str:
    """The hash of sources and of Coq's version."""
    whole = hashlib.sha256(coq_version().encode("ascii"))
    for path in files:
        whole.update(b"\0" + path.name.encode("ascii") + b"\0" + path.read_bytes())
    return whole.hexdigest()


def compiled_library(text: str) -> Path:
    """A folder with the part of the library that a text needs, compiled now or earlier.

    What is read back was compiled from the same sources by the same version of Coq, and each file
    has the hash that it had then; else it is compiled again.

    Raises:
        Inconclusive: Coq is not installed, its libraries are missing, or the folder cannot be
            written.
    """
    files = needed(text)
    own = key(files)
    folder = cache_folder() / f"kernel-{own[:32]}"
    if _whole(folder, own):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Path(tempfile.mkdtemp(prefix="kernel-new-", dir=folder.parent))
    except OSError as error:
        raise Inconclusive(
            f"the compiled library cannot be stored in {folder.parent}: {error.strerror}:"
            " set BOUNDS_CACHE to a folder that can be written"
        ) from None
    try:
        compile_files(files, made)
        hashes = {path.name: _hash(path) for path in sorted(made.glob("*.vo"))}
        text_of = json.dumps({"key": own, "files": hashes}, indent=1)
        (made / _MANIFEST).write_text(text_of, encoding="ascii")
        shutil.rmtree(folder, ignore_errors=True)
        try:
            made.rename(folder)
        except OSError:  # another process was faster
            if not _whole(folder, own):
                raise Inconclusive(f"the compiled library cannot be stored in {folder}") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def _whole(folder: Path, own: str) -> bool:
    try:
        told = json.loads((folder / _MANIFEST).read_text(encoding="ascii"))
        files = told["files"]
        return (
            told["key"] == own
            and len(files) > 0
            and {path.name for path in folder.glob("*.vo")} == set(files)
            and all(_hash(folder / name) == value for name, value in files.items())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
