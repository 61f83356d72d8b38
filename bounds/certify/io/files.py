"""Files that are whole or not there: a killed run leaves nothing half-written."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from bounds.certify.errors import InputError

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # there is none on Windows
    fcntl = None


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
        InputError: the file there is the journal of another run, of one still at work, or none; or
            the folder does not exist or may not be written.
    """
    try:
        file = path.open("a+b")
    except OSError as reason:
        raise _unwritable(path, reason) from None
    with file:
        _claim(path, file)
        try:
            file.seek(0)
            lines = file.read().split(b"\n")
            kept = _entries(path, head, lines)
            file.truncate(sum(len(line) + 1 for line in lines[:-1]))  # the rest is cut short
        except OSError as reason:
            raise _unwritable(path, reason) from None

        def append(entry: Any) -> None:
            try:
                file.write(json.dumps(entry).encode() + b"\n")
                file.flush()
            except OSError as reason:
                raise _unwritable(path, reason) from None

        if len(lines) == 1:
            append(head)
        yield kept, append
        path.unlink(missing_ok=True)


def _entries(path: Path, head: dict[str, Any], lines: list[bytes]) -> list[Any]:
    """What the lines of a journal hold, behind its head and before one that is cut short."""
    try:
        entries = [json.loads(line) for line in lines[:-1]]
    except ValueError:
        raise _no_journal(path) from None
    if not entries and not json.dumps(head).encode().startswith(lines[0]):
        raise _no_journal(path)
    if entries and entries[0] != head:
        raise InputError(
            f"{path} belongs to another run: finish that one, name another file, or remove it"
        )
    return entries[1:]


def _no_journal(path: Path) -> InputError:
    return InputError(f"{path} is no journal of a run: move it out of the way")


def _claim(path: Path, file: BinaryIO) -> None:
    """Keep other processes from the journal until it is closed, where the system can.

    A lock of this kind is not handed to forked workers, and goes with the process, however it goes.
    """
    if fcntl is None:
        return
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as reason:
        if reason.errno in (errno.EACCES, errno.EAGAIN):
            raise InputError(
                f"another run is at work on {path}: wait for it, or name another file"
            ) from None
