"""Processes that look at parts of a box side by side: on this machine, or an executor of the user.

What they find is believed no more than what one process finds: the checker replays the whole tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from bounds.certify.errors import InputError

if TYPE_CHECKING:
    from concurrent.futures import Executor, ProcessPoolExecutor
    from types import TracebackType

MOST_JOBS = 256

_Asked = TypeVar("_Asked")
_Found = TypeVar("_Found")


class Workers:
    """Processes, started when they are first needed, and ended at the end of the search."""

    def __init__(self, jobs: int, executor: Executor | None = None) -> None:
        """Take a number of processes, or an executor that somebody else has started.

        Args:
            jobs: how many parts are looked at side by side.
            executor: runs them, such as a dask client's; None for processes of this machine.

        Raises:
            InputError: the number is not from 1 to 256.
        """
        if isinstance(jobs, bool) or not isinstance(jobs, int) or not 1 <= jobs <= MOST_JOBS:
            raise InputError(f"jobs is a whole number from 1 to {MOST_JOBS}, not {jobs!r}")
        self.jobs = jobs
        self._given = executor
        self._own: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._own is not None:
            for process in list((self._own._processes or {}).values()):
                process.terminate()
            self._own.shutdown(wait=False, cancel_futures=True)

    @property
    def useful(self) -> bool:
        """Whether there is anybody to share the work with."""
        return self.jobs > 1 or self._given is not None

    def all_of(
        self,
        ask: Callable[[_Asked], _Found],
        parts: Sequence[_Asked],
        complete: Callable[[_Found], bool],
    ) -> list[_Found]:
        """What is found for the parts, in their order; only up to the first that is not complete.

        Args:
            ask: is called with each part, in some process.
            parts: what to share.
            complete: whether the other parts are still of use.

        Returns:
            One answer a part; or fewer, of which the last one is not complete.
        """
        import multiprocessing  # with much that one process does not need
        from concurrent.futures import ProcessPoolExecutor, as_completed

        if self._given is None and self._own is None:
            context = multiprocessing.get_context("spawn")
            self._own = ProcessPoolExecutor(self.jobs, mp_context=context)
        executor = self._given or self._own
        assert executor is not None
        futures = [executor.submit(ask, part) for part in parts]
        for future in as_completed(futures):
            found = future.result()
            if not complete(found):
                for other in futures:
                    other.cancel()
                return [found]
        return [future.result() for future in futures]
