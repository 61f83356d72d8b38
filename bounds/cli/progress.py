"""The progress bar of long runs: on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


def progress_bar() -> Progress:
    """A bar on standard error, silent where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    silent = sys.stderr is None or not sys.stderr.isatty()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr, quiet=silent),  # older versions end a line all the same
        disable=silent,
    )


@contextmanager
def waiting(what: str, after: float = 2) -> Iterator[None]:
    """A bar without an end and with the time, for work that takes longer than `after` seconds.

    Args:
        what: what is being done.
        after: seconds before the bar appears.
    """
    shown: list[Progress] = []

    def begin() -> None:
        shown.append(progress_bar())
        shown[0].add_task(what, total=None)
        shown[0].start()

    timer = Timer(after, begin)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for progress in shown:
            progress.stop()
