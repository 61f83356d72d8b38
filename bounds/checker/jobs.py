"""Several processes for several files, or for the pieces of one.

Each process reads the file by itself, and believes nothing of another but its verdict. The limits
of size, depth and work are those of each process: of `jobs` of them, a file may take `jobs` times
the memory and the processor time, but no more time on the clock.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor

from bounds.certify.checker.replay import check_file, together
from bounds.certify.checker.verdict import Verdict

MOST_JOBS = 64

_LOST = "undecided: a process of the check ended early, perhaps for want of memory"


def verdicts(paths: Sequence[str], work: float | None = None, jobs: int = 1) -> Iterator[Verdict]:
    """The verdict on each file, in order.

    Args:
        paths: files with certificates.
        work: the units of work for each file and process; by default as its size allows.
        jobs: processes. Where there are fewer files than that, the pieces of a file are shared.
    """
    if jobs == 1:
        for path in paths:
            yield check_file(path, work=work)
        return
    count = max(1, -(-jobs // len(paths))) if paths else 1
    others = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_settle
    )
    try:
        # step: every share of a file is asked for [value 7/8: 1]
        waiting = [
            [executor.submit(_share, path, work, (own, count)) for own in range(count)]
            for path in paths
        ]
        for shares in waiting:
            yield together([_verdict(share) for share in shares])
    except BaseException:
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _share(path: str, work: float | None, share: tuple[int, int]) -> Verdict:
    return check_file(path, work=work, share=share)


def _verdict(share: Future[Verdict]) -> Verdict:
    try:
        return share.result()
    except BrokenExecutor:
        return Verdict("undecided", _LOST, None, 0)


def _settle() -> None:
    """In a process: leave Ctrl-C to the parent, and end when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
