"""The checker alone: `python -m bounds.checker [--jobs N] FILE...` needs these files and gmpy2.

Exit codes: 0 all are accepted; 1 one is rejected; 2 there is no such file, or none is named, or the
verdicts cannot be written; 3 one is undecided, beyond a limit of the checker, and none is rejected.
A reader that goes away early, as in `... | head -1`, changes no exit code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from bounds.checker.jobs import MOST_JOBS, verdicts

ACCEPTED, REJECTED, BAD_INPUT, UNDECIDED = 0, 1, 2, 3


class _Printer:
    """Standard output, as far as it takes what is printed."""

    def __init__(self) -> None:
        self.open = sys.stdout is not None  # closed by the caller: `>&-`
        self.fault = None if self.open else "the verdicts cannot be written: no standard output"

    def line(self, text: str) -> None:
        if not self.open:
            return
        try:
            print(text, flush=True)
        except BrokenPipeError:
            self._close()
        except OSError as reason:
            self.fault = f"the verdicts cannot be written: {reason.strerror}"
            self._close()

    def _close(self) -> None:
        """Write no more; and nothing is left for Python to write at its end."""
        self.open = False
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def judge(
    paths: Sequence[str],
    work: float | None = None,
    done: Callable[[], object] = lambda: None,
    jobs: int = 1,
) -> int:
    """Print the verdict on each file.

    Args:
        paths: files with certificates.
        work: the units of work for each, about a second of one core each; by default as many as
            its size allows it.
        done: called after each file.
        jobs: processes, each with these limits: for several files, or for the pieces of one.

    Returns:
        The exit code.
    """
    printer = _Printer()
    outcomes = set()
    for path, verdict in zip(paths, verdicts(paths, work, jobs), strict=True):
        outcomes.add(verdict.outcome)
        said = "" if verdict.outcome == "undecided" else f"{verdict.outcome}: "
        printer.line(f"{path}: {said}{verdict.reason}")
        if verdict.first_failing_piece:
            printer.line(f"  first failing piece: {verdict.first_failing_piece}")
        done()
    if "rejected" in outcomes:
        return REJECTED
    if printer.fault is not None:
        return _usage(printer.fault)
    return UNDECIDED if "undecided" in outcomes else ACCEPTED


def missing(paths: Sequence[str]) -> str | None:
    """The first that is no file, if there is one."""
    return next((path for path in paths if not os.path.isfile(path)), None)  # False if too long


def main(words: Sequence[str]) -> int:
    """Judge the files, and return the exit code."""
    jobs, paths = _parsed(words)
    if not paths or paths[0].startswith("-"):
        return _usage("usage: python -m bounds.checker [--jobs N] FILE...")
    if not 1 <= jobs <= MOST_JOBS:
        return _usage(f"--jobs must be a whole number from 1 to {MOST_JOBS}")
    absent = missing(paths)
    if absent is not None:
        return _usage(f"there is no file {absent[:200]}: name certificates to replay")
    try:
        return judge(paths, jobs=jobs)
    except KeyboardInterrupt:
        _usage("interrupted")
        return 130


def _parsed(words: Sequence[str]) -> tuple[int, Sequence[str]]:
    """The number after --jobs (0 for what is none, 1 by default), and the files."""
    if not words or words[0] != "--jobs":
        return 1, words
    number = words[1] if len(words) > 1 else ""
    plain = number.isascii() and number.isdigit() and len(number) < 10
    return (int(number) if plain else 0), words[2:]


def _usage(line: str) -> int:
    """Say a line where there is someone to hear it."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{line}\n")
    return BAD_INPUT


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # names of files may hold what is no character
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
