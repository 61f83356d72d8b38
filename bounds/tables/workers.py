"""Worker processes of this machine that go when their parent goes, however it goes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bounds.certify.errors import InputError

if TYPE_CHECKING:
    from concurrent.futures import Executor

MOST_JOBS = 256


@contextmanager
def processes(jobs: int) -> Iterator[Executor | None]:
    """An executor of `jobs` processes, started by spawn; None for one job, which needs no other.

    On an error or Ctrl-C the processes are stopped at once.

    Raises:
        InputError: `jobs` is not from 1 to 256.
    """
    if not 1 <= jobs <= MOST_JOBS:
        raise InputError(f"jobs must be from 1 to {MOST_JOBS}, not {jobs:,}")
    if jobs == 1:
        yield None
        return
    import multiprocessing  # with much that one process needs not
    from concurrent.futures import ProcessPoolExecutor

    others = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_settle
    )
    try:
        _start(executor, jobs)
        yield executor
    except BaseException:
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _start(executor: Executor, jobs: int) -> None:
    """Start all workers while Ctrl-C is held back: they inherit that, and leave it to us."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        for _ in range(jobs):
            executor.submit(os.getpid)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _settle() -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
