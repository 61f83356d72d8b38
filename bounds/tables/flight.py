"""Chunks on an executor: a bounded number in flight, each handed over as soon as it is done."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from bounds.certify.errors import BoundsError
from bounds.tables.chunk import Kept, compute_chunk

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future


def completed(
    tasks: Iterable[tuple[int, tuple[Any, ...]]], executor: Executor | None, in_flight: int
) -> Generator[tuple[int, list[Kept]]]:
    """Each task's number with its rows, in the order in which they are done.

    Args:
        tasks: numbers, with the arguments of `compute_chunk`.
        executor: where to compute; None computes here, one after the other.
        in_flight: how many chunks may be submitted and not yet handed over.

    Raises:
        BoundsError: a worker process died.
    """
    todo = iter(tasks)
    if executor is None:
        for number, arguments in todo:
            yield number, compute_chunk(*arguments)
        return
    from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait

    flying: dict[Future[list[Kept]], int] = {}
    try:
        while True:
            for number, arguments in islice(todo, in_flight - len(flying)):
                flying[executor.submit(compute_chunk, *arguments)] = number
            if not flying:
                return
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                yield flying.pop(future), future.result()
    except BrokenExecutor:
        raise BoundsError(
            "a worker process died (for want of memory?): run the same sweep again to go on"
        ) from None
    finally:
        for future in flying:
            future.cancel()
