"""The call behind `bounds sweep`."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bounds.certify.errors import InputError, Notice, shown
from bounds.certify.io.files import beside, write_whole
from bounds.certify.io.journal import journal
from bounds.certify.lines import counted
from bounds.tables.chunk import Kept, Row
from bounds.tables.columns import DEFAULT
from bounds.tables.flight import completed
from bounds.tables.formats import encoder
from bounds.tables.plan import Plan
from bounds.tables.table import Table

if TYPE_CHECKING:
    from concurrent.futures import Executor

Progress = Callable[[int, int], None]


def sweep(
    delta: Any,
    *,
    digits: int = 30,
    columns: str | Iterable[str] = DEFAULT,
    output: str | Path | None = None,
    file_format: str | None = None,
    executor: Executor | None = None,
    in_flight: int = 64,
    progress: Progress | None = None,
) -> Table:
    """Certified numbers for many values of Δ, as a table: the same however and wherever it is run.

    Args:
        delta: the values of Δ, exact, in standard deviations: "1.5:8:0.001" (LOW:HIGH:STEP, with
            HIGH when it is hit exactly), "2,5/2,3", or an iterable of numbers.
        digits: significant decimal digits of every number.
        columns: what to compute, as "eps_cr,eps_max" or an iterable of names: eps_cr, l,
            l_of_eps_hat, eps_hat, g, loss, turns (at ε_cr), eps_max, l_max (the end of the
            domain), inflections, places, distances, shape (the whole domain, with a survey for
            each Δ). An enclosed number is written as two fields, NAME_low and NAME_high.
        output: a file to write, whole or not at all. Finished chunks are kept in OUTPUT.partial
            meanwhile, from which the same sweep goes on after a kill: each row is proved anew,
            which takes less time than to find it.
        file_format: "csv", "json" or "parquet"; by default the suffix of `output` says.
        executor: any `concurrent.futures.Executor`; None computes in this thread.
        in_flight: how many chunks the executor is given at a time.
        progress: called with the number of values done, and of all.

    Returns:
        The table. A row's status is "certified", "none" (no critical value exists, as proved) or
        "inconclusive" (a cell is undecided, and empty).

    Raises:
        InputError: an argument is not what it must be, the file cannot be written, or
            OUTPUT.partial belongs to another run.
    """
    plan = Plan.of(delta, digits, columns)
    if isinstance(in_flight, bool) or not isinstance(in_flight, int) or in_flight < 1:
        raise InputError(f"in_flight must be a whole number from 1 on, not {shown(in_flight)}")

    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise InputError(f"executor must be an Executor, not a {type(executor).__name__}")
    if progress is not None and not callable(progress):
        raise InputError(f"progress must be a function, not a {type(progress).__name__}")

    def table(kept: dict[int, list[Kept]], keep: Callable[[Any], None] | None) -> Table:
        return _computed(plan, kept, keep, executor, in_flight, progress)

    if output is None:
        return table({}, None)
    if not isinstance(output, str | os.PathLike):
        raise InputError(f"output must be the name of a file, not a {type(output).__name__}")
    path = Path(output)
    encode = encoder(path, file_format)
    with journal(beside(path, ".partial"), plan.head(), plan.read_chunk) as (kept, append):
        result = table(dict(kept), append)
        write_whole(path, encode(result))
    return result


def _computed(
    plan: Plan,
    kept: dict[int, list[Kept]],
    keep: Callable[[Any], None] | None,
    executor: Executor | None,
    in_flight: int,
    progress: Progress | None,
) -> Table:
    """All rows; those that were kept are proved anew, and where false, a notice says so."""
    chunks, total = plan.chunks, len(plan.deltas)
    done: dict[int, list[Row]] = {}
    ready = false = 0
    if progress:
        progress(ready, total)
    tasks = (
        (number, (chunk, plan.digits, plan.names, kept.get(number)))
        for number, chunk in enumerate(chunks)
    )
    if executor is None:
        for expect in {column.expect for column in plan.columns if column.expect is not None}:
            expect(plan.deltas)
    with closing(completed(tasks, executor, in_flight)) as arriving:
        for number, rows in arriving:
            done[number] = [row for row, _ in rows]
            if number in kept:
                pairs = zip(kept[number], rows, strict=True)
                false += sum(before[0] != after[0] for before, after in pairs)
            elif keep:
                keep({"chunk": number, "rows": rows})
            ready += len(rows)
            if progress:
                progress(ready, total)
    if false:
        warnings.warn(
            f"{counted(false, 'row')} of an earlier run did not agree with the replay:"
            " computed again",
            Notice,
            stacklevel=4,
        )
    return Table(plan.fields, [row for number in range(len(chunks)) for row in done[number]])
