"""Files that are whole or not there: a killed run leaves nothing half-written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bounds.errors import InputError


def _unwritable(path: Path, reason: OSError) -> InputError:
    return InputError(f"cannot write {path}: {reason.strerror}; name a file you can")


def beside(path: Path, ending: str) -> Path:
    """The file next to `path` with the ending behind its name.

    Raises:
        InputError: the path names no file.
    """
    if not path.name or "\0" in path.name or os.path.isdir(path):
        raise InputError(f"cannot write {str(path)[:200]!r}: it is no name of a file; name one")
    return path.with_name(path.name + ending)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step: a reader sees the old file or the new one. Text becomes UTF-8.

    Raises:
        InputError: the folder does not exist, the file may not be written, or the disk is full.
    """
    data = content.encode() if isinstance(content, str) else content
    aside = beside(path, f".{os.getpid()}.tmp")
    try:
        with _removed_on_error(aside):
            aside.write_bytes(data)
            os.replace(aside, path)
    except OSError as reason:
        raise _unwritable(path, reason) from None


@contextmanager
def _removed_on_error(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def make_folder(name: str) -> Path:
    """The folder, made where it is missing.

    Raises:
        InputError: it cannot be made.
    """
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as reason:
        told = getattr(reason, "strerror", reason)
        raise InputError(f"cannot make the folder {name[:200]!r}: {told}") from None
    return folder


@contextmanager
def journal(path: Path, head: dict[str, Any]) -> Iterator[tuple[list[Any], Any]]:
    """A run's finished parts, one JSON line each, kept beside its output until the run ends.

    Yields the parts that an earlier run with the same `head` left, and a function that appends one.
    A line cut short by a kill is dropped. The journal is removed when the block ends without an
    error.

    Raises:
        InputError: the file there is the journal of another run, or none; or the folder does not
            exist or may not be written.
    """
    kept: list[Any] = []
    lines = path.read_bytes().split(b"\n") if os.path.exists(path) else []
    for number, line in enumerate(lines[:-1]):  # what follows the last newline is cut short
        try:
            entry = json.loads(line)
        except ValueError:
            raise InputError(f"{path} is no journal of a run: move it out of the way") from None
        if number:
            kept.append(entry)
        elif entry != head:
            raise InputError(
                f"{path} belongs to another run: finish that one, name another file, or remove it"
            )
    # rewritten whole, so that no torn line stays in front of what is appended
    write_whole(path, "".join(json.dumps(entry) + "\n" for entry in [head, *kept]))
    try:
        file = path.open("a", encoding="utf-8")
    except OSError as reason:
        raise _unwritable(path, reason) from None

    def append(entry: Any) -> None:
        try:
            file.write(json.dumps(entry) + "\n")
            file.flush()
        except OSError as reason:
            raise _unwritable(path, reason) from None

    try:
        yield kept, append
    finally:
        file.close()
    path.unlink()
