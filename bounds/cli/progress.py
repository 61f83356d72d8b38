"""The progress bar of long runs: on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from rich.progress import Progress

Step: TypeAlias = Callable[[], None]


class NoBar:
    """What is called like a bar and shows nothing: `rich` takes as long to import as some runs."""

    def __enter__(self) -> NoBar:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def add_task(self, *_: object, **__: object) -> Any:
        """A task without a place."""

    def update(self, *_: object, **__: object) -> None:
        """Show nothing."""

    start = stop = advance = update


def progress_bar() -> Progress | NoBar:
    """A bar on standard error, where that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        return NoBar()
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        redirect_stdout=sys.stdout.isatty(),  # what goes to a file or a pipe goes there
    )


@contextmanager
def waiting(what: str, total: int | None = None, after: float = 2) -> Iterator[Step]:
    """A bar with the time, for work that takes longer than `after` seconds.

    Args:
        what: what is being done.
        total: of how many steps; None for a bar without an end.
        after: seconds before the bar appears.

    Yields:
        What to call after each step.
    """
    made = 0
    with _late_bar(what, total, after) as change:

        def step() -> None:
            nonlocal made
            made += 1
            change(completed=made)

        yield step


@contextmanager
def searching(what: str, after: float = 2) -> Iterator[Callable[[str], None]]:
    """A bar without an end that says what is tried, for work of more than `after` seconds.

    Args:
        what: what is being done.
        after: seconds before the bar appears.

    Yields:
        What to call with what is tried next.
    """
    with _late_bar(what, None, after) as change:

        def say(text: str) -> None:
            change(description=f"{what}: {text:.60}")

        yield say


@contextmanager
def _late_bar(what: str, total: int | None, after: float) -> Iterator[Callable[..., None]]:
    """A bar of one task that appears after some seconds; yields what changes the task."""
    shown: list[tuple[Progress | NoBar, Any]] = []
    state: dict[str, Any] = {"description": what, "completed": 0}

    def change(**changes: Any) -> None:
        state.update(changes)
        for progress, number in shown:
            progress.update(number, **changes)

    def begin() -> None:
        progress = progress_bar()
        made = state["completed"]
        task = progress.add_task(state["description"], total=total, completed=made)
        shown.append((progress, task))
        progress.start()

    timer = Timer(after, begin)
    timer.daemon = True
    timer.start()
    try:
        yield change
    finally:
        timer.cancel()
        timer.join()
        for progress, _ in shown:
            progress.stop()
