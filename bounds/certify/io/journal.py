"""A run's finished parts, kept beside its output until the run ends: a kill costs little.

    {"journal": 1, "made": STAMP, "job": JOB}
    HASH ENTRY
    HASH ENTRY

STAMP is the version and the hash of the code that writes, JOB what is to be done. HASH is the
SHA-256 of the HASH before it (for the first entry, of the head) and of ENTRY, which is JSON: a line
that is changed, moved, doubled or left out is noticed. Whoever forges a file can make such hashes
too, so nothing here is believed: who reads an entry must prove anew what it says.
"""

from __future__ import annotations

import errno
import hashlib
import json
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from bounds.certify.errors import InputError, Notice
from bounds.certify.io.files import unwritable
from bounds.certify.io.stamp import stamp

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # there is none on Windows
    fcntl = None

_FIRST = b'{"journal": '
_LONGEST = 1 << 26
"""Bytes of a line; no run writes one as long."""

_MALFORMED = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip
"""What reading an entry of another form may raise."""

Read = Callable[[Any], Any]


@contextmanager
def journal(
    path: Path, job: dict[str, Any], read: Read = lambda entry: entry
) -> Iterator[tuple[list[Any], Callable[[Any], None]]]:
    """The parts that an earlier run of the same job and code left, and what appends one.

    Where the code was another, or from an entry on that is not as it was written, the work is to
    be done again, and a `Notice` says so; a last line that a kill cut short is dropped without a
    word. The journal is removed when the block ends without an error.

    Args:
        path: the journal's file.
        job: plain data that tells this job from others.
        read: checks an entry, and may turn it into what the caller works with; it raises ValueError
            where this job cannot have written it.

    Raises:
        InputError: the file there is the journal of another job, of a run still at work, or none;
            or the folder does not exist or may not be written.
    """
    head = json.dumps({"journal": 1, "made": stamp(), "job": job}).encode()
    try:
        file = path.open("a+b")
    except OSError as reason:
        raise unwritable(path, reason) from None
    with file:
        _claim(path, file)
        try:
            kept, last = _kept(path, file, head, read)
        except OSError as reason:
            raise unwritable(path, reason) from None

        def write(line: bytes) -> None:
            try:
                file.write(line + b"\n")
                file.flush()
            except OSError as reason:
                raise unwritable(path, reason) from None

        def append(entry: Any) -> None:
            nonlocal last
            content = json.dumps(entry).encode()
            last = _next(last, content)
            write(last + b" " + content)

        if file.tell() == 0:
            write(head)
        try:
            yield kept, append
        except KeyboardInterrupt as stop:
            stop.add_note(
                f"what is finished is stored in {path}: run the same again to continue from there"
            )
            raise
        path.unlink(missing_ok=True)


def _next(last: bytes, content: bytes) -> bytes:
    return hashlib.sha256(last + b" " + content).hexdigest().encode()


def _kept(path: Path, file: BinaryIO, head: bytes, read: Read) -> tuple[list[Any], bytes]:
    """The entries that hold, and the hash of the last; the file is cut behind them."""
    file.seek(0)
    entries: list[Any] = []
    last = hashlib.sha256(head).hexdigest().encode()
    if not _is_head(path, file.readline(_LONGEST), head):
        file.seek(0)
        file.truncate()
        return [], last
    end = file.tell()
    while (line := file.readline(_LONGEST)).endswith(b"\n"):
        seen, _, content = line[:-1].partition(b" ")
        try:
            if seen != _next(last, content):
                raise ValueError("its hash differs")
            entries.append(read(json.loads(content)))
        except _MALFORMED:
            _again(path, f"entry {len(entries) + 1} is not as this run writes it", "from there on ")
            break
        last, end = seen, file.tell()
    file.seek(end)
    file.truncate()
    return entries, last


def _is_head(path: Path, line: bytes, head: bytes) -> bool:
    """Whether the line is the head; not, where it is cut short or that of other code.

    Raises:
        InputError: it is the head of another job, or of something else.
    """
    if line == head + b"\n":
        return True
    if not line.endswith(b"\n") and (line.startswith(_FIRST) or _FIRST.startswith(line)):
        return False  # a kill came before any work was kept
    try:
        seen = json.loads(line) if line.startswith(_FIRST) else None
    except (ValueError, RecursionError):
        seen = None
    if not isinstance(seen, dict):
        raise InputError(f"{path} is no journal of this program: move it out of the way")
    if seen.get("job") != json.loads(head)["job"]:
        raise InputError(
            f"{path} belongs to another run: finish that one, name another file, or remove it"
        )
    _again(path, "it was made by another version of the code")
    return False


def _again(path: Path, why: str, where: str = "") -> None:
    warnings.warn(f"{path!s:.200}: {why}: the work is done again {where}".rstrip(), Notice, 6)


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
