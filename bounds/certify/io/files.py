"""Files that are whole or not there: a killed run leaves nothing half-written."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bounds.certify.errors import InputError, Notice


def unwritable(path: Path, reason: OSError) -> InputError:
    """The error that says why the file cannot be written."""
    told = reason.strerror or reason
    return InputError(f"cannot write {path!s:.200}: {told}; name a file you can")


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

    A link stays, and what it leads to is written. A file that held something else is replaced, and
    a `Notice` says so.

    Raises:
        InputError: the folder does not exist, the file may not be written, is no ordinary file, or
            the disk is full.
    """
    data = content.encode() if isinstance(content, str) else content
    beside(path, "")
    try:
        target = Path(os.path.realpath(path))
        there = _held(target)
        aside = target.with_name(f"{target.name}.{os.urandom(4).hex()}.tmp")
        with _removed_on_error(aside):
            with aside.open("xb") as file:
                file.write(data)
            if there is not None:
                shutil.copymode(target, aside)
            os.replace(aside, target)
    except OSError as reason:
        raise unwritable(path, reason) from None
    if there is not None and there != data:
        warnings.warn(f"{path!s:.200} held other data, and was replaced", Notice, stacklevel=2)


def _held(target: Path) -> bytes | None:
    """What the file holds that is to be replaced; None where there is none.

    Raises:
        InputError: it is a device or the like, which a file must not replace.
        OSError: it may not be written or read.
    """
    if not target.exists():
        return None
    if not target.is_file():
        raise InputError(f"cannot write {target!s:.200}: it is no ordinary file; name another")
    with target.open("r+b") as file:  # a file that may not be written is not replaced either
        return file.read()


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
